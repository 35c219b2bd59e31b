import type { Build, BuildService } from './provenance.js'

/** What a verified certificate says about who it was given to. */
export interface CertificateIdentity {
  readonly subjectAlternativeName?: string | undefined
  readonly extensions?: { readonly issuer?: string | undefined } | undefined
  readonly oids?: readonly { readonly oid?: { readonly id: readonly number[] } | undefined; readonly value: Buffer }[]
}

/** The services whose runs npm takes for provenance, by the issuer of their tokens and the host of their repositories. */
const services: ReadonlyMap<string, { readonly service: BuildService; readonly origin: string }> = new Map([
  ['https://token.actions.githubusercontent.com', { service: 'github', origin: 'https://github.com/' }],
  ['https://gitlab.com', { service: 'gitlab', origin: 'https://gitlab.com/' }],
])

/**
 * Fulcio's extensions below `1.3.6.1.4.1.57264.1` (https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md): since
 * 2023 DER texts, before it plain ones of fewer kinds.
 */
const extensionPrefix = [1, 3, 6, 1, 4, 1, 57264, 1].join('.')

const fields = {
  repository: 12,
  commit: 13,
  ref: 14,
  repositoryId: 15,
  ownerId: 17,
  workflow: 18,
  trigger: 20,
  runner: 11,
  plainTrigger: 2,
  plainCommit: 3,
  plainRepository: 5,
  plainRef: 6,
} as const

/** Undefined where the certificate was not given to a run of a known build service: a person's proves no build. */
export function buildOf(identity: CertificateIdentity): Build | undefined {
  const known = services.get(identity.extensions?.issuer ?? '')
  const subject = identity.subjectAlternativeName ?? ''
  if (known === undefined || !subject.startsWith(known.origin)) return undefined
  const read = (field: keyof typeof fields): string | undefined => readExtension(identity, fields[field])
  const plain = (field: keyof typeof fields): string | undefined => readPlainExtension(identity, fields[field])

  const name = read('repository') ?? withOrigin(known.origin, plain('plainRepository'))
  const ref = read('ref') ?? plain('plainRef')
  if (name === undefined || ref === undefined || !name.startsWith(known.origin)) return undefined
  const repository = withoutScheme(name).toLowerCase()
  const signer = withoutScheme(withoutRef(subject))
  const workflow = withoutScheme(withoutRef(read('workflow') ?? subject))
  const optional = {
    repositoryId: read('repositoryId'),
    ownerId: read('ownerId'),
    builder: signer === workflow ? undefined : signer,
    commit: read('commit') ?? plain('plainCommit'),
    trigger: read('trigger') ?? plain('plainTrigger'),
    runner: read('runner'),
  }
  return {
    service: known.service,
    repository,
    workflow: within(repository, workflow),
    ref,
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  }
}

const withOrigin = (origin: string, path: string | undefined): string | undefined =>
  path === undefined ? undefined : `${origin}${path}`

const withoutScheme = (address: string): string => address.replace(/^https:\/\//, '').replace(/\/+$/, '')

/** `…/release.yml@refs/heads/main` */
const withoutRef = (workflow: string): string => workflow.split('@refs/')[0] ?? ''

/** GitLab puts two slashes between a project and a path in it. */
const within = (repository: string, workflow: string): string =>
  workflow.toLowerCase().startsWith(`${repository}/`) ? workflow.slice(repository.length).replace(/^\/+/, '') : workflow

function extensionOf({ oids = [] }: CertificateIdentity, field: number): Buffer | undefined {
  return oids.find(({ oid }) => oid?.id.join('.') === `${extensionPrefix}.${field}`)?.value
}

function readPlainExtension(identity: CertificateIdentity, field: number): string | undefined {
  return extensionOf(identity, field)?.toString()
}

/** A UTF8String in DER: its tag, its length in one byte or, from 128 on, in the bytes that the first one counts. */
function readExtension(identity: CertificateIdentity, field: number): string | undefined {
  const der = extensionOf(identity, field)
  const first = der?.[1]
  if (der === undefined || first === undefined || der[0] !== 0x0c) return undefined
  return der.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f)).toString()
}
