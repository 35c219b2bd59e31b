import semver from 'semver'
import { type Gap, known, unknown } from '../../gap.js'
import type { DependencyChange } from '../../lockfile/dependency-change.js'
import type { LockfileEntry } from '../../lockfile/dependency-graph.js'
import {
  type Advisory,
  type AdvisoryLookup,
  type AdvisorySource,
  referenceKey,
} from '../../registry/advisories/advisory.js'
import { mergeAdvisories } from '../../registry/advisories/merge-advisories.js'
import { expectedHosts } from '../../registry/expectations.js'
import { publicHosts } from '../../registry/public-registry.js'
import type { PackageReference } from '../../registry/registry.js'
import type { RegistryExpectations } from '../../registry/registry-facts.js'
import type { CollectedFact } from '../facts.js'

export interface AdvisoryQuestions {
  readonly source: AdvisorySource
  readonly expectations: RegistryExpectations
  /** Names that the policy calls internal. */
  readonly isInternal: (name: string) => boolean
  /** What base locks of a name, in any lockfile. */
  readonly baseEntries?: ReadonlyMap<string, readonly LockfileEntry[]>
  /** The policy wants an answer: without one nothing is clear. */
  readonly required: boolean
  readonly signal?: AbortSignal
}

/** What is locked of a name, as far as it says where the bytes come from. */
type Origin = Pick<LockfileEntry, 'version' | 'source' | 'resolved' | 'bundled'>

/**
 * Asks at once for all that is changed, before the first tarball is fetched, and gives the answer for one change. Nothing about a package that is
 * not public is ever asked, or looked for in the answer.
 */
export function startAdvisories(
  changes: readonly DependencyChange[],
  questions: AdvisoryQuestions,
): (change: DependencyChange) => Promise<CollectedFact<'advisories'>> {
  const references = new Map<string, PackageReference>()
  for (const change of changes) {
    const asked = referencesOf(change, questions)
    for (const reference of asked ? [asked.after, ...asked.before] : []) {
      references.set(referenceKey(reference), reference)
    }
  }
  if (references.size === 0) return async () => 'not-applicable'
  const lookup = questions.source.lookup([...references.values()], questions.signal)
  // Each change sees the rejection by itself; before the first one asks, nobody would.
  lookup.catch(() => {})
  return async (change) => {
    const asked = referencesOf(change, questions)
    return asked === undefined ? 'not-applicable' : toFact(asked, await lookup, questions.required)
  }
}

interface Asked {
  readonly after: PackageReference
  readonly before: readonly PackageReference[]
}

function toFact(
  { after, before }: Asked,
  { found, gap }: AdvisoryLookup,
  required: boolean,
): CollectedFact<'advisories'> {
  const now = found.get(referenceKey(after))
  const had = before.map((reference) => found.get(referenceKey(reference)))
  // What base had is as needed: without it everything would look new.
  if (now === undefined || had.includes(undefined)) return unknown({ ...missing(gap), ...(required && { required }) })
  return known({
    after: now,
    before: mergeAdvisories(had.flatMap((one: readonly Advisory[] | undefined) => one ?? [])),
  })
}

const missing = (gap: Gap | undefined): Gap =>
  gap ?? { code: 'advisories-unavailable', fact: 'advisories', detail: 'not every package was answered for' }

/** Undefined where nobody is to be asked: the package is private, or comes from no registry. */
function referencesOf(
  { name, before, after, bundled }: DependencyChange,
  { expectations, isInternal, baseEntries }: AdvisoryQuestions,
): Asked | undefined {
  if (!isPublicName(name, expectations) || isInternal(name)) return undefined
  const hosts = expectedHosts(expectations, name)
  const [reference] = after ? toReferences(name, [{ ...after, bundled }], hosts) : []
  if (reference === undefined) return undefined
  // What an MCP configuration starts stands in no lockfile: its version before is known by the change alone.
  const had = [...(before ? [{ ...before, bundled: false }] : []), ...(baseEntries?.get(name) ?? [])]
  return { after: reference, before: toReferences(name, had, hosts) }
}

/** One a version. What stands inside another package's tarball came from there, and may be private with it. */
function toReferences(name: string, origins: readonly Origin[], hosts: readonly string[]): readonly PackageReference[] {
  const versions = origins
    .filter(({ source, resolved, bundled }) => source === 'registry' && !bundled && isFrom(resolved, hosts))
    // As registries spell it: a lockfile's `v1.0.0` or `1.0.0+other` is installed as that version all the same.
    .flatMap(({ version }) => semver.valid(version) ?? [])
  return [...new Set(versions)].map((version) => ({ name, version }))
}

/** Another host's package may have a public one's name. */
const isFrom = (resolved: string | undefined, hosts: readonly string[]): boolean =>
  resolved === undefined || !URL.canParse(resolved) || hosts.includes(new URL(resolved).host)

/** npm's rules for names: whatever else a lockfile holds in their place is sent to nobody. */
const registryName = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/i

const maxNameCharacters = 214

/** A scope that is mapped to another registry is private, whatever that registry would say. */
function isPublicName(name: string, { scopeHosts }: RegistryExpectations): boolean {
  if (name.length > maxNameCharacters || !registryName.test(name)) return false
  const scope = name.startsWith('@') ? name.slice(0, name.indexOf('/')) : undefined
  if (scope === undefined || !Object.hasOwn(scopeHosts, scope)) return true
  return publicHosts.includes(scopeHosts[scope] ?? '')
}
