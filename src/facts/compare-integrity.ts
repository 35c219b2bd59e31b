import ssri from 'ssri'
import type { IntegrityFacts, RegistryManifest } from '../registry/registry-facts.js'

/**
 * What is locked against what the registry's manifest states. Only algorithms that both sides have are compared, as npm
 * does: a sha1 lockfile and a sha512 registry do not contradict each other.
 */
export function compareIntegrity(locked: string | undefined, manifest: RegistryManifest): IntegrityFacts {
  const stated = manifest.integrity ?? (manifest.shasum === undefined ? undefined : sriOfShasum(manifest.shasum))
  const sides = { ...(locked === undefined ? {} : { locked }), ...(stated === undefined ? {} : { stated }) }
  if (locked === undefined) return { ...sides, agreement: 'nothing-locked' }

  const lockedHashes = hashesByAlgorithm(locked)
  const statedHashes = hashesByAlgorithm(
    [manifest.integrity, manifest.shasum === undefined ? undefined : sriOfShasum(manifest.shasum)].join(' '),
  )
  let shared = 0
  for (const [algorithm, digests] of lockedHashes) {
    const other = statedHashes.get(algorithm)
    if (other === undefined) continue
    shared += 1
    if (![...digests].some((digest) => other.has(digest))) return { ...sides, agreement: 'differs' }
  }
  return { ...sides, agreement: shared > 0 ? 'same' : 'no-shared-algorithm' }
}

/** The sha512 part of an integrity as SRI: what the store is keyed by. */
export function sha512Of(integrity: string | undefined): string | undefined {
  if (integrity === undefined) return undefined
  const [digest] = hashesByAlgorithm(integrity).get('sha512') ?? []
  return digest === undefined ? undefined : `sha512-${digest}`
}

const sriOfShasum = (shasum: string): string => `sha1-${Buffer.from(shasum, 'hex').toString('base64')}`

function hashesByAlgorithm(integrity: string): Map<string, Set<string>> {
  const hashes = new Map<string, Set<string>>()
  for (const [algorithm, list] of Object.entries(ssri.parse(integrity) ?? {})) {
    if (!Array.isArray(list)) continue
    hashes.set(algorithm, new Set(list.map(({ digest }) => digest)))
  }
  return hashes
}
