import { describe, expect, it } from '@jest/globals'
import type { DependencyChange } from '../../src/lockfile/dependency-change.js'
import { diffGraphs } from '../../src/lockfile/diff.js'
import { locate } from '../../src/lockfile/locate.js'
import { parseNpmLockfile } from '../../src/lockfile/npm/npm-lockfile.js'
import { aGraph, aGraphOf, publicHosts } from '../builders/dependency-graph.js'
import { aPackageLock, type EntryFields, integrityOf } from '../builders/lockfile.js'
import fc from '../seeded-properties.js'

type Packages = Record<string, EntryFields>

const name = fc.constantFrom('a', 'b', 'c', '@s/d')
const key = fc.oneof(
  name,
  fc.tuple(name, name).map(([outer, inner]) => `node_modules/${outer}/node_modules/${inner}`),
)
const entry: fc.Arbitrary<EntryFields> = fc.record(
  {
    version: fc.constantFrom('1.0.0', '1.0.1', '1.2.0', '2.0.0', '2.0.0-rc.1'),
    integrity: fc.constantFrom(integrityOf('x'), integrityOf('y')),
    resolved: fc.constantFrom('https://npm.evil.example/a/-/a-1.0.0.tgz', `github:o/r#${'a'.repeat(40)}`),
    dev: fc.constant(true),
    dependencies: fc.dictionary(name, fc.constant('*'), { noNullPrototype: true }),
  },
  { requiredKeys: ['version'] },
)
const packages: fc.Arbitrary<Packages> = fc.dictionary(key, entry, { minKeys: 1, noNullPrototype: true })

const diff = (base: Packages, head: Packages): DependencyChange[] =>
  diffGraphs(aGraph({ packages: base }), aGraph({ packages: head }), publicHosts())

const idOf = (side: DependencyChange['after']): string =>
  JSON.stringify([side?.version, side?.resolved, side?.integrity])

describe('parseNpmLockfile', () => {
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify({ lockfileVersion: 3, packages: value })),
    fc
      .jsonValue()
      .map((value) => JSON.stringify({ lockfileVersion: 1, dependencies: { a: value, b: { dependencies: value } } })),
    fc
      .dictionary(fc.string(), fc.jsonValue())
      .map((map) => JSON.stringify({ lockfileVersion: 2, packages: map, dependencies: map })),
  )

  it('never throws, whatever the text, and puts every entry and complaint on a line of it', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const outcome = parseNpmLockfile({
          file: 'package-lock.json',
          text,
          manifests: new Map([['package.json', text]]),
        })
        if (!outcome.known) return
        const lines = text.split('\n').length
        const placed = [...outcome.value.entries.keys()].map((of) => outcome.value.lineOf(of))
        for (const line of [...placed, ...outcome.value.malformed.map((one) => one.line)]) {
          expect(line !== null && line >= 1 && line <= lines).toBe(true)
        }
        diffGraphs(null, outcome.value, publicHosts())
        diffGraphs(outcome.value, null, publicHosts())
      }),
      { numRuns: 1500 },
    )
  })

  it('never throws on a real lockfile with pieces cut out or doubled', () => {
    const text = aPackageLock({
      lockfileVersion: 2,
      packages: { a: '1.0.0', '@s/b': { version: '2.0.0', dependencies: { a: '1' } } },
    })
    const place = fc.nat({ max: text.length })
    fc.assert(
      fc.property(place, place, fc.string(), (from, to, piece) => {
        const outcome = parseNpmLockfile({
          file: 'package-lock.json',
          text: text.slice(0, from) + piece + text.slice(to),
          manifests: new Map(),
        })
        expect(outcome.known ? outcome.value.manager : outcome.gap.fact).toBe(outcome.known ? 'npm' : 'lockfile')
      }),
      { numRuns: 1500 },
    )
  })
})

describe('diffGraphs', () => {
  it('finds nothing between a lockfile and itself, in whatever order its entries stand', () => {
    fc.assert(
      fc.property(packages, (base) => {
        const turned = Object.fromEntries(Object.entries(base).reverse())
        expect([diff(base, base), diff(base, turned)]).toEqual([[], []])
      }),
    )
  })

  it('gives the same changes in whatever order the entries stand', () => {
    fc.assert(
      fc.property(packages, packages, (base, head) => {
        const turned = Object.fromEntries(Object.entries(head).reverse())
        const plain = (changes: DependencyChange[]): unknown[] =>
          changes.map(({ kind, name: of, before, after }) => [kind, of, before, after])
        expect(plain(diff(base, turned))).toEqual(plain(diff(base, head)))
      }),
    )
  })

  it('lets leave on the way back what entered on the way there', () => {
    fc.assert(
      fc.property(packages, packages, (base, head) => {
        const entered = diff(base, head).filter(({ after }) => after !== undefined)
        const left = new Set(diff(head, base).map(({ name: of, before }) => `${of} ${idOf(before)}`))
        const missing = entered.filter(({ name: of, after }) => !left.has(`${of} ${idOf(after)}`))
        expect(missing).toEqual([])
      }),
    )
  })

  it('puts every change on a line that truly holds its entry and its version', () => {
    fc.assert(
      fc.property(packages, packages, (base, head) => {
        const text = aPackageLock({ packages: head })
        const lines = text.split('\n')
        const graph = aGraphOf(text)
        const files = { graphs: new Map([['package-lock.json', graph]]), manifests: new Map(), has: () => true }
        for (const { after } of diffGraphs(aGraph({ packages: base }), graph, publicHosts())) {
          if (after === undefined) continue
          const anchor = { kind: 'entry', lockfile: 'package-lock.json', key: after.key } as const
          expect(lines[(locate(anchor, files)?.line ?? 0) - 1]).toContain(`"${after.key}": {`)
          const line = locate({ ...anchor, field: 'version' }, files)?.line
          expect(lines[(line ?? 0) - 1]).toContain(`"version": "${after.version}"`)
        }
      }),
    )
  })
})
