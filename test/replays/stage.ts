import { createHash } from 'node:crypto'
import type { Change } from '../../src/change/change.js'
import type { Snapshot } from '../../src/change/snapshot.js'
import type { TrustRoot } from '../../src/registry/provenance/trust-root.js'
import { aPackageLock } from '../builders/lockfile.js'
import { lockfileNames, type WrittenEntry, type WrittenFormat, writeLockfile } from '../builders/lockfile-writers.js'
import { aSnapshot } from '../builders/memory-snapshot.js'
import { aSigstore, type MockSigstore } from '../builders/sigstore.js'
import { buildTarball } from '../builders/tarball.js'
import type { Lack, PublishedPackage, PublishedVersion } from '../emulator/registry.js'
import type { Replay, ReplayPackage, RepositoryState } from './replay.js'

/** A replay made real: what a registry is to serve, and the change that is to be reviewed. */
export interface Stage {
  readonly published: Readonly<Record<string, PublishedPackage>>
  readonly lacks: readonly Lack[]
  /** Whom its statements about builds are signed by; absent where it has none. */
  readonly trustRoot?: TrustRoot
  readonly head: Snapshot
  /** Absent where the replay is an audit of head. */
  readonly change?: Change
  /** Path → text, as the change's head has it. */
  readonly headFiles: Readonly<Record<string, string>>
  /** A file's text as a package's tarball holds it; undefined where there is none. */
  readonly packedText: (name: string, version: string, path: string) => string | undefined
}

/** The hash of a published version's bytes as SRI; undefined where nothing was published. */
type IntegrityOf = (name: string, version: string, algorithm: 'sha1' | 'sha512') => string | undefined

export async function setStage({ packages, created, lacks = [], lockedAs = {}, base, head }: Replay): Promise<Stage> {
  const sigstore = isAttested(packages) ? await aSigstore() : undefined
  const published = await publishAll(packages, created, sigstore)
  const lockable = await publishAll(lockedAs)
  const integrityOf: IntegrityOf = (name, version, algorithm) => {
    const found = lockable[name]?.versions[version] ?? published[name]?.versions[version]
    return found && `${algorithm}-${createHash(algorithm).update(found.tarball).digest('base64')}`
  }
  const headFiles = filesOf(head, integrityOf)
  const headSnapshot = aSnapshot(headFiles)
  const baseSnapshot = base && aSnapshot(filesOf(base, integrityOf))
  return {
    published,
    lacks,
    ...(sigstore && { trustRoot: sigstore.trustRoot }),
    headFiles,
    packedText: (name, version, path) => {
      const source = packages[name]?.[version]
      return source && filesIn(name, version, source)[path]?.toString()
    },
    head: headSnapshot,
    ...(baseSnapshot && { change: { base: baseSnapshot, head: headSnapshot, policy: baseSnapshot } }),
  }
}

const isAttested = (packages: Replay['packages']): boolean =>
  Object.values(packages).some((versions) => Object.values(versions).some(({ provenance }) => provenance !== undefined))

async function publishAll(
  packages: Replay['packages'],
  created: Replay['created'] = {},
  sigstore?: MockSigstore,
): Promise<Record<string, PublishedPackage>> {
  const entries = Object.entries(packages).map(async ([name, versions]) => {
    const built = Object.entries(versions).map(
      async ([version, source]) => [version, await publish(name, version, source, sigstore)] as const,
    )
    const versionsOfName = Object.fromEntries(await Promise.all(built))
    const first = created[name]
    return [name, { versions: versionsOfName, ...(first !== undefined && { created: first }) }] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

async function publish(
  name: string,
  version: string,
  source: ReplayPackage,
  sigstore: MockSigstore | undefined,
): Promise<PublishedVersion> {
  const { files: _, manifest, registryManifest, published, provenance, ...recorded } = source
  const tarball = await buildTarball(filesIn(name, version, source))
  const sha512 = createHash('sha512').update(tarball).digest('hex')
  const { statement, ...run } = provenance ?? {}
  const attested = provenance && (await sigstore?.attest({ name, version, sha512 }, run, statement))
  return {
    ...recorded,
    ...(attested && { attestations: [attested] }),
    tarball,
    manifest: { name, version, ...manifest, ...registryManifest },
    ...(published !== undefined && { time: published }),
  }
}

const filesIn = (
  name: string,
  version: string,
  { manifest, files }: ReplayPackage,
): Record<string, string | Buffer> => ({
  'package.json': `${JSON.stringify({ name, version, ...manifest }, null, 2)}\n`,
  ...files,
})

function filesOf(
  { manifest, format = 'npm 3', locked, tamper = (text) => text, files }: RepositoryState,
  integrityOf: IntegrityOf,
): Record<string, string> {
  const root = { name: 'project', version: '1.0.0', ...manifest }
  return {
    ...(manifest !== null && { 'package.json': `${JSON.stringify(root, null, 2)}\n` }),
    ...(locked !== null && { [lockfileNames[format]]: tamper(lockfileOf(format, root, locked, integrityOf)) }),
    ...files,
  }
}

function lockfileOf(
  format: WrittenFormat,
  root: Readonly<Record<string, unknown>>,
  locked: NonNullable<RepositoryState['locked']>,
  integrityOf: IntegrityOf,
): string {
  const packages = Object.fromEntries(
    Object.entries(locked).map(([key, given]) => [key, fieldsOf(key, given, integrityOf)] as const),
  )
  const { dependencies, devDependencies, optionalDependencies, workspaces } = root
  if (format !== 'npm 3') {
    return writeLockfile(format, { dependencies: dependencies as Record<string, string>, packages })
  }
  return aPackageLock({
    packages: Object.fromEntries(Object.entries(packages).map(([key, fields]) => [key, { ...fields }])),
    ...Object.fromEntries(
      Object.entries({ dependencies, devDependencies, optionalDependencies, workspaces }).filter(([, value]) => value),
    ),
  })
}

/** The hash of what was published, unless the replay says otherwise. */
function fieldsOf(key: string, given: Given, integrityOf: IntegrityOf): WrittenEntry {
  const fields: Readonly<Record<string, unknown>> = typeof given === 'string' ? { version: given } : given
  const name = fields.name ?? key.split('node_modules/').at(-1)
  const weak = fields.integrity === 'sha1'
  const integrity = integrityOf(String(name), String(fields.version), weak ? 'sha1' : 'sha512')
  const stated = integrity !== undefined && (weak || !('integrity' in fields)) ? { integrity } : {}
  return { ...fields, ...stated } as unknown as WrittenEntry
}

type Given = NonNullable<RepositoryState['locked']>[string]
