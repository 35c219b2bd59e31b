import { createHash, generateKeyPairSync, sign } from 'node:crypto'

/** One published version. Everything that is absent is what an honest registry would say of the tarball. */
export interface PublishedVersion {
  readonly tarball: Buffer
  /** Laid over `{ name, version }` in the registry's manifest; the tarball's own package.json is not read. */
  readonly manifest?: Readonly<Record<string, unknown>>
  /** Laid over `dist`, to lie about the integrity or the address; `undefined` removes a field. */
  readonly dist?: Readonly<Record<string, unknown>>
  /** ISO publish time; by default the n-th version is published on the n-th day of 2025. */
  readonly time?: string
  /** `_npmUser`; by default always the same account. */
  readonly publisher?: PublishedAccount
  /** The kind of build service that published it; then `publisher` is by default what the public registry writes for one. */
  readonly trustedPublisher?: string
  /** Who approved a staged release. */
  readonly approver?: PublishedAccount
  /** Names of accounts; by default the one that publishes by default. */
  readonly maintainers?: readonly string[]
  readonly repository?: unknown
  readonly deprecated?: string
  /** What the attestations endpoint serves of it; the manifest names it where a statement is about provenance. */
  readonly attestations?: readonly PublishedAttestation[]
  /** In place of the registry's own, which are right. */
  readonly signatures?: readonly { readonly keyid: string; readonly sig: string }[]
}

export interface PublishedAccount {
  readonly name: string
  readonly email?: string
}

export interface PublishedAttestation {
  readonly predicateType: string
  /** A bundle of sigstore, as JSON. */
  readonly bundle: unknown
}

export interface PublishedPackage {
  /** In publishing order; the last one is `latest`. */
  readonly versions: Readonly<Record<string, PublishedVersion>>
  readonly distTags?: Readonly<Record<string, string>>
  /** ISO time of the first publication ever; by default that of the first version here. */
  readonly created?: string
  /** Laid over the full document: `{ time: undefined }` for a mirror without times. */
  readonly document?: Readonly<Record<string, unknown>>
}

/** What mirrors and private registries were seen to leave out or to falsify. */
export type Lack =
  /** No `time` at all. */
  | 'time'
  /** No `time.created`. */
  | 'created'
  /** Dates of when the mirror took each version in, here the newest first. */
  | 'publish-times'
  /** No `_npmUser` and no maintainers. */
  | 'publisher'
  /** No `dist.attestations`. */
  | 'attestations'
  /** No `dist.signatures`. */
  | 'signatures'
  /** 404 for `npm audit`. */
  | 'advisories'
  /** 404 for the registry's keys. */
  | 'keys'
  /** 404 for attestations that manifests name. */
  | 'attestations-endpoint'
  /** No ETag, no Last-Modified, never 304. */
  | 'validators'
  /** Knows only the full document. */
  | 'abbreviated'

/** A key that a registry signs with, as `/-/npm/v1/keys` states it. */
export interface RegistryKey {
  readonly keyid: string
  /** DER in base64. */
  readonly publicKey: string
  /** As the public registry does: over `name@version:integrity`, always the same for the same text. */
  sign(subject: string): { readonly keyid: string; readonly sig: string }
}

export function makeRegistryKey(): RegistryKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const der = publicKey.export({ type: 'spki', format: 'der' })
  const keyid = `SHA256:${createHash('sha256').update(der).digest('base64')}`
  const made = new Map<string, string>()
  return {
    keyid,
    publicKey: der.toString('base64'),
    sign(subject) {
      const sig = made.get(subject) ?? sign('sha256', Buffer.from(subject), privateKey).toString('base64')
      made.set(subject, sig)
      return { keyid, sig }
    },
  }
}

export interface Registry {
  readonly url: string
  readonly lacks: ReadonlySet<Lack>
  readonly key: RegistryKey
}

export const tarballName = (name: string, version: string): string =>
  `${name.slice(name.indexOf('/') + 1)}-${version}.tgz`

export function versionsOf(name: string, found: PublishedPackage, at: Registry): Record<string, Manifest> {
  return Object.fromEntries(
    Object.entries(found.versions).map(([version, published]) => [version, manifestOf(name, version, published, at)]),
  )
}

type Manifest = Readonly<Record<string, unknown>>

