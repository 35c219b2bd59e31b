import { type Gap, known, type Outcome, unknown } from '../../gap.js'
import { maxLockfileBytes, maxLockfileEntries, maxMalformedEntries } from '../../limits.js'
import type { DependencyGraph, MalformedEntry } from '../dependency-graph.js'
import type { LockfileInput } from '../formats.js'
import { conflictMarker, folderOf } from '../npm/npm-lockfile.js'
import type { MutableEntry } from '../npm/raw-entry.js'
import { readImporters } from './importers.js'
import { addLinks } from './links.js'
import { formatOf, type PnpmFormat, sectionOf } from './lockfile-format.js'
import { type EntryTable, readPackages } from './packages-section.js'
import { type PlacedComplaints, placedComplaints } from './placed-complaints.js'
import { PnpmGraph, type Project } from './pnpm-graph.js'
import { complainOfDependencies, developmentOnly, follow, type Scope } from './snapshots.js'
import type { OddKey } from './yaml-cursor.js'
import { readYaml } from './yaml-reader.js'
import { YamlMap } from './yaml-tree.js'

/**
 * pnpm-lock.yaml of formats 5.0 to 5.4, 6.0, 6.1 and 9.0. pnpm 11 may write a document of its own before the project's,
 * with the pnpm and the configuration packages that it installs first: both are read, since both are installed.
 */
export function parsePnpmLockfile({ file, text: given }: LockfileInput): Outcome<DependencyGraph> {
  if (Buffer.byteLength(given) > maxLockfileBytes) {
    return unknown(gap(file, 'limit-reached', `the lockfile is larger than ${maxLockfileBytes} bytes`))
  }
  const text = withPlainLines(given)
  const conflict = conflictMarker(text)
  if (conflict !== null) return unknown(gap(file, 'lockfile-unreadable', `it has conflict markers, line ${conflict}`))
  if (text.includes('\r')) return unknown(gap(file, 'lockfile-unreadable', 'a line ends in a lone carriage return'))
  const yaml = readYaml(text)
  if ('why' in yaml) {
    const { why, line, limit } = yaml
    return unknown(gap(file, limit ? 'limit-reached' : 'lockfile-unreadable', `${why}, line ${line}`))
  }
  const documents = formatsOf(file, yaml.documents)
  if (!documents.known) return documents
  return readGraph(file, text, documents.value, yaml.odd)
}

const gap = (file: string, code: Gap['code'], detail: string): Gap => ({ code, file, fact: 'lockfile', detail })

function withPlainLines(text: string): string {
  const clean = text.startsWith('\ufeff') ? text.slice(1) : text
  return clean.includes('\r') ? clean.replaceAll('\r\n', '\n') : clean
}

interface PnpmDocument {
  readonly map: YamlMap
  readonly format: PnpmFormat
}

function formatsOf(file: string, values: readonly unknown[]): Outcome<readonly PnpmDocument[]> {
  const unreadable = (detail: string): Outcome<never> => unknown(gap(file, 'lockfile-unreadable', detail))
  if (values.length > 2) return unreadable('it holds more than two YAML documents')
  const documents: PnpmDocument[] = []
  for (const value of values) {
    // pnpm takes an empty file for one that locks nothing.
    const map = value === null ? emptyDocument(values.length) : value
    if (!(map instanceof YamlMap)) return unreadable('it is not a YAML map, line 1')
    const format = formatOf(map)
    if (typeof format === 'string') return unknown(gap(file, 'lockfile-unsupported', format))
    const wrong = ['importers', 'packages', 'snapshots'].find((section) => sectionOf(map, section) === null)
    if (wrong !== undefined) return unreadable(`its field ${wrong} is not a map, line ${map.lineOf(wrong)}`)
    const count = sectionOf(map, 'packages')?.size ?? 0
    if (count > maxLockfileEntries) {
      return unknown(gap(file, 'limit-reached', `it has more than ${maxLockfileEntries} entries`))
    }
    documents.push({ map, format })
  }
  return known(documents)
}

const emptyDocument = (documents: number): YamlMap | null =>
  documents === 1 ? new YamlMap(['lockfileVersion', '9.0', 1]) : null

function readGraph(
  file: string,
  text: string,
  documents: readonly PnpmDocument[],
  odd: readonly OddKey[],
): Outcome<DependencyGraph> {
  const table: EntryTable = { entries: new Map(), lines: new Map() }
  const placed = placedComplaints()
  const mayHide = mayHideText(text)
  const projects: Project[] = []
  const scopes: Scope[] = []
  for (const { map, format } of documents) {
    const scope: Scope = { spelling: format.spelling, snapshots: new Map() }
    readPackages(map, { table, scope, placed, mayHide })
    placed.line = map.lineOf('importers') ?? 1
    const importers = readImporters(map, folderOf(file), placed.complain)
    setFlags(
      importers.map((importer) => ({ importer, scope })),
      scope,
      table,
      placed,
    )
    addLinks(importers, table, placed.complain)
    for (const importer of importers) projects.push({ importer, scope })
    scopes.push(scope)
  }
  const malformed = [...odd.map(toMalformed), ...placed.malformed()]
  if (malformed.length > maxMalformedEntries) {
    return unknown(gap(file, 'limit-reached', `it has more than ${maxMalformedEntries} malformed entries`))
  }
  setAliases(projects, table.entries)
  const formatVersion = documents[documents.length - 1]?.format.version ?? ''
  return known(new PnpmGraph({ file, formatVersion, projects, scopes, ...table, malformed }))
}

/** Anything but plain characters, or an escape that may stand for it. */
const mayHideText = (text: string): boolean => text.includes('\\') || /[^\n -~]/.test(text)

/** Of doubled keys the last one is taken; pnpm itself refuses such a file. */
const toMalformed = ({ reason, path, line }: OddKey): MalformedEntry => ({
  key: path[0] === 'packages' || path[0] === 'snapshots' ? (path[1] ?? '') : '',
  line,
  reason,
  seen: path.join('.').slice(0, 200),
  read: true,
})

/** An entry is `dev` or `optional` where all its peer variants are. */
function setFlags(
  projects: readonly Project[],
  scope: Scope,
  { entries, lines }: EntryTable,
  placed: PlacedComplaints,
): void {
  const development =
    scope.spelling === 9
      ? developmentOnly(
          projects.map(({ importer }) => importer),
          scope,
        )
      : null
  const seen = new Set<MutableEntry>()
  for (const snapshot of scope.snapshots.values()) {
    const entry = entries.get(snapshot.entry)
    if (entry === undefined) continue
    placed.line = lines.get(snapshot.entry)?.entry ?? 1
    complainOfDependencies(snapshot, placed.complain)
    const dev = development?.has(snapshot) ?? snapshot.raw.get('dev') === true
    const optional = snapshot.raw.get('optional') === true
    const isFirst = !seen.has(entry)
    entry.dev = dev && (isFirst || entry.dev)
    entry.optional = optional && (isFirst || entry.optional)
    seen.add(entry)
  }
}

/** Known where a project itself asks for a package under another name, and none under its own. */
function setAliases(projects: readonly Project[], entries: ReadonlyMap<string, MutableEntry>): void {
  const own = new Set<MutableEntry>()
  for (const { importer, scope } of projects) {
    for (const { name, reference } of importer.references.values()) {
      const entry = entries.get(follow(name, reference, scope)?.entry ?? '')
      if (entry === undefined) continue
      if (entry.name === name) own.add(entry)
      else entry.alias ??= name
    }
  }
  for (const entry of own) delete entry.alias
}
