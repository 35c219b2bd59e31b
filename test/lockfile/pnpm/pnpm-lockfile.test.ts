import { describe, expect, it } from '@jest/globals'
import type { Gap } from '../../../src/gap.js'
import { maxLockfileBytes, maxLockfileEntries, maxYamlDepth } from '../../../src/limits.js'
import type { DependencyGraph, LockfileEntry } from '../../../src/lockfile/dependency-graph.js'
import { diffGraphs } from '../../../src/lockfile/diff.js'
import { findPaths } from '../../../src/lockfile/paths.js'
import { parsePnpmLockfile } from '../../../src/lockfile/pnpm/pnpm-lockfile.js'
import { publicHosts } from '../../builders/dependency-graph.js'
import { commitOf, integrityOf, registryAddress, registryTarball } from '../../builders/lockfile.js'
import { aPnpmLockfile, type PnpmLockfileOptions } from '../../builders/pnpm-lockfile.js'
import fc from '../../seeded-properties.js'

function graphOf(text: string, file = 'pnpm-lock.yaml'): DependencyGraph {
  const outcome = parsePnpmLockfile({ file, text, manifests: new Map() })
  if (!outcome.known) throw new Error(`no graph: ${outcome.gap.detail}`)
  return outcome.value
}

function gapOf(text: string): Gap | null {
  const outcome = parsePnpmLockfile({ file: 'pnpm-lock.yaml', text, manifests: new Map() })
  return outcome.known ? null : outcome.gap
}

const aGraph = (options: PnpmLockfileOptions): DependencyGraph => graphOf(aPnpmLockfile(options))

const entriesOf = (graph: DependencyGraph): LockfileEntry[] => [...graph.entries.values()]

const malformedOf = (graph: DependencyGraph): unknown[][] =>
  graph.malformed.map(({ key, line, reason, seen, read }) => [key, line, reason, seen, read])

const anEntry = (key: string, overrides: Partial<LockfileEntry> = {}): LockfileEntry => ({
  key,
  name: 'a',
  version: '1.0.0',
  source: 'registry',
  integrity: integrityOf(key),
  dev: false,
  optional: false,
  peer: false,
  bundled: false,
  ...overrides,
})

/** An entry of a source whose bytes no integrity names. */
function unhashed(key: string, overrides: Partial<LockfileEntry>): LockfileEntry {
  const { integrity, ...entry } = anEntry(key, overrides)
  return entry
}

const changesBetween = (base: PnpmLockfileOptions, head: PnpmLockfileOptions): unknown[][] =>
  diffGraphs(aGraph(base), aGraph(head), publicHosts()).map(({ kind, name, before, after }) => [
    kind,
    name,
    before?.version,
    after?.version,
  ])

const sha = commitOf('one')

