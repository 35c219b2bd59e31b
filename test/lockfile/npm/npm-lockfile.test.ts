import { describe, expect, it } from '@jest/globals'
import type { Gap } from '../../../src/gap.js'
import { maxLockfileBytes, maxLockfileDepth, maxLockfileEntries } from '../../../src/limits.js'
import type { DependencyGraph, LockfileEntry } from '../../../src/lockfile/dependency-graph.js'
import { parseNpmLockfile } from '../../../src/lockfile/npm/npm-lockfile.js'
import { aGraph, aGraphOf } from '../../builders/dependency-graph.js'
import { aManifest, aPackageLock, integrityOf, registryTarball } from '../../builders/lockfile.js'

const gapOf = (text: string): Gap | null => {
  const outcome = parseNpmLockfile({ file: 'package-lock.json', text, manifests: new Map() })
  return outcome.known ? null : outcome.gap
}

const entriesOf = (graph: DependencyGraph): LockfileEntry[] => [...graph.entries.values()]

const anEntry = (overrides: Partial<LockfileEntry> = {}): LockfileEntry => ({
  key: 'node_modules/a',
  name: 'a',
  version: '1.0.0',
  source: 'registry',
  resolved: registryTarball('a', '1.0.0'),
  integrity: integrityOf('a@1.0.0'),
  dev: false,
  optional: false,
  peer: false,
  bundled: false,
  ...overrides,
})

/** A format 3 lockfile with one entry that is written as given. */
const withPackages = (packages: Record<string, unknown>): string =>
  JSON.stringify({ lockfileVersion: 3, packages }, null, 2)

const malformedOf = (text: string): (string | number | boolean | null)[][] =>
  aGraphOf(text).malformed.map(({ key, line, reason, seen, read }) => [key, line, reason, seen, read])

const sha = 'c'.repeat(40)

