import { PublicKeyDetails, TrustedRoot } from '@sigstore/protobuf-specs'
import seeds from '@sigstore/tuf/seeds.json' with { type: 'json' }
import { type TrustMaterial, toTrustMaterial } from '@sigstore/verify'
import { isRecord, own } from '../manifest.js'
import type { SigningKey } from './provenance.js'

/** Whom we believe about provenance: certificate authorities, logs and clocks of Sigstore, and npm's own keys. */
export interface TrustRoot {
  readonly material: TrustMaterial
  readonly registryKeys: readonly SigningKey[]
}

/**
 * The root that sigstore's own client starts from, as its package ships it: the bytes are pinned by our lockfile, and nobody
 * is asked. It knows no key that came after that package, whose signatures then stay unverified.
 */
export function shippedTrustRoot(): TrustRoot {
  const [seed] = Object.values(seeds as Readonly<Record<string, Seed>>)
  const targets = Object.entries(seed?.targets ?? {})
  const textOf = (ending: string): string =>
    Buffer.from(targets.find(([name]) => name.endsWith(ending))?.[1] ?? '', 'base64').toString()
  return { ...parseTrustRoot(textOf('trusted_root.json')), registryKeys: parseSeedKeys(textOf('keys.json')) }
}

/** A `trusted_root.json` of Sigstore's form. Throws where it is none. */
export function parseTrustRoot(text: string): TrustRoot {
  const root = TrustedRoot.fromJSON(JSON.parse(text))
  if (root.certificateAuthorities.length === 0 || root.tlogs.length === 0) {
    throw new SyntaxError('a trust root needs a certificate authority and a log')
  }
  return { material: toTrustMaterial(root), registryKeys: [] }
}

/** For the same root with keys that the material is to find by their names. */
export function withKeys({ material }: TrustRoot, keys: readonly SigningKey[]): TrustMaterial {
  const root = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [], mediaType: '' }
  const finder = toTrustMaterial(
    root,
    Object.fromEntries(
      keys.map(({ keyId, publicKey, expires }) => [
        keyId,
        {
          rawBytes: publicKey,
          keyDetails: PublicKeyDetails.PKIX_ECDSA_P256_SHA_256,
          validFor: { start: new Date(0), ...(expires && { end: expires }) },
        },
      ]),
    ),
  ).publicKey
  return { ...material, publicKey: finder }
}

interface Seed {
  readonly targets: Readonly<Record<string, string>>
}

/** npm's keys as sigstore distributes them, by another way than the registry that they sign for. */
function parseSeedKeys(text: string): readonly SigningKey[] {
  const parsed: unknown = text === '' ? undefined : JSON.parse(text)
  const list = isRecord(parsed) ? own(parsed, 'keys') : undefined
  return (Array.isArray(list) ? (list as readonly SeedKey[]) : [])
    .filter(({ keyUsage }) => keyUsage === 'npm:signatures')
    .map(({ keyId, publicKey: { rawBytes, validFor } }) => ({
      keyId,
      publicKey: Buffer.from(rawBytes, 'base64'),
      ...(validFor.end !== undefined && { expires: new Date(validFor.end) }),
    }))
}

interface SeedKey {
  readonly keyId: string
  readonly keyUsage: string
  readonly publicKey: { readonly rawBytes: string; readonly validFor: { readonly end?: string } }
}
