import { createHash } from 'node:crypto'
import fetch from 'npm-registry-fetch'

/** The public registry's address with its final slash, from npm's own library. */
export const registryAddress = (): string => fetch.pickRegistry('x', {})

/** Where the public registry keeps a tarball. */
export function registryTarball(name: string, version: string): string {
  return `${registryAddress()}${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`
}

/** A digest of the text, so that equal texts are equal bytes and nothing is made up. */
export function integrityOf(text: string, algorithm: 'sha512' | 'sha1' = 'sha512'): string {
  return `${algorithm}-${createHash(algorithm).update(text).digest('base64')}`
}

/** Fields of an entry in npm's own words; `undefined` leaves one out that would be there by default. */
export type EntryFields = Record<string, unknown>

export interface PackageLockOptions {
  readonly lockfileVersion?: 1 | 2 | 3
  readonly name?: string
  readonly dependencies?: Record<string, string>
  readonly devDependencies?: Record<string, string>
  readonly optionalDependencies?: Record<string, string>
  readonly peerDependencies?: Record<string, string>
  readonly workspaces?: readonly string[]
  /** By name (`a`), or by key where it lies deeper (`node_modules/a/node_modules/b`, `packages/x`); a text is the version. */
  readonly packages?: Record<string, string | EntryFields>
  /** Laid over the finished document: `{ packages: undefined }` for a broken one. */
  readonly document?: Record<string, unknown>
}

/**
 * The text of a package-lock.json as npm writes it. Every entry gets the registry's address and a digest of
 * `name@version` unless it says otherwise. Where the root asks for nothing it asks for all top-level packages.
 */
export function aPackageLock(options: PackageLockOptions = {}): string {
  const lockfileVersion = options.lockfileVersion ?? 3
  const packages = Object.fromEntries(
    Object.entries(options.packages ?? { 'left-pad': '1.3.0' }).map(([key, given]) => [fullKey(key), given]),
  )
  const filled = Object.fromEntries(Object.entries(packages).map(([key, given]) => [key, anEntry(key, given)]))
  const document = {
    name: options.name ?? 'project',
    version: '1.0.0',
    lockfileVersion,
    requires: true,
    ...(lockfileVersion === 1 ? {} : { packages: { '': aRootEntry(options, filled), ...filled } }),
    ...(lockfileVersion === 3 ? {} : { dependencies: aTree(filled) }),
    ...options.document,
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

/** The text of the package.json that `aPackageLock` with the same options belongs to. */
export function aManifest(options: PackageLockOptions = {}): string {
  const { name, version, ...root } = aRootEntry(options, {
    ...Object.fromEntries(
      Object.entries(options.packages ?? { 'left-pad': '1.3.0' }).map(([key, given]) => [
        fullKey(key),
        anEntry(fullKey(key), given),
      ]),
    ),
  })
  return `${JSON.stringify({ name, version, ...root }, null, 2)}\n`
}

const fullKey = (key: string): string =>
  key.includes('node_modules/') || (key.includes('/') && !key.startsWith('@')) ? key : `node_modules/${key}`

const nameOf = (key: string): string => key.slice(key.lastIndexOf('node_modules/') + 'node_modules/'.length)

function anEntry(key: string, given: string | EntryFields): EntryFields {
  const fields = typeof given === 'string' ? { version: given } : given
  if (!key.includes('node_modules/') || fields.link === true) return fields
  const version = typeof fields.version === 'string' ? fields.version : '1.0.0'
  const name = typeof fields.name === 'string' ? fields.name : nameOf(key)
  return {
    version,
    resolved: registryTarball(name, version),
    integrity: integrityOf(`${name}@${version}`),
    ...fields,
  }
}

function aRootEntry(options: PackageLockOptions, packages: Record<string, EntryFields>): EntryFields {
  const {
    name = 'project',
    dependencies,
    devDependencies,
    optionalDependencies,
    peerDependencies,
    workspaces,
  } = options
  const asked = dependencies ?? devDependencies ?? optionalDependencies ?? peerDependencies
  return {
    name,
    version: '1.0.0',
    workspaces,
    dependencies: asked === undefined ? topLevel(packages) : dependencies,
    devDependencies,
    optionalDependencies,
    peerDependencies,
  }
}

const topLevel = (packages: Record<string, EntryFields>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(packages)
      .filter(([key, { link }]) => key.lastIndexOf('node_modules/') === 0 && link !== true)
      .map(([key, { version }]) => [nameOf(key), `^${String(version)}`]),
  )

/** The nested `dependencies` of formats 1 and 2: what an entry asks for is `requires`, what lies below it `dependencies`. */
function aTree(packages: Record<string, EntryFields>): EntryFields {
  const tree: EntryFields = {}
  for (const [key, fields] of Object.entries(packages).sort(([a], [b]) => a.length - b.length)) {
    if (!key.startsWith('node_modules/') || fields.link === true) continue
    const { dependencies: requires, inBundle: bundled, name, link: _, ...rest } = fields
    const version = name === undefined ? rest.version : `npm:${String(name)}@${String(rest.version)}`
    const steps = key.slice('node_modules/'.length).split('/node_modules/')
    let level = tree
    for (const step of steps.slice(0, -1)) {
      const parent = level[step] as EntryFields
      parent.dependencies ??= {}
      level = parent.dependencies as EntryFields
    }
    level[steps.at(-1) ?? ''] = { ...rest, version, bundled, requires }
  }
  return tree
}

/** A whole git commit id that stands for this text. */
export const commitOf = (text: string): string => createHash('sha1').update(text).digest('hex')