describe('parseNpmLockfile on what npm writes', () => {
  it.each([1, 2, 3] as const)('reads the same entries from format %s', (lockfileVersion) => {
    const packages = {
      a: { version: '1.0.0', dependencies: { b: '^1.0.0' } },
      b: { version: '2.0.0', dev: true },
      'node_modules/a/node_modules/b': { version: '1.0.0', optional: true },
    }
    const options = { lockfileVersion, packages }
    expect(entriesOf(aGraphOf(aPackageLock(options), 'package-lock.json', aManifest(options)))).toEqual([
      anEntry(),
      ...[
        anEntry({ key: 'node_modules/b', name: 'b', version: '2.0.0', dev: true, ...bytesOf('b', '2.0.0') }),
        anEntry({ key: 'node_modules/a/node_modules/b', name: 'b', optional: true, ...bytesOf('b', '1.0.0') }),
      ],
    ])
  })

  it('takes the roots of format 1 from the manifest', () => {
    const options = { lockfileVersion: 1, packages: { a: '1.0.0' } } as const
    expect(aGraphOf(aPackageLock(options), 'package-lock.json', aManifest(options)).roots).toEqual([
      { folder: '', name: 'project', requirements: [{ name: 'a', range: '^1.0.0', kind: 'prod' }] },
    ])
  })

  it('takes what nothing requires for direct where format 1 comes without a manifest', () => {
    const text = aPackageLock({ lockfileVersion: 1, packages: { a: { dependencies: { b: '1' } }, b: '1.0.0' } })
    expect(aGraphOf(text).roots).toEqual([{ folder: '', requirements: [{ name: 'a', range: '', kind: 'prod' }] }])
  })

  it('reads aliases of formats 1 and 3 as the package that they stand for', () => {
    const packages = { cjs: { name: 'a', version: '1.0.0' } }
    const wanted = anEntry({ key: 'node_modules/cjs', alias: 'cjs' })
    expect(entriesOf(aGraph({ packages }))).toEqual([wanted])
    expect(entriesOf(aGraph({ lockfileVersion: 1, packages }))).toEqual([wanted])
  })

  it('knows workspaces and what links lead to them', () => {
    const graph = aGraph({
      dependencies: {},
      workspaces: ['packages/*'],
      packages: {
        'packages/w': { name: '@acme/w', version: '1.0.0', dependencies: { a: '^1.0.0' } },
        'node_modules/@acme/w': { resolved: 'packages/w', link: true },
        'packages/gone': { name: 'gone', version: '1.0.0', extraneous: true },
        a: '1.0.0',
      },
    })
    expect(entriesOf(graph).map(({ key, name, source }) => [key, name, source])).toEqual([
      ['packages/w', '@acme/w', 'workspace'],
      ['node_modules/@acme/w', '@acme/w', 'link'],
      ['packages/gone', 'gone', 'workspace'],
      ['node_modules/a', 'a', 'registry'],
    ])
    expect(graph.roots.map(({ folder, name }) => [folder, name])).toEqual([
      ['', 'project'],
      ['packages/w', '@acme/w'],
    ])
    expect(graph.requirementsOf('node_modules/@acme/w')).toEqual([{ name: 'a', range: '^1.0.0', kind: 'prod' }])
    expect(graph.resolve('node_modules/@acme/w', 'a')).toBe('node_modules/a')
  })

  it('tells git, url, file and registry sources apart', () => {
    const tarball = 'https://files.example/a.tgz'
    const graph = aGraph({
      dependencies: { url: tarball },
      packages: {
        git: { resolved: `git+ssh://git@github.com/o/r.git#${sha}` },
        url: { resolved: tarball },
        file: { resolved: 'file:vendor/file.tgz' },
        mirror: { resolved: 'https://npm.acme.example/mirror/-/mirror-1.0.0.tgz' },
        odd: { resolved: 'https://files.example/never-asked-for.tgz' },
        silent: { resolved: undefined },
      },
    })
    expect(entriesOf(graph).map(({ name, source }) => [name, source])).toEqual([
      ['git', 'git'],
      ['url', 'url'],
      ['file', 'file'],
      ['mirror', 'registry'],
      ['odd', 'registry'],
      ['silent', 'registry'],
    ])
  })

  it('reads the sources that format 1 writes in the place of a version', () => {
    const text = JSON.stringify({
      lockfileVersion: 1,
      dependencies: {
        git: { version: `github:o/r#${sha}`, from: 'github:o/r' },
        url: { version: 'https://files.example/a.tgz', integrity: integrityOf('a') },
        file: { version: 'file:vendor/file.tgz' },
        folder: { version: 'file:vendor/folder' },
      },
    })
    expect(
      entriesOf(aGraphOf(text)).map(({ name, source, version, resolved }) => [name, source, version, resolved]),
    ).toEqual([
      ['git', 'git', undefined, `github:o/r#${sha}`],
      ['url', 'url', undefined, 'https://files.example/a.tgz'],
      ['file', 'file', undefined, 'file:vendor/file.tgz'],
      ['folder', 'link', undefined, 'file:vendor/folder'],
    ])
  })

  it('believes inBundle only below a package that bundles something', () => {
    const graph = aGraph({
      packages: {
        npm: { version: '1.0.0', bundleDependencies: ['a'] },
        'node_modules/npm/node_modules/a': { inBundle: true },
        a: { inBundle: true },
        b: '1.0.0',
        'node_modules/b/node_modules/a': { inBundle: true },
      },
    })
    expect(
      entriesOf(graph)
        .filter(({ bundled }) => bundled)
        .map(({ key }) => key),
    ).toEqual(['node_modules/npm/node_modules/a'])
  })

  it('reads packages, as npm does, even where the version says 1', () => {
    const text = JSON.stringify({
      lockfileVersion: 1,
      packages: { 'node_modules/a': { version: '1.0.0' } },
      dependencies: {},
    })
    expect([...aGraphOf(text).entries.keys()]).toEqual(['node_modules/a'])
  })

  it('reads through a byte order mark and carriage returns with the lines of the file', () => {
    const text = `\ufeff${aPackageLock({ packages: { a: '1.0.0' } }).replaceAll('\n', '\r\n')}`
    const graph = aGraphOf(text)
    const line = graph.lineOf('node_modules/a', 'integrity')
    expect(text.split('\n')[(line ?? 0) - 1]).toContain('"integrity"')
  })

  it('states lines of entries and fields that are really there, and null for others', () => {
    const text = aPackageLock({ lockfileVersion: 2, packages: { a: '1.0.0', '"version": b': '2.0.0' } })
    const graph = aGraphOf(text)
    const lines = text.split('\n')
    expect(lines[(graph.lineOf('node_modules/a') ?? 0) - 1]).toBe('    "node_modules/a": {')
    expect(lines[(graph.lineOf('node_modules/a', 'version') ?? 0) - 1]).toBe('      "version": "1.0.0",')
    expect(graph.lineOf('node_modules/none')).toBe(null)
  })

  it('states lines in the nested tree of format 1', () => {
    const text = aPackageLock({
      lockfileVersion: 1,
      packages: { a: '1.0.0', 'node_modules/a/node_modules/b': '2.0.0' },
    })
    const line = aGraphOf(text).lineOf('node_modules/a/node_modules/b', 'version')
    expect(text.split('\n')[(line ?? 0) - 1]).toContain('"version": "2.0.0"')
  })
})

