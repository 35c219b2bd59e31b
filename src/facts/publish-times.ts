import { SemVer } from 'semver'
import { known, type Outcome, unknown } from '../gap.js'
import type { Packument } from '../registry/registry-facts.js'
import { keepsRecords } from './identity/records.js'

/** When each version was published, by version. */
export type PublishTimes = ReadonlyMap<string, Date>

/** `reference`: `name@version` of the package for which the dates are wanted. */
export function publishTimes(packument: Packument, reference: string): Outcome<PublishTimes> {
  const times = trustedTimes(packument)
  if (times !== null && times.size > 0) return known(times)
  const none = packument.versions.every((version) => !Object.hasOwn(packument.time, version))
  const about = { package: reference, fact: 'times' } as const
  if (none) return unknown({ code: 'time-unavailable', ...about, detail: 'the registry states no dates' })
  if (!Object.hasOwn(packument.time, 'created') || !keepsRecords(packument))
    return unknown({ code: 'time-untrusted', ...about, detail: 'its dates are those of a mirror' })
  // Mirrors keep no records. Where there are some, whoever published highest versions first could have wanted that nobody asks how old they are.
  const detail = 'its versions mostly came out backwards, so that nothing can be told from their dates'
  return unknown({ code: 'time-untrusted', ...about, detail, required: true })
}

/**
 * Version → time of publication, or null where the registry's dates are when a mirror took the version in: without
 * `created`, which only the registry of origin knows, or where later versions mostly have earlier dates.
 */
export function trustedTimes({ versions, time }: Packument): PublishTimes | null {
  if (!Object.hasOwn(time, 'created')) return null
  const times = new Map<string, Date>()
  for (const version of versions) {
    const published = Object.hasOwn(time, version) ? new Date(time[version] ?? '') : undefined
    if (published && !Number.isNaN(published.getTime())) times.set(version, published)
  }
  return inOrder(times) ? times : null
}

function inOrder(times: PublishTimes): boolean {
  const sorted = [...times]
    .map(([version, published]) => ({ version: new SemVer(version), published }))
    .sort((a, b) => a.version.compare(b.version))
  let judged = 0
  let contradicting = 0
  let first: (typeof sorted)[number] | undefined
  for (const [index, release] of sorted.entries()) {
    const previous = sorted[index - 1]
    const opens = previous === undefined || lineOf(previous.version) !== lineOf(release.version)
    // Lines are maintained side by side: in time only neighbours in one line have an order, and the first ones of neighbouring lines.
    const before = opens ? first : previous
    if (opens) first = release
    if (before === undefined) continue
    judged += 1
    if (release.published < before.published) contradicting += 1
  }
  return contradicting * 2 <= judged
}

const lineOf = ({ major, minor }: SemVer): string => `${major}.${minor}`
