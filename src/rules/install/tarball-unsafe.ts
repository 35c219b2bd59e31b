import { foreign } from '../../foreign.js'
import type { LimitHit, PackageFacts, UnsafeEntry } from '../../package/package-facts.js'
import { defineRule, type Evidence } from '../rule.js'
import { entryField } from '../shared/entry-field.js'

export const tarballUnsafe = defineRule({
  id: 'tarball-unsafe',
  title: 'unsafe tarball',
  severity: 'high',
  confidence: 'high',
  fix: 'Do not install this version: npm itself packs no such archive. Compare it with the release in the source repository.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['package'],
  wants: ['previousPackage'],

  inspect(change, { package: now, previousPackage }) {
    const entries = newEntries(now, previousPackage).slice(0, maxShown)
    const hits = newHits(now, previousPackage)
    const anchors = [entryField(change, 'integrity')] as const
    return [
      ...(entries.length > 0
        ? [
            {
              message: 'comes as an archive with entries that unpack elsewhere or over each other',
              evidence: entries.map(describeEntry),
              anchors,
              ...(entries.every(isPaperwork) && ({ severity: 'low' } as const)),
            },
          ]
        : []),
      ...(hits.length > 0
        ? [
            {
              message: 'comes as an archive that exceeds the limits within which it can be read',
              evidence: hits.map(({ limit, detail }) => ({ label: limit, value: foreign(detail) })),
              anchors,
            },
          ]
        : []),
    ]
  },
})

/** An archive can hold as many bad entries as its maker likes; after these a reader has understood. */
const maxShown = 50

const reasons = {
  'symbolic-link': 'symbolic link',
  'hard-link': 'hard link',
  'special-file': 'device or pipe',
  'absolute-path': 'absolute path',
  'path-traversal': 'path out of the package',
  'duplicate-path': 'path that occurs twice',
  'colliding-path': 'paths that are one file on some systems',
  'control-character': 'control character in a path',
  'ambiguous-entry': 'entry that is read in more than one way',
} as const satisfies Record<UnsafeEntry['reason'], string>

const papers =
  /(?:^|\/)(?:readme|licen[cs]e|copying|notice|changelog|changes|history|authors|contributing)(?:\.(?:md|txt|rst))?$/i

/** LICENSE beside license is an oversight of real packages, and nothing loads either. */
const isPaperwork = ({ path, reason }: UnsafeEntry): boolean => reason === 'colliding-path' && papers.test(path)

function describeEntry({ path, reason, target }: UnsafeEntry): Evidence {
  const value = target === undefined ? path : `${path} → ${target}`
  return { label: reasons[reason], value: foreign(value), file: path }
}

/** What base's version had too is not new; some old packages carry the same pair of names in every release. */
function newEntries(now: PackageFacts, before: PackageFacts | undefined): readonly UnsafeEntry[] {
  const known = new Set(before?.unsafe.map(keyOf))
  return now.unsafe.filter((entry) => !known.has(keyOf(entry)))
}

const keyOf = ({ path, reason, target }: UnsafeEntry): string => JSON.stringify([path, reason, target ?? null])

/**
 * The limits that say something about the archive. Those on time and on how much of a large package is followed say
 * something about us, and are gaps only.
 */
const archiveLimits: ReadonlySet<string> = new Set([
  'maxPackedBytes',
  'maxUnpackedBytes',
  'maxUnpackRatio',
  'maxPackageFiles',
  'maxPackageFileBytes',
  'maxPackagePathBytes',
  'maxPackagePathDepth',
  'maxUnsafeEntries',
])

function newHits(now: PackageFacts, before: PackageFacts | undefined): readonly LimitHit[] {
  const known = new Set(before?.limits.map(({ limit }) => limit))
  return now.limits.filter(({ limit }) => archiveLimits.has(limit) && !known.has(limit))
}
