import { describe, expect, it } from '@jest/globals'
import { maxPairedCopies } from '../../src/limits.js'
import type { DependencyChange } from '../../src/lockfile/dependency-change.js'
import { diffGraphs } from '../../src/lockfile/diff.js'
import { aGraph, publicHosts } from '../builders/dependency-graph.js'
import { type EntryFields, integrityOf, type PackageLockOptions, registryTarball } from '../builders/lockfile.js'

type Packages = PackageLockOptions['packages']

const changesOf = (base: Packages | null, head: Packages | null): DependencyChange[] =>
  diffGraphs(
    base === null ? null : aGraph({ ...(base && { packages: base }) }),
    head === null ? null : aGraph({ ...(head && { packages: head }) }),
    publicHosts(),
  )

/** `kind name before→after`, which is what most tests are about. */
const summaryOf = (base: Packages | null, head: Packages | null): string[] =>
  changesOf(base, head).map(
    ({ kind, name, before, after }) => `${kind} ${name} ${before?.version ?? ''}→${after?.version ?? ''}`,
  )

const sha = (digit: string): string => digit.repeat(40)
const git = (commit: string, repository = 'git+ssh://git@github.com/o/r.git'): EntryFields => ({
  resolved: `${repository}#${commit}`,
  integrity: undefined,
})

describe('diffGraphs', () => {
  it('states both sides of an upgrade, and why the package is there', () => {
    expect(changesOf({ a: '1.0.0' }, { a: '1.1.0' })).toEqual([
      {
        kind: 'upgraded',
        lockfile: 'package-lock.json',
        manager: 'npm',
        name: 'a',
        before: {
          key: 'node_modules/a',
          version: '1.0.0',
          source: 'registry',
          resolved: registryTarball('a', '1.0.0'),
          integrity: integrityOf('a@1.0.0'),
        },
        after: {
          key: 'node_modules/a',
          version: '1.1.0',
          source: 'registry',
          resolved: registryTarball('a', '1.1.0'),
          integrity: integrityOf('a@1.1.0'),
        },
        beforeStays: false,
        direct: true,
        dev: false,
        optional: false,
        bundled: false,
        paths: [['a']],
      },
    ])
  })

  it('says that the version before stays where head only adds a further one', () => {
    const changes = changesOf({ a: '2.0.0' }, { a: '2.0.0', 'b/node_modules/a': '1.0.0' })

    expect(changes.map(({ kind, beforeStays, before }) => [kind, beforeStays, before?.version])).toEqual([
      ['downgraded', true, '2.0.0'],
    ])
  })

  it('lists added, removed and downgraded packages by name and version', () => {
    const base = { b: '2.0.0', c: '1.0.0', '@s/z': '1.0.0' }
    expect(summaryOf(base, { a: '1.0.0', b: '1.9.0', '@s/z': '1.0.0' })).toEqual([
      'added a →1.0.0',
      'downgraded b 2.0.0→1.9.0',
      'removed c 1.0.0→',
    ])
  })

  it('takes everything for added without a base, and for removed without a head', () => {
    expect(summaryOf(null, { a: '1.0.0' })).toEqual(['added a →1.0.0'])
    expect(summaryOf({ a: '1.0.0' }, null)).toEqual(['removed a 1.0.0→'])
  })

  it('gives a removed package no paths', () => {
    expect(changesOf({ a: '1.0.0', b: '1.0.0' }, { a: '1.0.0' }).map(({ direct, paths }) => [direct, paths])).toEqual([
      [false, []],
    ])
  })
})

