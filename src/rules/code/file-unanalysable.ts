import { foreign } from '../../foreign.js'
import type { Unanalysable } from '../../package/code/file-code.js'
import type { AnalysedFile, Reach } from '../../package/code/package-code.js'
import { defineRule, type Evidence, type Severity, severities } from '../rule.js'
import { type BroughtFile, broughtCode } from '../shared/brought-code.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'

const reasons: Readonly<Record<Unanalysable['reason'], string>> = {
  crash: 'ended the process that read it',
  'time-out': 'took too long to read',
  'out-of-memory': 'took too much memory to read',
  'too-deep': 'nests too deep to be read',
  'too-large': 'too large to be read',
  'too-complex': 'too much in it to be told',
  syntax: 'not the language that its name says',
}

export const fileUnanalysable = defineRule({
  id: 'file-unanalysable',
  title: 'unanalysable file',
  severity: 'medium',
  confidence: 'medium',
  fix: 'Open the file: code that no tool can read must be read by a person, and a release has no reason to bring such a file without saying so.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: previous }) {
    const brought = broughtCode(now, previous)
    const files = [...brought.flatMap(weighUnread), ...brought.flatMap(weighCut)].sort(
      (one, other) => severities.indexOf(other.severity) - severities.indexOf(one.severity),
    )
    const [worst] = files
    if (worst === undefined) return []
    return [
      {
        message: worst.message,
        severity: worst.severity,
        evidence: shownEvidence(files.map(({ evidence }) => evidence)),
        anchors: [entryField(change, 'version')],
      },
    ]
  },
})

interface Unread {
  readonly severity: Severity
  readonly message: string
  readonly evidence: Evidence
}

const unread = 'holds code that could not be analysed'

function weighUnread({ path, reach, code: { unanalysable }, predecessors }: BroughtFile): readonly Unread[] {
  if (unanalysable === undefined) return []
  const { reason, detail } = unanalysable
  const evidence = { label: reasons[reason], value: foreign(`${path}: ${detail}`), file: path }
  if (runs(reach)) {
    const message = `${unread} and that runs ${reach === 'install' ? 'on install' : 'on load'}`
    return [{ severity: 'high', message, evidence }]
  }
  if (reach === 'bin') return [{ severity: 'medium', message: unread, evidence }]
  // Templates, and texts in other languages: data as long as nothing loads them.
  if (reason === 'syntax') return []
  // The largest builds of a package for pages are as large in each version.
  const wasUnread = predecessors.some(({ code }) => code.unanalysable?.reason === reason)
  return [{ severity: wasUnread ? 'low' : 'medium', message: unread, evidence }]
}

/** Whole programs in one file, which meet the limit by what they are: something to know where the version before was followed to its end. */
function weighCut({ path, reach, code, predecessors }: BroughtFile): readonly Unread[] {
  if (code.unanalysable !== undefined || !isCut({ code }) || !runs(reach) || predecessors.some(isCut)) return []
  const evidence = { label: 'not all of its values were followed', value: foreign(path), file: path }
  return [{ severity: 'low', message: 'holds code whose values could not all be followed', evidence }]
}

const isCut = ({ code }: Pick<AnalysedFile, 'code'>): boolean => code.flowsCut === true

const runs = (reach: Reach): boolean => reach === 'install' || reach === 'load'
