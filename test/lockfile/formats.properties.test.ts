import { describe, expect, it } from '@jest/globals'
import type { Outcome } from '../../src/gap.js'
import type { DependencyChange } from '../../src/lockfile/dependency-change.js'
import type { DependencyGraph } from '../../src/lockfile/dependency-graph.js'
import { diffGraphs } from '../../src/lockfile/diff.js'
import { formatOfFile } from '../../src/lockfile/formats.js'
import { publicHosts } from '../builders/dependency-graph.js'
import { commitOf, integrityOf } from '../builders/lockfile.js'
import {
  checksumOf,
  lockfileNames,
  type WrittenEntry,
  type WrittenFormat,
  type WrittenProject,
  writeLockfile,
  writeManifest,
  writtenFormats,
} from '../builders/lockfile-writers.js'
import fc from '../seeded-properties.js'

const names = ['a', 'b', 'c', '@s/d'] as const
const name = fc.constantFrom(...names)
const version = fc.constantFrom('1.0.0', '1.0.1', '1.2.0', '2.0.0', '2.0.0-rc.1')

interface Drawn {
  readonly version: string
  readonly place: 'registry' | 'elsewhere' | 'git'
  /** Other bytes than usual. */
  readonly odd: boolean
  readonly alias: boolean
  readonly asks: readonly string[]
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  version,
  place: fc.constantFrom('registry', 'registry', 'elsewhere', 'git'),
  odd: fc.boolean(),
  alias: fc.boolean(),
  asks: fc.subarray([...names]),
})

/** What a project may differ in, and what formats have to write each in a way of its own. */
function projectOf(packages: Readonly<Record<string, Drawn>>, asked: readonly string[]): WrittenProject {
  const targetOf = (of: string): string => (packages[of]?.alias === true ? `${of.replace(/^@s\//, '')}-target` : of)
  const asks = (wanted: readonly string[]): Record<string, string> =>
    Object.fromEntries(
      wanted
        .filter((of) => Object.hasOwn(packages, of))
        .map((of) => [of, targetOf(of) === of ? '*' : `npm:${targetOf(of)}@*`]),
    )
  const entryOf = (of: string, { version: at, place, odd, asks: wanted }: Drawn): WrittenEntry => ({
    version: at,
    ...(targetOf(of) === of ? {} : { name: targetOf(of) }),
    ...(place === 'elsewhere' ? { resolved: `https://npm.acme.example/x/-/x-${at}.tgz` } : {}),
    ...(place === 'git'
      ? { resolved: `git+ssh://git@git.acme.example/o/${targetOf(of)}.git#${commitOf(`${at}${odd}`)}` }
      : {}),
    ...(odd ? { integrity: integrityOf(`odd ${of}`), checksum: checksumOf(`odd ${of}`) } : {}),
    ...(Object.keys(asks(wanted)).length === 0 ? {} : { dependencies: asks(wanted) }),
  })
  return {
    packages: Object.fromEntries(Object.entries(packages).map(([of, one]) => [of, entryOf(of, one)])),
    dependencies: asks(asked),
  }
}

const projectsOf = (one: fc.Arbitrary<Drawn>): fc.Arbitrary<WrittenProject> =>
  fc
    .record({
      packages: fc.dictionary(name, one, { minKeys: 1, noNullPrototype: true }),
      asked: fc.subarray([...names]),
    })
    .map(({ packages, asked }) => projectOf(packages, asked))

/** A git source under an alias is written by no manager. */
const project = projectsOf(drawn.map((one) => (one.place === 'git' ? { ...one, alias: false } : one)))

// Nine formats and eighty-one pairs of them: what each property draws is kept small.
fc.configureGlobal({ numRuns: 40 })

const parse = (format: WrittenFormat, text: string, manifest = '{}'): Outcome<DependencyGraph> => {
  const file = lockfileNames[format]
  const outcome = formatOfFile(file)?.parse({ file, text, manifests: new Map([['package.json', manifest]]) })
  if (outcome === undefined) throw new Error(`no format reads ${file}`)
  return outcome
}

function graphOf(format: WrittenFormat, of: WrittenProject): DependencyGraph {
  const outcome = parse(format, writeLockfile(format, of), writeManifest(of))
  if (!outcome.known) throw new Error(`no graph: ${outcome.gap.detail}`)
  return outcome.value
}

const diff = (format: WrittenFormat, base: WrittenProject, head: WrittenProject): DependencyChange[] =>
  diffGraphs(graphOf(format, base), graphOf(format, head), publicHosts())

