import type { DependencyGraph, LockfileEntry } from './dependency-graph.js'
import { gitOfArchive, parseGitAddress } from './source.js'
import { compareTexts } from './version-distance.js'

/** Where bytes come from, in a spelling of its own, so that equal places are equal texts. */
export interface Place {
  readonly text: string
  /** Fetched without encryption. */
  readonly insecure: boolean
}

/** One set of bytes that a lockfile installs under one name, in however many folders. */
export interface EntryCopy {
  /** The shallowest of `keys`. */
  readonly entry: LockfileEntry
  readonly keys: readonly string[]
  readonly place: Place
  readonly dev: boolean
  readonly optional: boolean
}

export interface SourceIdentity {
  /** Hosts (with port) that count as the default registry; an entry without `resolved` is from there too. */
  readonly defaultHosts: readonly string[]
}

/** Entries that are code of the repository itself, reviewed as such and not as a dependency. */
export const isOwnCode = ({ source }: LockfileEntry): boolean => source === 'link' || source === 'workspace'

/**
 * Groups the entries of `names` by name and bytes. Same name, version, place and integrity are one copy; whatever
 * differs in one of them stays apart, so that a bad copy cannot hide behind a good one.
 */
export function collectCopies(
  graph: DependencyGraph | null,
  names: ReadonlySet<string>,
  identity: SourceIdentity,
): ReadonlyMap<string, EntryCopy[]> {
  const groups = new Map<string, Map<string, Group>>()
  for (const entry of graph?.entries.values() ?? []) {
    if (!names.has(entry.name) || isOwnCode(entry)) continue
    const ofName = groups.get(entry.name) ?? new Map<string, Group>()
    const place = placeOf(entry, identity)
    const id = JSON.stringify([
      entry.version,
      place.text,
      place.insecure,
      entry.integrity,
      entry.checksum,
      entry.bundled,
    ])
    const group = ofName.get(id)
    if (group === undefined) ofName.set(id, { place, entries: [entry] })
    else group.entries.push(entry)
    groups.set(entry.name, ofName)
  }
  // Sorted, so that the order in which a file states its entries decides nothing.
  const byKey = (a: EntryCopy, b: EntryCopy): number => compareTexts(a.entry.key, b.entry.key)
  return new Map([...groups].map(([name, ofName]) => [name, [...ofName.values()].map(toCopy).sort(byKey)]))
}

interface Group {
  readonly place: Place
  readonly entries: LockfileEntry[]
}

function toCopy({ place, entries }: Group): EntryCopy {
  const sorted = [...entries].sort((a, b) => depthOf(a.key) - depthOf(b.key) || (a.key < b.key ? -1 : 1))
  const entry = sorted[0] as LockfileEntry
  return {
    entry,
    keys: sorted.map(({ key }) => key),
    place,
    dev: sorted.every(({ dev }) => dev),
    optional: sorted.every(({ optional }) => optional),
  }
}

const depthOf = (key: string): number => key.split('node_modules/').length

export function placeOf(entry: LockfileEntry, { defaultHosts }: SourceIdentity): Place {
  const { source, resolved } = entry
  if (source === 'git') return gitPlace(gitOfArchive(resolved ?? '') ?? resolved ?? '')
  if (resolved === undefined) return { text: source, insecure: false }
  if (source === 'registry' && isOrdinary(entry, defaultHosts)) return { text: source, insecure: false }
  if (source === 'file') return { text: `file:${resolved.replace(/^file:(?:\.\/)?/, '')}`, insecure: false }
  const archived = gitOfArchive(resolved)
  if (archived !== null) return gitPlace(archived)
  if (!URL.canParse(resolved)) return { text: `${source}:${resolved}`, insecure: false }
  const url = new URL(resolved)
  const insecure = url.protocol !== 'https:'
  const isDefault = source === 'registry' && defaultHosts.includes(url.host) && isTarballOf(entry, url)
  // A user in the address is part of where it leads a careless reader, so it stays part of the place.
  const user = url.username === '' && url.password === '' ? '' : `${url.username}:${url.password}@`
  return {
    text: isDefault && user === '' ? 'registry' : `${source}:${user}${url.host}${url.pathname}${url.search}`,
    insecure,
  }
}

/** Nearly every entry of nearly every lockfile: recognised without parsing its address. */
function isOrdinary({ name, version, resolved }: LockfileEntry, defaultHosts: readonly string[]): boolean {
  const path = `/${name}/-/${name.slice(name.indexOf('/') + 1)}-${version}.tgz`
  return defaultHosts.some((host) => resolved === `https://${host}${path}`)
}

/** The registry's own path for this very name and version; any other one hands out some other package. */
function isTarballOf({ name, version }: LockfileEntry, { pathname }: URL): boolean {
  const file = `${name.slice(name.indexOf('/') + 1)}-${version}.tgz`
  return pathname.replace(/%2f/gi, '/').endsWith(`/${name}/-/${file}`)
}

function gitPlace(resolved: string): Place {
  const { repository, commit, full, insecure } = parseGitAddress(resolved)
  return { text: full ? `git:${repository}#${commit}` : `git:${resolved}`, insecure }
}

/** The place without the commit: git sources of one repository are one source, as a registry is. */
export const sourceText = ({ text }: Place): string => (text.startsWith('git:') ? text.replace(/#.*$/s, '') : text)
