import { type SignedEntity, type TrustMaterial, VerificationError } from '@sigstore/verify'

type Certificate = TrustMaterial['certificateAuthorities'][number]['certChain'][number]

/**
 * Whose key it is that the trust root does not know, or undefined where it knows all of them: then a signature that does
 * not verify is wrong, and otherwise nobody can tell.
 */
export function unknownSigner(
  { key, tlogEntries, timestamps }: SignedEntity,
  trust: TrustMaterial,
): string | undefined {
  if (key.$case === 'public-key' && !finds(trust, key.hint)) return 'no key is known by the name that it gives'
  if (
    key.$case === 'certificate' &&
    !trust.certificateAuthorities.some(({ certChain }) => issued(key.certificate, certChain))
  ) {
    return 'the trust root does not know the authority that gave the certificate'
  }
  const isKnown = (logs: TrustMaterial['tlogs'], id: Buffer): boolean => logs.some(({ logID }) => logID.equals(id))
  if (tlogEntries.some(({ logId }) => !isKnown(trust.tlogs, logId.keyId))) {
    return 'the trust root does not know the log that holds it'
  }
  const stamps = key.$case === 'certificate' ? (key.certificate.extSCT?.signedCertificateTimestamps ?? []) : []
  if (stamps.some(({ logID }) => !isKnown(trust.ctlogs, logID))) {
    return 'the trust root does not know the log that holds the certificate'
  }
  const clocks = timestamps.flatMap((stamp) => (stamp.$case === 'timestamp-authority' ? [stamp.timestamp] : []))
  const isKnownClock = ({ signerIssuer, signerSerialNumber }: (typeof clocks)[number]): boolean =>
    trust.timestampAuthorities.some(
      ({ certChain: [leaf] }) => leaf?.issuer.equals(signerIssuer) && leaf.serialNumber.equals(signerSerialNumber),
    )
  return clocks.every(isKnownClock) ? undefined : 'the trust root does not know the clock that dates it'
}

/** By the names that certificates call each other by; whether the signature holds is another question. */
function issued(leaf: Certificate, chain: readonly Certificate[]): boolean {
  const authority = leaf.extAuthorityKeyID?.keyIdentifier
  return chain.some((candidate) => {
    const own = candidate.extSubjectKeyID?.keyIdentifier
    return authority !== undefined && own !== undefined ? own.equals(authority) : candidate.subject.equals(leaf.issuer)
  })
}

function finds(trust: TrustMaterial, hint: string): boolean {
  try {
    trust.publicKey(hint)
    return true
  } catch (error) {
    if (error instanceof VerificationError) return false
    throw error
  }
}
