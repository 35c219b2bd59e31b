import { describe, expect, it } from '@jest/globals'
import type { Gap } from '../../../src/gap.js'
import { maxLockfileBytes, maxLockfileEntries } from '../../../src/limits.js'
import { parseBunLockfile } from '../../../src/lockfile/bun/bun-lockfile.js'
import type { DependencyGraph } from '../../../src/lockfile/dependency-graph.js'
import { diffGraphs } from '../../../src/lockfile/diff.js'
import { formatOfFile } from '../../../src/lockfile/formats.js'
import { aBunLockfile, type BunLockfileOptions } from '../../builders/bun-lockfile.js'
import { publicHosts } from '../../builders/dependency-graph.js'
import { commitOf, integrityOf } from '../../builders/lockfile.js'

const parse = (text: string, file = 'bun.lock') => parseBunLockfile({ file, text, manifests: new Map() })

function graphOf(text: string, file = 'bun.lock'): DependencyGraph {
  const outcome = parse(text, file)
  if (!outcome.known) throw new Error(`no graph: ${outcome.gap.detail}`)
  return outcome.value
}

const aGraph = (options: BunLockfileOptions): DependencyGraph => graphOf(aBunLockfile(options))

function gapOf(text: string, file = 'bun.lock'): Gap | null {
  const outcome = parse(text, file)
  return outcome.known ? null : outcome.gap
}

const entriesOf = (graph: DependencyGraph): unknown[] =>
  [...graph.entries.values()].map(({ key, name, alias, version, source, resolved, integrity }) => [
    key,
    alias === undefined ? name : `${alias} → ${name}`,
    version ?? '',
    source,
    resolved ?? '',
    integrity ?? '',
  ])

const malformedOf = (text: string): unknown[] =>
  graphOf(text).malformed.map(({ key, line, reason, seen, read }) => [key, line, reason, seen, read])

const digest = integrityOf('a@1.0.0')
const commit = commitOf('a')

