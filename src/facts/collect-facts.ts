import { type Gap, known, unknown } from '../gap.js'
import type { DependencyChange, Locked } from '../lockfile/dependency-change.js'
import type { PackageFacts } from '../package/package-facts.js'
import type { PackageReference } from '../registry/registry.js'
import type { Publication } from '../registry/registry-facts.js'
import { collectOutsideRegistry } from './collect-outside-registry.js'
import { compareIntegrity, sha512Of } from './compare-integrity.js'
import { allGaps, withoutContent } from './content-facts.js'
import type { Collected, Collection, FactSources } from './fact-sources.js'
import type { FactName, OwnNames } from './facts.js'
import { collectNamesake } from './identity/collect-namesake.js'
import { collectProvenance } from './identity/collect-provenance.js'
import { collectLookalike } from './identity/lookalike.js'
import { releaseOf } from './identity/release.js'
import { publishTimes } from './publish-times.js'
import { readContent, readPrevious } from './read-content.js'
import { gap } from './reference-gap.js'

const nobodysNames: OwnNames = { scopes: [], includes: () => false, matches: () => false }

/**
 * Learns the facts that the rules need of one change. Every failure is a gap; rejects only when `signal` aborts.
 * The locked bytes decide: a package whose bytes are not the locked ones is never read as that package.
 */
export async function collectFacts(
  change: DependencyChange,
  needed: ReadonlySet<FactName>,
  sources: FactSources,
): Promise<Collection> {
  const [{ facts, gaps }, named] = await Promise.all([
    collectByRegistry(change, needed, sources),
    collectLookalike(change, needed, sources),
  ])
  return { facts: { ...facts, lookalike: named.lookalike }, gaps: [...gaps, ...named.gaps] }
}

async function collectByRegistry(
  change: DependencyChange,
  needed: ReadonlySet<FactName>,
  sources: FactSources,
): Promise<Collection> {
  const facts: Collected = {
    expectations: known(sources.registry.expectations),
    tools: known(sources.toolsFor(change.name)),
    pins: known(sources.pins ?? []),
    allowance: known(sources.serverFor?.(change.name) ?? { blockedPatterns: [] }),
    services: known(sources.services ?? []),
    internal: known(sources.ownNames?.includes(change.name) ?? false),
    ownNames: known(sources.ownNames ?? nobodysNames),
    approvals: known(sources.approvals ?? []),
    namesake: await collectNamesake(change, needed, sources),
    reviewedAt: sources.reviewedAt === undefined ? 'not-applicable' : known(sources.reviewedAt),
    releasePolicy: sources.releasePolicy === undefined ? 'not-applicable' : known(sources.releasePolicy),
  }
  const { after } = change
  if (after === undefined || change.bundled) return { facts: withoutContent(facts), gaps: [] }
  if (after.source !== 'registry') return collectOutsideRegistry(change, after, facts, sources)

  const reference = { name: change.name, version: after.version }
  const publication = await sources.registry.publication(reference, sources.signal)
  facts.publication = publication
  if (!publication.known) return collectFromStore(change, after, facts, publication.gap, sources)
  if (publication.value.state !== 'published') {
    return { facts: withoutContent(facts), gaps: [notServed(reference, publication.value)] }
  }

  facts.packument = await sources.registry.packument(reference.name, sources.signal)
  facts.times = facts.packument.known
    ? publishTimes(facts.packument.value, `${reference.name}@${reference.version}`)
    : facts.packument
  facts.release = facts.packument.known ? releaseOf(facts.packument.value, reference) : facts.packument
  facts.manifest = await sources.registry.manifest(reference, sources.signal)
  if (!facts.manifest.known) return collectFromStore(change, after, facts, facts.manifest.gap, sources)

  // Statements come from another address than the tarball, and can be had while it is read.
  const [signed, content] = await Promise.all([
    collectProvenance(change, facts, needed, sources),
    sources.unopened
      ? { integrity: compareIntegrity(after.integrity, facts.manifest.value), package: 'not-applicable' as const }
      : readContent(reference, after, facts.manifest.value, sources),
  ])
  const { integrity, package: now } = content
  const wanted = needed.has('previousPackage') && !sources.unopened
  const previousPackage = wanted ? await readPrevious(change, sources) : 'not-applicable'
  return {
    facts: { ...facts, ...signed.facts, integrity: known(integrity), package: now, previousPackage },
    gaps: signed.gaps,
  }
}

/**
 * Where the registry cannot be asked, a locked sha512 still names its bytes: what is stored under it is read. All that
 * only the registry knows stays one gap, since what cannot be asked for one reason is not reported six times.
 */
async function collectFromStore(
  { before }: DependencyChange,
  after: Locked,
  facts: Collected,
  cause: Gap,
  { store, unopened }: FactSources,
): Promise<Collection> {
  const read = async (locked: Locked | undefined): Promise<PackageFacts | undefined> => {
    const key = sha512Of(locked?.integrity)
    return key === undefined ? undefined : store.get(key)
  }
  const [now, previous] = [await read(after), await read(before)]
  return {
    facts: {
      ...allGaps(cause),
      ...facts,
      manifest: unknown(cause),
      package: unopened ? 'not-applicable' : now === undefined ? unknown(cause) : known(now),
      previousPackage: previous === undefined ? unknown({ ...cause, code: 'previous-unavailable' }) : known(previous),
    },
    gaps: [cause],
  }
}

function notServed(reference: PackageReference, { state }: Publication): Gap {
  const why = {
    published: '',
    'name-absent': 'the registry does not know this name',
    'version-absent': 'the registry does not know this version',
    unpublished: 'the registry says that it was unpublished',
    'security-holding': 'the registry holds a security placeholder in its place',
  }[state]
  return gap(reference, 'tarball-unavailable', why, 'package')
}