describe('diffGraphs on several versions of one name', () => {
  const versions = (...list: string[]): Record<string, string> =>
    Object.fromEntries(list.map((version, at) => [at === 0 ? 'a' : `node_modules/x${at}/node_modules/a`, version]))

  it('pairs the closest first and each once', () => {
    expect(summaryOf(versions('1.0.0', '2.0.0', '5.0.0'), versions('1.0.1', '2.1.0', '4.0.0'))).toEqual([
      'upgraded a 1.0.0→1.0.1',
      'upgraded a 2.0.0→2.1.0',
      'downgraded a 5.0.0→4.0.0',
    ])
  })

  it('compares a further version with the nearest in base, also where that one stays', () => {
    expect(summaryOf(versions('1.0.0', '3.0.0'), versions('1.0.0', '3.0.0', '3.0.1'))).toEqual([
      'upgraded a 3.0.0→3.0.1',
    ])
  })

  it('removes what has no partner left', () => {
    expect(summaryOf(versions('1.0.0', '2.0.0'), versions('2.0.0'))).toEqual(['removed a 1.0.0→'])
  })

  it('merges equal copies into one change at the shallowest key', () => {
    const head = versions('1.0.1', '1.0.1', '1.0.1')
    expect(changesOf(versions('1.0.0'), head).map(({ after }) => after?.key)).toEqual(['node_modules/a'])
  })

  it('keeps a bad copy apart from the good one that it hides behind', () => {
    const bad = { version: '1.0.0', integrity: integrityOf('bad') }
    const head = { a: '1.0.0', 'node_modules/x/node_modules/a': bad }
    expect(changesOf({ a: '1.0.0' }, head).map(({ kind, after }) => [kind, after?.key])).toEqual([
      ['replaced', 'node_modules/x/node_modules/a'],
    ])
    expect(changesOf({ b: '1.0.0' }, { b: '1.0.0', ...head }).map(({ kind }) => kind)).toEqual(['added', 'added'])
  })

  it('says dev and optional only where all copies are', () => {
    const dev = { version: '1.0.0', dev: true, optional: true }
    const head = { a: dev, 'node_modules/x/node_modules/a': { version: '1.0.0', dev: true } }
    expect(changesOf({ b: '1.0.0' }, { b: '1.0.0', ...head }).map(({ dev, optional }) => [dev, optional])).toEqual([
      [true, false],
    ])
  })

  it('stays exact and quick for more copies than any manager writes', () => {
    const count = maxPairedCopies * 3
    const list = (patch: number): string[] => Array.from({ length: count }, (_, at) => `${at}.0.${patch}`)
    const changes = summaryOf(versions(...list(0)), versions(...list(0).slice(1), '0.0.1'))
    expect(changes).toEqual(['upgraded a 0.0.0→0.0.1'])
    expect(summaryOf(versions(...list(0)), versions(...list(1))).length).toBe(count)
  })
})

describe('diffGraphs on other bytes and other sources', () => {
  const a = (fields: EntryFields): Packages => ({ a: { version: '1.0.0', ...fields } })
  const kinds = (base: EntryFields, head: EntryFields): string[] => changesOf(a(base), a(head)).map(({ kind }) => kind)

  it.each([
    ['another integrity', {}, { integrity: integrityOf('other') }],
    ['a lost integrity', {}, { integrity: undefined }],
    ['a gained integrity', { integrity: undefined }, {}],
    ['a stronger algorithm', { integrity: integrityOf('a@1.0.0', 'sha1') }, {}],
    ['another commit of one repository', git(sha('a')), git(sha('b'))],
  ])('calls %s replaced', (_, base, head) => {
    expect(kinds(base, head)).toEqual(['replaced'])
  })

  it.each([
    ['another host', {}, { resolved: 'https://npm.evil.example/a/-/a-1.0.0.tgz' }],
    ['another package on the same host', {}, { resolved: registryTarball('b', '1.0.0') }],
    ['another version on the same host', {}, { resolved: registryTarball('a', '1.0.1') }],
    ['git instead of the registry', {}, git(sha('a'))],
    ['another repository', git(sha('a')), git(sha('a'), 'git+ssh://git@github.com/evil/r.git')],
    ['a user before the host', {}, { resolved: registryTarball('a', '1.0.0').replace('://', '://x@') }],
    ['an unencrypted address', {}, { resolved: registryTarball('a', '1.0.0').replace('https:', 'http:') }],
    ['an unencrypted repository', git(sha('a')), git(sha('a'), 'git://github.com/o/r.git')],
    ['an address that is none', {}, { resolved: 'https://' }],
  ])('calls %s resourced', (_, base, head) => {
    expect(kinds(base, head)).toEqual(['resourced'])
  })

  it.each([
    ['a lost address of the default registry', {}, { resolved: undefined }],
    ['a gained address of the default registry', { resolved: undefined }, {}],
    [
      'an encrypted address for a plain one',
      { resolved: registryTarball('a', '1.0.0').replace('https:', 'http:') },
      {},
    ],
    ['another spelling of one commit', git(sha('a')), { resolved: `github:O/r#${sha('a')}`, integrity: undefined }],
    ['a package that turns dev', {}, { dev: true }],
  ])('calls %s no change', (_, base, head) => {
    expect(kinds(base, head)).toEqual([])
  })

  it('calls bytes of its own instead of bundled ones replaced', () => {
    const inside = { version: '1.0.0', resolved: undefined, integrity: undefined, inBundle: true }
    const npm = { version: '1.0.0', bundleDependencies: ['a'] }
    const base = { npm, 'node_modules/npm/node_modules/a': inside }
    expect(summaryOf(base, { npm, a: '1.0.0' })).toEqual(['replaced a 1.0.0→1.0.0'])
  })

  it('takes several hosts for one registry where it is told so', () => {
    const { defaultHosts } = publicHosts()
    const base = aGraph({ packages: a({}) ?? {} })
    const head = aGraph({ packages: a({ resolved: 'https://npm.acme.example/npm/a/-/a-1.0.0.tgz' }) ?? {} })
    expect(diffGraphs(base, head, { defaultHosts: [...defaultHosts, 'npm.acme.example'] })).toEqual([])
    expect(diffGraphs(base, head, { defaultHosts }).map(({ kind }) => kind)).toEqual(['resourced'])
  })

  it('sees another target behind one alias', () => {
    const alias = (name: string): Packages => ({ cjs: { name, version: '1.0.0' } })
    expect(changesOf(alias('good'), alias('evil')).map(({ kind, name, after }) => [kind, name, after?.alias])).toEqual([
      ['added', 'evil', 'cjs'],
      ['removed', 'good', undefined],
    ])
  })

  it('sees a registry package that turns into a git one of another version', () => {
    const [change] = changesOf(a({}), { a: { version: '1.0.1', ...git(sha('a')) } })
    expect([change?.kind, change?.before?.source, change?.after?.source]).toEqual(['upgraded', 'registry', 'git'])
  })
})

