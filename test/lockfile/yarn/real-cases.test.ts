import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { afterAll, describe, expect, it, jest } from '@jest/globals'
import type { DependencyGraph } from '../../../src/lockfile/dependency-graph.js'
import { isBerry, parseYarnLockfile } from '../../../src/lockfile/yarn/yarn-lockfile.js'
import { writeLockfile } from '../../builders/lockfile-writers.js'
import fc from '../../seeded-properties.js'

/** Both packages come without types for what is used here. */
type Fields = Readonly<Record<string, unknown>>
const require = createRequire(import.meta.url)
const classic = require('@yarnpkg/lockfile') as {
  parse(text: string): { type: string; object: Record<string, Fields> }
}
const { parseSyml } = require('@yarnpkg/parsers') as { parseSyml(text: string): Record<string, Fields> }

/** The archive's yarn.lock files, or null with the reason printed. */
function unpack(): string | null {
  const archive = resolve(process.env.LOCKWARDEN_CASES ?? '../shared/cases', 'lockfiles.tar.xz')
  if (!existsSync(archive)) {
    console.log(`skipped: real lockfiles are not there (${archive}); set LOCKWARDEN_CASES`)
    return null
  }
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-yarn-cases-'))
  execFileSync('tar', ['-xf', archive, '-C', folder, '--wildcards', '*/yarn.lock'])
  return folder
}

const folder = unpack()
const files =
  folder === null
    ? []
    : (readdirSync(folder, { recursive: true }) as string[])
        .filter((path) => path.endsWith('/yarn.lock'))
        .map((path) => join(folder, path))
        .sort()

const parse = (text: string) => parseYarnLockfile({ file: 'yarn.lock', text, manifests: new Map() })

/** Asked for each in turn, as all graphs at once would be gigabytes. */
function read(file: string): { readonly id: string; readonly text: string; readonly graph: DependencyGraph } {
  const text = readFileSync(file, 'utf8')
  const outcome = parse(text)
  const id = relative(join(folder ?? '', 'lockfiles'), file)
  if (!outcome.known) throw new Error(`${id}: ${outcome.gap.detail}`)
  return { id, text, graph: outcome.value }
}

const sorted = (rows: readonly unknown[][]): string[] => [...new Set(rows.map((row) => JSON.stringify(row)))].sort()

const edgesOf = (graph: DependencyGraph, key: string): unknown[] =>
  graph
    .requirementsOf(key)
    .filter(({ kind }) => kind === 'prod' || kind === 'optional')
    .map(({ name, range }) => [name, range])
    .sort()

/** Yarn 1 reads bare numbers and words as what they look like, and uses them as text. */
const asText = (value: unknown): string | null => (value === undefined ? null : String(value))

const theirEdges = (...maps: readonly unknown[]): unknown[] =>
  Object.entries(Object.assign({}, ...maps) as Fields)
    .map(([name, range]) => [name, asText(range)])
    .sort()

/** One row a pattern: what Yarn's own reader has of it. */
const classicRows = (text: string): string[] =>
  sorted(
    Object.entries(classic.parse(text).object).map(([pattern, fields]) => [
      pattern,
      asText(fields.version),
      asText(fields.resolved),
      asText(fields.integrity),
      theirEdges(fields.dependencies, fields.optionalDependencies),
    ]),
  )

const ourClassicRows = (graph: DependencyGraph): string[] =>
  sorted(
    [...graph.entries.values()].flatMap(({ key, version, resolved, integrity, source }) => {
      // A sha1 that the address carries is an integrity to us, a folder of the repository has neither.
      const stated = graph.lineOf(key, 'integrity') !== graph.lineOf(key, 'resolved')
      return key
        .split(', ')
        .map((pattern) => [
          pattern,
          source === 'link' ? null : (version ?? null),
          source === 'link' ? null : (resolved ?? null),
          stated ? (integrity ?? null) : null,
          edgesOf(graph, key),
        ])
    }),
  )

/** Folders of the repository: their `0.0.0` or own version is no statement of the lockfile about other people's code. */
const folders = /@(?:file|link):\.{1,2}(?:\/|"|\\")/
const withoutFolders = (rows: readonly string[]): string[] => rows.filter((row) => !folders.test(row))

const berryRows = (text: string): string[] => {
  const { __metadata: metadata, ...entries } = parseSyml(text)
  return sorted(
    Object.entries(entries).map(([key, { version, resolution, checksum, dependencies }]) => {
      const own = /@(?:workspace|link|portal|patch):/.test(String(resolution))
      const sum =
        checksum === undefined || String(checksum).includes('/') ? checksum : `${metadata?.cacheKey}/${checksum}`
      return [key, own ? null : (version ?? null), own ? null : (sum ?? null), theirEdges(dependencies)]
    }),
  )
}

const ourBerryRows = (graph: DependencyGraph): string[] =>
  sorted(
    [...graph.entries.values()].map(({ key, version, checksum }) => [
      key,
      version ?? null,
      checksum ?? null,
      edgesOf(graph, key),
    ]),
  )

interface Surveyed {
  readonly id: string
  /** Only the rows in which the two differ. */
  readonly ours: readonly string[]
  readonly theirs: readonly string[]
  readonly malformed: readonly string[]
  readonly misplaced: readonly string[]
}

