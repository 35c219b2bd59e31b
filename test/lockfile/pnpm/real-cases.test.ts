import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it, jest } from '@jest/globals'
import { loadAll } from 'js-yaml'
import type { Gap } from '../../../src/gap.js'
import type { DependencyGraph, LockfileEntry } from '../../../src/lockfile/dependency-graph.js'
import { diffGraphs } from '../../../src/lockfile/diff.js'
import { isOwnCode } from '../../../src/lockfile/entry-copies.js'
import { parsePnpmLockfile } from '../../../src/lockfile/pnpm/pnpm-lockfile.js'
import { readYaml } from '../../../src/lockfile/pnpm/yaml-reader.js'
import { publicHosts } from '../../builders/dependency-graph.js'
import { plainValue } from './plain-value.js'

/** The archive's pnpm lockfiles unpacked, or null with the reason printed. */
function unpack(): string | null {
  const archive = resolve(process.env.LOCKWARDEN_CASES ?? '../shared/cases', 'lockfiles.tar.xz')
  if (!existsSync(archive)) {
    console.log(`skipped: real pnpm lockfiles are not there (${archive}); set LOCKWARDEN_CASES`)
    return null
  }
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-pnpm-cases-'))
  const wanted = ['*/pnpm-lock.yaml', '*/shrinkwrap.yaml', '*/expected-packages.json']
  execFileSync('tar', ['-xf', archive, '-C', folder, '--wildcards', ...wanted])
  return folder
}

interface RealCase {
  /** `owner+repo/nn/path/of/lockfile`. */
  readonly id: string
  readonly base: string | null
  readonly head: string | null
  readonly expected: { readonly added: readonly string[]; readonly removed: readonly string[] }
}

const textOf = (path: string): string | null => (existsSync(path) ? readFileSync(path, 'utf8') : null)

function casesIn(root: string): RealCase[] {
  const at = join(root, 'lockfiles')
  const numbers = readdirSync(at).flatMap((repository) =>
    readdirSync(join(at, repository)).map((number) => `${repository}/${number}`),
  )
  return numbers.flatMap((number) => {
    const expected: Record<string, RealCase['expected']> = JSON.parse(
      readFileSync(join(at, number, 'expected-packages.json'), 'utf8'),
    )
    return Object.entries(expected)
      .filter(([file]) => /(?:^|\/)(?:pnpm-lock|shrinkwrap)\.yaml$/.test(file))
      .map(([file, lists]) => {
        const [base, head] = ['base', 'head'].map((side) => textOf(join(at, number, side, file)))
        return { id: `${number}/${file}`, base: base ?? null, head: head ?? null, expected: lists }
      })
  })
}

const folder = unpack()
const cases = folder === null ? [] : casesIn(folder)
/** Each text once, by the id of the first case that has it. */
const texts = new Map<string, string>()
for (const { id, base, head } of cases) {
  for (const [side, text] of [
    ['base', base],
    ['head', head],
  ] as const) {
    if (text !== null && ![...texts.values()].includes(text)) texts.set(`${id} ${side}`, text)
  }
}

const graphs = new Map<string, DependencyGraph | Gap>()

function readingOf(text: string): DependencyGraph | Gap {
  const id = createHash('sha256').update(text).digest('hex')
  const known = graphs.get(id)
  if (known !== undefined) return known
  const outcome = parsePnpmLockfile({ file: 'pnpm-lock.yaml', text, manifests: new Map() })
  const reading = outcome.known ? outcome.value : outcome.gap
  graphs.set(id, reading)
  return reading
}

function graphOf(text: string | null): DependencyGraph | null {
  const reading = text === null ? null : readingOf(text)
  return reading === null || 'detail' in reading ? null : reading
}

const dependenciesOf = (graph: DependencyGraph | null): LockfileEntry[] =>
  [...(graph?.entries.values() ?? [])].filter((entry) => !isOwnCode(entry))

const identityOf = ({ name, version }: { readonly name: string; readonly version?: string }): string =>
  `${name}@${version ?? ''}`

