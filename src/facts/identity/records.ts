import type { Packument } from '../../registry/registry-facts.js'

/**
 * Whether the registry says of any version who published it, or has a signature or a statement: one that says so of none is a
 * mirror that leaves this out, and what it does not say of a version means nothing.
 */
export function keepsRecords({ releases }: Packument): boolean {
  for (const { publisher, trustedPublisher, attestations, signatures } of releases.values()) {
    if (publisher !== undefined || trustedPublisher !== undefined) return true
    if (attestations.length > 0 || signatures.length > 0) return true
  }
  return false
}
