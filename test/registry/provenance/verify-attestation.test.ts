import { createHash } from 'node:crypto'
import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Attestation, ProvenanceState } from '../../../src/registry/provenance/provenance.js'
import { shippedTrustRoot } from '../../../src/registry/provenance/trust-root.js'
import { verifyProvenance } from '../../../src/registry/provenance/verify-attestation.js'
import { aSigstore, type MockSigstore, type RunOverrides, type StatementOverrides } from '../../builders/sigstore.js'

const sha512 = createHash('sha512').update('tarball').digest('hex')
const widget = { name: '@acme/widget', version: '1.0.1', sha512 }
const subject = { purl: 'pkg:npm/%40acme/widget@1.0.1', sha512 }

let sigstore: MockSigstore
let stranger: MockSigstore

beforeAll(async () => {
  sigstore = await aSigstore()
  stranger = await aSigstore()
})

interface Attack {
  readonly run?: RunOverrides
  readonly statement?: StatementOverrides
  /** What becomes of the finished bundle. */
  readonly tamper?: (bundle: Bundle) => void
}

/** As far as tests reach into it. */
interface Bundle {
  verificationMaterial: { certificate: { rawBytes: string }; tlogEntries: Record<string, unknown>[] }
  dsseEnvelope: { payload: string; signatures: { sig: string }[] }
}

async function verdictOn({ run, statement, tamper }: Attack): Promise<ProvenanceState> {
  const attestation = await sigstore.attest(widget, run, statement)
  const bundle = structuredClone(attestation.bundle) as Bundle
  tamper?.(bundle)
  return verifyProvenance({ ...attestation, bundle }, subject, await sigstore.trustRoot.material())
}

const otherBuild = async (name: string): Promise<Bundle> =>
  (await sigstore.attest({ ...widget, name })).bundle as Bundle

const firstEntry = ({ verificationMaterial }: Bundle): Record<string, unknown> =>
  verificationMaterial.tlogEntries[0] ?? {}

const flawed = (flaw: string) => ({ state: 'invalid', flaw, detail: expect.any(String) })

