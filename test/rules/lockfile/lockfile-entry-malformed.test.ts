import { foreign } from '../../../src/foreign.js'
import type { MalformedEntry } from '../../../src/lockfile/dependency-graph.js'
import { lockfileEntryMalformed } from '../../../src/rules/lockfile/lockfile-entry-malformed.js'
import { aProject } from '../../builders/project-change.js'
import { testRule } from '../../rule-tester.js'

const entry = (overrides: Partial<MalformedEntry>): MalformedEntry => ({
  key: 'node_modules/left-pad',
  line: 12,
  reason: 'duplicate-key',
  seen: 'version',
  read: true,
  ...overrides,
})
const line = (number: number) => ({ kind: 'line', file: 'package-lock.json', line: number }) as const

const one = (reason: MalformedEntry['reason'], message: string) => ({
  name: reason,
  subject: aProject({ malformed: [entry({ reason, seen: 'seen' })] }),
  observations: [
    {
      message,
      evidence: [{ label: 'entry', value: foreign('node_modules/left-pad: seen') }],
      anchors: [line(12)] as const,
    },
  ],
})

const many = Array.from({ length: 25 }, (_, index) => entry({ key: '', line: index + 1, seen: `key ${index}` }))

testRule(lockfileEntryMalformed, {
  clear: [
    { name: 'a lockfile in which nothing is malformed', subject: aProject() },
    { name: 'a project without a lockfile', subject: aProject({ lockfileMissing: true }) },
  ],
  flagged: [
    one('prototype-key', 'holds a key that changes every object of the program that reads it carelessly'),
    one('path-traversal', 'holds an entry that would be installed outside its folder'),
    one('control-character', 'holds control characters, which hide text from whoever reads it'),
    one('git-commit-not-full', 'locks a git source by something that can be moved to another commit'),
    one('duplicate-key', 'holds the same key twice, so that two readers may see two lockfiles'),
    one('conflict-marker', 'holds unresolved conflict markers'),
    one('not-an-object', 'holds an entry that is not one'),
    one('sections-disagree', 'says one thing to old npm and another to new npm, in the two halves of the lockfile'),
    one('identity-disagrees', 'holds an entry whose key names something else than what its fields install'),
    one('wrong-type', 'holds a field whose type no package manager writes'),
    {
      name: 'an entry whose line is unknown is shown on the file',
      subject: aProject({
        malformed: [entry({ line: null, key: '__proto__', seen: '__proto__', reason: 'prototype-key' })],
      }),
      observations: [
        {
          message: 'holds a key that changes every object of the program that reads it carelessly',
          evidence: [{ label: 'entry', value: foreign('__proto__') }],
          anchors: [{ kind: 'file', file: 'package-lock.json' }],
        },
      ],
    },
    {
      name: 'many of one kind are one finding that shows the first twenty',
      subject: aProject({
        malformed: [...many, entry({ reason: 'conflict-marker', key: '', line: 99, seen: '<<<<<<< ours' })],
      }),
      observations: [
        {
          message: 'holds the same key twice, so that two readers may see two lockfiles',
          evidence: many.slice(0, 20).map(({ seen }) => ({ label: 'entry', value: foreign(seen) })),
          anchors: [line(1), ...many.slice(1, 20).map((_, index) => line(index + 2))],
        },
        {
          message: 'holds unresolved conflict markers',
          evidence: [{ label: 'entry', value: foreign('<<<<<<< ours') }],
          anchors: [line(99)],
        },
      ],
    },
  ],
})