/** What changed by name and version: the question that the independent reader answered. */
function enteredAndLeft({ base, head }: RealCase): { added: string[]; removed: string[] } {
  const changes = diffGraphs(graphOf(base), graphOf(head), publicHosts())
  const [had, has] = [base, head].map((text) => new Set(dependenciesOf(graphOf(text)).map(identityOf)))
  const sideOf = (side: 'before' | 'after', other: ReadonlySet<string> | undefined): string[] => {
    const names = changes.flatMap(({ name, [side]: locked }) =>
      locked === undefined ? [] : [identityOf({ name, version: locked.version })],
    )
    return [...new Set(names)].filter((id) => other?.has(id) !== true).sort()
  }
  return { added: sideOf('after', had), removed: sideOf('before', has) }
}

interface Difference {
  readonly why: string
  readonly ours?: Partial<RealCase['expected']>
  readonly theirs?: Partial<RealCase['expected']>
}

const commit = 'aeb6b15f9c9957c8fa56f9731e914c4d8a6d2f2b'
const fixtures = 'withastro+astro/01/pnpm-lock.yaml'

/** The cases in which the independent reader counts otherwise: what only one of us says, and why. */
const differences: Readonly<Record<string, Difference>> = {
  'pnpm+pnpm/05/__fixtures__/with-non-package-dep/pnpm-lock.yaml': {
    why: 'the reader names a git source by its key; we by the name and version that the entry states (this very name, from a pnpm that got it wrong)',
    ours: { added: [`camelcase#${commit}@0.0.0`] },
    theirs: { added: [`github.com/denolib/camelcase/${commit}`] },
  },
  'pnpm+pnpm/05/pkg-manager/headless/test/fixtures/has-local-dep/pkg/pnpm-lock.yaml': {
    why: 'the reader names a tarball of the repository by its key, we by the name and version that the entry states',
    ours: { added: ['tar-pkg@1.0.0'] },
    theirs: { added: ['file:../tar-pkg-1.0.0.tgz'] },
  },
  'withastro+astro/01/packages/db/test/fixtures/ticketing-example/pnpm-lock.yaml': {
    why: 'as above',
    ours: { removed: ['@astrojs/db@0.1.3'] },
    theirs: { removed: ['file:astrojs-db-0.1.3.tgz'] },
  },
  [fixtures]: {
    why: 'folders of the repository itself, which are no dependencies',
    theirs: {
      removed: [
        'astro-client-only/pkg',
        'css-assets/packages/font-awesome',
        'multiple-renderers/renderers/one',
        'multiple-renderers/renderers/two',
        'solid-component/deps/solid-jsx-component',
      ].map((path) => `file:packages/astro/test/fixtures/${path}`),
    },
  },
  'withastro+astro/03/pnpm-lock.yaml': {
    why: 'the version was there before, from a git source; that one now also comes from the registry is a change to us, but no new name and version',
    theirs: { added: ['@emmetio/css-parser@0.4.0'] },
  },
}

const without = (list: readonly string[], gone: readonly string[] = []): string[] =>
  list.filter((one) => !gone.includes(one)).sort()

jest.setTimeout(120_000)

const describeReal = cases.length === 0 ? describe.skip : describe

afterAll(() => {
  if (folder !== null) rmSync(folder, { recursive: true, force: true })
})