describe('parseBunLockfile on what Bun writes', () => {
  it('reads packages of the default and of other registries, nested, scoped and aliased', () => {
    const address = 'https://npm.acme.example/@s/b/-/b-2.0.0.tgz'
    const packages = {
      a: '1.0.0',
      '@s/b': ['@s/b@2.0.0', address, {}, digest],
      'a/@s/b': '1.0.0',
      'a/@s/b/c': '3.0.0-rc.1',
      other: ['a@1.0.0', '', {}, digest],
    }
    expect(entriesOf(aGraph({ packages }))).toEqual([
      ['a', 'a', '1.0.0', 'registry', '', digest],
      ['@s/b', '@s/b', '2.0.0', 'registry', address, digest],
      ['a/@s/b', '@s/b', '1.0.0', 'registry', '', integrityOf('@s/b@1.0.0')],
      ['a/@s/b/c', 'c', '3.0.0-rc.1', 'registry', '', integrityOf('c@3.0.0-rc.1')],
      ['other', 'other → a', '1.0.0', 'registry', '', digest],
    ])
  })

  it('reads every other source by what stands behind the name', () => {
    const git = `git+ssh://git@git.acme.example/o/r.git#${commit}`
    const packages = {
      git: [`git@${git}`, {}, commit],
      github: ['github@github:o/r#abcdef1', {}, 'o-r-abcdef1', digest],
      url: ['url@https://files.acme.example/url.tgz', {}, digest],
      tar: ['tar@vendor/tar.tgz', {}],
      folder: ['folder@file:packages/folder', {}],
      linked: ['linked@link:linked', {}],
      own: ['own@workspace:packages/own'],
      project: ['@root:', {}],
    }
    const graph = aGraph({ packages })
    expect(entriesOf(graph)).toEqual([
      ['git', 'git', '', 'git', git, ''],
      ['github', 'github', '', 'git', 'github:o/r#abcdef1', digest],
      ['url', 'url', '', 'url', 'https://files.acme.example/url.tgz', digest],
      ['tar', 'tar', '', 'file', 'vendor/tar.tgz', ''],
      ['folder', 'folder', '', 'link', 'file:packages/folder', ''],
      ['linked', 'linked', '', 'link', 'link:linked', ''],
      ['own', 'own', '', 'workspace', 'packages/own', ''],
      ['project', 'project', '', 'workspace', '', ''],
    ])
    expect(graph.malformed).toEqual([])
  })

  it('takes every workspace for a root, in the folder of the lockfile', () => {
    const workspaces = {
      'packages/x': { name: '@o/x', peerDependencies: { p: '1', q: '2' }, optionalPeers: ['q'] },
      '': { devDependencies: { a: '^1.0.0' } },
    }
    expect(graphOf(aBunLockfile({ workspaces }), 'sub/bun.lock').roots).toEqual([
      { folder: 'sub', requirements: [{ name: 'a', range: '^1.0.0', kind: 'dev' }] },
      {
        folder: 'sub/packages/x',
        name: '@o/x',
        requirements: [
          { name: 'p', range: '1', kind: 'peer' },
          { name: 'q', range: '2', kind: 'peer-optional' },
        ],
      },
    ])
  })

  it('resolves from a package upwards, and from a workspace below its name first', () => {
    const graph = aGraph({
      workspaces: { '': {}, 'packages/x': { name: '@o/x' } },
      packages: { a: '1.0.0', '@s/b': '1.0.0', '@s/b/a': '2.0.0', '@s/b/c': '1.0.0', '@o/x/a': '3.0.0' },
    })
    const [top, workspace] = graph.roots
    const asked = ['@s/b/c', '@s/b', 'a', top, workspace].map((from) => from && graph.resolve(from, 'a'))
    expect([...asked, graph.resolve('a', 'c')]).toEqual(['@s/b/a', '@s/b/a', 'a', 'a', '@o/x/a', null])
  })

  it('derives dev and optional from the ways that lead to an entry', () => {
    const graph = aGraph({
      workspaces: { '': { dependencies: { p: '*' }, devDependencies: { d: '*' }, optionalDependencies: { o: '*' } } },
      packages: {
        p: ['p@1.0.0', '', { optionalDependencies: { native: '*' } }, digest],
        d: ['d@1.0.0', '', { dependencies: { both: '*', tool: '*' } }, digest],
        o: ['o@1.0.0', '', { dependencies: { both: '*' } }, digest],
        both: '1.0.0',
        tool: '1.0.0',
        native: '1.0.0',
        orphan: '1.0.0',
      },
    })
    const flags = [...graph.entries.values()].map(({ key, dev, optional }) => [key, dev, optional])
    expect(flags).toEqual([
      ['p', false, false],
      ['d', true, false],
      ['o', false, true],
      // Wanted by a dev and by an optional dependency: installed as soon as one of them is.
      ['both', false, false],
      ['tool', true, false],
      ['native', false, true],
      ['orphan', false, false],
    ])
  })

  it('believes that an entry is bundled only below the package of a registry that asks for it', () => {
    const bundled = (name: string): unknown => [`${name}@1.0.0`, '', { bundled: true }, digest]
    const graph = aGraph({
      packages: {
        a: ['a@1.0.0', '', { dependencies: { b: '*' } }, digest],
        'a/b': bundled('b'),
        'a/c': bundled('c'),
        c: bundled('c'),
      },
    })
    expect([...graph.entries.values()].map(({ key, bundled: is }) => [key, is])).toEqual([
      ['a', false],
      ['a/b', true],
      ['a/c', false],
      ['c', false],
    ])
  })

  it('knows the line of an entry and of each field, on one line or on many', () => {
    const text = aBunLockfile({ packages: { a: '1.0.0', b: ['b@github:o/r#abcdef1', {}, 'tag', integrityOf('b')] } })
      .replace('"b": ["b@', '"b": [\n"b@')
      .replace(',{},"tag",', ',\n{"dependencies": {"x": "]"}},\n"tag",\n')
    const graph = graphOf(text)
    const lineWith = (part: string): number => text.split('\n').findIndex((line) => line.includes(part)) + 1
    const lines = (['version', 'resolved', 'integrity'] as const).map((field) => [
      graph.lineOf('a', field),
      graph.lineOf('b', field),
    ])
    const a = lineWith('"a@1.0.0"')
    expect([graph.lineOf('a'), graph.lineOf('b'), graph.lineOf('none'), ...lines]).toEqual([
      a,
      lineWith('"b": ['),
      null,
      [a, null],
      [null, lineWith('"b@github')],
      [a, lineWith(integrityOf('b'))],
    ])
  })

  it.each([0, 1, 2, 3])('reads version %s', (lockfileVersion) => {
    const graph = aGraph({ lockfileVersion, packages: { a: '1.0.0' } })
    expect([graph.formatVersion, graph.entries.size]).toEqual([String(lockfileVersion), 1])
  })

  it('reads comments, a byte order mark and Windows line ends', () => {
    const text = aBunLockfile({ packages: { a: '1.0.0' } })
    const dressed = `\ufeff${text.replace('"packages"', '/* all, of them */ "packages"').replaceAll('\n', '\r\n')}// end`
    expect(entriesOf(graphOf(dressed))).toEqual(entriesOf(graphOf(text)))
  })

  it('is what the change between two of them is read from', () => {
    const [base, head] = ['1.0.0', '1.0.1'].map((version) =>
      aGraph({
        workspaces: { '': { devDependencies: { a: '^1.0.0' } } },
        packages: { a: ['a@1.0.0', '', { dependencies: { b: '*' } }, digest], b: version },
      }),
    )
    const changes = diffGraphs(base ?? null, head ?? null, publicHosts())
    expect(changes.map(({ kind, name, dev, direct, paths }) => [kind, name, dev, direct, paths])).toEqual([
      ['upgraded', 'b', true, false, [['a', 'b']]],
    ])
  })
})