const bytesOf = (name: string, version: string): Pick<LockfileEntry, 'resolved' | 'integrity'> => ({
  resolved: registryTarball(name, version),
  integrity: integrityOf(`${name}@${version}`),
})

describe('parseNpmLockfile on what cannot be read', () => {
  const unreadable = (detail: string, code: Gap['code'] = 'lockfile-unreadable'): Gap => ({
    code,
    file: 'package-lock.json',
    fact: 'lockfile',
    detail,
  })

  it('names the line where the text stops being JSON', () => {
    expect(gapOf('{\n  "lockfileVersion": 3,\n  oops\n}')).toEqual(unreadable('it is not JSON, line 3'))
  })

  it('names the line of a conflict marker', () => {
    const text = '{\n  "lockfileVersion": 3,\n<<<<<<< HEAD\n  "a": 1,\n=======\n  "a": 2,\n>>>>>>> x\n}'
    expect(gapOf(text)).toEqual(unreadable('it has conflict markers, line 3'))
  })

  it.each(['[]', 'null', '"text"', '1'])('refuses %s for a lockfile', (text) => {
    expect(gapOf(text)).toEqual(unreadable('it is not a JSON object, line 1'))
  })

  it.each(['[]', 'null', '"x"'])('refuses %s for a section', (section) => {
    expect(gapOf(`{"lockfileVersion": 3, "packages": ${section}}`)).toEqual(
      unreadable('its field packages is not an object'),
    )
  })

  it.each(['4', '"3"', 'null', '0'])('does not guess at lockfileVersion %s', (version) => {
    const detail = `lockfileVersion ${version} is not 1, 2 or 3`
    expect(gapOf(`{"lockfileVersion": ${version}, "packages": {}}`)).toEqual(unreadable(detail, 'lockfile-unsupported'))
  })

  it('does not fall over a field nested as deep as it is long', () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
    for (const text of [
      `{"lockfileVersion": 3, "packages": {"node_modules/a": {"version": ${deep}, "dependencies": ${deep}}}}`,
      `{"lockfileVersion": 1, "dependencies": {"a": {"version": "1.0.0", "dependencies": ${deep}}, "b": ${deep}}}`,
    ]) {
      expect(malformedOf(text).map((one) => one[2])).toContain('wrong-type')
    }
    expect(gapOf(`{"lockfileVersion": ${deep}}`)?.code).toBe('lockfile-unsupported')
  })

  it('stops at a lockfile that is too large, has too many entries, or nests too deep', () => {
    const many = Object.fromEntries(
      Array.from({ length: maxLockfileEntries + 1 }, (_, at) => [`node_modules/${at}`, {}]),
    )
    const levels = maxLockfileDepth + 1
    const deep = `${'{"dependencies": {"a": '.repeat(levels)}{"version": "1.0.0"}${'}}'.repeat(levels)}`
    const entries = `more than ${maxLockfileEntries} entries, or nested too deep`
    expect(gapOf(' '.repeat(maxLockfileBytes + 1))).toEqual(
      unreadable(`the lockfile is larger than ${maxLockfileBytes} bytes`, 'limit-reached'),
    )
    expect(gapOf(JSON.stringify({ lockfileVersion: 3, packages: many }))).toEqual(unreadable(entries, 'limit-reached'))
    expect(gapOf(deep)).toEqual(unreadable(entries, 'limit-reached'))
  })
})

