import { valid } from 'semver'
import { maxLockfileDepth } from '../../limits.js'
import type { LockfileEntry, Root, SourceKind } from '../dependency-graph.js'
import { sourceOfAddress } from '../source.js'
import { nameMistake } from './entry-key.js'
import { show } from './malformed.js'
import type { Section } from './packages-section.js'
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

export interface LegacyEntry {
  readonly key: string
  readonly name: string
  readonly raw: unknown
  readonly depth: number
}

/** Walks the nested `dependencies` of formats 1 and 2, parents first; stops below `maxLockfileDepth`. */
export function* legacyEntries(document: RawEntry): Generator<LegacyEntry> {
  const open: { prefix: string; map: unknown; depth: number }[] = [{ prefix: '', map: document.dependencies, depth: 1 }]
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    if (!isRecord(level.map)) continue
    for (const [name, raw] of Object.entries(level.map)) {
      const key = `${level.prefix}node_modules/${name}`
      yield { key, name, raw, depth: level.depth }
      if (isRecord(raw) && raw.dependencies !== undefined && level.depth < maxLockfileDepth) {
        open.push({ prefix: `${key}/`, map: raw.dependencies, depth: level.depth + 1 })
      }
    }
  }
}

/** Reads format 1. Its roots are not in the file: they come from the manifest, where there is one. */
export function parseDependencies(
  document: RawEntry,
  folder: string,
  manifest: RawEntry | null,
  reading: Reading,
): Section {
  const { complain } = reading
  const entries: Section['entries'] = new Map()
  const raws = new Map<string, RawEntry>()
  for (const { key, name, raw, depth } of legacyEntries(document)) {
    if (!isRecord(raw)) {
      complain(key, 'not-an-object', raw, false)
      continue
    }
    const entry = parseLegacyEntry(key, name, raw, depth, reading)
    if (entry === undefined) continue
    complainOfRequirements(key, raw, ['requires'], complain)
    if (raw.dependencies !== undefined && !isRecord(raw.dependencies)) {
      complain(key, 'wrong-type', `dependencies: ${show(raw.dependencies)}`, true)
    }
    raws.set(key, raw)
    entries.set(key, entry)
  }
  const root = manifest === null ? rootWithoutManifest(raws, folder) : rootOf(manifest, folder)
  return { entries, rawOf: (key) => raws.get(key), roots: [root] }
}

const rootOf = (manifest: RawEntry, folder: string): Root => {
  const root = { folder, requirements: requirementsIn(manifest) }
  return typeof manifest.name === 'string' ? { ...root, name: manifest.name } : root
}

/**
 * Without a manifest nobody knows what was asked for directly. What no other entry requires must have been: npm would
 * have pruned it otherwise.
 */
function rootWithoutManifest(raws: ReadonlyMap<string, RawEntry>, folder: string): Root {
  const required = new Set<string>()
  for (const raw of raws.values()) {
    if (isRecord(raw.requires)) for (const name in raw.requires) required.add(name)
  }
  const requirements = [...raws.keys()]
    .filter((key) => key.lastIndexOf('node_modules/') === 0)
    .map((key) => key.slice('node_modules/'.length))
    .filter((name) => !required.has(name))
    .map((name) => ({ name, range: '', kind: 'prod' as const }))
  return { folder, requirements }
}

function parseLegacyEntry(
  key: string,
  name: string,
  raw: RawEntry,
  depth: number,
  reading: Reading,
): LockfileEntry | undefined {
  const { complain } = reading
  const alias = /^npm:((?:@[^/]+\/)?[^@]+)@(.+)$/s.exec(typeof raw.version === 'string' ? raw.version : '')
  const target = alias?.[1] ?? name
  const mistake = nameMistake(name) ?? nameMistake(target)
  if (mistake !== null) {
    complain(key, mistake, key, false)
    return undefined
  }
  if (!identityIsReadable(key, raw, reading)) return undefined
  const fields = raw as Readonly<Partial<Record<string, string>>>
  const stated = alias?.[2] ?? fields.version
  if (stated === undefined) {
    complain(key, 'wrong-type', 'version: nothing', false)
    return undefined
  }
  const source = legacySource(stated)
  if (source === 'git') complainOfGit(key, stated, complain)
  const entry: MutableEntry = {
    key,
    name: target,
    source,
    dev: flag(key, raw, 'dev', complain),
    optional: flag(key, raw, 'optional', complain),
    peer: false,
    // What the project's own root bundles lies at the top and is fetched like everything else.
    bundled: flag(key, raw, 'bundled', complain) && depth > 1,
  }
  if (target !== name) entry.alias = name
  if (source === 'registry') entry.version = stated
  const resolved = fields.resolved ?? (source === 'registry' ? undefined : stated)
  if (resolved !== undefined) entry.resolved = source === 'registry' || source === 'url' ? resolved : stated
  if (fields.integrity !== undefined) entry.integrity = fields.integrity
  return entry
}

/** Format 1 states the source where later ones state the version. A folder is a link, as npm 5 and later install it. */
function legacySource(stated: string): SourceKind {
  if (valid(stated, { loose: true }) !== null) return 'registry'
  if (/^https?:/i.test(stated)) return sourceOfAddress(stated) ?? 'url'
  if (/^file:/i.test(stated)) return /\.(?:tgz|tar|tar\.gz)$/i.test(stated) ? 'file' : 'link'
  if (/^[\w.+-]+$/.test(stated)) return 'registry'
  return sourceOfAddress(stated) ?? 'url'
}
