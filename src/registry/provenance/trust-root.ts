import { createHash } from 'node:crypto'
import seeds from '@sigstore/tuf/seeds.json' with { type: 'json' }
import type { TrustMaterial } from '@sigstore/verify'
import { isRecord, own } from '../manifest.js'
import { parsePublicKey } from './parse-attestations.js'
import type { SigningKey } from './provenance.js'

/** Whom we believe about provenance: certificate authorities, logs and clocks of Sigstore, and npm's own keys. */
export interface TrustRoot {
  /** Names its content. */
  readonly id: string
  /** Rejects where it is no root. Loads Sigstore's libraries, which a review whose builds are all kept does without. */
  readonly material: () => Promise<TrustMaterial>
  readonly registryKeys: readonly SigningKey[]
}

/**
 * The root that sigstore's own client starts from, as its package ships it: the bytes are pinned by our lockfile, and nobody
 * is asked. It knows no key that came after that package, whose signatures then stay unverified.
 */
export function shippedTrustRoot(): TrustRoot {
  return parseTrustRoot(seedText('trusted_root.json'))
}

function seedText(ending: string): string {
  const [seed] = Object.values(seeds as Readonly<Record<string, Seed>>)
  const [, target = ''] = Object.entries(seed?.targets ?? {}).find(([name]) => name.endsWith(ending)) ?? []
  return Buffer.from(target, 'base64').toString()
}

/** The given root, or the shipped one, which is read when it is first asked for: most reviews never do. */
export function lazyTrustRoot(given?: TrustRoot): () => TrustRoot {
  let root = given
  return () => {
    root ??= shippedTrustRoot()
    return root
  }
}

/**
 * A `trusted_root.json` of Sigstore's form, which says nothing of npm's keys: they are the shipped ones. Throws for what is not even like one;
 * the rest shows when its material is asked for.
 */
export function parseTrustRoot(text: string): TrustRoot {
  const root: unknown = JSON.parse(text)
  if (!['certificateAuthorities', 'tlogs'].every((list) => hasAny(root, list))) {
    throw new SyntaxError('a trust root needs a certificate authority and a log')
  }
  let material: Promise<TrustMaterial> | undefined
  return {
    id: createHash('sha256').update(text).digest('hex'),
    registryKeys: parseSeedKeys(seedText('keys.json')),
    material: () => {
      material ??= import('./trust-material.js').then(({ parseTrustMaterial }) => parseTrustMaterial(root))
      return material
    },
  }
}

function hasAny(root: unknown, name: string): boolean {
  const list = isRecord(root) ? own(root, name) : undefined
  return Array.isArray(list) && list.length > 0
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
    .flatMap(({ keyId, publicKey: { rawBytes, validFor } }) => {
      const publicKey = parsePublicKey(rawBytes)
      if (publicKey === undefined) return []
      return [{ keyId, publicKey, ...(validFor.end !== undefined && { expires: new Date(validFor.end) }) }]
    })
}

interface SeedKey {
  readonly keyId: string
  readonly keyUsage: string
  readonly publicKey: { readonly rawBytes: string; readonly validFor: { readonly end?: string } }
}