describe('parseBunLockfile on what Bun would not write', () => {
  const malformedTuple = (tuple: unknown): unknown[] => malformedOf(aBunLockfile({ packages: { a: tuple } }))

  it.each<[string, unknown, string, unknown, boolean]>([
    ['no tuple', 'x', 'wrong-type', '"x"', false],
    ['an empty tuple', [], 'wrong-type', 'nothing', false],
    ['a version that is none', ['a@latest', '', {}, digest], 'wrong-type', 'a@latest', false],
    ['no version', ['a', '', {}, digest], 'wrong-type', 'a', false],
    ['a name that is a path', ['../a@1.0.0', '', {}, digest], 'path-traversal', '../a@1.0.0', false],
    ['a name of the prototype', ['__proto__@1.0.0', '', {}, digest], 'prototype-key', '__proto__@1.0.0', false],
    ['an address that is no text', ['a@1.0.0', 1, {}, digest], 'wrong-type', '1', false],
    ['an info that is no object', ['a@1.0.0', '', [], digest], 'wrong-type', '[]', false],
    ['no integrity', ['a@1.0.0', '', {}], 'wrong-type', 'integrity: nothing', true],
    ['members too many', ['a@1.0.0', '', {}, digest, {}], 'wrong-type', '1 members too many', true],
    [
      'a range that is no text',
      ['a@1.0.0', '', { dependencies: { b: 1 } }, digest],
      'wrong-type',
      'dependencies.b: 1',
      true,
    ],
    [
      'a short commit without integrity',
      ['a@github:o/r#abcdef1', {}, 't'],
      'git-commit-not-full',
      'github:o/r#abcdef1',
      true,
    ],
    ['a folder of the machine', ['a@file:/etc', {}], 'path-traversal', 'file:/etc', true],
    ['a name with a hidden character', ['a\u200b@1.0.0', '', {}, digest], 'control-character', 'a\u200b@1.0.0', true],
  ])('complains of %s', (_, tuple, reason, seen, read) => {
    const packages = { a: typeof tuple === 'string' ? { tuple } : tuple }
    const expected = typeof tuple === 'string' ? '{"tuple":"x"}' : seen
    const line =
      aBunLockfile({ packages })
        .split('\n')
        .findIndex((text) => text.startsWith('    "a": ')) + 1
    expect(malformedTuple(packages.a)).toEqual([['a', line, reason, expected, read]])
  })

  it.each([
    ['../a', 'path-traversal'],
    ['a//b', 'path-traversal'],
    ['', 'path-traversal'],
    ['a/../../b', 'path-traversal'],
    ['a\\b', 'path-traversal'],
    ['a/__proto__', 'prototype-key'],
  ])('leaves out the entry at %j', (key, reason) => {
    const graph = aGraph({ packages: { [key]: ['b@1.0.0', '', {}, digest] } })
    expect([graph.entries.size, graph.malformed.map((one) => [one.key, one.reason, one.read])]).toEqual([
      0,
      [[key, reason, false]],
    ])
  })

  it('complains of doubled keys at any depth, of which Bun and JSON take different ones', () => {
    const text = aBunLockfile({ packages: { a: '1.0.0' } }).replace('  }\n}', '  "a": ["a@2.0.0", "", {}, ""]\n  }\n}')
    expect(malformedOf(text).map((one) => (one as unknown[]).slice(0, 3))).toEqual([
      ['a', text.split('\n').findIndex((line) => line.includes('2.0.0')) + 1, 'duplicate-key'],
    ])
  })

  it('complains of a workspace outside the repository', () => {
    const workspaces = { '': {}, '../x': { name: 'x' }, y: 1 }
    const graph = aGraph({ workspaces })
    expect([graph.roots.length, graph.malformed.map(({ key, reason }) => [key, reason])]).toEqual([
      1,
      [
        ['workspaces.../x', 'path-traversal'],
        ['workspaces.y', 'not-an-object'],
      ],
    ])
  })

  it.each([
    ['{', 'lockfile-unreadable', 'it is not JSON, line 1'],
    ['{\n<<<<<<< ours\n}', 'lockfile-unreadable', 'it has conflict markers, line 2'],
    ['[]', 'lockfile-unreadable', 'it is not a JSON object, line 1'],
    ['{}', 'lockfile-unsupported', 'its lockfileVersion is not a number, not one of 0, 1, 2, 3'],
    ['{"lockfileVersion": 4}', 'lockfile-unsupported', 'its lockfileVersion is 4, not one of 0, 1, 2, 3'],
    ['{"lockfileVersion": 1}', 'lockfile-unreadable', 'its field workspaces is not an object'],
    ['{"lockfileVersion": 1, "workspaces": {}}', 'lockfile-unreadable', 'its field workspaces states no root'],
    [
      '{"lockfileVersion": 1, "workspaces": {"": {}}, "packages": []}',
      'lockfile-unreadable',
      'its field packages is not an object',
    ],
  ])('gives a gap for %j', (text, code, detail) => {
    expect(gapOf(text)).toEqual({ code, file: 'bun.lock', fact: 'lockfile', detail })
  })

  it('gives a gap for more bytes or entries than the limits', () => {
    const many = `{"lockfileVersion": 1, "workspaces": {"": {}}, "packages": {${Array.from(
      { length: maxLockfileEntries },
      (_, at) => `"${at}":0`,
    ).join(',')}}}`
    expect([gapOf(' '.repeat(maxLockfileBytes + 1))?.code, gapOf(many)?.code]).toEqual([
      'limit-reached',
      'limit-reached',
    ])
  })

  it('does not fall over text nested as deep as it is long', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    const text = `{"lockfileVersion": 1, "workspaces": {"": {"dependencies": ${deep}}}, "packages": {"a": ${deep}, "b": ["b@1.0.0", ${deep}, ${deep}]}}`
    expect(parse(text)).toBeDefined()
  })

  it('says what to do about the binary format', () => {
    expect(gapOf('#!/usr/bin/env bun\nbun-lockfile-format-v0\n', 'sub/bun.lockb')).toEqual({
      code: 'lockfile-unsupported',
      file: 'sub/bun.lockb',
      fact: 'lockfile',
      detail:
        "it is Bun's binary format, which nobody can review: run `bun install --save-text-lockfile` and commit bun.lock in its place",
    })
    expect(formatOfFile('sub/bun.lockb')?.manager).toBe('bun')
  })
})
