import { type Gap, known, type Outcome } from '../../gap.js'
import type { DependencyChange } from '../../lockfile/dependency-change.js'
import type { Names } from '../../names/names.js'
import type { Resemblance } from '../../names/resemblance.js'
import type { PackageReference, Registry } from '../../registry/registry.js'
import type { Packument } from '../../registry/registry-facts.js'
import type { Release } from '../../registry/release-history.js'
import type { CollectedFact, FactName } from '../facts.js'
import { publishTimes } from '../publish-times.js'

/** A well-known package that an added one may be taken for. */
export interface ResembledPackage extends Resemblance {
  /** Whether those who may publish the well-known one published this one; unknown where the registry does not say of both. */
  readonly publisher: 'same' | 'other' | 'unknown'
}

export interface Lookalike {
  /** The likeliest first; empty for nearly all packages. */
  readonly resembled: readonly ResembledPackage[]
  /** When its first version came; absent where the registry's dates do not tell. */
  readonly since?: Date
  /** The first date that the registry states at all: that of a mirror is when it took a version in, which is no younger than it looks. */
  readonly seen?: Date
  /** How many versions it has; absent where the registry was not asked or did not answer. */
  readonly versions?: number
}

export interface LookalikeSources {
  readonly registry: Registry
  /** The well-known names. Called only where there is a name to compare; without it nothing resembles anything. */
  readonly names?: () => Promise<Names>
  /** Whether any lockfile of base has a package of this name from a registry. */
  readonly inBase?: (name: string) => boolean
  readonly signal?: AbortSignal
}

export interface CollectedLookalike {
  readonly lookalike: CollectedFact<'lookalike'>
  readonly gaps: readonly Gap[]
}

const notApplicable: CollectedLookalike = { lookalike: 'not-applicable', gaps: [] }

/**
 * Compares the name of an added package, which takes no network, and asks the registry only where it resembles one: what cannot be learnt
 * then leaves the name to speak for itself. A name that base has is nobody's slip of the hand any more.
 */
export async function collectLookalike(
  { kind, name, after, bundled }: DependencyChange,
  needed: ReadonlySet<FactName>,
  { registry, names, inBase, signal }: LookalikeSources,
): Promise<CollectedLookalike> {
  if (!needed.has('lookalike') || names === undefined || kind !== 'added' || bundled) return notApplicable
  if (after?.source !== 'registry' || hasOwnRegistry(name, registry) || inBase?.(name)) return notApplicable
  const resemblances = (await names()).resemblances(name)
  if (resemblances.length === 0) return { lookalike: known({ resembled: [] }), gaps: [] }

  const reference = { name, version: after.version }
  const [own, ...others] = await Promise.all(
    [name, ...resemblances.map(({ target }) => target)].map((each) => registry.packument(each, signal)),
  )
  const publisherOf = (target: Outcome<Packument> | undefined): ResembledPackage['publisher'] =>
    own?.known && target?.known ? comparePublishers(own.value.releases.get(reference.version), target.value) : 'unknown'
  const resembled = resemblances.map((one, index) => ({ ...one, publisher: publisherOf(others[index]) }))
  const times = own?.known ? publishTimes(own.value, `${name}@${after.version}`) : undefined
  return {
    lookalike: known({
      resembled,
      ...(own?.known && { versions: own.value.versions.length, ...firstSeen(own.value) }),
      ...(times?.known && { since: earliest(times.value.values()) }),
    }),
    gaps: [
      ...(own?.known && resembled.some(({ publisher }) => publisher === 'unknown')
        ? [publishersUnknown(reference)]
        : []),
      ...(times?.known === false && resembled.some(({ closeness }) => closeness === 'loose')
        ? [{ ...times.gap, fact: 'lookalike' }]
        : []),
    ],
  }
}

/** A scope that is mapped to a registry of its own is the organisation's. */
const hasOwnRegistry = (name: string, { expectations }: Registry): boolean =>
  name.startsWith('@') && Object.hasOwn(expectations.scopeHosts, name.slice(0, name.indexOf('/')))

/**
 * Whoever published this version may publish the other, or all who may publish it may. That one of them is listed would not do: anybody can
 * add the other's maintainer to his own package.
 */
function comparePublishers(own: Release | undefined, target: Packument): ResembledPackage['publisher'] {
  const theirs = new Set(target.releases.get(target.distTags.latest ?? target.versions.at(-1) ?? '')?.maintainers)
  // A build service publishes for everybody.
  const publisher = own?.trustedPublisher === undefined ? own?.publisher?.name : undefined
  const maintainers = own?.maintainers ?? []
  if (theirs.size === 0 || (publisher === undefined && maintainers.length === 0)) return 'unknown'
  if (publisher !== undefined && theirs.has(publisher)) return 'same'
  return maintainers.length > 0 && maintainers.every((name) => theirs.has(name)) ? 'same' : 'other'
}

function firstSeen({ time }: Packument): Pick<Lookalike, 'seen'> {
  const dates = Object.values(time).map((text) => new Date(text))
  return dates.length === 0 ? {} : { seen: earliest(dates) }
}

const earliest = (times: Iterable<Date>): Date => new Date(Math.min(...[...times].map((time) => time.getTime())))

const publishersUnknown = ({ name, version }: PackageReference): Gap => ({
  code: 'publisher-unavailable',
  package: `${name}@${version}`,
  fact: 'lookalike',
  detail: 'whether the publisher of the package that its name resembles published it too is not known',
})
