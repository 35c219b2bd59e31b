import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, posix, resolve } from 'node:path'
import { afterAll, describe, expect, it, jest } from '@jest/globals'
import type { DependencyGraph, LockfileEntry } from '../../src/lockfile/dependency-graph.js'
import { diffGraphs } from '../../src/lockfile/diff.js'
import { isOwnCode } from '../../src/lockfile/entry-copies.js'
import { conflictMarker, parseNpmLockfile } from '../../src/lockfile/npm/npm-lockfile.js'
import { publicHosts } from '../builders/dependency-graph.js'

/** The archive unpacked, or null with the reason printed. */
function unpack(): string | null {
  const archive = resolve(process.env.LOCKWARDEN_CASES ?? '../shared/cases', 'lockfiles.tar.xz')
  if (!existsSync(archive)) {
    console.log(`skipped: real lockfiles are not there (${archive}); set LOCKWARDEN_CASES`)
    return null
  }
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-cases-'))
  // Only what is read here: the archive has eleven thousand files, and writing them takes longer than all tests.
  const wanted = ['*/package-lock.json', '*/npm-shrinkwrap.json', '*/expected-packages.json']
  execFileSync('tar', ['-xf', archive, '-C', folder, '--wildcards', ...wanted])
  return folder
}

/** The part of npm's own tree that is compared; the package comes without types. */
interface NpmTree {
  readonly inventory: ReadonlyMap<string, NpmNode>
}
interface NpmNode {
  readonly isRoot: boolean
  readonly isLink: boolean
  readonly location: string
  readonly packageName: string
  readonly version: string
  readonly integrity: string | null
  readonly resolved: string | null
}
type NpmReader = new (options: { readonly path: string }) => { loadVirtual(): Promise<NpmTree> }

const Arborist = createRequire(import.meta.url)('@npmcli/arborist') as NpmReader

interface RealCase {
  /** `owner+repo/nn/path/of/lockfile`. */
  readonly id: string
  readonly folder: string
  readonly file: string
  readonly expected: { readonly added: readonly string[]; readonly removed: readonly string[] }
}

const folder = unpack()

function casesIn(root: string): RealCase[] {
  const at = join(root, 'lockfiles')
  return readdirSync(at).flatMap((repository) =>
    readdirSync(join(at, repository)).flatMap((number) => {
      const of = join(at, repository, number)
      const expected: Record<string, RealCase['expected']> = JSON.parse(
        readFileSync(join(of, 'expected-packages.json'), 'utf8'),
      )
      return Object.entries(expected)
        .filter(([file]) => /(?:^|\/)(?:package-lock|npm-shrinkwrap)\.json$/.test(file))
        .map(([file, lists]) => ({ id: `${repository}/${number}/${file}`, folder: of, file, expected: lists }))
    }),
  )
}

const cases = folder === null ? [] : casesIn(folder)

const textOf = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null)

const graphs = new Map<string, DependencyGraph | null>()

function graphOf(one: RealCase, side: 'base' | 'head'): DependencyGraph | null {
  const id = `${side} ${one.id}`
  const graph = graphs.has(id) ? (graphs.get(id) ?? null) : readGraph(one, side)
  graphs.set(id, graph)
  return graph
}

function readGraph({ folder: of, file }: RealCase, side: 'base' | 'head'): DependencyGraph | null {
  const text = textOf(join(of, side, file))
  if (text === null) return null
  const outcome = parseNpmLockfile({ file, text, manifests: new Map() })
  return outcome.known ? outcome.value : null
}

const dependenciesOf = (graph: DependencyGraph | null): LockfileEntry[] =>
  [...(graph?.entries.values() ?? [])].filter((entry) => !isOwnCode(entry))

const identityOf = ({ name, version }: { readonly name: string; readonly version?: string }): string =>
  `${name}@${version ?? ''}`

/** What changed by name and version: the question that the independent reader answered. */
function enteredAndLeft(one: RealCase): { added: string[]; removed: string[] } {
  const [base, head] = [graphOf(one, 'base'), graphOf(one, 'head')]
  const changes = diffGraphs(base, head, publicHosts())
  const [had, has] = [base, head].map((graph) => new Set(dependenciesOf(graph).map(identityOf)))
  const sideOf = (side: 'before' | 'after', other: ReadonlySet<string> | undefined): string[] => {
    const names = changes.flatMap(({ name, [side]: locked }) =>
      locked === undefined ? [] : [identityOf({ name, version: locked.version })],
    )
    return [...new Set(names)].filter((id) => other?.has(id) !== true).sort()
  }
  return { added: sideOf('after', had), removed: sideOf('before', has) }
}

/** The cases in which the independent reader counts otherwise, each with what it says and we do not, and why. */
const differences: Readonly<
  Record<string, { readonly why: string; readonly added: readonly string[]; readonly removed: readonly string[] }>
