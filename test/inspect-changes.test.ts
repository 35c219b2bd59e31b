import { describe, expect, it } from '@jest/globals'
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

const plain: Inspected = { findings: [], gaps: [], expected: true, analysed: true, files: { analysed: 1, skipped: 0 } }
const server = (name: string) => ({ name, version: '1.0.1', mcp: aServer() })

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
})
