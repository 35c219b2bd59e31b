import { posix } from 'node:path'
import type { Readable } from 'node:stream'
import { type Gap, type GapCode, known, type Outcome, unknown } from '../gap.js'
import type { DependencyChange, Locked } from '../lockfile/dependency-change.js'
import { gitOfArchive } from '../lockfile/source.js'
import type { Names } from '../names/names.js'
import { areLasting } from '../package/lasting-facts.js'
import type { PackageFacts } from '../package/package-facts.js'
import { TarballInvalid } from '../package/tarball-invalid.js'
import type { TrustRoot } from '../registry/provenance/trust-root.js'
import type { PackageReference, Registry } from '../registry/registry.js'
import type { IntegrityFacts, Publication, RegistryManifest } from '../registry/registry-facts.js'
import type { VersionApproval } from '../repository/settings/build-approvals.js'
import type { PackageStore } from '../store/package-store.js'
import { compareIntegrity, sha512Of } from './compare-integrity.js'
import type {
  CollectedFact,
  CollectedFacts,
  FactName,
  Facts,
  OwnNames,
  ReleasePolicy,
  ServerAllowance,
  ServiceOwner,
  ToolAllowance,
} from './facts.js'
import { collectNamesake } from './identity/collect-namesake.js'
import { collectProvenance } from './identity/collect-provenance.js'
import { collectLookalike } from './identity/lookalike.js'
import { releaseOf } from './identity/release.js'
import { publishTimes } from './publish-times.js'

export interface FactSources {
  readonly registry: Registry
  readonly store: PackageStore
  /** Reads a package's tarball; rejects with TarballInvalid when it is none. */
  readonly analyse: (stream: Readable, signal?: AbortSignal) => Promise<PackageFacts>
  /** What base's policy says of a package by name. */
  readonly toolsFor: (name: string) => ToolAllowance
  /** The policy's `mcp.pin`. */
  readonly pins?: readonly string[]
  /** The policy's `mcp.servers`, as a question about one package name; nothing is forbidden without it. */
  readonly serverFor?: (name: string) => ServerAllowance
  /** The policy's `mcp.services`. */
  readonly services?: readonly ServiceOwner[]
  /** What base calls the organisation's own; nothing is without it. */
  readonly ownNames?: OwnNames
  /** Settings of head that name versions of packages. */
  readonly approvals?: readonly VersionApproval[]
  /** The well-known names that added ones are compared with, asked for only where there is one to compare. */
  readonly names?: () => Promise<Names>
  /** Whether any lockfile of base has a package of this name from a registry. */
  readonly inBase?: (name: string) => boolean
  /** When the review takes place; without it nothing is fresh or old. */
  readonly reviewedAt?: Date
  /** The policy's `release`. */
  readonly releasePolicy?: ReleasePolicy
  /** Whom statements about builds are verified against; without it nobody asks for any. */
  readonly trustRoot?: () => TrustRoot
  /** No package is opened: they are judged by what lockfile and registry say. */
  readonly unopened?: boolean
  /** A tarball that lies in the repository itself, at head; undefined where there is none at that path. */
  readonly repositoryTarball?: (path: string) => Promise<Readable | undefined>
  readonly signal?: AbortSignal
}

const nobodysNames: OwnNames = { scopes: [], includes: () => false, matches: () => false }

/** What was learnt about one change, and what was looked for in vain though no rule may ask for it. */
export interface Collection {
  readonly facts: CollectedFacts
  readonly gaps: readonly Gap[]
}

type Collected = { -readonly [N in FactName]?: CollectedFact<N> }

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

interface Content {
  readonly integrity: IntegrityFacts
  readonly package: Outcome<PackageFacts>
}

async function readContent(
  reference: PackageReference,
  { integrity: locked }: Locked,
  manifest: RegistryManifest,
  sources: FactSources,
): Promise<Content> {
  const integrity = compareIntegrity(locked, manifest)
  if (integrity.agreement === 'differs') {
    return {
      integrity,
      package: gapOf(reference, 'integrity-unverified', 'the registry states another integrity than the lockfile'),
    }
  }
  // Both must hold: without a shared algorithm the registry's own statement is verified besides the locked one.
  const wanted = [locked, manifest.integrity].filter((sri) => sri !== undefined).join(' ')
  const cached = await readStored(locked, manifest, integrity, sources)
  if (cached !== undefined) return { integrity, package: known(cached) }

  const read = await sources.registry.tarball(
    reference,
    wanted === '' ? integrity.stated : wanted,
    (stream) => sources.analyse(stream, sources.signal),
    sources.signal,
  )
  if (read.kind === 'mismatch') {
    return { integrity: { ...integrity, servedInstead: read.served, agreement: 'differs' }, package: unknown(read.gap) }
  }
  if (read.kind === 'unavailable') return { integrity, package: unknown(read.gap) }
  if (areLasting(read.value)) await sources.store.put(read.value)
  return { integrity, package: known(read.value) }
}