describe('parseNpmLockfile on malformed entries', () => {
  it('says a doubled key that JSON.parse hides, with its line', () => {
    const text =
      '{"lockfileVersion": 3, "packages": {\n"node_modules/a": {"version": "1.0.0"},\n"node_modules/a": {"version": "9.9.9"}}}'
    expect(malformedOf(text)).toEqual([['node_modules/a', 3, 'duplicate-key', 'packages.node_modules/a', true]])
    expect(aGraphOf(text).entries.get('node_modules/a')?.version).toBe('9.9.9')
    expect(aGraphOf(text).lineOf('node_modules/a')).toBe(3)
  })

  it('says a doubled field under its entry', () => {
    const text = '{"lockfileVersion": 1, "dependencies": {"a": {"version": "1.0.0",\n"version": "2.0.0"}}}'
    expect(malformedOf(text)).toEqual([['node_modules/a', 2, 'duplicate-key', 'dependencies.a.version', true]])
  })

  it.each([
    ['node_modules/__proto__', 'prototype-key'],
    ['__proto__', 'prototype-key'],
    ['node_modules/../../x', 'path-traversal'],
    ['node_modules/a/../../../x', 'path-traversal'],
    ['/etc/x', 'path-traversal'],
    ['C:/x', 'path-traversal'],
    ['node_modules\\x', 'path-traversal'],
    ['node_modules//x', 'path-traversal'],
  ])('leaves out an entry with the key %s', (key, reason) => {
    const text = `{"lockfileVersion": 3, "packages": {${JSON.stringify(key)}: {"version": "1.0.0"}}}`
    expect(malformedOf(text)).toEqual([[key, 1, reason, key, false]])
    expect(aGraphOf(text).entries.size).toBe(0)
    expect(Object.hasOwn(Object.prototype, 'version')).toBe(false)
  })

  it.each(['../../x', '__proto__', 'a/b', '..'])('leaves out a package of format 1 named %s', (name) => {
    const text = `{"lockfileVersion": 1, "dependencies": {${JSON.stringify(name)}: {"version": "1.0.0"}}}`
    const reason = name === '__proto__' ? 'prototype-key' : 'path-traversal'
    expect(malformedOf(text)).toEqual([[`node_modules/${name}`, 1, reason, `node_modules/${name}`, false]])
  })

  it.each([
    ['version', 1],
    ['version', null],
    ['resolved', false],
    ['integrity', ['x']],
    ['name', {}],
    ['link', 'yes'],
  ])('leaves out an entry whose %s is %j', (field, value) => {
    const text = withPackages({ 'node_modules/a': { version: '1.0.0', [field]: value } })
    expect(malformedOf(text)).toEqual([
      ['node_modules/a', 4, 'wrong-type', `${field}: ${JSON.stringify(value)}`, false],
    ])
  })

  it('leaves out an entry that is no object, and one without a version to fetch', () => {
    const text = withPackages({ 'node_modules/a': [], 'node_modules/b': null, 'node_modules/c': {} })
    expect(malformedOf(text)).toEqual([
      ['node_modules/a', 4, 'not-an-object', '[]', false],
      ['node_modules/b', 5, 'not-an-object', 'null', false],
      ['node_modules/c', 6, 'wrong-type', 'version: nothing', false],
    ])
  })

  it('keeps an entry whose lesser fields have the wrong type, and says so', () => {
    const fields = { version: '1.0.0', dev: 'true', dependencies: { b: 1 }, optionalDependencies: [] }
    expect(malformedOf(withPackages({ 'node_modules/a': fields }))).toEqual([
      ['node_modules/a', 4, 'wrong-type', 'dev: "true"', true],
      ['node_modules/a', 4, 'wrong-type', 'dependencies.b: 1', true],
      ['node_modules/a', 4, 'wrong-type', 'optionalDependencies: []', true],
    ])
  })

  it.each(['\u0000', '\u001b[2K', '\u202e', '\u200b', '\u{e0041}'])('says the invisible character %j', (character) => {
    const version = `1.0.0${character}`
    expect(malformedOf(withPackages({ 'node_modules/a': { version } }))).toEqual([
      ['node_modules/a', 4, 'control-character', `version: ${JSON.stringify(version)}`, true],
    ])
  })

  it.each(['main', 'v1.0.0', 'abc1234', ''])('says a git source that is locked by "%s"', (commit) => {
    const resolved = `git+https://github.com/o/r.git#${commit}`
    expect(malformedOf(withPackages({ 'node_modules/a': { version: '1.0.0', resolved } }))).toEqual([
      ['node_modules/a', 4, 'git-commit-not-full', resolved, true],
    ])
  })

  it('says where the two halves of format 2 disagree', () => {
    const document = JSON.parse(aPackageLock({ lockfileVersion: 2, packages: { a: '1.0.0', b: '1.0.0' } }))
    document.dependencies.a.integrity = integrityOf('other')
    document.dependencies.c = { version: '1.0.0' }
    expect(malformedOf(JSON.stringify(document)).map(([key, , reason, , read]) => [key, reason, read])).toEqual([
      ['node_modules/a', 'sections-disagree', true],
      ['node_modules/c', 'sections-disagree', true],
    ])
  })

  it('finds nothing malformed in what npm writes', () => {
    for (const lockfileVersion of [1, 2, 3] as const) {
      expect(
        malformedOf(aPackageLock({ lockfileVersion, packages: { a: '1.0.0', '@s/b': '2.0.0-rc.1+build' } })),
      ).toEqual([])
    }
  })

  it('shortens what it shows of a hostile text', () => {
    const [entry] = aGraphOf(withPackages({ [`node_modules/../${'x'.repeat(5000)}`]: {} })).malformed
    expect(entry?.seen.length).toBe(200)
  })
})
