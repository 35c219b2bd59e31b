import { describe, expect, it } from '@jest/globals'
import type { BroughtRelease } from '../src/facts/identity/brought-release.js'
import { type Gap, known, unknown } from '../src/gap.js'
import { holdAgainstEachOther, type Inspected } from '../src/inspect-changes.js'
import { defineRule } from '../src/rules/rule.js'
import { aDependencyChange } from './builders/dependency-change.js'
import { aServer } from './builders/mcp-facts.js'

const names = defineRule({
  id: 'names-all-servers',
  title: 'servers',
  severity: 'low',
  confidence: 'low',
  fix: 'Look.',
  on: ['added', 'upgraded'],
  needs: ['servers'],
  inspect: (_, { servers }) => [
    {
      message: `sees ${servers.map(({ name }) => name).join(', ')}`,
      evidence: [],
      anchors: [{ kind: 'file', file: 'package-lock.json' }],
    },
  ],
})
const alone = defineRule({
  ...names,
  id: 'looks-at-one',
  needs: [],
  inspect: () => {
    throw new Error('it was called before')
  },
})

const releases = defineRule({
  ...names,
  id: 'names-all-releases',
  needs: ['together', 'reviewedAt'],
  inspect: (_, { together, reviewedAt }) => [
    {
      message: `${together.own.name} came with ${together.others.map(({ name }) => name).join(', ')} by ${reviewedAt.toISOString().slice(0, 10)}`,
      evidence: [],
      anchors: [{ kind: 'file', file: 'package-lock.json' }],
    },
  ],
})
const release = (name: string): BroughtRelease => ({
  name,
  version: '1.0.1',
  published: new Date('2026-01-02T00:00:00Z'),
  near: [],
  earlier: [],
})

const plain: Inspected = {
  findings: [],
  gaps: [],
  expected: true,
  analysed: true,
  files: { analysed: 1, skipped: 0 },
  kept: {},
}
const server = (name: string) => ({ name, version: '1.0.1', mcp: aServer() })

const unprovenAtAll = defineRule({
  ...names,
  id: 'names-all-unproven',
  needs: ['unproven'],
  inspect: (_, { unproven }) => [
    {
      message: `is among ${unproven.join(', ')}`,
      evidence: [],
      anchors: [{ kind: 'file', file: 'package-lock.json' }],
    },
  ],
})

describe('holdAgainstEachOther', () => {
  it('calls the rules that look at all servers for each changed one, with all of them and those that stand', () => {
    const changes = ['a', 'b', 'c'].map((name) => aDependencyChange({ name }))
    const inspected = [{ ...plain, server: server('a') }, plain, { ...plain, server: server('c') }]
    const compared = holdAgainstEachOther(changes, inspected, [names, alone], [server('d')])

    expect(compared.map(({ findings }) => findings.map((one) => [one.package?.name, one.rule, one.message]))).toEqual([
      [['a', 'names-all-servers', 'sees a, c, d']],
      [],
      [['c', 'names-all-servers', 'sees a, c, d']],
    ])
  })
  it('calls those that look at all releases for each that has one, with what was kept for it, and records where the dates are not known', () => {
    const gap: Gap = { code: 'time-untrusted', package: 'b@1.0.1', fact: 'times', detail: 'of a mirror' }
    const changes = ['a', 'b', 'c', 'd'].map((name) => aDependencyChange({ name }))
    const inspected: readonly Inspected[] = [
      { ...plain, release: known(release('a')), kept: { reviewedAt: known(new Date('2026-01-03T00:00:00Z')) } },
      { ...plain, release: unknown(gap), kept: { reviewedAt: known(new Date('2026-01-03T00:00:00Z')) } },
      plain,
      { ...plain, release: known(release('d')), kept: { reviewedAt: known(new Date('2026-01-04T00:00:00Z')) } },
    ]
    const compared = holdAgainstEachOther(changes, inspected, [releases], [])

    expect(compared.map(({ findings, gaps }) => ({ said: findings.map(({ message }) => message), gaps }))).toEqual([
      { said: ['a came with d by 2026-01-03'], gaps: [] },
      { said: [], gaps: [gap] },
      { said: [], gaps: [] },
      { said: ['d came with a by 2026-01-04'], gaps: [] },
    ])
  })

  it('calls those that look at all packages without provenance for each of them, each named once', () => {
    const changes = ['b', 'a', 'c', 'a'].map((name) => aDependencyChange({ name, before: null }))
    const inspected: readonly Inspected[] = [
      { ...plain, unproven: 'b@1.0.1' },
      { ...plain, unproven: 'a@1.0.1' },
      plain,
      { ...plain, unproven: 'a@1.0.1' },
    ]
    const compared = holdAgainstEachOther(changes, inspected, [unprovenAtAll], [])

    const said = 'is among a@1.0.1, b@1.0.1'
    expect(compared.map(({ findings }) => findings.map(({ message }) => message))).toEqual([[said], [said], [], [said]])
  })
})
