import { createHash, generateKeyPairSync, type KeyPairKeyObjectResult, sign } from 'node:crypto'
import { type CA, type CTLog, initializeCA } from '@sigstore/mock/dist/fulcio/index.js'
import { initializeTLog, type TLog } from '@sigstore/mock/dist/rekor/index.js'
import type { Attestation } from '../../src/registry/provenance/provenance.js'
import { parseTrustRoot, type TrustRoot } from '../../src/registry/provenance/trust-root.js'

/** A run of a build service, as Fulcio writes it into a certificate. */
export interface RunOverrides {
  readonly issuer?: string
  readonly repository?: string
  readonly repositoryId?: string
  readonly ownerId?: string
  /** Path in the repository. */
  readonly workflow?: string
  readonly ref?: string
  readonly trigger?: string
  readonly runner?: string
  /** In place of the workflow's address. */
  readonly subjectAlternativeName?: string
  /** With extensions of 2022 only: plain texts, of fewer kinds. */
  readonly plain?: boolean
}

export interface StatementOverrides {
  readonly predicateType?: string
  /** Its type inside the signed text, where that differs. */
  readonly signedPredicateType?: string
  readonly payloadType?: string
  readonly purl?: string
  /** Hex. */
  readonly sha512?: string
  readonly subjects?: number
  /** How long after the certificate was given the log took it in. */
  readonly loggedAfterMinutes?: number
}

/** A certificate authority, a log of certificates and a log of statements of our own, with the root that trusts them. */
export interface MockSigstore {
  readonly trustRoot: TrustRoot
  /** The same as a `trusted_root.json`. */
  readonly trustRootText: string
  /** What the registry would hand out for `name@version` with this tarball. */
  attest(subject: About, run?: RunOverrides, statement?: StatementOverrides): Promise<Attestation>
  /** What a registry with this key would state about the publication. */
  publish(subject: About, key: RegistryKeyPair, statement?: StatementOverrides): Promise<Attestation>
}

export interface RegistryKeyPair {
  readonly keyId: string
  readonly keys: KeyPairKeyObjectResult
}

export const aRegistryKey = (keyId = 'SHA256:registry'): RegistryKeyPair => ({ keyId, keys: p256() })

export const publishType = 'https://github.com/npm/attestation/tree/main/specs/publish/v0.1'

export const slsaType = 'https://slsa.dev/provenance/v1'

const minuteMs = 60_000

export async function aSigstore(): Promise<MockSigstore> {
  // The mock authority dates itself by the real clock; every other date here follows from it, and no test looks at any.
  const start = new Date(Date.now() + minuteMs)
  const ctLogKeys = p256()
  const ca = await initializeCA(p256(), certificateLog(ctLogKeys, start), start)
  const logKeys = p256()
  const logAt = (minutes: number): Promise<TLog> =>
    initializeTLog('https://rekor.example', logKeys, new Date(start.getTime() + minutes * minuteMs))
  const trustRootText = trustedRoot(ca, logKeys, ctLogKeys)
  return {
    trustRoot: parseTrustRoot(trustRootText),
    trustRootText,
    attest: async (subject, run = {}, statement = {}) => {
      const log = await logAt(statement.loggedAfterMinutes ?? 1)
      return attest({ ca, log }, subject, run, statement)
    },
    publish: async (subject, key, statement = {}) =>
      publish(await logAt(statement.loggedAfterMinutes ?? 1), subject, key, statement),
  }
}

const p256 = (): KeyPairKeyObjectResult => generateKeyPairSync('ec', { namedCurve: 'P-256' })

const derOf = ({ publicKey }: KeyPairKeyObjectResult): Buffer => publicKey.export({ type: 'spki', format: 'der' })

/**
 * A log of certificates (https://www.rfc-editor.org/rfc/rfc6962#section-3.2). The mock's own makes signatures without
 * content with the versions of its libraries that are current.
 */
