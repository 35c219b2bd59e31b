import { known, type Outcome, unknown } from '../gap.js'
import type { DependencyChange, Locked } from '../lockfile/dependency-change.js'
import { areLasting } from '../package/lasting-facts.js'
import type { PackageFacts } from '../package/package-facts.js'
import type { PackageReference } from '../registry/registry.js'
import type { IntegrityFacts, RegistryManifest } from '../registry/registry-facts.js'
import { compareIntegrity, sha512Of } from './compare-integrity.js'
import type { FactSources } from './fact-sources.js'
import type { CollectedFact } from './facts.js'
import { gapOf } from './reference-gap.js'

export interface Content {
  readonly integrity: IntegrityFacts
  readonly package: Outcome<PackageFacts>
}

/** The package behind the locked bytes, read only where they are these. */
export async function readContent(
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
export async function readPrevious(
  change: DependencyChange,
  sources: FactSources,
): Promise<CollectedFact<'previousPackage'>> {
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
