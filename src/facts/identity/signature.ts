import { type Gap, known, type Outcome, unknown } from '../../gap.js'
import type { SignatureState, SigningKey } from '../../registry/provenance/provenance.js'
import { type Signed, verifySignatures } from '../../registry/provenance/verify-signature.js'
import type { PackageReference } from '../../registry/registry.js'
import type { Packument, RegistryManifest } from '../../registry/registry-facts.js'
import type { Release } from '../../registry/release-history.js'
import type { ProvenanceSources } from './provenance.js'
import { keepsRecords } from './records.js'

interface Known {
  readonly packument: Packument
  readonly manifest: RegistryManifest
  /** Absent where the registry's dates are those of a mirror. */
  readonly published?: Date | undefined
}

/** The registry's signature over what its manifest states. Unknown where nobody has the key that it names. */
export async function readSignature(
  reference: PackageReference,
  { packument, manifest, published }: Known,
  sources: ProvenanceSources,
): Promise<Outcome<SignatureState>> {
  const missing = (detail: string): Outcome<never> => unknown(gapOf(reference, detail))
  if (!keepsRecords(packument)) return missing('the registry signs nothing, as mirrors do not')
  const signatures = packument.releases.get(reference.version)?.signatures ?? []
  if (signatures.length === 0) return known({ state: 'absent', othersSigned: mostAreSigned(packument) })
  const integrity = integrityOf(manifest)
  if (integrity === undefined) return missing('the registry states no integrity that it could have signed')
  const { signingKeys, detail } = await knownKeys(reference.name, sources)
  const signed: Signed = { ...reference, integrity, ...(published && { published }) }
  const judged = verifySignatures(signatures, signed, signingKeys)
  if (judged.state === 'unknown-key') return missing(detail ?? `no key is known by the name ${judged.keyId}`)
  if (judged.state === 'undated') return missing('its key has expired, and nobody says when it was published')
  return known(judged)
}

export interface KnownKeys {
  readonly signingKeys: readonly SigningKey[]
  /** Why the registry's own are not among them. */
  readonly detail?: string
}

/**
 * The keys that the trust root brings along, and those that the registry itself names. Under one name the trust root's
 * stands, so that a mirror cannot sign in npm's; that it has ended is taken from either.
 */
export async function knownKeys(name: string, { registry, trustRoot, signal }: ProvenanceSources): Promise<KnownKeys> {
  const shipped = trustRoot().registryKeys
  const asked = await registry.signingKeys(name, signal)
  if (!asked.known) return { signingKeys: shipped, detail: asked.gap.detail }
  const own = asked.value.filter(({ keyId }) => !shipped.some((key) => key.keyId === keyId))
  const ends = shipped.map((key) => {
    const expires = key.expires ?? asked.value.find(({ keyId }) => keyId === key.keyId)?.expires
    return { ...key, ...(expires && { expires }) }
  })
  return { signingKeys: [...ends, ...own] }
}

/** npm signs what it states: an integrity, or for old versions the shasum. */
function integrityOf({ integrity, shasum }: RegistryManifest): string | undefined {
  return integrity ?? (shasum === undefined ? undefined : `sha1-${Buffer.from(shasum, 'hex').toString('base64')}`)
}

function mostAreSigned({ releases }: Packument): boolean {
  const signed = [...releases.values()].filter(({ signatures }: Release) => signatures.length > 0).length
  return signed * 2 > releases.size
}

const gapOf = ({ name, version }: PackageReference, detail: string): Gap => ({
  code: 'keys-unavailable',
  package: `${name}@${version}`,
  fact: 'signature',
  detail,
})
