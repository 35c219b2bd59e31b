import type { Hidden } from '../../package/code/file-code.js'
import { defineRule } from '../rule.js'
import { isAside } from '../shared/aside.js'
import { type BroughtFile, broughtCode } from '../shared/brought-code.js'
import { evidenceAt } from '../shared/changed-code.js'
import { entryField } from '../shared/entry-field.js'
import { shownEvidence } from '../shared/shown-evidence.js'

/** Characters that an editor does not show, or not as what they are; blanks that push code away are `code-hidden`. */
const labels: Readonly<Partial<Record<Hidden['kind'], string>>> = {
  'zero-width': 'characters without width',
  bidi: 'text that runs the other way',
  'tag-characters': 'tag characters, which nobody sees',
  homoglyph: 'a name with letters of another script',
  'variation-selectors': 'variation selectors that carry data',
}

export const invisibleCharactersAdded = defineRule({
  id: 'invisible-characters-added',
  title: 'invisible characters in code',
  severity: 'high',
  confidence: 'high',
  fix: 'Look at the bytes of the line, not at the line: an editor shows other code than the one that runs.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage: previous }) {
    const files = broughtCode(now, previous)
      .map((file) => ({ ...file, added: newIn(file) }))
      .filter(({ added }) => added.length > 0)
    if (files.length === 0) return []
    const evidence = files.flatMap((file) =>
      file.added.map((place) =>
        evidenceAt(labels[place.kind] ?? place.kind, place.excerpt, { file: file.path, ...place }),
      ),
    )
    return [
      {
        message: 'holds characters in its code that nobody sees, or that look like others',
        evidence: shownEvidence(evidence),
        anchors: [entryField(change, 'version')],
        ...(files.every(isAside) && { severity: 'low' as const }),
      },
    ]
  },
})

/** Those that what the file came from did not show before; all of a kind that it has more of now, since lines around them may have changed too. */
function newIn({ code, predecessors }: BroughtFile): readonly Hidden[] {
  const old = predecessors.flatMap((file) => file.code.hidden)
  const known = new Set(old.map(keyOf))
  const count = (hidden: readonly Hidden[], wanted: Hidden['kind']): number =>
    hidden.filter(({ kind }) => kind === wanted).length
  return code.hidden.filter(
    (place) =>
      labels[place.kind] !== undefined &&
      !known.has(keyOf(place)) &&
      count(code.hidden, place.kind) > count(old, place.kind),
  )
}

const keyOf = ({ kind, excerpt }: Hidden): string => `${kind} ${excerpt}`