describe('diffGraphs on what changes nothing', () => {
  const packages = {
    a: { version: '1.0.0', dependencies: { b: '^1.0.0' } },
    b: '1.0.0',
    cjs: { name: 'c', version: '1.0.0' },
    g: { version: '1.0.0', resolved: `git+ssh://git@github.com/o/g.git#${sha('a')}`, integrity: undefined },
  }

  it.each([
    [2, 3],
    [3, 2],
    [2, 2],
  ] as const)('is empty from format %s to %s', (from, to) => {
    const [base, head] = [from, to].map((lockfileVersion) => aGraph({ lockfileVersion, packages }))
    expect(diffGraphs(base ?? null, head ?? null, publicHosts())).toEqual([])
  })

  it('is empty from format 1 to 3, which spells git sources differently', () => {
    const legacy = {
      ...packages,
      g: { version: `git+ssh://git@github.com/o/g.git#${sha('a')}`, resolved: undefined, integrity: undefined },
    }
    const base = aGraph({ lockfileVersion: 1, packages: legacy })
    expect(diffGraphs(base, aGraph({ packages }), publicHosts())).toEqual([])
    expect(diffGraphs(aGraph({ packages }), base, publicHosts())).toEqual([])
  })

  it('is empty when entries change their order or are hoisted', () => {
    const nested = { b: '2.0.0', a: '1.0.0', 'node_modules/a/node_modules/c': '1.0.0' }
    expect(changesOf(nested, { c: '1.0.0', a: '1.0.0', b: '2.0.0' })).toEqual([])
  })

  it('is empty when only workspaces and links change', () => {
    const workspace = (version: string): Packages => ({
      'packages/w': { name: 'w', version },
      'node_modules/w': { resolved: 'packages/w', link: true },
      a: '1.0.0',
    })
    expect(changesOf(workspace('1.0.0'), workspace('2.0.0'))).toEqual([])
    expect(changesOf({ a: '1.0.0' }, workspace('1.0.0'))).toEqual([])
  })

  it('takes a bundled copy of a version that base has for no change', () => {
    const inside = { version: '1.0.0', resolved: undefined, integrity: undefined, inBundle: true }
    const head = {
      a: '1.0.0',
      npm: { version: '1.0.0', bundleDependencies: ['a'] },
      'node_modules/npm/node_modules/a': inside,
    }
    expect(summaryOf({ a: '1.0.0' }, head)).toEqual(['added npm →1.0.0'])
  })
})
