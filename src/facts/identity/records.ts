import type { Packument } from '../../registry/registry-facts.js'

/**
 * Whether the registry keeps for any version what only the registry of origin makes: a signature, a statement, a publisher without a
 * token. Mirrors leave all of it out together, and then what is not said of a version means nothing.
 */
export function keepsRecords({ releases }: Packument): boolean {
  for (const { trustedPublisher, attestations, signatures } of releases.values()) {
    if (trustedPublisher !== undefined || attestations.length > 0 || signatures.length > 0) return true
  }
  return false
}
