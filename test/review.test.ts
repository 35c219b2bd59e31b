import { describe, expect, it } from '@jest/globals'
import { review } from '../src/review.js'
import { openMemoryStore } from '../src/store/memory-store.js'
import { inProcessAnalyser } from './builders/code-analyser.js'
import { aRegistry, offline } from './builders/fake-registry.js'
import { aPackageLock } from './builders/lockfile.js'
import { aSnapshot } from './builders/memory-snapshot.js'

describe('review', () => {
  it('looks at so many changed packages, and counts those beyond as unverified by a gap that matters', async () => {
    const base = aSnapshot({ 'package.json': '{}' })
    const head = aSnapshot({
      'package.json': '{}',
      'package-lock.json': aPackageLock({ packages: { a: '1.0.0', b: '1.0.0', c: '1.0.0' } }),
    })
    const { report } = await review({
      change: { base, head, policy: base },
      openRegistry: () => aRegistry({ publication: { known: true, value: { state: 'published' } } }),
      store: openMemoryStore(),
      code: inProcessAnalyser,
      now: new Date('2026-11-20T12:00:00Z'),
      concurrency: 2,
      maxChanges: 2,
      overrides: { failOn: 'never' },
    })

    expect(report.verdict).toBe('incomplete')
    expect(report.coverage).toMatchObject({ changed: 3, expected: 3, analysed: 0, unverified: 3 })
    expect(report.changes.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(report.gaps).toContainEqual({
      code: 'limit-reached',
      fact: 'package',
      detail: '3 packages changed, and only the first 2 were looked at',
      matters: true,
    })
  })

  it('speaks of a name that resembles a well-known one, but not of one that another lockfile of base has', async () => {
    const lockfiles = (names: Readonly<Record<string, readonly string[]>>) =>
      aSnapshot(
        Object.fromEntries(
          Object.entries(names).flatMap(([folder, locked]) => [
            [`${folder}/package.json`, '{}'],
            [
              `${folder}/package-lock.json`,
              aPackageLock({ packages: Object.fromEntries(locked.map((name) => [name, '1.0.0'])) }),
            ],
          ]),
        ),
      )
    const resembling = async (base: ReturnType<typeof lockfiles>, head: ReturnType<typeof lockfiles>) => {
      const { report } = await review({
        change: { base, head, policy: base },
        openRegistry: () => ({ ...aRegistry(), packument: async (name) => offline('packument-unavailable', name) }),
        store: openMemoryStore(),
        code: inProcessAnalyser,
        now: new Date('2026-11-20T12:00:00Z'),
        concurrency: 2,
      })
      const found = report.findings.filter(({ rule }) => rule === 'name-resembles-popular')
      return found.map((finding) => `${finding.package?.name} in ${finding.location?.file}`)
    }
    const before = lockfiles({ old: ['lodahs', 'a'], other: ['a'] })

    expect(await resembling(before, lockfiles({ old: ['lodahs'], other: ['a', 'expresss'] }))).toEqual([
      'expresss in other/package-lock.json',
    ])
    expect(await resembling(before, lockfiles({ old: ['a'], other: ['a', 'lodahs'] }))).toEqual([])
  })

  it('says what a bill of materials that a change leaves alone does not say any more', async () => {
    const lock = (packages: Record<string, string>) => ({
      'package.json': '{}',
      'package-lock.json': aPackageLock({ packages }),
    })
    const notesOf = async (before: Record<string, string>, after: Record<string, string>) => {
      const base = aSnapshot(before)
      const { report } = await review({
        change: { base, head: aSnapshot(after), policy: base },
        openRegistry: () => aRegistry(),
        store: openMemoryStore(),
        code: inProcessAnalyser,
        now: new Date('2026-11-20T12:00:00Z'),
        concurrency: 2,
      })
      return report.notes.filter((note) => note.includes('bom.json'))
    }
    const before = { ...lock({ a: '1.0.0', b: '1.0.0' }), 'bom.json': '{}' }
    const moved = lock({ a: '1.0.1', c: '1.0.0' })

    expect(await notesOf(before, { ...moved, 'bom.json': '{}' })).toEqual([
      'bom.json stays as it was, while components change: 1 added, 1 removed, 1 upgraded',
    ])
    expect(await notesOf(before, { ...moved, 'bom.json': '{"made": "anew"}' })).toEqual([])
    expect(await notesOf(before, { ...before, 'README.md': '' })).toEqual([])
  })
})
