import type { GapCode } from '../../src/gap.js'
import type { Replay, ReplayOfChange, ReplayPackage } from '../replays/replay.js'

/** What is said of an honest change all the same. Never more than this: whoever waits for a check would be held up. */
export type Said = readonly [rule: string, severity: 'low' | 'medium', about: string]

/** An honest change that looked odd to somebody, served by our own registry as far as a public thread tells of it. */
export interface BenignCase
  extends Pick<Replay, 'packages' | 'created' | 'lacks' | 'advisories' | 'reviewedAt'>,
    Pick<ReplayOfChange, 'base' | 'head'> {
  /** What happened, in one sentence of our own. */
  readonly story: string
  /** The thread, as `owner/repository#number`. */
  readonly source: string
  readonly said?: readonly Said[]
  /** What could not be learnt. None of these keeps a review from being complete. */
  readonly gaps?: readonly GapCode[]
}

/** Versions by the day or the minute of their publication, all published in one way. */
export function dated(days: Readonly<Record<string, string>>, how: ReplayPackage = {}): Record<string, ReplayPackage> {
  return Object.fromEntries(
    Object.entries(days).map(([version, day]) => [
      version,
      { ...how, published: day.includes('T') ? `${day}:00Z` : `${day}T12:00:00Z` },
    ]),
  )
}

/** By name, the version of base and that of head; the latter alone for what is new. */
type Changes = Readonly<Record<string, readonly [from: string, to: string] | readonly [added: string]>>

/** The states of a repository whose direct dependencies change so. */
export function changing(changes: Changes): Pick<BenignCase, 'base' | 'head'> {
  const pairs = Object.entries(changes)
  const stateOf = (locked: readonly (readonly [string, string])[]) => ({
    manifest: { dependencies: Object.fromEntries(locked.map(([name, version]) => [name, `^${version}`])) },
    locked: Object.fromEntries(locked),
  })
  return {
    base: stateOf(pairs.flatMap(([name, [from, to]]) => (to === undefined ? [] : [[name, from] as const]))),
    head: stateOf(pairs.map(([name, [from, to]]) => [name, to ?? from] as const)),
  }
}

/** Built and published by a workflow, which npm trusts without a token and our own Sigstore vouches for. */
export const trusted = (run: ReplayPackage['provenance'] = {}): ReplayPackage => ({
  trustedPublisher: 'github',
  provenance: run,
})

/** Built by a workflow and published with a token. */
export const attested = (run: ReplayPackage['provenance'] = {}): ReplayPackage => ({ provenance: run })
