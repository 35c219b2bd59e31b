import { type Gap, known, type Outcome, unknown } from '../../gap.js'
import type { DependencyChange } from '../../lockfile/dependency-change.js'
import type { ProvenanceState } from '../../registry/provenance/provenance.js'
import type { PackageReference } from '../../registry/registry.js'
import type { Packument } from '../../registry/registry-facts.js'
import { sha512Of } from '../compare-integrity.js'
import type { FactSources } from '../fact-sources.js'
import type { CollectedFact, CollectedFacts, FactName } from '../facts.js'
import { type ProvenanceSources, readProvenance } from './provenance.js'
import { readSignature } from './signature.js'

export interface ProvenanceCollection {
  readonly facts: Pick<CollectedFacts, 'provenance' | 'previousProvenance' | 'signature'>
  readonly gaps: readonly Gap[]
}

type Sources = Pick<FactSources, 'registry' | 'trustRoot' | 'signal'>

const none = 'not-applicable' as const

/** Who signed for both versions of a change, as far as `needed` asks and the rest of the facts allows. */
export async function collectProvenance(
  change: DependencyChange,
  { packument, manifest, times }: Pick<CollectedFacts, 'packument' | 'manifest' | 'times'>,
  needed: ReadonlySet<FactName>,
  { trustRoot, ...sources }: Sources,
): Promise<ProvenanceCollection> {
  const facts = { provenance: none, previousProvenance: none, signature: none }
  const [about, stated] = [knownOf(packument), knownOf(manifest)]
  if (trustRoot === undefined || about === undefined || stated === undefined) return { facts, gaps: [] }
  const all: ProvenanceSources = { ...sources, trustRoot }
  const reference = { name: change.name, version: change.after?.version ?? '' }
  const sha512 = sha512Of(stated.integrity) ?? sha512Of(change.after?.integrity)
  const published = knownOf(times)?.get(reference.version)
  const [provenance, before, signature] = await Promise.all([
    needed.has('provenance') ? readProvenance(reference, sha512, about, all) : none,
    needed.has('previousProvenance') ? readPrevious(change, about, all) : none,
    needed.has('signature') ? readSignature(reference, { packument: about, manifest: stated, published }, all) : none,
  ])
  // Where the version itself could not be learnt about, a second gap about the one before says nothing more.
  const previousProvenance = provenance === none || provenance.known ? before : none
  return { facts: { provenance, previousProvenance, signature }, gaps: unverifiedGaps(reference, provenance) }
}

const knownOf = <T>(fact: Outcome<T> | 'not-applicable' | undefined): T | undefined =>
  fact !== undefined && fact !== 'not-applicable' && fact.known ? fact.value : undefined

/** Of the version that is replaced; what hides it hides only that something changed. */
async function readPrevious(
  { before, name, kind }: DependencyChange,
  packument: Packument,
  sources: ProvenanceSources,
): Promise<CollectedFact<'previousProvenance'>> {
  if (before?.source !== 'registry' || kind === 'replaced' || kind === 'resourced') return 'not-applicable'
  const reference: PackageReference = { name, version: before.version }
  const manifest = await sources.registry.manifest(reference, sources.signal)
  // A version that was taken down since has nothing that it could be held against.
  if (!manifest.known) return 'not-applicable'
  const sha512 = sha512Of(manifest.value.integrity) ?? sha512Of(before.integrity)
  const read: Outcome<ProvenanceState> = await readProvenance(reference, sha512, packument, sources)
  return read.known ? known(read.value) : unknown({ ...read.gap, fact: 'previousProvenance' })
}

/** Rules see what could not be verified as such, so that the gap is not theirs to record. */
function unverifiedGaps({ name, version }: PackageReference, fact: CollectedFact<'provenance'>): readonly Gap[] {
  if (fact === 'not-applicable' || !fact.known || fact.value.state !== 'unverifiable') return []
  const { detail } = fact.value
  return [{ code: 'trust-root-unavailable', package: `${name}@${version}`, fact: 'provenance', detail }]
}