> = {
  'babel+babel/01/regenerator/package-lock.json': {
    why: 'folders of the repository itself, which format 1 lists like packages: links are not dependencies, so their leaving is none',
    added: [],
    removed: [
      'regenerator-preset@file:packages/preset',
      'regenerator-runtime@file:packages/runtime',
      'regenerator-transform@file:packages/transform',
    ],
  },
  'probot+probot/05/package-lock.json': {
    why: 'git sources of format 1, whose version the file does not state: the reader takes the address for one',
    added: [
      'github-app@github:probot/github-app#076274b0143a07fa0e5cace0538b58b49f65d260',
      'github@github:bkeepers/node-github#b0db181ea5bd56faa489b6d9c2b2b729e10bdf12',
    ],
    removed: [],
  },
}

/** The git sources of the case above as we name them. */
const unversioned = ['github-app@', 'github@']

const without = (list: readonly string[], gone: readonly string[]): string[] =>
  list.filter((one) => !gone.includes(one)).sort()

// Hundreds of megabytes of lockfiles on a busy machine: minutes are a hang, seconds are not.
jest.setTimeout(120_000)

const describeReal = cases.length === 0 ? describe.skip : describe

afterAll(() => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
})

describeReal('real lockfiles', () => {
  it('are enough to mean something', () => {
    expect(cases.length).toBeGreaterThan(90)
  })

  it('enter and leave as an independent reader says', () => {
    for (const one of cases) {
      const head = textOf(join(one.folder, 'head', one.file))
      // The one text with conflict markers gives the reader no packages; to us it is a gap, and no package left.
      if (head !== null && conflictMarker(head) !== null) {
        expect([one.id, graphOf(one, 'head')]).toEqual(['facebook+create-react-app/06/package-lock.json', null])
        continue
      }
      const difference = differences[one.id]
      const { added, removed } = enteredAndLeft(one)
      expect([one.id, without(added, unversioned), removed]).toEqual([
        one.id,
        without(one.expected.added, difference?.added ?? []),
        without(one.expected.removed, difference?.removed ?? []),
      ])
    }
  })

  it('hold nothing malformed but the two keys that a merge once doubled', () => {
    const malformed = cases.flatMap((one) =>
      (['base', 'head'] as const).flatMap((side) =>
        (graphOf(one, side)?.malformed ?? []).map(
          ({ reason, key, line }) => `${one.id} ${side} ${reason} ${key} ${line}`,
        ),
      ),
    )
    expect(malformed).toEqual([
      'semantic-release+semantic-release/10/package-lock.json base duplicate-key node_modules/import-from-esm 5930',
      'semantic-release+semantic-release/10/package-lock.json base duplicate-key node_modules/import-meta-resolve 5942',
    ])
  })

  it('show every change on a line that holds its version', () => {
    for (const one of cases) {
      const head = graphOf(one, 'head')
      const lines = textOf(join(one.folder, 'head', one.file))?.split('\n') ?? []
      const wrong = diffGraphs(graphOf(one, 'base'), head, publicHosts())
        .flatMap(({ after }) => (after === undefined || after.version === '' ? [] : [after]))
        .filter(({ key, version }) => !lines[(head?.lineOf(key, 'version') ?? 0) - 1]?.includes(`${version}"`))
      expect([one.id, wrong]).toEqual([one.id, []])
    }
  })
})

/** npm's reader respells git and file sources; only what a registry serves is compared to the letter. */
const asNpmSays = (resolved: string | null): string | null =>
  resolved === null || /^https?:/.test(resolved) ? resolved : ''

describeReal("npm's own reader", () => {
  /** Formats 2 and 3 only: of format 1 Arborist itself completes what the file does not say. */
  const sample = cases
    .filter(({ folder: of, file }) => existsSync(join(of, 'head', file)))
    .filter((one) => Number(graphOf(one, 'head')?.formatVersion) >= 2)
    .filter((one) => dependenciesOf(graphOf(one, 'head')).length < 600)

  it('sees the same packages, bytes and sources', async () => {
    expect(sample.length).toBeGreaterThan(30)
    for (const one of sample) {
      const tree = await new Arborist({ path: join(one.folder, 'head', posix.dirname(one.file)) }).loadVirtual()
      const theirs = [...tree.inventory.values()]
        .filter((node) => !node.isRoot && !node.isLink && node.location.includes('node_modules/'))
        .map((node) => [
          node.location,
          node.packageName,
          node.version,
          node.integrity ?? null,
          asNpmSays(node.resolved),
        ])
      const ours = dependenciesOf(graphOf(one, 'head')).map(({ key, name, version, integrity, resolved }) => [
        key,
        name,
        version,
        integrity ?? null,
        asNpmSays(resolved ?? null),
      ])
      const sorted = (list: unknown[][]): string[] => list.map((item) => JSON.stringify(item)).sort()
      expect([one.id, sorted(ours)]).toEqual([one.id, sorted(theirs)])
    }
  })
})
