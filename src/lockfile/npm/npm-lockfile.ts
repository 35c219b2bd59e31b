import { posix } from 'node:path'
import { type Gap, known, type Outcome, unknown } from '../../gap.js'
import { maxLockfileBytes, maxLockfileDepth, maxLockfileEntries } from '../../limits.js'
import type { DependencyGraph, MalformedEntry } from '../dependency-graph.js'
import type { LockfileInput } from '../formats.js'
import { lineCounter, scanJson } from '../json-text.js'
import { legacyEntries, parseDependencies } from './dependencies-section.js'
import { doubledKeys } from './doubled-keys.js'
import { entryKeyAt, lineIndex } from './line-index.js'
import { type Complaint, complaints, show } from './malformed.js'
import { NpmGraph } from './npm-graph.js'
import { parsePackages } from './packages-section.js'
import { isRecord, mayHideCharacters, type RawEntry } from './raw-entry.js'
import { complainOfDisagreement } from './sections.js'

/**
 * package-lock.json and npm-shrinkwrap.json of formats 1, 2 and 3. JSON.parse reads the text; our own scanner is asked
 * only where a line is wanted or the count of keys shows that JSON.parse lost one.
 */
export function parseNpmLockfile({ file, text: given, manifests }: LockfileInput): Outcome<DependencyGraph> {
  // npm skips one byte order mark, and only one.
  const text = given.startsWith('\ufeff') ? given.slice(1) : given
  const bytes = Buffer.byteLength(text)
  if (bytes > maxLockfileBytes) {
    return unknown(gap(file, 'limit-reached', `the lockfile is larger than ${maxLockfileBytes} bytes`))
  }
  const document = parseDocument(file, text)
  if (!document.known) return document
  const supported = formatOf(file, document.value)
  if (!supported.known) return supported
  const { formatVersion, section } = supported.value
  const { list, complain } = complaints()
  const reading = { complain, mayHide: mayHideCharacters(text, bytes) }
  const folder = folderOf(file)
  const read =
    section === 'packages'
      ? parsePackages(document.value.packages as RawEntry, folder, reading)
      : parseDependencies(document.value, folder, manifestIn(manifests, folder), reading)
  if (section === 'packages') complainOfDisagreement(document.value, read.entries, complain)
  const lineOf = lineIndex(text, section)
  const legacyLineOf = lineIndex(text, 'dependencies')
  const malformed = [
    ...doubledKeys(text, document.value, { entryOf: (path, key) => entryKeyAt(section, path, key), read: true }),
    ...list.map((complaint) => withLine(complaint, lineOf(complaint.key) ?? legacyLineOf(complaint.key))),
  ]
  // Until npm 5 only nesting told who needs what.
  const requirementsUnstated = section === 'dependencies' && document.value.requires !== true
  return known(new NpmGraph({ file, folder, formatVersion, section, ...read, malformed, requirementsUnstated, lineOf }))
}

export const folderOf = (file: string): string => (file.includes('/') ? posix.dirname(file) : '')

const gap = (file: string, code: Gap['code'], detail: string): Gap => ({ code, file, fact: 'lockfile', detail })

const withLine = (complaint: Complaint, line: number | null): MalformedEntry => ({ ...complaint, line })

function parseDocument(file: string, text: string): Outcome<RawEntry> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // A SyntaxError, whose own words quote hostile text and often state no place: our scanner finds the line.
    const line = lineCounter(text)(scanJson(text, () => {}) ?? 0)
    const why = conflictMarker(text) === null ? 'it is not JSON' : 'it has conflict markers'
    return unknown(gap(file, 'lockfile-unreadable', `${why}, line ${line}`))
  }
  if (isRecord(value)) return known(value)
  return unknown(gap(file, 'lockfile-unreadable', 'it is not a JSON object, line 1'))
}

/** The line of the first conflict marker, from 1. */
export function conflictMarker(text: string): number | null {
  const found = /^(?:<{7}|>{7}|={7}|\|{7})(?: |\r?$)/m.exec(text)
  return found === null ? null : lineCounter(text)(found.index)
}

/**
 * npm takes `packages` wherever there is one, whatever the version says, and else `dependencies`. Formats it may write
 * one day are not guessed at.
 */
function formatOf(
  file: string,
  document: RawEntry,
): Outcome<{ readonly formatVersion: string; readonly section: 'packages' | 'dependencies' }> {
  const version = document.lockfileVersion
  if (version !== undefined && version !== 1 && version !== 2 && version !== 3) {
    const detail = `lockfileVersion ${show(version).slice(0, 40)} is not 1, 2 or 3`
    return unknown(gap(file, 'lockfile-unsupported', detail))
  }
  const section = document.packages === undefined ? 'dependencies' : 'packages'
  const map = document[section]
  if (map !== undefined && !isRecord(map)) {
    return unknown(gap(file, 'lockfile-unreadable', `its field ${section} is not an object`))
  }
  if (tooMany(document, section)) {
    return unknown(gap(file, 'limit-reached', `more than ${maxLockfileEntries} entries, or nested too deep`))
  }
  return known({ formatVersion: String(version ?? 1), section })
}

function tooMany(document: RawEntry, section: 'packages' | 'dependencies'): boolean {
  if (section === 'packages' && Object.keys(document.packages ?? {}).length > maxLockfileEntries) return true
  if (document.dependencies === undefined) return false
  let count = 0
  for (const { raw, depth } of legacyEntries(document)) {
    count += 1
    if (count > maxLockfileEntries) return true
    if (depth >= maxLockfileDepth && isRecord(raw) && raw.dependencies !== undefined) return true
  }
  return false
}

function manifestIn(manifests: ReadonlyMap<string, string>, folder: string): RawEntry | null {
  const text = manifests.get(posix.join(folder, 'package.json'))
  if (text === undefined) return null
  try {
    const manifest: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
    return isRecord(manifest) ? manifest : null
  } catch {
    // Only a SyntaxError: the project's own reader reports a broken manifest, here it is as if there were none.
    return null
  }
}
