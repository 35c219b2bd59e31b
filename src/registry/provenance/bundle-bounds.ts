import type { BundleWithDsseEnvelope } from '@sigstore/bundle'
import {
  maxBundleCertificateBytes,
  maxBundleCheckpointCharacters,
  maxBundleParts,
  maxBundleTimestampBytes,
} from '../../limits.js'

/**
 * What of a bundle the libraries must not be given, or undefined. They read numbers of any length in quadratic time, and take
 * the name beside a checkpoint's signature for a regular expression: a registry could have us match one for ever.
 */
export function excessOf({ verificationMaterial }: BundleWithDsseEnvelope): string | undefined {
  const { content, tlogEntries, timestampVerificationData } = verificationMaterial
  const certificates = certificatesOf(content)
  const timestamps = timestampVerificationData?.rfc3161Timestamps ?? []
  if (Math.max(certificates.length, timestamps.length, tlogEntries.length) > maxBundleParts)
    return 'it has too many parts'
  if (certificates.some(({ rawBytes }) => rawBytes.length > maxBundleCertificateBytes))
    return 'a certificate is too long'
  if (timestamps.some(({ signedTimestamp }) => signedTimestamp.length > maxBundleTimestampBytes)) {
    return 'a timestamp is too long'
  }
  const checkpoints = tlogEntries.map(({ inclusionProof }) => inclusionProof?.checkpoint?.envelope ?? '')
  return checkpoints.every(isPlain) ? undefined : 'a checkpoint is signed by something that is no name of a log'
}

type Content = BundleWithDsseEnvelope['verificationMaterial']['content']

function certificatesOf(content: Content): readonly { readonly rawBytes: Buffer }[] {
  if (content.$case === 'x509CertificateChain') return content.x509CertificateChain.certificates
  return content.$case === 'certificate' ? [content.certificate] : []
}

/** Lines of signatures as the library finds them (https://c2sp.org/signed-note): their names are hosts and paths. */
function isPlain(checkpoint: string): boolean {
  if (checkpoint.length > maxBundleCheckpointCharacters) return false
  return [...checkpoint.matchAll(/\u2014 (\S+) /g)].every(([, name = '']) => /^[\w.:/-]+$/.test(name))
}