describe('parsePnpmLockfile on its formats', () => {
  it('reads the same from formats 5, 6 and 9', () => {
    const five = aGraph({
      version: '5.4',
      dependencies: { a: '1.0.0_b@2.0.0', c: '/b/2.0.0' },
      packages: {
        '/a/1.0.0_b@2.0.0': { dependencies: { b: '2.0.0' }, dev: false },
        '/b/2.0.0': { dev: false },
      },
    })
    const six = aGraph({
      version: '6.0',
      dependencies: { a: '1.0.0(b@2.0.0)', c: '/b@2.0.0' },
      packages: { '/a@1.0.0(b@2.0.0)': { dependencies: { b: '2.0.0' }, dev: false }, '/b@2.0.0': { dev: false } },
    })
    const nine = aGraph({
      dependencies: { a: '1.0.0(b@2.0.0)', c: 'b@2.0.0' },
      packages: { 'a@1.0.0(b@2.0.0)': { dependencies: { b: '2.0.0' } }, 'b@2.0.0': {} },
    })
    const shapes = [five, six, nine].map((graph) => ({
      version: graph.formatVersion,
      entries: entriesOf(graph),
      roots: graph.roots,
      resolved: ['a', 'c'].map((name) => graph.resolve(graph.roots[0] ?? '', name)),
      edges: graph.requirementsOf(graph.resolve(graph.roots[0] ?? '', 'a') ?? ''),
      malformed: graph.malformed,
    }))
    const shape = (version: string, a: string, b: string): unknown => ({
      version,
      entries: [anEntry(a), anEntry(b, { name: 'b', version: '2.0.0', alias: 'c' })],
      roots: [{ folder: '', requirements: ['a', 'c'].map((name) => ({ name, range: '*', kind: 'prod' })) }],
      resolved: [a, b],
      edges: [{ name: 'b', range: '2.0.0', kind: 'prod' }],
      malformed: [],
    })
    expect(shapes).toEqual([
      shape('5.4', '/a/1.0.0', '/b/2.0.0'),
      shape('6.0', '/a@1.0.0', '/b@2.0.0'),
      shape('9.0', 'a@1.0.0', 'b@2.0.0'),
    ])
  })

  it('sees no change in another format of the same packages', () => {
    const scoped = { dev: false, dependencies: { a: '1.0.0' } }
    const resolution = { integrity: integrityOf('same') }
    const five = { '/@s/b/1.0.0_a@1.0.0': { ...scoped, resolution }, '/a/1.0.0': { resolution, dev: false } }
    const nine = { '@s/b@1.0.0(a@1.0.0)': { ...scoped, resolution, dev: undefined }, 'a@1.0.0': { resolution } }
    expect(
      changesBetween(
        { version: '5.4', dependencies: { '@s/b': '1.0.0_a@1.0.0' }, packages: five },
        { dependencies: { '@s/b': '1.0.0(a@1.0.0)' }, packages: nine },
      ),
    ).toEqual([])
  })

  it.each([
    ['5.0', '/a/1.0.0/b@2.0.0', '/a/1.0.0'],
    ['5.1', '/a/1.0.0_b@2.0.0+c@3.0.0', '/a/1.0.0'],
    ['5.4-inlineSpecifiers', '/a/1.0.0_hash123', '/a/1.0.0'],
    ['5.4', '/@s/a_b/1.0.0-rc.1_@s+b@2.0.0', '/@s/a_b/1.0.0-rc.1'],
    ["'6.1'", '/a@1.0.0(@s/b@2.0.0)(c@3.0.0(d@1.0.0))', '/a@1.0.0'],
    ["'6.0'", '/@s/a@1.0.0(patch_hash=abc)(b@1.0.0)', '/@s/a@1.0.0'],
    ["'9.0'", '@s/a@1.0.0', '@s/a@1.0.0'],
  ])('takes the peers off the keys of format %s: %s', (version, key, id) => {
    const graph = graphOf(
      `lockfileVersion: ${version}\npackages:\n  '${key}':\n    resolution: {integrity: sha512-a}\n`,
    )
    const found = entriesOf(graph).map((entry) => [entry.key, entry.name, entry.version])
    const name = id.replace(/^\//, '').replace(/[/@]1\.0\.0.*$/, '')
    expect(found).toEqual([[id, name, id.includes('-rc.1') ? '1.0.0-rc.1' : '1.0.0']])
  })

  it('reads workspaces as roots, from where the lockfile lies', () => {
    const text = `lockfileVersion: '9.0'
importers:
  .: {}
  packages/x:
    dependencies:
      a: {specifier: 'catalog:', version: 1.0.0}
      y: {specifier: 'workspace:*', version: link:../y}
    optionalDependencies:
      b: {specifier: ^2, version: 2.0.0}
  ../outside:
packages:
  a@1.0.0: {resolution: {integrity: sha512-a}}
  b@2.0.0: {resolution: {integrity: sha512-b}}
snapshots:
  a@1.0.0: {}
  b@2.0.0: {optional: true}
`
    const graph = graphOf(text, 'front/pnpm-lock.yaml')
    expect(graph.roots).toEqual([
      { folder: 'front', requirements: [] },
      {
        folder: 'front/packages/x',
        requirements: [
          { name: 'a', range: 'catalog:', kind: 'prod' },
          { name: 'y', range: 'workspace:*', kind: 'prod' },
          { name: 'b', range: '^2', kind: 'optional' },
        ],
      },
    ])
    const link = { ...unhashed('y@link:packages/y', { name: 'y', source: 'link', resolved: 'packages/y' }) }
    expect(graph.entries.get('y@link:packages/y')).toEqual(without(link, 'version'))
    expect(
      ['a', 'y', 'b', 'c'].map((name) => graph.resolve({ folder: 'front/packages/x', requirements: [] }, name)),
    ).toEqual(['a@1.0.0', 'y@link:packages/y', 'b@2.0.0', null])
    expect(graph.entries.get('b@2.0.0')?.optional).toBe(true)
    expect(graph.lineOf('y@link:packages/y')).toBe(7)
  })

  it('reads both documents where pnpm writes one of its own first', () => {
    const own = `---
lockfileVersion: '9.0'
importers:
  .:
    configDependencies:
      hooks: {specifier: 1.0.0, version: 1.0.0}
    packageManagerDependencies:
      a: {specifier: 2.0.0, version: 2.0.0}
packages:
  a@1.0.0: {resolution: {integrity: sha512-other}}
  a@2.0.0: {resolution: {integrity: sha512-a}}
  hooks@1.0.0: {resolution: {integrity: sha512-h}}
snapshots:
  a@2.0.0: {}
  hooks@1.0.0: {dependencies: {a: 1.0.0}}
  a@1.0.0: {}
---
`
    const main = aPnpmLockfile({ dependencies: { a: '1.0.0' }, packages: { 'a@1.0.0': {} } })
    const graph = graphOf(own + main)
    const root = { folder: '', requirements: [] }
    // Two sets of bytes of one version stay apart, and a manifest's `a` is the project's.
    expect(entriesOf(graph).map(({ key, integrity }) => [key, integrity])).toEqual([
      ['a@1.0.0', 'sha512-other'],
      ['a@2.0.0', 'sha512-a'],
      ['hooks@1.0.0', 'sha512-h'],
      ['a@1.0.0#2', integrityOf('a@1.0.0')],
    ])
    expect(graph.roots.map((one) => one.requirements.map(({ name }) => graph.resolve(one, name)))).toEqual([
      ['hooks@1.0.0', 'a@2.0.0'],
      ['a@1.0.0#2'],
    ])
    expect([graph.resolve(root, 'a'), graph.resolve('hooks@1.0.0', 'a')]).toEqual(['a@1.0.0#2', 'a@1.0.0'])
    expect(graph.malformed).toEqual([])
  })

  it('reads CRLF, a byte order mark, and what a formatter makes of the text', () => {
    const options = { dependencies: { a: '1.0.0' }, packages: { 'a@1.0.0': {} } }
    const text = aPnpmLockfile(options)
    const formatted = text
      .replaceAll("'", '"')
      .replace(/resolution: \{(.*)\}/, 'resolution:\n      {\n        $1,\n      }')
    const plain = graphOf(text)
    expect([text.replaceAll('\n', '\r\n'), `\ufeff${text}`, formatted].map((one) => entriesOf(graphOf(one)))).toEqual([
      entriesOf(plain),
      entriesOf(plain),
      entriesOf(plain),
    ])
    expect(graphOf(text.replaceAll('\n', '\r\n')).lineOf('a@1.0.0', 'integrity')).toBe(
      plain.lineOf('a@1.0.0', 'integrity'),
    )
  })

  it('takes an empty file for one that locks nothing, as pnpm does', () => {
    const graph = graphOf('')
    expect([entriesOf(graph), graph.malformed]).toEqual([[], []])
  })
})

const without = (entry: LockfileEntry, field: 'version'): Partial<LockfileEntry> => {
  const { [field]: _, ...rest } = entry
  return rest
}

describe('parsePnpmLockfile on sources', () => {
  const address = 'https://files.example/a.tgz'
  const archive = `https://codeload.github.com/acme/a/tar.gz/${sha}`
  const git = 'https://git.example/acme/a.git'

  it.each<[string, PnpmLockfileOptions['version'], string, Record<string, unknown>, LockfileEntry]>([
    [
      'a tarball of the registry at an address of its own',
      '9.0',
      'a@1.0.0',
      { resolution: { integrity: 'sha512-a', tarball: 'https://npm.acme.example/download/a/1.0.0' } },
      anEntry('a@1.0.0', { integrity: 'sha512-a', resolved: 'https://npm.acme.example/download/a/1.0.0' }),
    ],
    [
      'an address as seen from the registry',
      '5.4',
      '/@s/a/1.0.0',
      { resolution: { integrity: 'sha512-a', tarball: '@s/a/-/a-1.0.0.tgz' } },
      anEntry('/@s/a/1.0.0', { name: '@s/a', integrity: 'sha512-a' }),
    ],
    [
      'a key that names the registry',
      '5.4',
      'npm.evil.example/a/1.0.0',
      { resolution: { integrity: 'sha512-a' } },
      anEntry('npm.evil.example/a/1.0.0', {
        integrity: 'sha512-a',
        resolved: 'https://npm.evil.example/a/-/a-1.0.0.tgz',
      }),
    ],
    [
      'a key of format 6 that names the registry',
      '6.0',
      'npm.evil.example/@s/a@1.0.0',
      { resolution: { integrity: 'sha512-a' } },
      anEntry('npm.evil.example/@s/a@1.0.0', {
        name: '@s/a',
        integrity: 'sha512-a',
        resolved: 'https://npm.evil.example/@s/a/-/a-1.0.0.tgz',
      }),
    ],
    [
      'a field that names the registry',
      '6.0',
      '/a@1.0.0',
      { resolution: { integrity: 'sha512-a', registry: 'https://npm.evil.example/' } },
      anEntry('/a@1.0.0', { integrity: 'sha512-a', resolved: 'https://npm.evil.example/a/-/a-1.0.0.tgz' }),
    ],
    [
      'an address',
      '9.0',
      `a@${address}`,
      { resolution: { integrity: 'sha512-a', tarball: address }, version: '1.0.0' },
      anEntry(`a@${address}`, { source: 'url', integrity: 'sha512-a', resolved: address }),
    ],
    [
      'an address in format 6',
      '6.0',
      '@files.example/a.tgz',
      { resolution: { tarball: address }, name: 'a', version: '1.0.0' },
      unhashed('@files.example/a.tgz', { source: 'url', resolved: address }),
    ],
    [
      "a forge's archive of a commit",
      '9.0',
      `a@${archive}`,
      { resolution: { tarball: archive }, version: '1.0.0' },
      unhashed(`a@${archive}`, { source: 'git', resolved: archive }),
    ],
    [
      "a forge's archive in format 5, with peers",
      '5.4',
      `github.com/acme/a/${sha}_b@1.0.0`,
      { resolution: { tarball: archive }, name: 'a', version: '1.0.0' },
      unhashed(`github.com/acme/a/${sha}`, { source: 'git', resolved: archive }),
    ],
    [
      'a commit',
      '9.0',
      `a@git+${git}#${sha}`,
      { resolution: { type: 'git', repo: git, commit: sha }, version: '1.0.0' },
      unhashed(`a@git+${git}#${sha}`, { source: 'git', resolved: `${git}#${sha}` }),
    ],
    [
      'a folder of a commit',
      '9.0',
      `a@git+${git}#${sha}&path:/packages/a`,
      { resolution: { type: 'git', repo: git, commit: sha, path: '/packages/a' }, version: '1.0.0' },
      unhashed(`a@git+${git}#${sha}&path:/packages/a`, { source: 'git', resolved: `${git}#${sha}&path:/packages/a` }),
    ],
    [
      'a tarball of the repository',
      '9.0',
      'a@file:vendor/a.tgz',
      { resolution: { integrity: 'sha512-a', tarball: 'file:vendor/a.tgz' }, version: '1.0.0' },
      anEntry('a@file:vendor/a.tgz', { source: 'file', integrity: 'sha512-a', resolved: 'file:vendor/a.tgz' }),
    ],
    [
      'a folder of the repository',
      '6.0',
      'file:vendor/a',
      { resolution: { directory: 'vendor/a', type: 'directory' }, name: 'a', version: '1.0.0' },
      unhashed('file:vendor/a', { source: 'link', resolved: 'vendor/a' }),
    ],
  ])('reads %s', (_, version, key, fields, entry) => {
    const graph = aGraph({ version: version ?? '9.0', packages: { [key]: fields } })
    expect([entriesOf(graph), graph.malformed]).toEqual([[entry], []])
  })

  it('reads a runtime as one entry for each platform', () => {
    const binary = (url: string): string =>
      `{resolution: {type: binary, url: '${url}', integrity: sha256-a}, targets: []}`
    const urls = ['https://node.example/x64.tar.gz', 'https://node.example/arm64.tar.gz']
    const graph = graphOf(
      `lockfileVersion: '9.0'\npackages:\n  node@runtime:22.0.0:\n    version: 22.0.0\n    resolution:\n      type: variations\n      variants:\n${urls.map((url) => `        - ${binary(url)}`).join('\n')}\n`,
    )
    expect(entriesOf(graph)).toEqual(
      urls.map((url, at) =>
        anEntry(`node@runtime:22.0.0${at === 0 ? '' : '#2'}`, {
          name: 'node',
          version: '22.0.0',
          source: 'url',
          resolved: url,
          integrity: 'sha256-a',
        }),
      ),
    )
    expect(graph.malformed).toEqual([])
  })

  it('knows the public registry in an address, so that it is no other source', () => {
    const tarball = registryTarball('a', '1.0.0')
    const resolution = { integrity: integrityOf('a'), tarball }
    expect(
      changesBetween(
        { packages: { 'a@1.0.0': { resolution: { integrity: integrityOf('a') } } } },
        { packages: { 'a@1.0.0': { resolution } } },
      ),
    ).toEqual([])
    const host = new URL(registryAddress()).host
    expect(
      changesBetween(
        { version: '5.4', packages: { [`${host}/a/1.0.0`]: { resolution: { integrity: integrityOf('a') } } } },
        { packages: { 'a@1.0.0': { resolution } } },
      ),
    ).toEqual([])
  })

  it('names an alias where a project asks for a package under no other name', () => {
    const graph = aGraph({
      dependencies: { b: '1.0.0', positive: 'a@1.0.0', 'b-cjs': 'b@1.0.0' },
      packages: { 'a@1.0.0': {}, 'b@1.0.0': {} },
    })
    expect(entriesOf(graph).map(({ name, alias }) => [name, alias])).toEqual([
      ['a', 'positive'],
      ['b', undefined],
    ])
  })
})

describe('parsePnpmLockfile on peer variants', () => {
  const two = {
    'a@1.0.0(b@1.0.0)': { dependencies: { b: '1.0.0' } },
    'a@1.0.0(b@2.0.0)': { dependencies: { b: '2.0.0' } },
    'b@1.0.0': {},
    'b@2.0.0': {},
  }

  it('makes them one entry that leads to all that they lead to', () => {
    const graph = aGraph({ dependencies: { a: '1.0.0(b@1.0.0)' }, packages: two })
    expect([...graph.entries.keys()]).toEqual(['a@1.0.0', 'b@1.0.0', 'b@2.0.0'])
    expect([graph.targetsOf?.('a@1.0.0'), graph.resolve('a@1.0.0', 'b')]).toEqual([['b@1.0.0', 'b@2.0.0'], 'b@1.0.0'])
    expect(findPaths(graph).to(['b@2.0.0']).paths).toEqual([['a', 'b']])
  })

  it('sees no change where only peers changed', () => {
    const base = { dependencies: { a: '1.0.0(b@1.0.0)' }, packages: { 'a@1.0.0(b@1.0.0)': two['a@1.0.0(b@1.0.0)'] } }
    const head = { dependencies: { a: '1.0.0(b@2.0.0)' }, packages: { 'a@1.0.0(b@2.0.0)': two['a@1.0.0(b@2.0.0)'] } }
    const packages = { 'b@1.0.0': {}, 'b@2.0.0': {} }
    expect(
      changesBetween(
        { ...base, packages: { ...base.packages, ...packages } },
        { ...head, packages: { ...head.packages, ...packages } },
      ),
    ).toEqual([])
  })

  it('keeps a variant with other bytes apart', () => {
    const packages = (integrity: string): PnpmLockfileOptions => ({
      version: '6.0',
      packages: { '/a@1.0.0(b@1.0.0)': {}, '/a@1.0.0(b@2.0.0)': { resolution: { integrity } } },
    })
    const good = packages(integrityOf('/a@1.0.0'))
    expect([...aGraph(good).entries.keys()]).toEqual(['/a@1.0.0'])
    expect([...aGraph(packages('sha512-evil')).entries.keys()]).toEqual(['/a@1.0.0', '/a@1.0.0(b@2.0.0)'])
    expect(changesBetween(good, packages('sha512-evil'))).toEqual([['replaced', 'a', '1.0.0', '1.0.0']])
  })

  it('is for development or optional only where all variants are', () => {
    const flags = (packages: PnpmLockfileOptions['packages'], version: '6.0' | '9.0', more: object): unknown[] =>
      entriesOf(aGraph({ version, packages: packages ?? {}, ...more })).map(({ key, dev, optional }) => [
        key,
        dev,
        optional,
      ])
    const six = {
      '/a@1.0.0(b@1.0.0)': { dev: true, optional: true },
      '/a@1.0.0(b@2.0.0)': { dev: false, optional: true },
    }
    expect(flags(six, '6.0', {})).toEqual([['/a@1.0.0', false, true]])
    expect(flags({ '/a@1.0.0': { dev: true } }, '6.0', {})).toEqual([['/a@1.0.0', true, false]])
    // Format 9 does not say what is for development: what only development leads to is.
    const nine = { ...two, 'c@1.0.0': { dependencies: { a: '1.0.0(b@2.0.0)' }, optional: true }, 'd@1.0.0': {} }
    const asked = { dependencies: { a: '1.0.0(b@1.0.0)' }, devDependencies: { c: '1.0.0' } }
    expect(flags(nine, '9.0', asked)).toEqual([
      ['a@1.0.0', false, false],
      ['b@1.0.0', false, false],
      ['b@2.0.0', true, false],
      ['c@1.0.0', true, true],
      ['d@1.0.0', false, false],
    ])
  })
})

describe('parsePnpmLockfile on lines', () => {
  it('knows those of an entry and its fields', () => {
    const text = `lockfileVersion: '9.0'
packages:
  a@https://files.example/a.tgz:
    resolution:
      integrity: sha512-a
      tarball: https://files.example/a.tgz
    version: 1.0.0
  b@1.0.0:
    resolution: {integrity: sha512-b}
`
    const graph = graphOf(text)
    const linesOf = (key: string): unknown[] =>
      ([undefined, 'version', 'resolved', 'integrity'] as const).map((field) => graph.lineOf(key, field))
    expect([linesOf('a@https://files.example/a.tgz'), linesOf('b@1.0.0'), linesOf('c@1.0.0')]).toEqual([
      [3, 7, 6, 5],
      [8, 8, null, 9],
      [null, null, null, null],
    ])
  })
})

describe('parsePnpmLockfile on what pnpm never writes', () => {
  const nine = (...lines: string[]): DependencyGraph =>
    graphOf(["lockfileVersion: '9.0'", 'packages:', ...lines.map((line) => `  ${line}`), ''].join('\n'))
  const hash = 'resolution: {integrity: sha512-a}'

  it.each<[string, string[], unknown[]]>([
    [
      'a version that is not the key’s',
      ['a@1.0.0:', `  ${hash}`, '  version: 6.6.6'],
      ['a@1.0.0', 3, 'identity-disagrees', 'version: 6.6.6', true],
    ],
    [
      'a name that is not the key’s',
      ['a@1.0.0:', `  ${hash}`, '  name: b'],
      ['a@1.0.0', 3, 'identity-disagrees', 'name: b', true],
    ],
    [
      'a commit behind a key of the registry',
      ['a@1.0.0:', `  resolution: {type: git, repo: 'https://git.example/a.git', commit: ${sha}}`],
      ['a@1.0.0', 3, 'identity-disagrees', `resolution: https://git.example/a.git#${sha}`, true],
    ],
    [
      'a folder behind a key of the registry',
      ['a@1.0.0:', '  resolution: {type: directory, directory: vendor}'],
      ['a@1.0.0', 3, 'identity-disagrees', 'resolution: vendor', true],
    ],
    [
      'another address than the key’s',
      ['a@https://good.example/a.tgz:', "  resolution: {integrity: sha512-a, tarball: 'https://evil.example/a.tgz'}"],
      ['a@https://good.example/a.tgz', 3, 'identity-disagrees', 'resolution: https://evil.example/a.tgz', true],
    ],
    [
      'another commit than the key’s',
      [
        `a@git+https://git.example/a.git#${sha}:`,
        `  resolution: {type: git, repo: 'https://git.example/a.git', commit: ${commitOf('two')}}`,
      ],
      [
        `a@git+https://git.example/a.git#${sha}`,
        3,
        'identity-disagrees',
        `resolution: https://git.example/a.git#${commitOf('two')}`,
        true,
      ],
    ],
    [
      'the registry behind the key of an address',
      ['a@https://good.example/a.tgz:', `  ${hash}`, '  version: 1.0.0'],
      ['a@https://good.example/a.tgz', 3, 'identity-disagrees', 'resolution: registry', true],
    ],
    [
      'a short commit',
      [
        'a@git+https://git.example/a.git#abc1234:',
        "  resolution: {type: git, repo: 'https://git.example/a.git', commit: abc1234}",
      ],
      ['a@git+https://git.example/a.git#abc1234', 3, 'git-commit-not-full', 'https://git.example/a.git#abc1234', true],
    ],
    [
      'a prototype’s name',
      ['__proto__@1.0.0:', `  ${hash}`],
      ['__proto__@1.0.0', 3, 'prototype-key', '__proto__@1.0.0', false],
    ],
    [
      'a path for a name',
      ['../../a@1.0.0:', `  ${hash}`],
      ['../../a@1.0.0', 3, 'path-traversal', 'name: ../../a', false],
    ],
    [
      'a folder outside',
      ['a@file:/etc:', '  resolution: {type: directory, directory: /etc}'],
      ['a@file:/etc', 3, 'path-traversal', 'directory: /etc', true],
    ],
    ['no version', ['a@1.x:', `  ${hash}`], ['a@1.x', 3, 'wrong-type', 'version: nothing', false]],
    ['no name', ['a:', `  ${hash}`], ['a', 3, 'wrong-type', 'name: nothing', false]],
    [
      'a number for a version',
      ['a@1.0.0:', `  ${hash}`, '  version: 1.0'],
      ['a@1.0.0', 3, 'wrong-type', 'version: 1', false],
    ],
    ['no resolution', ['a@1.0.0: {hasBin: true}'], ['a@1.0.0', 3, 'wrong-type', 'resolution: nothing', false]],
    [
      'a list for an integrity',
      ['a@1.0.0:', '  resolution: {integrity: [a]}'],
      ['a@1.0.0', 3, 'wrong-type', 'resolution.integrity: [1]', false],
    ],
    [
      'a kind of resolution that nobody knows',
      ['a@1.0.0:', '  resolution: {type: custom, integrity: sha512-a}'],
      ['a@1.0.0', 3, 'wrong-type', 'resolution: {type, integrity}, type "custom"', false],
    ],
    ['a text for an entry', ['a@1.0.0: b'], ['a@1.0.0', 3, 'not-an-object', '"b"', false]],
    [
      'what nobody can see in a version',
      [
        'a@https://x.example/a.tgz:',
        '  resolution: {integrity: "sha512-a\\u200b", tarball: https://x.example/a.tgz}',
        '  version: 1.0.0',
      ],
      [
        'a@https://x.example/a.tgz',
        3,
        'control-character',
        JSON.stringify(['a@https://x.example/a.tgz', 'https://x.example/a.tgz', 'sha512-a\u200b']),
        true,
      ],
    ],
  ])('complains of %s', (_, lines, complaint) => {
    const graph = nine(...lines)
    const { 4: read, 0: key } = complaint
    expect([malformedOf(graph), graph.entries.has(String(key))]).toEqual([[complaint], read])
  })

  it('believes what is installed, where key and fields disagree', () => {
    const graph = nine('a@1.0.0:', `  ${hash}`, '  name: b', '  version: 6.6.6')
    expect(entriesOf(graph)).toEqual([anEntry('a@1.0.0', { version: '6.6.6', integrity: 'sha512-a' })])
    const old = aGraph({ version: '6.0', packages: { '/a@1.0.0': { name: 'b' } } })
    expect(entriesOf(old)).toEqual([anEntry('/a@1.0.0', { name: 'b' })])
  })

  it('complains of dependencies that would lie outside of their folder or are no texts', () => {
    const text = `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      ../../evil: {specifier: 1.0.0, version: 1.0.0}
      b: {specifier: 1.0.0, version: [1]}
      c: {specifier: 1.0.0, version: link:/etc}
  x: 1
packages:
  a@1.0.0: {resolution: {integrity: sha512-a}}
snapshots:
  a@1.0.0:
    dependencies:
      ../../evil: 1.0.0
      b: 1
    optionalDependencies: none
  b@1.0.0: {}
  c@1.0.0: 1
`
    expect(malformedOf(graphOf(text))).toEqual([
      ['b@1.0.0', 17, 'not-an-object', 'it stands in snapshots and not in packages', false],
      ['c@1.0.0', 18, 'not-an-object', '1', false],
      ['.', 2, 'path-traversal', 'dependencies: ../../evil', false],
      ['.', 2, 'wrong-type', 'dependencies.b: [1]', false],
      ['x', 2, 'not-an-object', '1', false],
      ['a@1.0.0', 10, 'path-traversal', 'dependencies: ../../evil', true],
      ['a@1.0.0', 10, 'wrong-type', 'dependencies.b: 1', true],
      ['a@1.0.0', 10, 'wrong-type', 'optionalDependencies: "none"', true],
      ['c@link:/etc', 10, 'path-traversal', 'link:/etc', true],
    ])
  })

  it('takes the last of doubled keys and says so', () => {
    const graph = nine('a@1.0.0:', `  ${hash}`, 'a@1.0.0:', '  resolution: {integrity: sha512-b, integrity: sha512-c}')
    expect(entriesOf(graph).map(({ integrity }) => integrity)).toEqual(['sha512-c'])
    expect(malformedOf(graph)).toEqual([
      ['a@1.0.0', 6, 'duplicate-key', 'packages.a@1.0.0.resolution.integrity', true],
      ['a@1.0.0', 5, 'duplicate-key', 'packages.a@1.0.0', true],
    ])
  })
})

describe('parsePnpmLockfile on texts that give no graph', () => {
  it.each([
    ['an unknown format', "lockfileVersion: '10.0'", 'lockfile-unsupported', /"10\.0" is none of pnpm's formats/],
    ['a format between two', 'lockfileVersion: 5.9', 'lockfile-unsupported', /"5\.9" is none/],
    ['a shrinkwrap.yaml', 'shrinkwrapVersion: 3\ndependencies: {}', 'lockfile-unsupported', /pnpm 1 or 2/],
    ['an old lockfile', 'lockfileVersion: v3', 'lockfile-unsupported', /pnpm 1 or 2/],
    ['a format that is a list', 'lockfileVersion: [9]', 'lockfile-unsupported', /no version/],
    ['a text', 'abc', 'lockfile-unreadable', /not a YAML map, line 1/],
    ['three documents', 'a: 1\n---\nb: 1\n---\nc: 1', 'lockfile-unreadable', /more than two/],
    ['an anchor', "lockfileVersion: '9.0'\npackages: &x {}", 'lockfile-unreadable', /line 2$/],
    [
      'packages that are a list',
      "lockfileVersion: '9.0'\npackages: []",
      'lockfile-unreadable',
      /packages is not a map, line 2$/,
    ],
    ['conflict markers', 'a: 1\n<<<<<<< HEAD\nb: 1\n=======\n', 'lockfile-unreadable', /conflict markers, line 2$/],
    ['a lone carriage return', 'a: 1\rb: 2', 'lockfile-unreadable', /carriage return/],
    ['deep nesting', `a: ${'['.repeat(maxYamlDepth + 2)}`, 'limit-reached', /deeper than/],
    ['too many bytes', ' '.repeat(maxLockfileBytes + 1), 'limit-reached', /larger than/],
  ])('has a gap for %s', (_, text, code, detail) => {
    expect(gapOf(text)).toEqual({
      code,
      file: 'pnpm-lock.yaml',
      fact: 'lockfile',
      detail: expect.stringMatching(detail),
    })
  })

  it('has a gap for too many entries and for too many complaints', () => {
    const many = (count: number, entry: (at: number) => string): string =>
      `lockfileVersion: '9.0'\npackages:\n${Array.from({ length: count }, (_, at) => `  ${entry(at)}\n`).join('')}`
    expect(gapOf(many(maxLockfileEntries + 1, (at) => `a@1.0.${at}: {}`))?.code).toBe('limit-reached')
    expect(gapOf(many(20_000, (at) => `a@1.0.${at}: {}`))?.code).toBe('limit-reached')
    expect(gapOf(many(20_000, () => 'a@1.0.0: {}'))?.code).toBe('limit-reached')
  })

  it('never throws on a lockfile with pieces cut out or put in', () => {
    const text = aPnpmLockfile({
      dependencies: { a: '1.0.0(b@1.0.0)' },
      packages: { 'a@1.0.0(b@1.0.0)': { dependencies: { b: '1.0.0' } }, 'b@1.0.0': {} },
    })
    const place = fc.nat({ max: text.length })
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom('\n', '  ', ': ', '{', '}', "'", '- ', '\n  x: 1', '__proto__: 1'),
    )
    fc.assert(
      fc.property(place, place, piece, (from, to, put) => {
        const changed = text.slice(0, from) + put + text.slice(to)
        const outcome = parsePnpmLockfile({
          file: 'pnpm-lock.yaml',
          text: changed,
          manifests: new Map([['package.json', changed]]),
        })
        if (!outcome.known) return
        const lines = changed.split('\n').length
        const graph = outcome.value
        const placed = [
          ...[...graph.entries.keys()].map((key) => graph.lineOf(key)),
          ...graph.malformed.map(({ line }) => line),
        ]
        expect(placed.filter((line) => line === null || line < 1 || line > lines)).toEqual([])
        diffGraphs(null, graph, publicHosts())
      }),
      { numRuns: 3000 },
    )
  })
})
