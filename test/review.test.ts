import { describe, expect, it } from '@jest/globals'
import { review } from '../src/review.js'
import { openMemoryStore } from '../src/store/memory-store.js'
import { inProcessAnalyser } from './builders/code-analyser.js'
import { aRegistry } from './builders/fake-registry.js'
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
})