describeReal('real pnpm lockfiles', () => {
  it('are enough to mean something', () => {
    expect(cases.length).toBeGreaterThan(90)
    expect(texts.size).toBeGreaterThan(120)
  })

  it('are read as js-yaml reads them, to the last key', () => {
    for (const [id, text] of texts) {
      const read = readYaml(text)
      // As text: comparing objects of this size takes a minute, and order is part of what is read.
      const ours = 'why' in read ? read.why : JSON.stringify([read.documents.map(plainValue), read.odd])
      const isSame = ours === JSON.stringify([loadAll(text), []])
      expect([id, isSame]).toEqual([id, true])
    }
  })

  it('enter and leave as an independent reader says', () => {
    for (const one of cases.filter(({ id }) => !id.endsWith('shrinkwrap.yaml'))) {
      const { added, removed } = enteredAndLeft(one)
      const difference = differences[one.id]
      expect([one.id, without(added, difference?.ours?.added), without(removed, difference?.ours?.removed)]).toEqual([
        one.id,
        without(one.expected.added, difference?.theirs?.added),
        without(one.expected.removed, difference?.theirs?.removed),
      ])
    }
  })

  it('differ from the independent reader only where it is explained', () => {
    const stale = Object.entries(differences).filter(([id, { ours, theirs }]) => {
      const one = cases.find((real) => real.id === id)
      const said = one === undefined ? { added: [], removed: [] } : enteredAndLeft(one)
      const holds = (list: readonly string[] = [], all: readonly string[] = []): boolean =>
        list.every((name) => all.includes(name))
      return !(
        holds(ours?.added, said.added) &&
        holds(ours?.removed, said.removed) &&
        holds(theirs?.added, one?.expected.added) &&
        holds(theirs?.removed, one?.expected.removed)
      )
    })
    expect(stale).toEqual([])
  })

  it('give a graph, except those of pnpm before its version 3', () => {
    const gaps = [...texts]
      .map(([id, text]) => [id, readingOf(text)] as const)
      .flatMap(([id, reading]) => ('detail' in reading ? [`${id} ${reading.code}`] : []))
      .sort()
    const old = [1, 2, 3, 4, 5].map(
      (at) => `pnpm+pnpm/05/lockfile/lockfile-file/test/fixtures/${at}/pnpm-lock.yaml head`,
    )
    expect(gaps).toEqual(
      [
        ...old,
        'pnpm+pnpm.io/04/website/shrinkwrap.yaml base',
        'pnpm+pnpm.io/04/website/shrinkwrap.yaml head',
        'pnpm+pnpm.io/07/shrinkwrap.yaml head',
      ]
        .map((id) => `${id} lockfile-unsupported`)
        .sort(),
    )
  })

  it('hold nothing malformed', () => {
    const malformed = [...texts].flatMap(([id, text]) =>
      (graphOf(text)?.malformed ?? []).map((one) => ({ id, ...one })),
    )
    expect(malformed).toEqual([])
  })

  it('lead from their roots to every entry, and from every entry to all that it asks for', () => {
    for (const [id, text] of texts) {
      const graph = graphOf(text)
      if (graph === null) continue
      const isLost = (from: string | DependencyGraph['roots'][number]): boolean =>
        graph
          .requirementsOf(from)
          // A package may ask for a folder of the repository, which has no entry.
          .some(({ name, range }) => graph.resolve(from, name) === null && !range.startsWith('link:'))
      const lost = [...graph.roots, ...graph.entries.keys()].filter(isLost)
      // A fixture of pnpm's own tests that locks a package and asks for it in a list of specifiers only.
      const unreached = unreachedIn(graph).filter(() => !id.includes('lockfile-file/test/fixtures/6/'))
      expect([id, lost, unreached]).toEqual([id, [], []])
    }
  })

  it('state each field on the line that we say', () => {
    for (const [id, text] of texts) {
      const graph = graphOf(text)
      const lines = text.split('\n')
      const on = (key: string, field?: 'version' | 'resolved' | 'integrity'): string =>
        lines[(graph?.lineOf(key, field) ?? 0) - 1] ?? ''
      const wrong = dependenciesOf(graph).filter(
        ({ key, version = '', integrity = '' }) =>
          !on(key).includes(key) || !on(key, 'version').includes(version) || !on(key, 'integrity').includes(integrity),
      )
      expect([id, wrong]).toEqual([id, []])
    }
  })
})

function unreachedIn(graph: DependencyGraph): string[] {
  const reached = new Set<string>()
  for (const root of graph.roots) {
    for (const { name } of root.requirements) {
      const key = graph.resolve(root, name)
      if (key !== null) reached.add(key)
    }
  }
  // A set yields what is added to it while it is walked.
  for (const key of reached) for (const target of graph.targetsOf?.(key) ?? []) reached.add(target)
  return [...graph.entries.keys()].filter((key) => !reached.has(key))
}

