import { posix } from 'node:path'
import type { LockfileEntry, Root, SourceKind } from '../dependency-graph.js'
import { sourceOfAddress } from '../source.js'
import { nameMistake, parseEntryKey } from './entry-key.js'
import { show } from './malformed.js'
import {
  complainOfGit,
  complainOfRequirements,
  flag,
  identityIsReadable,
  isRecord,
  type MutableEntry,
  type RawEntry,
  type Reading,
  requirementsIn,
} from './raw-entry.js'

export interface Section {
  readonly entries: Map<string, LockfileEntry>
  /** What the file states of an entry, or of the root at `''`. */
  readonly rawOf: (key: string) => RawEntry | undefined
  readonly roots: Root[]
}

const requirementMaps = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const

/** Reads the `packages` section of formats 2 and 3, which is the only one that npm 7 and later read. */
export function parsePackages(packages: RawEntry, folder: string, reading: Reading): Section {
  const { complain } = reading
  const entries = new Map<string, LockfileEntry>()
  const asked = askedAddresses(packages)
  for (const key of Object.keys(packages)) {
    const raw = packages[key]
    if (!isRecord(raw)) {
      complain(key, 'not-an-object', raw, false)
      continue
    }
    const entry = key === '' ? undefined : parseEntry(key, raw, packages, asked, reading)
    if (key !== '' && entry === undefined) continue
    complainOfRequirements(key, raw, requirementMaps, complain)
    if (entry !== undefined) entries.set(key, entry)
  }
  const rawOf = (key: string): RawEntry | undefined => {
    const raw = (key === '' || entries.has(key)) && Object.hasOwn(packages, key) ? packages[key] : undefined
    return isRecord(raw) ? raw : undefined
  }
  return { entries, rawOf, roots: rootsIn(entries, rawOf, folder) }
}

function parseEntry(
  key: string,
  raw: RawEntry,
  packages: RawEntry,
  asked: () => ReadonlySet<string>,
  reading: Reading,
): LockfileEntry | undefined {
  const { complain } = reading
  const place = parseEntryKey(key)
  if (place.kind === 'bad') {
    complain(key, place.reason, key, false)
    return undefined
  }
  if (!identityIsReadable(key, raw, reading)) return undefined
  const { version, resolved, integrity, name } = raw as Readonly<Partial<Record<string, string>>>
  if (name !== undefined && nameMistake(name) !== null) {
    complain(key, nameMistake(name) ?? 'path-traversal', `name: ${name}`, false)
    return undefined
  }
  if (raw.link !== undefined && typeof raw.link !== 'boolean') {
    complain(key, 'wrong-type', `link: ${show(raw.link)}`, false)
    return undefined
  }
  const source = raw.link === true ? 'link' : sourceOf(place.kind, resolved, asked)
  if (source === 'registry' && version === undefined) {
    // npm would fill the hole with whatever version the registry offers on the day.
    complain(key, 'wrong-type', 'version: nothing', false)
    return undefined
  }
  if (resolved !== undefined && source !== 'link') complainOfGit(key, resolved, complain)
  if (source === 'link' && leavesProject(resolved ?? '')) complain(key, 'path-traversal', `resolved: ${resolved}`, true)
  const entry: MutableEntry = {
    key,
    name: name ?? place.name,
    source,
    dev: flag(key, raw, 'dev', complain),
    // `devOptional` is wanted by a dev and by an optional dependency: without dev ones it is still installed.
    optional: flag(key, raw, 'optional', complain) || flag(key, raw, 'devOptional', complain),
    peer: flag(key, raw, 'peer', complain),
    bundled: flag(key, raw, 'inBundle', complain) && isInBundle(key, packages),
  }
  if (place.kind === 'package' && entry.name !== place.name && source !== 'link') entry.alias = place.name
  if (version !== undefined) entry.version = version
  if (resolved !== undefined) entry.resolved = resolved
  if (integrity !== undefined) entry.integrity = integrity
  return entry
}

function sourceOf(
  place: 'package' | 'folder',
  resolved: string | undefined,
  asked: () => ReadonlySet<string>,
): SourceKind {
  if (resolved === undefined) return place === 'package' ? 'registry' : 'workspace'
  const source = sourceOfAddress(resolved)
  if (source !== null) return source === 'file' && place === 'folder' ? 'workspace' : source
  return isRegistryShaped(resolved) || !asked().has(withoutHash(resolved)) ? 'registry' : 'url'
}

/**
 * `…/-/name-1.0.0.tgz` is how registries lay out tarballs. Any other address is a `url` source only where something asks
 * for that very address; otherwise a registry was asked and the entry claims that these are its bytes.
 */
const isRegistryShaped = (resolved: string): boolean => resolved.includes('/-/')

const withoutHash = (address: string): string => address.replace(/#.*$/s, '')

/** Every address that any manifest in the lockfile asks for by itself; collected on the first odd `resolved`. */
function askedAddresses(packages: RawEntry): () => ReadonlySet<string> {
  let addresses: Set<string> | undefined
  return () => {
    addresses ??= new Set(
      Object.values(packages)
        .filter(isRecord)
        .flatMap((raw) => requirementMaps.map((field) => raw[field]).filter(isRecord))
        .flatMap((map) => Object.values(map))
        .filter((range) => typeof range === 'string' && /^https?:/i.test(range))
        .map((range) => withoutHash(String(range))),
    )
    return addresses
  }
}

/**
 * npm itself does not believe `inBundle`: it asks whether a package above bundles something. An entry that only says so
 * is fetched like any other. What the project's own root bundles is fetched too.
 */
function isInBundle(key: string, packages: RawEntry): boolean {
  for (let at = key.lastIndexOf('/node_modules/'); at > 0; at = key.lastIndexOf('/node_modules/', at - 1)) {
    const above = key.slice(0, at)
    const raw = Object.hasOwn(packages, above) ? packages[above] : undefined
    const bundles = isRecord(raw) ? (raw.bundleDependencies ?? raw.bundledDependencies) : undefined
    const some = bundles === true || (Array.isArray(bundles) && bundles.length > 0)
    if (some && parseEntryKey(above).kind === 'package') return true
  }
  return false
}

const leavesProject = (target: string): boolean => /^(?:\/|[a-zA-Z]:)|\\/.test(target)

/** Only a folder that a link leads to is installed: npm keeps what was once a workspace as an extraneous entry. */
function rootsIn(entries: Section['entries'], rawOf: Section['rawOf'], folder: string): Root[] {
  const linked = new Set<string | undefined>()
  const folders = ['']
  for (const { key, source, resolved } of entries.values()) {
    if (source === 'link') linked.add(resolved)
    else if (source === 'workspace') folders.push(key)
  }
  const roots: Root[] = []
  for (const key of folders) {
    const raw = key === '' || linked.has(key) ? rawOf(key) : undefined
    const path = posix.join(folder, key)
    // A linked folder outside the repository is nobody's workspace here.
    if (raw === undefined || path === '..' || path.startsWith('../')) continue
    const root = { folder: path === '.' ? '' : path, requirements: requirementsIn(raw) }
    roots.push(typeof raw.name === 'string' ? { ...root, name: raw.name } : root)
  }
  return roots
}