let surveyed: readonly Surveyed[] | undefined

/** All files, each read once by both readers. */
function survey(): readonly Surveyed[] {
  surveyed ??= files.map((file) => {
    const { id, text, graph } = read(file)
    const [ours, theirs] =
      graph.manager === 'yarn'
        ? [withoutFolders(ourClassicRows(graph)), withoutFolders(classicRows(text))]
        : [ourBerryRows(graph), berryRows(text)]
    const [has, had] = [new Set(ours), new Set(theirs)]
    return {
      id,
      ours: ours.filter((row) => !had.has(row)),
      theirs: theirs.filter((row) => !has.has(row)),
      malformed: graph.malformed.map(({ reason, seen, line }) => `${id} ${reason} ${seen} ${line}`),
      misplaced: misplacedIn(graph, text).map((key) => `${id} ${key}`),
    }
  })
  return surveyed
}

function misplacedIn(graph: DependencyGraph, text: string): string[] {
  const lines = text.split('\n')
  const isOn = (line: number | null, value: string | undefined): boolean =>
    value === undefined || line === null || (lines[line - 1] ?? '').includes(value)
  return [...graph.entries.values()]
    .filter(
      ({ key, version, checksum, integrity, resolved, source }) =>
        !isOn(graph.lineOf(key), key.split(', ')[0]) ||
        !isOn(graph.lineOf(key, 'version'), version) ||
        !isOn(graph.lineOf(key, 'checksum'), checksum?.split('/')[1]) ||
        (graph.manager === 'yarn' && source !== 'link' && !isOn(graph.lineOf(key, 'resolved'), resolved)) ||
        (integrity?.startsWith('sha512') === true && !isOn(graph.lineOf(key, 'integrity'), integrity)),
    )
    .map(({ key }) => key)
}

jest.setTimeout(120_000)

afterAll(() => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
})

const describeReal = files.length === 0 ? describe.skip : describe

describeReal('real lockfiles of Yarn', () => {
  it('are enough to mean something, of both kinds', () => {
    const berry = files.filter((file) => isBerry(readFileSync(file, 'utf8')))
    expect([files.length - berry.length > 100, berry.length > 100]).toEqual([true, true])
  })

  it('hold what Yarn itself reads: versions, addresses, hashes and edges', () => {
    for (const { id, ours, theirs } of survey()) expect([id, ours]).toEqual([id, theirs])
  })

  it('hold nothing malformed but the pattern that a merge once doubled', () => {
    expect(survey().flatMap(({ malformed }) => malformed)).toEqual([
      'excalidraw+excalidraw/02/head/yarn.lock duplicate-key is-extendable@^0.1.1 7902',
    ])
  })

  it('show every version and hash on a line that holds it', () => {
    expect(survey().flatMap(({ misplaced }) => misplaced)).toEqual([])
  })
})

/** A small lockfile with most of what the format has. */
const texts = (['yarn 1', 'berry'] as const).map((format) =>
  writeLockfile(format, {
    dependencies: { a: '^1.0.0', '@s/b': '~2.0.0' },
    packages: {
      a: { version: '1.1.0', dependencies: { c: '*', '@s/b': '>=1' } },
      '@s/b': { version: '2.0.0' },
      c: { version: '3.0.0', name: 'd', dependencies: { a: '^1.0.0' } },
    },
  }),
)

const cuts = [
  '\n',
  '  ',
  ': ',
  '"',
  ', ',
  '#',
  '\r',
  '\t',
  '&',
  '- ',
  '|',
  ' ',
  '    ',
  "'",
  '{}',
  'true',
  '\\',
  '@',
  '..',
]

/** A text after a few edits of the kind that turn one line into another. */
const mutated = (text: string): fc.Arbitrary<string> =>
  fc
    .array(fc.tuple(fc.nat(text.length), fc.nat(3), fc.constantFrom(...cuts)), { minLength: 1, maxLength: 3 })
    .map((edits) => edits.reduce((now, [at, gone, put]) => now.slice(0, at) + put + now.slice(at + gone), text))

const rowsOf = (read: () => string[]): string[] | null => {
  try {
    return read()
  } catch {
    // Yarn's own reader throws for what it cannot read: then there is nothing to compare.
    return null
  }
}

describe('edited lockfiles of Yarn', () => {
  it.each([
    ['Yarn 1', texts[0] ?? '', classicRows, ourClassicRows],
    ['later Yarn', texts[1] ?? '', berryRows, ourBerryRows],
  ])('of %s are read as Yarn reads them, or something is said', (_, text, theirs, ours) => {
    fc.assert(
      fc.property(mutated(text), (edited) => {
        const outcome = parse(edited)
        if (!outcome.known || outcome.value.malformed.length > 0 || outcome.value.manager !== parseManager(text)) return
        const wanted = rowsOf(() => theirs(edited))
        if (wanted !== null) expect(ours(outcome.value)).toEqual(wanted)
      }),
      { numRuns: 1500 },
    )
  })
})

function parseManager(text: string): string {
  const outcome = parse(text)
  return outcome.known ? outcome.value.manager : ''
}
