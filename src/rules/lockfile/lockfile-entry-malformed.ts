import { foreign } from '../../foreign.js'
import type { Anchor } from '../../lockfile/anchor.js'
import type { MalformedEntry } from '../../lockfile/dependency-graph.js'
import { defineRule } from '../rule.js'

/** Shown of each kind: a lockfile full of them is one finding, not thousands. */
const maxShown = 20

export const lockfileEntryMalformed = defineRule({
  id: 'lockfile-entry-malformed',
  title: 'malformed lockfile entry',
  severity: 'high',
  confidence: 'high',
  fix: 'Do not repair the entry by hand: restore base’s lockfile, run the install again, and ask the author how the text came about.',
  on: ['project'],
  needs: [],

  inspect({ folder, lockfile, malformed }) {
    const file = lockfile?.file ?? folder
    const reasons = new Set(malformed.map(({ reason }) => reason))
    return [...reasons].map((reason) => {
      const entries = malformed.filter((entry) => entry.reason === reason).slice(0, maxShown)
      return {
        message: messages[reason],
        evidence: entries.map(({ key, seen }) => ({
          label: 'entry',
          value: foreign(key === '' || key === seen ? seen : `${key}: ${seen}`),
        })),
        anchors: anchorsOf(entries, file),
      }
    })
  },
})

const messages: Record<MalformedEntry['reason'], string> = {
  'prototype-key': 'holds a key that changes every object of the program that reads it carelessly',
  'path-traversal': 'holds an entry that would be installed outside its folder',
  'control-character': 'holds control characters, which hide text from whoever reads it',
  'git-commit-not-full': 'locks a git source by something that can be moved to another commit',
  'duplicate-key': 'holds the same key twice, so that two readers may see two lockfiles',
  'conflict-marker': 'holds unresolved conflict markers',
  'not-an-object': 'holds an entry that is not one',
  'wrong-type': 'holds a field whose type no package manager writes',
  'sections-disagree': 'says one thing to old npm and another to new npm, in the two halves of the lockfile',
  'identity-disagrees': 'holds an entry whose key names something else than what its fields install',
}

function anchorsOf(entries: readonly MalformedEntry[], file: string): readonly [Anchor, ...Anchor[]] {
  const [first, ...rest] = entries.map(
    ({ line }): Anchor => (line === null ? { kind: 'file', file } : { kind: 'line', file, line }),
  )
  return first === undefined ? [{ kind: 'file', file }] : [first, ...rest]
}