interface PnpmPackage {
  readonly resolution?: Readonly<Record<string, unknown>>
  readonly dev?: boolean
  readonly optional?: boolean
}
interface PnpmRead {
  readonly packages?: Readonly<Record<string, PnpmPackage>>
}
type ReadWanted = (folder: string, options: { readonly ignoreIncompatible: boolean }) => Promise<PnpmRead | null>
type NameOf = (depPath: string, snapshot: PnpmPackage) => { readonly name?: string; readonly version?: string }

const require = createRequire(import.meta.url)
/** pnpm 10's reader of format 9, and pnpm 7's of formats 5 and 6. Required, since they come as CommonJS. */
const newPnpm = {
  read: (require('@pnpm/lockfile.fs') as { readWantedLockfile: ReadWanted }).readWantedLockfile,
  nameOf: (require('@pnpm/lockfile.utils') as { nameVerFromPkgSnapshot: NameOf }).nameVerFromPkgSnapshot,
}
const oldPnpm = {
  read: (require('@pnpm/lockfile-file') as { readWantedLockfile: ReadWanted }).readWantedLockfile,
  nameOf: (require('@pnpm/lockfile-utils') as { nameVerFromPkgSnapshot: NameOf }).nameVerFromPkgSnapshot,
}

const isDirectory = (resolution: PnpmPackage['resolution']): boolean => resolution?.directory !== undefined

function theirAddress({ resolution = {} }: PnpmPackage): unknown {
  return resolution.type === 'git' ? `${resolution.repo}#${resolution.commit}` : (resolution.tarball ?? null)
}

/** Of the document that pnpm 11 puts first neither reader says anything. */
const mainOf = (text: string): string => text.slice(Math.max(0, text.indexOf('\n---\n') + 1))

describeReal("pnpm's own readers", () => {
  const isOf = (text: string, formats: RegExp): boolean => formats.test(graphOf(text)?.formatVersion ?? '')

  async function compare(id: string, text: string, { read, nameOf }: typeof newPnpm): Promise<void> {
    const at = mkdtempSync(join(tmpdir(), 'lockwarden-pnpm-'))
    mkdirSync(at, { recursive: true })
    writeFileSync(join(at, 'pnpm-lock.yaml'), text)
    const lockfile = await read(at, { ignoreIncompatible: false })
    rmSync(at, { recursive: true })
    const theirs = Object.entries(lockfile?.packages ?? {})
      .filter(([, one]) => !isDirectory(one.resolution))
      .map(([depPath, one]) => {
        const { name, version } = nameOf(depPath, one)
        return JSON.stringify([
          name ?? (one as { name?: string }).name,
          version,
          one.resolution?.integrity ?? null,
          theirAddress(one),
        ])
      })
    const main = graphOf(mainOf(text))
    const ours = dependenciesOf(main).map(({ name, version, integrity, resolved }) =>
      JSON.stringify([name, version, integrity ?? null, resolved ?? null]),
    )
    expect([id, [...new Set(ours)].sort()]).toEqual([id, [...new Set(theirs)].sort()])
  }

  it('sees the same packages, bytes and sources in format 9', async () => {
    const sample = [...texts].filter(([, text]) => isOf(text, /^9/))
    expect(sample.length).toBeGreaterThan(40)
    for (const [id, text] of sample) await compare(id, text, newPnpm)
  })

  it('sees the same packages, bytes and sources in formats 5 and 6', async () => {
    const sample = [...texts].filter(([, text]) => isOf(text, /^[56]/))
    expect(sample.length).toBeGreaterThan(40)
    // That pnpm knows 6.1 as 6.0, which says the same in the same way, and does not convert it under its own number.
    for (const [id, text] of sample) await compare(id, text.replace("'6.1'", "'6.0'"), oldPnpm)
  })
})