/** Stored facts stand for the locked bytes only where a sha512 names them, or the registry agrees with what is locked. */
async function readStored(
  locked: string | undefined,
  manifest: RegistryManifest,
  { agreement }: IntegrityFacts,
  { store }: FactSources,
): Promise<PackageFacts | undefined> {
  const key =
    agreement === 'no-shared-algorithm' ? sha512Of(locked) : (sha512Of(manifest.integrity) ?? sha512Of(locked))
  return key === undefined ? undefined : store.get(key)
}

/** Whatever hides the previous version makes the package be judged as added; it hides nothing that would be installed. */
async function readPrevious(change: DependencyChange, sources: FactSources): Promise<CollectedFact<'previousPackage'>> {
  const { before, name } = change
  if (before === undefined || change.kind === 'replaced' || change.kind === 'resourced') return 'not-applicable'
  const reference = { name, version: before.version }
  const missing = (detail: string) => gapOf(reference, 'previous-unavailable', detail, 'previousPackage')
  if (before.source !== 'registry') return missing(`the version before came from ${before.source}`)

  const manifest = await sources.registry.manifest(reference, sources.signal)
  if (!manifest.known) return missing(manifest.gap.detail)
  const content = await readContent(reference, before, manifest.value, sources)
  return content.package.known ? content.package : missing(content.package.gap.detail)
}

/** Git and URL sources are findings of their own; a tarball in the repository is read like any other. */
async function collectOutsideRegistry(
  change: DependencyChange,
  after: Locked,
  facts: Collected,
  sources: FactSources,
): Promise<Collection> {
  const reference = { name: change.name, version: after.version }
  const none = withoutContent(facts)
  switch (after.source) {
    case 'workspace':
    case 'link':
      return { facts: none, gaps: [] }
    case 'git':
      return { facts: none, gaps: [gitUnread(reference)] }
    case 'url':
      if (gitOfArchive(after.resolved ?? '') !== null) return { facts: none, gaps: [gitUnread(reference)] }
      return {
        facts: none,
        gaps: [
          gap(reference, 'tarball-unavailable', 'it comes from a URL outside the configured registries', 'package'),
        ],
      }
    default:
      return collectFromRepository(reference, change, after, none, sources)
  }
}

const gitUnread = (reference: PackageReference): Gap =>
  gap(reference, 'git-source-unread', 'git sources are not fetched', 'package')

/**
 * Where in the repository a locked tarball lies, seen from its lockfile; undefined for a folder, which is code that its
 * reviewers see as it is.
 */
export function repositoryTarballPath(lockfile: string, { source, resolved }: Locked): string | undefined {
  if (source !== 'file') return undefined
  const path = resolved?.replace(/^file:/, '')
  if (path === undefined || !/\.(tgz|tar\.gz|tar)$/.test(path)) return undefined
  return posix.join(posix.dirname(lockfile), path)
}

async function collectFromRepository(
  reference: PackageReference,
  change: DependencyChange,
  after: Locked,
  facts: Collected,
  sources: FactSources,
): Promise<Collection> {
  const path = repositoryTarballPath(change.lockfile, after)
  if (path === undefined || sources.unopened) return { facts, gaps: [] }
  const unread = (code: GapCode, detail: string): Collection => ({
    facts,
    gaps: [gap(reference, code, detail, 'package')],
  })
  const stream = await sources.repositoryTarball?.(path)
  if (stream === undefined) return unread('tarball-unavailable', `the repository has no readable file at ${path}`)
  try {
    const content = await sources.analyse(stream, sources.signal)
    const locked = sha512Of(after.integrity)
    if (locked !== undefined && locked !== content.integrity) {
      return unread('integrity-unverified', `${path} has the integrity ${content.integrity}, not the locked one`)
    }
    const previousPackage = await readPrevious(change, sources)
    return { facts: { ...facts, package: known(content), previousPackage }, gaps: [] }
  } catch (error) {
    if (!(error instanceof TarballInvalid)) throw error
    return unread('tarball-invalid', error.message)
  }
}

const contentFacts = [
  'publication',
  'packument',
  'times',
  'release',
  'provenance',
  'previousProvenance',
  'signature',
  'manifest',
  'integrity',
  'package',
  'previousPackage',
] as const satisfies FactName[]

function allGaps(cause: Gap): Collected {
  return Object.fromEntries(contentFacts.map((fact) => [fact, unknown(cause)]))
}

function withoutContent(facts: Collected): Collected {
  const none = Object.fromEntries(contentFacts.map((fact) => [fact, 'not-applicable'])) as Collected
  return { ...none, ...facts }
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

const gap = (reference: PackageReference, code: GapCode, detail: string, fact: keyof Facts): Gap => ({
  code,
  // A git source of an old npm lockfile states no version.
  package: reference.version === '' ? reference.name : `${reference.name}@${reference.version}`,
  fact,
  detail,
})

const gapOf = (reference: PackageReference, code: GapCode, detail: string, fact: keyof Facts = 'package') =>
  unknown(gap(reference, code, detail, fact))