function certificateLog(keys: KeyPairKeyObjectResult, at: Date): CTLog {
  const publicKey = derOf(keys)
  const logID = createHash('sha256').update(publicKey).digest()
  const time = Buffer.alloc(8)
  time.writeBigUInt64BE(BigInt(at.getTime()))
  return {
    publicKey,
    logID,
    async log(certificate, issuerID) {
      const signed = firstPartOf(Buffer.from(certificate))
      const head = Buffer.concat([Buffer.from([0, 0]), time, Buffer.from([0, 1]), Buffer.from(issuerID)])
      const text = Buffer.concat([head, lengthIn(3, signed), signed, Buffer.from([0, 0])])
      const signature = sign('sha256', text, keys.privateKey)
      const stamp = [Buffer.from([0]), logID, time, Buffer.from([0, 0, 4, 3]), lengthIn(2, signature), signature]
      const whole = Buffer.concat(stamp)
      return new Uint8Array(Buffer.concat([lengthIn(2, whole), whole])).buffer
    },
  }
}

function lengthIn(bytes: number, { length }: Buffer): Buffer {
  const written = Buffer.alloc(bytes)
  written.writeUIntBE(length, 0, bytes)
  return written
}

/** What of a certificate is signed: the first element of the sequence that it is, in DER. */
function firstPartOf(certificate: Buffer): Buffer {
  const contentAt = (at: number): number =>
    at + 2 + ((certificate[at + 1] ?? 0) < 0x80 ? 0 : (certificate[at + 1] ?? 0) & 0x7f)
  const start = contentAt(0)
  const content = contentAt(start)
  const long = content - start - 2
  const length = long === 0 ? (certificate[start + 1] ?? 0) : certificate.readUIntBE(start + 2, long)
  return certificate.subarray(start, content + length)
}

function trustedRoot(ca: CA, logKeys: KeyPairKeyObjectResult, ctLogKeys: KeyPairKeyObjectResult): string {
  const validFor = { start: '2020-01-01T00:00:00Z' }
  const log = (keys: KeyPairKeyObjectResult) => ({
    baseUrl: 'https://rekor.example',
    hashAlgorithm: 'SHA2_256',
    publicKey: { rawBytes: derOf(keys).toString('base64'), keyDetails: 'PKIX_ECDSA_P256_SHA_256', validFor },
    logId: { keyId: createHash('sha256').update(derOf(keys)).digest('base64') },
  })
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [log(logKeys)],
    ctlogs: [log(ctLogKeys)],
    timestampAuthorities: [],
    certificateAuthorities: [
      {
        subject: { organization: 'sigstore.mock', commonName: 'sigstore' },
        uri: 'https://fulcio.example',
        certChain: { certificates: [{ rawBytes: ca.rootCertificate.toString('base64') }] },
        validFor,
      },
    ],
  })
}

type About = { readonly name: string; readonly version: string; readonly sha512: string }

async function attest(
  { ca, log }: { readonly ca: CA; readonly log: TLog },
  subject: About,
  run: RunOverrides,
  statement: StatementOverrides,
): Promise<Attestation> {
  const keys = p256()
  const certificate = await ca.issueCertificate({ publicKey: derOf(keys), ...identityOf(run) })
  const { predicateType = slsaType } = statement
  const signed = await signStatement(
    log,
    keys,
    certificate,
    statementOf(subject, { ...statement, predicateType }),
    statement,
  )
  const { tlogEntries, dsseEnvelope } = signed('')
  return {
    predicateType,
    bundle: {
      mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
      verificationMaterial: {
        certificate: { rawBytes: certificate.toString('base64') },
        tlogEntries,
        timestampVerificationData: { rfc3161Timestamps: [] },
      },
      dsseEnvelope,
    },
  }
}

/** The registry's own statement about a publication, in the older form that npm's registry gives it. */
async function publish(
  log: TLog,
  subject: About,
  { keyId, keys }: RegistryKeyPair,
  statement: StatementOverrides,
): Promise<Attestation> {
  const predicateType = publishType
  const signed = await signStatement(
    log,
    keys,
    derOf(keys),
    statementOf(subject, { ...statement, predicateType }),
    statement,
  )
  const { tlogEntries, dsseEnvelope } = signed(keyId)
  return {
    predicateType,
    bundle: {
      mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.2',
      verificationMaterial: { publicKey: { hint: keyId }, tlogEntries },
      dsseEnvelope,
    },
  }
}

