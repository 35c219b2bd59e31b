import {
  BUNDLE_V01_MEDIA_TYPE,
  BUNDLE_V02_MEDIA_TYPE,
  BUNDLE_V03_LEGACY_MEDIA_TYPE,
  BUNDLE_V03_MEDIA_TYPE,
  type BundleWithDsseEnvelope,
  bundleFromJSON,
  isBundleWithDsseEnvelope,
} from '@sigstore/bundle'
import { type Signer, type TrustMaterial, toSignedEntity, VerificationError, Verifier } from '@sigstore/verify'
import { isRecord, own } from '../manifest.js'
import { buildOf } from './build-identity.js'
import { excessOf } from './bundle-bounds.js'
import type { Attestation, ProvenanceFlaw, ProvenanceState } from './provenance.js'
import { unknownSigner } from './unknown-signer.js'

/** What a statement has to be about. */
export interface Subject {
  /** `pkg:npm/%40scope/name@1.0.0` */
  readonly purl: string
  /** Of the tarball, in hex. */
  readonly sha512: string
}

type Verified = Exclude<ProvenanceState, { readonly state: 'absent' }>

type Checked = { readonly state: 'signed'; readonly signer: Signer } | Exclude<Verified, { readonly state: 'verified' }>

/** A statement about a build: signed by a run of a build service, in a public log, about these bytes under this name. */
export function verifyProvenance(attestation: Attestation, subject: Subject, material: TrustMaterial): Verified {
  const checked = verifyStatement(attestation, subject, material)
  if (checked.state !== 'signed') return checked
  const { identity } = checked.signer
  const build = identity && buildOf(identity)
  if (build !== undefined) return { state: 'verified', build }
  const { subjectAlternativeName = 'nobody', extensions } = identity ?? {}
  return invalid('signer', `signed by ${subjectAlternativeName}, for whom ${extensions?.issuer ?? 'nobody'} speaks`)
}

/** Any statement, whoever signed it. Never throws, whatever the bundle is. */
export function verifyStatement(attestation: Attestation, subject: Subject, material: TrustMaterial): Checked {
  try {
    if (isOfNewerForm(attestation.bundle))
      return { state: 'unverifiable', detail: 'its form is newer than what is known here' }
    const bundle = bundleFromJSON(attestation.bundle)
    if (!isBundleWithDsseEnvelope(bundle)) return invalid('malformed', 'it holds no statement')
    const excess = excessOf(bundle)
    if (excess !== undefined) return invalid('malformed', excess)
    const entity = toSignedEntity(bundle)
    const stranger = unknownSigner(entity, material)
    if (stranger !== undefined) return { state: 'unverifiable', detail: stranger }
    const signer = new Verifier(material).verify(entity)
    return verifySubject(bundle, attestation.predicateType, subject) ?? { state: 'signed', signer }
  } catch (error) {
    // The libraries parse what is hostile here and throw errors of many kinds at it, but never for a reason of their own.
    const detail = error instanceof Error ? error.message : String(error)
    if (!(error instanceof VerificationError)) return invalid('malformed', detail)
    return invalid(flaws[error.code] ?? 'signature', detail)
  }
}

const knownForms: ReadonlySet<string> = new Set([
  BUNDLE_V01_MEDIA_TYPE,
  BUNDLE_V02_MEDIA_TYPE,
  BUNDLE_V03_LEGACY_MEDIA_TYPE,
  BUNDLE_V03_MEDIA_TYPE,
])

/** A form of Sigstore's that came after our libraries is no forgery, and no proof either. */
function isOfNewerForm(bundle: unknown): boolean {
  const form = isRecord(bundle) ? own(bundle, 'mediaType') : undefined
  return typeof form === 'string' && /^application\/vnd\.dev\.sigstore\.bundle\b/.test(form) && !knownForms.has(form)
}

const flaws: Readonly<Partial<Record<VerificationError['code'], ProvenanceFlaw>>> = {
  CERTIFICATE_ERROR: 'certificate',
  PUBLIC_KEY_ERROR: 'certificate',
  TIMESTAMP_ERROR: 'timestamp',
  TLOG_ERROR: 'log',
  TLOG_BODY_ERROR: 'log',
  TLOG_INCLUSION_PROOF_ERROR: 'log',
  TLOG_INCLUSION_PROMISE_ERROR: 'log',
  TLOG_MISSING_INCLUSION_ERROR: 'log',
}

const inTotoPayload = 'application/vnd.in-toto+json'

/** What is wrong with the signed text; undefined where it is a statement about the subject and about nothing else. */
function verifySubject(
  { content: { dsseEnvelope } }: BundleWithDsseEnvelope,
  predicateType: string,
  { purl, sha512 }: Subject,
): Checked | undefined {
  const statement: unknown = JSON.parse(dsseEnvelope.payload.toString())
  if (dsseEnvelope.payloadType !== inTotoPayload || !isRecord(statement)) {
    return invalid('malformed', 'what is signed is no statement')
  }
  if (own(statement, 'predicateType') !== predicateType) {
    return invalid('malformed', `the registry calls it ${predicateType}, and it is something else`)
  }
  const subjects = own(statement, 'subject')
  const [only] = Array.isArray(subjects) && subjects.length === 1 ? (subjects as readonly unknown[]) : []
  const digest = isRecord(only) ? own(only, 'digest') : undefined
  // npm signs one tarball at a time: whoever says more is no publisher.
  if (!isRecord(only) || !isRecord(digest)) return invalid('malformed', 'it is not about one thing')
  if (own(only, 'name') !== purl) return invalid('other-package', `it is about ${String(own(only, 'name'))}`)
  const stated = own(digest, 'sha512')
  return stated === sha512 ? undefined : invalid('other-bytes', `it is about the sha512 ${String(stated)}`)
}

const invalid = (flaw: ProvenanceFlaw, detail: string) => ({ state: 'invalid', flaw, detail }) as const
