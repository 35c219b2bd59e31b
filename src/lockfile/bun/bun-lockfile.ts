import { posix } from 'node:path'
import { type Gap, known, type Outcome, unknown } from '../../gap.js'
import { maxLockfileBytes, maxLockfileEntries } from '../../limits.js'
import type { DependencyGraph, EntryField, LockfileEntry, Root } from '../dependency-graph.js'
import type { LockfileInput } from '../formats.js'
import { lineCounter, scanJson } from '../json-text.js'
import { doubledKeys } from '../npm/doubled-keys.js'
import { type Complain, complaints } from '../npm/malformed.js'
import { conflictMarker } from '../npm/npm-lockfile.js'
import { complainOfRequirements, isRecord, type RawEntry } from '../npm/raw-entry.js'
import { BunGraph, requirementsInInfo } from './bun-graph.js'
import { toJson, withoutFinalCommas } from './jsonc.js'
import { lineIndex } from './line-index.js'
import { readPackage } from './package-entry.js'

/** 1 stopped listing a workspace's dependencies twice, 2 is stricter about the same content, 3 has overrides by parent. */
const versions: readonly unknown[] = [0, 1, 2, 3]

/** bun.lock, Bun's text format. bun.lockb, its binary one, is refused with what to do about it. */
export function parseBunLockfile({ file, text: given }: LockfileInput): Outcome<DependencyGraph> {
  if (posix.basename(file) === 'bun.lockb') {
    const advice = 'run `bun install --save-text-lockfile` and commit bun.lock in its place'
    return unknown(gap(file, 'lockfile-unsupported', `it is Bun's binary format, which nobody can review: ${advice}`))
  }
  const text = given.startsWith('\ufeff') ? given.slice(1) : given
  if (Buffer.byteLength(text) > maxLockfileBytes) {
    return unknown(gap(file, 'limit-reached', `the lockfile is larger than ${maxLockfileBytes} bytes`))
  }
  const parsed = parseDocument(file, text)
  if (!parsed.known) return parsed
  const { json, document } = parsed.value
  const problem = problemOf(document)
  if (problem !== null) return unknown(gap(file, ...problem))
  const { list, complain } = complaints()
  const entries = new Map<string, LockfileEntry>()
  const infos = new Map<string, RawEntry>()
  const packages = (document.packages ?? {}) as RawEntry
  const workspaces = document.workspaces as RawEntry
  const reach = {
    isDev: (key: string): boolean => graph.isDev(key),
    isOptional: (key: string): boolean => graph.isOptional(key),
    isBundled: (key: string): boolean => graph.isBundled(key),
  }
  for (const key of Object.keys(packages)) {
    const read = readPackage(key, packages[key], reach, complain)
    if (read === null) continue
    entries.set(key, read.entry)
    infos.set(key, read.info)
  }
  const roots = rootsIn(workspaces, posix.dirname(file), complain)
  const lineOf = lineIndex(json, (key, field) => memberOf(entries.get(key), field))
  const malformed = [
    // Bun takes the first of doubled keys or refuses the file, JSON.parse takes the last: what is installed is not what is read.
    ...doubledKeys(json, document, {
      entryOf: ([first, second], key) => (first === 'packages' ? (second ?? key) : ''),
      read: false,
    }),
    ...list.map((complaint) => ({ ...complaint, line: lineOf(complaint.key) })),
  ]
  const graph = new BunGraph({
    file,
    formatVersion: String(document.lockfileVersion),
    roots,
    entries,
    infos,
    malformed,
    lineOf,
  })
  return known(graph)
}

const gap = (file: string, code: Gap['code'], detail: string): Gap => ({ code, file, fact: 'lockfile', detail })

function parseDocument(file: string, text: string): Outcome<{ readonly json: string; readonly document: RawEntry }> {
  let json = withoutFinalCommas(text)
  let document = parseJson(json)
  if (document === undefined) {
    // Comments, or commas that end no line: Bun takes both, though it writes neither.
    json = toJson(text)
    document = parseJson(json)
  }
  if (document === undefined) {
    const line = lineCounter(json)(scanJson(json, () => {}) ?? 0)
    const why = conflictMarker(text) === null ? 'it is not JSON' : 'it has conflict markers'
    return unknown(gap(file, 'lockfile-unreadable', `${why}, line ${line}`))
  }
  if (isRecord(document)) return known({ json, document })
  return unknown(gap(file, 'lockfile-unreadable', 'it is not a JSON object, line 1'))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Only a SyntaxError, whose words quote hostile text: the caller finds the line.
    return undefined
  }
}

function problemOf({ lockfileVersion, workspaces, packages }: RawEntry): [Gap['code'], string] | null {
  if (!versions.includes(lockfileVersion)) {
    const seen = typeof lockfileVersion === 'number' ? String(lockfileVersion) : 'not a number'
    return ['lockfile-unsupported', `its lockfileVersion is ${seen}, not one of ${versions.join(', ')}`]
  }
  if (!isRecord(workspaces)) return ['lockfile-unreadable', 'its field workspaces is not an object']
  if (!isRecord(workspaces[''])) return ['lockfile-unreadable', 'its field workspaces states no root']
  if (packages === undefined) return null
  if (!isRecord(packages)) return ['lockfile-unreadable', 'its field packages is not an object']
  const count = Object.keys(packages).length + Object.keys(workspaces).length
  return count > maxLockfileEntries ? ['limit-reached', `more than ${maxLockfileEntries} entries`] : null
}

/** The root first, whatever the order in the file: what it asks for lies at the top. */
function rootsIn(workspaces: RawEntry, folder: string, complain: Complain): Root[] {
  const roots: Root[] = []
  for (const path of ['', ...Object.keys(workspaces).filter((key) => key !== '')]) {
    const raw = workspaces[path]
    const where = posix.join(folder, path)
    if (!isRecord(raw)) complain(`workspaces.${path}`, 'not-an-object', raw, false)
    else if (path.startsWith('/') || path.includes('\\') || where === '..' || where.startsWith('../')) {
      complain(`workspaces.${path}`, 'path-traversal', path, false)
    } else {
      complainOfRequirements(`workspaces.${path}`, raw, requirementMaps, complain)
      const root = { folder: where === '.' ? '' : where, requirements: requirementsInInfo(raw) }
      roots.push(typeof raw.name === 'string' ? { ...root, name: raw.name } : root)
    }
  }
  return roots
}

const requirementMaps = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const

function memberOf(entry: LockfileEntry | undefined, field: EntryField): number | null {
  if (entry?.[field] === undefined) return null
  if (field === 'integrity') return entry.source === 'file' || entry.source === 'url' ? 2 : 3
  return field === 'resolved' && entry.source === 'registry' ? 1 : 0
}