const turned = (of: WrittenProject): WrittenProject => ({
  ...of,
  packages: Object.fromEntries(Object.entries(of.packages).reverse()),
})

const plain = (changes: readonly DependencyChange[]): unknown[] =>
  changes.map(({ kind, name: of, before, after }) => [kind, of, before, after])

const idOf = (of: string, side: DependencyChange['after']): string =>
  JSON.stringify([of, side?.version, side?.source, side?.resolved, side?.integrity, side?.checksum])

describe.each(writtenFormats)('a lockfile of %s', (format) => {
  it('is read without a complaint as it is written', () => {
    fc.assert(
      fc.property(project, (of) => {
        const { malformed, entries } = graphOf(format, of)
        const own = [...entries.values()].filter(({ source }) => source === 'workspace')
        expect([malformed, entries.size - own.length]).toEqual([[], Object.keys(of.packages).length])
      }),
    )
  })

  it('never makes its reader throw, whatever is cut out or put in', () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('\n', '  ', '"', ': ', '\u0000', '{', '[', '<<<<<<<', '__proto__'),
    )
    fc.assert(
      fc.property(project, fc.nat(), fc.nat(), piece, (of, from, length, text) => {
        const written = writeLockfile(format, of)
        const at = from % written.length
        const outcome = parse(format, written.slice(0, at) + text + written.slice(at + (length % 80)), text)
        if (!outcome.known) {
          expect(outcome.gap.fact).toBe('lockfile')
          return
        }
        diffGraphs(null, outcome.value, publicHosts())
        for (const { line } of outcome.value.malformed) expect(line === null || line >= 1).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  it('does not differ from itself, in whatever order its entries stand', () => {
    fc.assert(
      fc.property(project, (of) => {
        expect([diff(format, of, of), diff(format, of, turned(of))]).toEqual([[], []])
      }),
    )
  })

  it('gives the same changes in whatever order its entries stand', () => {
    fc.assert(
      fc.property(project, project, (base, head) => {
        expect(plain(diff(format, base, turned(head)))).toEqual(plain(diff(format, base, head)))
      }),
    )
  })

  it('lets leave on the way back what entered on the way there', () => {
    fc.assert(
      fc.property(project, project, (base, head) => {
        const left = new Set(diff(format, head, base).map(({ name: of, before }) => idOf(of, before)))
        const entered = diff(format, base, head).filter(({ after }) => after !== undefined)
        expect(entered.filter(({ name: of, after }) => !left.has(idOf(of, after)))).toEqual([])
      }),
    )
  })

  it('shows every change on lines that truly hold its entry, version, address and hash', () => {
    fc.assert(
      fc.property(project, project, (base, head) => {
        const graph = graphOf(format, head)
        const lines = writeLockfile(format, head).split('\n')
        for (const { name: of, after } of diffGraphs(graphOf(format, base), graph, publicHosts())) {
          if (after === undefined) continue
          const lineAt = (field?: 'version' | 'resolved' | 'integrity' | 'checksum'): string =>
            lines[(graph.lineOf(after.key, field) ?? 0) - 1] ?? ''
          const named = [of, after.alias ?? of, after.resolved?.split('#')[1] ?? of]
          expect(named.some((text) => lineAt().includes(text))).toBe(true)
          if (graph.lineOf(after.key, 'version') !== null) expect(lineAt('version')).toContain(after.version)
          if (after.integrity !== undefined) expect(lineAt('integrity')).toContain(after.integrity)
          if (after.checksum !== undefined) expect(lineAt('checksum')).toContain(after.checksum)
          const host = /acme\.example/.exec(after.resolved ?? '')
          // Format 1 of npm states a git source where it states versions.
          const field = graph.lineOf(after.key, 'resolved') === null ? 'version' : 'resolved'
          if (host !== null) expect(lineAt(field)).toContain(host[0])
        }
      }),
    )
  })
})

describe('two lockfiles of different formats', () => {
  const pairs = writtenFormats.flatMap((base) => writtenFormats.map((head) => [base, head] as const))
  /** Berry's hash and the registry's say nothing about each other, and neither does one of Yarn's about pnpm's. */
  const ordinary = projectsOf(drawn.map((one) => ({ ...one, odd: false, alias: one.alias && one.place !== 'git' })))

  it.each(pairs)('hold the same packages without a change: %s and %s', (base, head) => {
    fc.assert(
      fc.property(ordinary, (of) => {
        expect(plain(diffGraphs(graphOf(base, of), graphOf(head, of), publicHosts()))).toEqual([])
      }),
      { numRuns: 6 },
    )
  })
})