function manifestOf(name: string, version: string, published: PublishedVersion, at: Registry): Manifest {
  const { manifest, repository, deprecated } = published
  return {
    name,
    version,
    ...(repository !== undefined && { repository }),
    ...(deprecated !== undefined && { deprecated }),
    ...(!at.lacks.has('publisher') && peopleOf(published)),
    ...manifest,
    dist: distOf(name, version, published, at),
  }
}

/** What the public registry writes where a build service published by itself. */
const buildServices: Readonly<Record<string, PublishedAccount>> = {
  github: { name: 'GitHub Actions', email: 'npm-oidc-no-reply@github.com' },
  gitlab: { name: 'GitLab CI/CD', email: 'npm-oidc-no-reply@gitlab.com' },
}

function peopleOf({ publisher, trustedPublisher, approver, maintainers = ['maintainer'] }: PublishedVersion): Manifest {
  const service = trustedPublisher === undefined ? undefined : buildServices[trustedPublisher]
  return {
    _npmUser: {
      ...(publisher ?? service ?? accountOf('maintainer')),
      ...(trustedPublisher !== undefined && { trustedPublisher: { id: trustedPublisher } }),
      ...(approver && { approver }),
    },
    maintainers: maintainers.map(accountOf),
  }
}

const accountOf = (name: string): PublishedAccount => ({ name, email: `${name}@mail.example` })

function distOf(
  name: string,
  version: string,
  { tarball, dist, attestations = [], signatures }: PublishedVersion,
  at: Registry,
): Manifest {
  const stated: Manifest = {
    tarball: `${at.url}${name}/-/${tarballName(name, version)}`,
    integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
    shasum: createHash('sha1').update(tarball).digest('hex'),
    ...dist,
  }
  const provenance = attestations.find(({ predicateType }) => /\/provenance\//.test(predicateType))
  const own = typeof stated.integrity === 'string' ? [at.key.sign(`${name}@${version}:${stated.integrity}`)] : []
  return {
    ...(provenance &&
      !at.lacks.has('attestations') && {
        attestations: {
          url: `${at.url}-/npm/v1/attestations/${name}@${version}`,
          provenance: { predicateType: provenance.predicateType },
        },
      }),
    ...(!at.lacks.has('signatures') && { signatures: signatures ?? own }),
    ...stated,
  }
}

export function packumentOf(name: string, found: PublishedPackage, at: Registry): Manifest {
  const latest = Object.keys(found.versions).at(-1)
  const time = timesOf(found, at)
  return {
    _id: name,
    name,
    'dist-tags': found.distTags ?? (latest === undefined ? {} : { latest }),
    versions: versionsOf(name, found, at),
    ...(time && { time }),
    ...found.document,
  }
}

function timesOf(found: PublishedPackage, { lacks }: Registry): Record<string, string> | undefined {
  if (lacks.has('time')) return undefined
  const days = Object.entries(found.versions).map(([version, { time }], index) => {
    return [version, time ?? new Date(Date.UTC(2025, 0, 1 + index, 12)).toISOString()] as const
  })
  const dates = days.map(([, time]) => time).sort()
  const times = lacks.has('publish-times') ? days.map(([version], index) => [version, dates.at(-1 - index)]) : days
  const created = found.created ?? days[0]?.[1] ?? '2025-01-01T12:00:00.000Z'
  return {
    ...(!lacks.has('created') && { created }),
    modified: dates.at(-1) ?? created,
    ...Object.fromEntries(times),
  }
}

/** The fields that the abbreviated document keeps, as npm's registry documentation lists them. */
const abbreviatedFields = [
  'name',
  'version',
  'deprecated',
  'dependencies',
  'optionalDependencies',
  'devDependencies',
  'bundleDependencies',
  'peerDependencies',
  'peerDependenciesMeta',
  'bin',
  'directories',
  'dist',
  'engines',
  'cpu',
  'os',
]

export function abbreviatedPackumentOf(name: string, found: PublishedPackage, at: Registry): Manifest {
  const full = packumentOf(name, found, at)
  const versions = Object.entries(versionsOf(name, found, at)).map(([version, manifest]) => [
    version,
    Object.fromEntries(Object.entries(manifest).filter(([field]) => abbreviatedFields.includes(field))),
  ])
  return {
    name: full.name,
    'dist-tags': full['dist-tags'],
    versions: Object.fromEntries(versions),
    modified: timesOf(found, at)?.modified,
  }
}
