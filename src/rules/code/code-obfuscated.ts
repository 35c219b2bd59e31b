import { foreign } from '../../foreign.js'
import type { Place } from '../../package/code/file-code.js'
import { locateInsertion } from '../../package/code/hidden/locate-insertion.js'
import { obfuscatedFrom } from '../../package/code/obfuscation/signs.js'
import type { AnalysedFile } from '../../package/code/package-code.js'
import { defineRule, type Evidence } from '../rule.js'
import { isAside } from '../shared/aside.js'
import { type BroughtFile, broughtCode } from '../shared/brought-code.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'

export const codeObfuscated = defineRule({
  id: 'code-obfuscated',
  title: 'obfuscated code',
  severity: 'high',
  confidence: 'high',
  fix: 'Ask the maintainers for the source of this file and why it is hidden; until then keep the version before.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: previous }) {
    const files = broughtCode(now, previous).filter(
      (file) => isObfuscated(file) && !file.predecessors.some(isObfuscated),
    )
    if (files.length === 0) return []
    const [loaded, aside] = [files.filter((file) => !isAside(file)), files.filter(isAside)]
    const message =
      loaded.length === 0
        ? 'holds obfuscated code among its tests, documents or examples'
        : previous === undefined
          ? 'holds obfuscated code'
          : 'holds obfuscated code that the version before did not have, or did not run'
    return [
      {
        message,
        evidence: shownEvidence([...loaded, ...aside].sort(byReach).map(toEvidence)),
        anchors: [entryField(change, 'version')],
        // Kept in sight: what nothing leads to may be read and run by what is somewhere else.
        ...(loaded.length === 0 && { severity: 'medium' as const }),
      },
    ]
  },
})

const isObfuscated = ({ code }: AnalysedFile): boolean => code.obfuscation.score >= obfuscatedFrom

const order = ['install', 'load', 'bin', 'unreached'] as const

const byReach = (one: AnalysedFile, other: AnalysedFile): number =>
  order.indexOf(one.reach) - order.indexOf(other.reach)

const toEvidence = (file: BroughtFile): Evidence => ({
  label: `obfuscated (${file.code.obfuscation.signs.join(', ')})`,
  value: foreign(file.path),
  file: file.path,
  ...placeIn(file),
})

/** Where it begins, if it stands behind blanks or was put into a file that was plain; else the whole file is it. */
function placeIn({ before, code }: BroughtFile): Place | undefined {
  // The insertion is found by whole lines, blanks by the character.
  const place =
    code.hidden.find(({ kind }) => kind === 'long-whitespace') ??
    (before && locateInsertion(before.code.shape, code.shape)?.from)
  return place && { line: place.line, column: place.column }
}