/** A statement in its envelope and in the log, `by` a certificate or a key. */
async function signStatement(
  log: TLog,
  keys: KeyPairKeyObjectResult,
  by: Buffer,
  statement: object,
  { payloadType = 'application/vnd.in-toto+json' }: StatementOverrides,
) {
  const payload = Buffer.from(JSON.stringify(statement))
  const head = `DSSEv1 ${payloadType.length} ${payloadType} ${payload.length} `
  const sig = sign('sha256', Buffer.concat([Buffer.from(head), payload]), keys.privateKey).toString('base64')
  const [logged] = Object.values((await log.log(entryOf(payload, sig, by))) as Readonly<Record<string, Logged>>)
  if (logged === undefined) throw new Error('the mock log has no entry')
  return (keyid: string) => ({
    tlogEntries: [toBundleEntry(logged)],
    dsseEnvelope: { payload: payload.toString('base64'), payloadType, signatures: [{ sig, keyid }] },
  })
}

function identityOf({ plain = false, ...run }: RunOverrides) {
  const { repository = 'acme/widget', workflow = '.github/workflows/release.yml', ref = 'refs/heads/main' } = run
  const { issuer = 'https://token.actions.githubusercontent.com', trigger = 'push' } = run
  const host = issuer.includes('gitlab') ? 'https://gitlab.com' : 'https://github.com'
  const config = `${host}/${repository}/${workflow}@${ref}`
  const commit = 'b'.repeat(40)
  const oid = (field: number, value: string, legacy = false) => ({ oid: `1.3.6.1.4.1.57264.1.${field}`, value, legacy })
  const old = [
    oid(1, issuer, true),
    oid(2, trigger, true),
    oid(3, commit, true),
    oid(5, repository, true),
    oid(6, ref, true),
  ]
  const current = [
    oid(8, issuer),
    oid(11, run.runner ?? 'github-hosted'),
    oid(12, `${host}/${repository}`),
    oid(13, commit),
    oid(14, ref),
    oid(15, run.repositoryId ?? '1001'),
    oid(17, run.ownerId ?? '2001'),
    oid(18, config),
    oid(20, trigger),
  ]
  return {
    subjectAltName: run.subjectAlternativeName ?? config,
    extensions: plain ? old : [...old, ...current],
  }
}

function statementOf(
  { name, version, sha512 }: About,
  { predicateType = slsaType, subjects = 1, ...overrides }: StatementOverrides,
) {
  const subject = {
    name: overrides.purl ?? `pkg:npm/${name.replace('@', '%40')}@${version}`,
    digest: { sha512: overrides.sha512 ?? sha512 },
  }
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: Array.from({ length: subjects }, () => subject),
    predicateType: overrides.signedPredicateType ?? predicateType,
    predicate: {},
  }
}

/** What Rekor keeps of a signed statement: hashes and the signature, not the text. */
const entryOf = (payload: Buffer, signature: string, certificate: Buffer) => ({
  apiVersion: '0.0.1',
  kind: 'dsse',
  spec: {
    envelopeHash: { algorithm: 'sha256', value: '0'.repeat(64) },
    payloadHash: { algorithm: 'sha256', value: createHash('sha256').update(payload).digest('hex') },
    signatures: [{ signature, verifier: certificate.toString('base64') }],
  },
})

/** As Rekor answers; the mock's own type for it comes from a package that is not there. */
interface Logged {
  /** Base64. */
  readonly body: string
  readonly integratedTime: number
  /** Hex. */
  readonly logID: string
  readonly logIndex: number
  readonly verification: {
    readonly signedEntryTimestamp: string
    readonly inclusionProof: {
      readonly logIndex: number
      readonly rootHash: string
      readonly treeSize: number
      readonly checkpoint: string
    }
  }
}

function toBundleEntry({ body, integratedTime, logID, logIndex, verification }: Logged) {
  const { inclusionProof: proof, signedEntryTimestamp } = verification
  return {
    logIndex: String(logIndex),
    logId: { keyId: Buffer.from(logID, 'hex').toString('base64') },
    kindVersion: { kind: 'dsse', version: '0.0.1' },
    integratedTime: String(integratedTime),
    inclusionPromise: { signedEntryTimestamp },
    inclusionProof: {
      logIndex: String(proof.logIndex),
      rootHash: Buffer.from(proof.rootHash, 'hex').toString('base64'),
      treeSize: String(proof.treeSize),
      hashes: [],
      checkpoint: { envelope: proof.checkpoint },
    },
    canonicalizedBody: body,
  }
}