describe('provenance', () => {
  it('names the run that the certificate was given to when all of it holds', async () => {
    const run = { repository: 'Acme/Widget', ref: 'refs/tags/v1.0.1', trigger: 'release' }
    expect(await verdictOn({ run })).toEqual({
      state: 'verified',
      build: {
        service: 'github',
        repository: 'github.com/acme/widget',
        repositoryId: '1001',
        ownerId: '2001',
        workflow: '.github/workflows/release.yml',
        ref: 'refs/tags/v1.0.1',
        commit: 'b'.repeat(40),
        trigger: 'release',
        runner: 'github-hosted',
      },
    })
  })

  it('names the workflow of another repository that did the build', async () => {
    const subjectAlternativeName = 'https://github.com/builders/node/.github/workflows/pack.yml@refs/tags/v2'
    expect(await verdictOn({ run: { subjectAlternativeName } })).toMatchObject({
      state: 'verified',
      build: {
        builder: 'github.com/builders/node/.github/workflows/pack.yml',
        workflow: '.github/workflows/release.yml',
      },
    })
  })

  it('reads certificates of 2022, which say less in another form', async () => {
    expect(await verdictOn({ run: { plain: true } })).toEqual({
      state: 'verified',
      build: {
        service: 'github',
        repository: 'github.com/acme/widget',
        workflow: '.github/workflows/release.yml',
        ref: 'refs/heads/main',
        commit: 'b'.repeat(40),
        trigger: 'push',
      },
    })
  })

  it('takes a run of GitLab, whose paths stand behind two slashes', async () => {
    const run = { issuer: 'https://gitlab.com', workflow: '/.gitlab-ci.yml' }
    expect(await verdictOn({ run })).toMatchObject({
      state: 'verified',
      build: { service: 'gitlab', repository: 'gitlab.com/acme/widget', workflow: '.gitlab-ci.yml' },
    })
  })

  const attacks: Readonly<Record<string, readonly [flaw: string, Attack]>> = {
    'about other bytes': ['other-bytes', { statement: { sha512: '0'.repeat(128) } }],
    'about another version': ['other-package', { statement: { purl: 'pkg:npm/%40acme/widget@1.0.0' } }],
    'about another package': ['other-package', { statement: { purl: 'pkg:npm/widget@1.0.1' } }],
    'about two things': ['malformed', { statement: { subjects: 2 } }],
    'about nothing': ['malformed', { statement: { subjects: 0 } }],
    'of another type than the registry says': [
      'malformed',
      { statement: { signedPredicateType: 'https://acme.example/x' } },
    ],
    'of another payload type': ['malformed', { statement: { payloadType: 'text/plain' } }],
    'of a person': [
      'signer',
      { run: { issuer: 'https://accounts.example', subjectAlternativeName: 'https://accounts.example/eve' } },
    ],
    'of a service that nobody knows': ['signer', { run: { issuer: 'https://token.actions.evil.example' } }],
    'of a workflow that claims another service': [
      'signer',
      { run: { subjectAlternativeName: 'https://github.com.evil.example/acme/widget/x.yml@refs/heads/main' } },
    ],
    'logged after its certificate had expired': ['certificate', { statement: { loggedAfterMinutes: 11 } }],
    'logged before its certificate was given': ['certificate', { statement: { loggedAfterMinutes: -1 } }],
    'in no log': ['timestamp', { tamper: (bundle) => bundle.verificationMaterial.tlogEntries.splice(0) }],
    'without the proof of the log': ['malformed', { tamper: (bundle) => delete firstEntry(bundle).inclusionProof }],
    'with a promise that the log did not give': [
      'log',
      {
        tamper: (bundle) => {
          firstEntry(bundle).inclusionPromise = { signedEntryTimestamp: Buffer.from('forged').toString('base64') }
        },
      },
    ],
    'with a later time than the log gave': [
      'log',
      {
        tamper: (bundle) => {
          firstEntry(bundle).integratedTime = String(Number(firstEntry(bundle).integratedTime) + 60)
        },
      },
    ],
    'with another text than was signed': [
      'log',
      {
        tamper: ({ dsseEnvelope }) => {
          const text = Buffer.from(dsseEnvelope.payload, 'base64')
            .toString()
            .replace('"predicate":{}', '"predicate":{"a":1}')
          dsseEnvelope.payload = Buffer.from(text).toString('base64')
        },
      },
    ],
    'without a signature': ['malformed', { tamper: ({ dsseEnvelope }) => dsseEnvelope.signatures.splice(0) }],
  }
  for (const [name, [flaw, attack]] of Object.entries(attacks)) {
    it(`is invalid when it is a statement ${name}`, async () => {
      expect(await verdictOn(attack)).toEqual(flawed(flaw))
    })
  }

  it('is invalid with the log entry of another statement', async () => {
    const other = await otherBuild('@acme/other')
    const tamper = (bundle: Bundle) => {
      bundle.verificationMaterial.tlogEntries = other.verificationMaterial.tlogEntries
    }
    expect(await verdictOn({ tamper })).toEqual(flawed('log'))
  })

  it('is invalid with the certificate of another run', async () => {
    const other = await otherBuild('@acme/other')
    const tamper = (bundle: Bundle) => {
      bundle.verificationMaterial.certificate = other.verificationMaterial.certificate
    }
    expect(await verdictOn({ tamper })).toEqual(flawed('signature'))
  })

  it('is invalid with a certificate that the authority did not sign so', async () => {
    const tamper = ({ verificationMaterial: { certificate } }: Bundle) => {
      const der = Buffer.from(certificate.rawBytes, 'base64')
      der[der.length - 3] = (der[der.length - 3] ?? 0) ^ 1
      certificate.rawBytes = der.toString('base64')
    }
    expect(await verdictOn({ tamper })).toEqual(flawed('certificate'))
  })

  it('is never matched against a pattern that the bundle brings along', async () => {
    const tamper = (bundle: Bundle) => {
      const proof = firstEntry(bundle).inclusionProof as { checkpoint: { envelope: string } }
      proof.checkpoint.envelope = proof.checkpoint.envelope.replace('\u2014 rekor.example', '\u2014 ((((\\S+)+)+)+)+!')
    }
    expect(await verdictOn({ tamper })).toEqual({
      state: 'invalid',
      flaw: 'malformed',
      detail: 'a checkpoint is signed by something that is no name of a log',
    })
  })

  const excesses: Readonly<Record<string, readonly [detail: string, (bundle: Bundle) => void]>> = {
    'more entries than any bundle has': [
      'it has too many parts',
      (bundle) => {
        bundle.verificationMaterial.tlogEntries = Array.from({ length: 9 }, () => firstEntry(bundle))
      },
    ],
    'a certificate longer than any': [
      'a certificate is too long',
      (bundle) => {
        bundle.verificationMaterial.certificate.rawBytes = Buffer.alloc(16 * 1024 + 1, 2).toString('base64')
      },
    ],
    'a timestamp longer than any': [
      'a timestamp is too long',
      (bundle) => {
        const signedTimestamp = Buffer.alloc(32 * 1024 + 1, 2).toString('base64')
        Object.assign(bundle.verificationMaterial, {
          timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp }] },
        })
      },
    ],
  }
  for (const [name, [detail, tamper]] of Object.entries(excesses)) {
    it(`is not given to the libraries with ${name}`, async () => {
      expect(await verdictOn({ tamper })).toEqual({ state: 'invalid', flaw: 'malformed', detail })
    })
  }

  it('proves nothing either way when the root does not know its authority', async () => {
    const attestation = await stranger.attest(widget)
    expect(verifyProvenance(attestation, subject, await sigstore.trustRoot.material())).toEqual({
      state: 'unverifiable',
      detail: 'the trust root does not know the authority that gave the certificate',
    })
  })

  it('proves nothing either way when the root does not know its log', async () => {
    const entries = ((await stranger.attest(widget)).bundle as Bundle).verificationMaterial.tlogEntries
    const tamper = (bundle: Bundle) => {
      bundle.verificationMaterial.tlogEntries = entries
    }
    expect(await verdictOn({ tamper })).toEqual({
      state: 'unverifiable',
      detail: 'the trust root does not know the log that holds it',
    })
  })

  it('proves nothing either way in a form that came after ours', async () => {
    const tamper = (bundle: Bundle) => {
      Object.assign(bundle, { mediaType: 'application/vnd.dev.sigstore.bundle.v0.9+json' })
    }
    expect(await verdictOn({ tamper })).toEqual({
      state: 'unverifiable',
      detail: 'its form is newer than what is known here',
    })
  })

  it('is not believed by the root that we ship because it has the form of a statement', async () => {
    const attestation = await sigstore.attest(widget)
    const material = await shippedTrustRoot().material()
    expect(verifyProvenance(attestation, subject, material)).toMatchObject({ state: 'unverifiable' })
  })

  it('throws at no JSON whatsoever, and believes nothing that was not signed', async () => {
    const attestation = await sigstore.attest(widget)
    const material = await sigstore.trustRoot.material()
    const whole = verifyProvenance(attestation, subject, material)
    const states = [...mutationsOf(attestation)].map((bundle) =>
      verifyProvenance({ ...attestation, bundle }, subject, material),
    )
    expect(states.filter(({ state }) => state === 'invalid').length).toBeGreaterThan(300)
    // Some changes touch only what nobody signed and nobody reads.
    const believed = states.filter(({ state }) => state === 'verified')
    expect(believed).toEqual(believed.map(() => whole))
  })
})

/** Each place of the bundle, replaced by each of these; each text, with a byte changed. */
function* mutationsOf({ bundle }: Attestation): Generator<unknown> {
  const replacements: readonly unknown[] = [
    undefined,
    null,
    '',
    0,
    -1,
    1e30,
    '999999999999999999999',
    [],
    {},
    true,
    'AAAA',
    '\u0000',
  ]
  for (const path of pathsIn(bundle)) {
    for (const replacement of replacements) yield withReplaced(bundle, path, () => replacement)
    yield withReplaced(bundle, path, (text) => (typeof text === 'string' ? flipInside(text) : [text]))
  }
  yield* [null, 1, 'x', [], [bundle], { dsseEnvelope: {} }]
}

const flipInside = (text: string): string => {
  const at = Math.floor(text.length / 2)
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
}

function pathsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, part]) => pathsIn(part, [...path, key]))]
}

function withReplaced(
  value: unknown,
  [key, ...rest]: readonly string[],
  replace: (value: unknown) => unknown,
): unknown {
  if (key === undefined) return replace(value)
  const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }
  const record = copy as Record<string, unknown>
  record[key] = withReplaced(record[key], rest, replace)
  return record
}
