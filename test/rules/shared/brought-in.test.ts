import { describe, expect, it } from '@jest/globals'
import type { RepositoryChange } from '../../../src/repository/repository-change.js'
import type { Observation } from '../../../src/rules/rule.js'
import { broughtIn, type Keyed, keyOf } from '../../../src/rules/shared/brought-in.js'
import { aPostureChange, type Files } from '../../builders/posture.js'

const workflow = (...runs: readonly string[]): string =>
  ['on: push', 'jobs:', '  a:', '    steps:', ...runs.map((run) => `      - run: ${run}`)].join('\n')

const inFiles = (files: Readonly<Record<string, readonly string[]>>): Files =>
  Object.fromEntries(Object.entries(files).map(([name, runs]) => [`.github/workflows/${name}.yml`, workflow(...runs)]))

/** Every command by its program. */
const commandsOf = (change: RepositoryChange): readonly string[] =>
  broughtIn(change, ({ commands }) =>
    commands.map(({ file, line, invocation }): Keyed => {
      const observation: Observation = { message: 'runs', evidence: [], anchors: [{ kind: 'line', file, line }] }
      return { key: keyOf(invocation.words[0]), observation }
    }),
  ).map(({ anchors: [anchor] }) => (anchor.kind === 'line' ? `${anchor.file.slice(18)}:${anchor.line}` : ''))

describe('what a change brings in', () => {
  it('is all of it without a base', () => {
    expect(commandsOf(aPostureChange({ after: inFiles({ a: ['x', 'x'] }) }))).toEqual(['a.yml:5', 'a.yml:6'])
  })

  it('is nothing where files are renamed, steps are moved between files and lines are moved within', () => {
    const before = inFiles({ a: ['x', 'y'], b: ['z'] })
    expect(commandsOf(aPostureChange({ before, after: inFiles({ c: ['x', 'y'], b: ['z'] }) }))).toEqual([])
    expect(commandsOf(aPostureChange({ before, after: inFiles({ a: ['y'], b: ['x', 'z'] }) }))).toEqual([])
    expect(commandsOf(aPostureChange({ before, after: inFiles({ a: ['y', 'x'], b: ['z'] }) }))).toEqual([])
  })

  it('is one more of the same, told of in the file that gained it', () => {
    const before = inFiles({ b: ['x'] })
    expect(commandsOf(aPostureChange({ before, after: inFiles({ a: ['x'], b: ['x'] }) }))).toEqual(['a.yml:5'])
    expect(commandsOf(aPostureChange({ before, after: inFiles({ b: ['x', 'x'] }) }))).toEqual(['b.yml:6'])
  })
})
