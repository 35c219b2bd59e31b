import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { Gap, Outcome } from '../../../src/gap.js'
import type { DependencyGraph, LockfileEntry } from '../../../src/lockfile/dependency-graph.js'
import { diffGraphs } from '../../../src/lockfile/diff.js'
import { findPaths } from '../../../src/lockfile/paths.js'
import { parseYarnLockfile } from '../../../src/lockfile/yarn/yarn-lockfile.js'
import { publicHosts } from '../../builders/dependency-graph.js'
import { commitOf } from '../../builders/lockfile.js'

const metadata = '__metadata:\n  version: 8\n  cacheKey: 10c0\n\n'

const parse = (text: string, manifests: Readonly<Record<string, unknown>> = {}): Outcome<DependencyGraph> =>
  parseYarnLockfile({
    file: 'yarn.lock',
    text,
    manifests: new Map(Object.entries(manifests).map(([file, value]) => [file, JSON.stringify(value)])),
  })

function graphOf(text: string, manifests: Readonly<Record<string, unknown>> = {}): DependencyGraph {
  const outcome = parse(text, manifests)
  if (!outcome.known) throw new Error(outcome.gap.detail)
  return outcome.value
}

function gapOf(text: string): Gap {
  const outcome = parse(text)
  if (outcome.known) throw new Error('a graph')
  return outcome.gap
}

const hash = (text: string): string => createHash('sha512').update(text).digest('hex')
const flags = { dev: false, optional: false, peer: false, bundled: false }

interface Block {
  readonly resolution?: string
  readonly version?: string
  readonly checksum?: string | null
  /** Further lines, each with its indentation. */
  readonly lines?: readonly string[]
}

/** An entry as Yarn writes it: a registry's package where nothing else is said. */
function aBlock(key: string, { resolution, version = '1.0.0', checksum, lines = [] }: Block = {}): string {
  const name = key.slice(0, key.indexOf('@', 1))
  const sum = checksum === undefined ? `10c0/${hash(name)}` : checksum
  return [
    `${JSON.stringify(key)}:`,
    `  version: ${version}`,
    `  resolution: ${JSON.stringify(resolution ?? `${name}@npm:${version}`)}`,
    ...lines,
    ...(sum === null ? [] : [`  checksum: ${sum}`]),
    '  languageName: node',
    '  linkType: hard',
    '',
    '',
  ].join('\n')
}

const aLockfile = (...blocks: readonly string[]): string => metadata + blocks.join('')

const only = (graph: DependencyGraph): LockfileEntry[] => [...graph.entries.values()]

const entryOf = (key: string, block: Block = {}): LockfileEntry | undefined =>
  graphOf(aLockfile(aBlock(key, block))).entries.get(key)

describe('parseYarnLockfile on an entry of later Yarn', () => {
  it('reads name, version and checksum, and the lines of each', () => {
    const key = 'left-pad@npm:^1.2.0, left-pad@npm:^1.3.0'
    const graph = graphOf(aLockfile(aBlock(key, { version: '1.3.0' })))
    expect([graph.manager, graph.formatVersion, graph.malformed]).toEqual(['yarn-berry', '8', []])
    const checksum = `10c0/${hash('left-pad')}`
    expect(only(graph)).toEqual([{ key, name: 'left-pad', version: '1.3.0', source: 'registry', checksum, ...flags }])
    expect([
      graph.lineOf(key),
      graph.lineOf(key, 'version'),
      graph.lineOf(key, 'resolved'),
      graph.lineOf(key, 'checksum'),
      graph.lineOf(key, 'integrity'),
      graph.lineOf('gone'),
    ]).toEqual([5, 6, 7, 8, null, null])
  })

  it.each(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])('is read in format %s', (version) => {
    const graph = graphOf(`__metadata:\n  version: ${version}\n\n${aBlock('a@npm:^1')}`)
    expect([graph.formatVersion, only(graph).length]).toEqual([version, 1])
  })

  it('has the cache key of the file where its checksum names none', () => {
    expect(entryOf('a@npm:^1', { checksum: 'c0ffee' })?.checksum).toBe('10c0/c0ffee')
  })

  it('is read with windows line ends, comments, blanks and a long key alike', () => {
    const key = `a@npm:^1, a@npm:${'1'.repeat(1100)}`
    const plain = aLockfile(aBlock(key, { lines: ['  dependencies:', '    b: "npm:^1"'] }))
    const spellings = [
      plain.replaceAll('\n', '\r\n'),
      `\ufeff# a comment\n${plain}`,
      plain.replace('  version: 1', '\n  # a comment\n   \n  version: 1'),
      plain.replace(`${JSON.stringify(key)}:`, `? ${JSON.stringify(key)}\n:`),
      plain.trimEnd(),
    ]
    const read = (text: string) => [only(graphOf(text)), graphOf(text).requirementsOf(key)]
    for (const spelling of spellings) expect(read(spelling)).toEqual(read(plain))
  })

  it('is an alias whichever of the two ways Yarn writes it in', () => {
    const alias = { name: 'left-pad', alias: 'pad', source: 'registry', version: '1.3.0' }
    expect(entryOf('pad@npm:left-pad@^1', { resolution: 'left-pad@npm:1.3.0', version: '1.3.0' })).toMatchObject(alias)
    expect(entryOf('pad@npm:left-pad@^1', { resolution: 'pad@npm:left-pad@1.3.0', version: '1.3.0' })).toMatchObject(
      alias,
    )
    const both = entryOf('pad@npm:left-pad@^1, left-pad@npm:^1', { resolution: 'left-pad@npm:1.0.0' })
    expect([both?.name, both?.alias]).toEqual(['left-pad', undefined])
  })

  it('is optional where it is for some platforms only', () => {
    expect(entryOf('a@npm:^1', { lines: ['  conditions: os=linux & cpu=x64'] })?.optional).toBe(true)
  })

  it('says why it has no checksum only where others have one', () => {
    const lines = ['  conditions: os=darwin']
    const absent = (...blocks: readonly string[]) =>
      only(graphOf(aLockfile(...blocks))).map((one) => one.checksumAbsent)
    const [without, elsewhere] = [aBlock('b@npm:^1', { checksum: null }), aBlock('c@npm:^1', { checksum: null, lines })]
    expect(absent(aBlock('a@npm:^1'), without, elsewhere)).toEqual([undefined, 'unexplained', 'platform'])
    expect(absent(without, elsewhere)).toEqual([undefined, undefined])
  })
})

describe('parseYarnLockfile on sources of later Yarn', () => {
  const sourceOf = (key: string, resolution: string): readonly (string | undefined)[] => {
    const entry = entryOf(key, { resolution })
    return [entry?.source, entry?.resolved, entry?.version]
  }
  const commit = commitOf('a')

  it('tells git, addresses, files and folders from the registry', () => {
    const locator = '::locator=x%40workspace%3Apackages%2Fx'
    expect([
      sourceOf('a@o/a', `a@https://git.acme.example/o/a.git#commit=${commit}`),
      sourceOf('a@o/b', `a@git@git.acme.example:o/b.git#workspace=b&commit=${commit}`),
      sourceOf('a@https://x.example/a.tgz', 'a@https://x.example/a.tgz'),
      sourceOf(`a@file:./a.tgz${locator}`, `a@file:./a.tgz#./a.tgz::hash=abc&${locator.slice(2)}`),
      sourceOf(`a@file:../a${locator}`, `a@file:../a#../a::hash=abc&${locator.slice(2)}`),
      sourceOf(`a@link:../a${locator}`, `a@link:../a${locator}`),
      sourceOf('a@portal:./a', 'a@portal:./a::locator=x%40workspace%3A.'),
      sourceOf('a@exec:./make.js', 'a@exec:./make.js#./make.js::locator=x%40workspace%3A.'),
      sourceOf('a@workspace:packages/a', 'a@workspace:packages/a'),
      sourceOf('a@odd:thing', 'a@odd:thing'),
    ]).toEqual([
      ['git', `https://git.acme.example/o/a.git#commit=${commit}`, '1.0.0'],
      ['git', `git@git.acme.example:o/b.git#workspace=b&commit=${commit}`, '1.0.0'],
      ['url', 'https://x.example/a.tgz', '1.0.0'],
      ['file', 'file:packages/x/a.tgz', '1.0.0'],
      ['link', 'packages/a', undefined],
      ['link', 'packages/a', undefined],
      ['link', 'a', undefined],
      ['link', 'make.js', undefined],
      ['workspace', 'packages/a', undefined],
      ['url', 'odd:thing', '1.0.0'],
    ])
  })

  it('takes the address of a tarball that a registry keeps elsewhere', () => {
    const address = 'https://files.acme.example/a.tgz'
    const resolution = `a@npm:1.0.0::__archiveUrl=${encodeURIComponent(address)}`
    expect(sourceOf('a@npm:^1', resolution)).toEqual(['registry', address, '1.0.0'])
  })

  it('finds the commit among the parameters of a git source, and complains where it is not whole', () => {
    const complaints = (fragment: string) =>
      graphOf(
        aLockfile(aBlock('a@o/a', { resolution: `a@https://git.acme.example/o/a.git#${fragment}` })),
      ).malformed.map(({ reason }) => reason)
    expect([complaints(`commit=${commit}`), complaints('commit=c0ffee'), complaints('head=main')]).toEqual([
      [],
      ['git-commit-not-full'],
      ['git-commit-not-full'],
    ])
  })
})

describe('parseYarnLockfile on patches', () => {
  const plain = aBlock('fsevents@npm:^2', { version: '2.3.3' })
  const builtin = aBlock('fsevents@patch:fsevents@npm%3A^2#optional!builtin<compat/fsevents>', {
    version: '2.3.3',
    resolution: 'fsevents@patch:fsevents@npm%3A2.3.3#optional!builtin<compat/fsevents>::version=2.3.3&hash=df0bf1',
    checksum: '10c0/c0ffee',
  })
  const root = aBlock('top@workspace:.', {
    resolution: 'top@workspace:.',
    checksum: null,
    lines: ['  dependencies:', '    fsevents: "npm:^2"'],
  })

  it('takes them for code of the repository, and what is patched for what is asked for', () => {
    const graph = graphOf(aLockfile(plain, builtin, root))
    expect(only(graph).map(({ name, source, version }) => [name, source, version])).toEqual([
      ['fsevents', 'registry', '2.3.3'],
      ['fsevents', 'link', undefined],
      ['top', 'workspace', undefined],
    ])
    expect(graph.roots.map((one) => graph.resolve(one, 'fsevents'))).toEqual(['fsevents@npm:^2'])
    expect(findPaths(graph).to(['fsevents@npm:^2'])).toEqual({ direct: true, paths: [['fsevents']] })
  })

  it('finds a patch that the manifest puts in the place of a range', () => {
    const own = aBlock('fsevents@patch:fsevents@npm%3A^2#./fix.patch::locator=top%40workspace%3A.', {
      version: '2.3.3',
      resolution: 'fsevents@patch:fsevents@npm%3A2.3.3#./fix.patch::version=2.3.3&hash=1&locator=top%40workspace%3A.',
    })
    const resolutions = { 'fsevents@^2': 'patch:fsevents@npm:^2#./fix.patch' }
    const graph = graphOf(aLockfile(plain, own, root), { 'package.json': { name: 'top', resolutions } })
    expect(graph.roots.map((one) => graph.resolve(one, 'fsevents'))).toEqual(['fsevents@npm:^2'])
  })

  it('shows a package that is stated by its patch alone, which Yarn fetches all the same', () => {
    const twice = aBlock('a@patch:odd', {
      resolution: 'a@patch:a@patch%3Aevil@npm%253A6.6.6%23~builtin<compat/a>#./fix.patch::version=1.0.0&hash=1',
    })
    const graph = graphOf(aLockfile(builtin, twice))
    expect(only(graph).map(({ name, alias, source, version }) => [name, alias, source, version])).toEqual([
      ['fsevents', undefined, 'registry', '2.3.3'],
      ['evil', undefined, 'registry', '6.6.6'],
    ])
  })
})

describe('the graph of later Yarn', () => {
  const root = aBlock('top@workspace:.', {
    resolution: 'top@workspace:.',
    checksum: null,
    lines: ['  dependencies:', '    a: "npm:^1"', '    x: "workspace:^"'],
  })
  const workspace = aBlock('x@workspace:^, x@workspace:packages/x', {
    resolution: 'x@workspace:packages/x',
    checksum: null,
    lines: ['  dependencies:', '    a: ^2', '    local: "link:./local"', '  peerDependencies:', '    b: "*"'],
  })
  const a1 = aBlock('a@npm:^1', {
    lines: [
      '  dependencies:',
      '    b: "npm:^1"',
      '    c: "npm:^1"',
      '  peerDependencies:',
      '    d: "*"',
      '    e: "*"',
      '  dependenciesMeta:',
      '    c:',
      '      optional: true',
      '  peerDependenciesMeta:',
      '    e:',
      '      optional: true',
      '  bin:',
      '    a: ./bin/a.js',
    ],
  })
  const rest = [
    aBlock('a@npm:^2', { version: '2.0.0' }),
    aBlock('b@npm:^1'),
    aBlock('b@npm:3.0.0', { version: '3.0.0' }),
    aBlock('c@npm:^1'),
    aBlock('local@link:./local::locator=x%40workspace%3Apackages%2Fx', {
      resolution: 'local@link:./local::locator=x%40workspace%3Apackages%2Fx',
      checksum: null,
    }),
  ]
  const text = aLockfile(root, workspace, a1, ...rest)

  it('says what an entry asks for and of what kind', () => {
    expect(graphOf(text).requirementsOf('a@npm:^1')).toEqual([
      { name: 'b', range: 'npm:^1', kind: 'prod' },
      { name: 'c', range: 'npm:^1', kind: 'optional' },
      { name: 'd', range: '*', kind: 'peer' },
      { name: 'e', range: '*', kind: 'peer-optional' },
    ])
  })

  it('has its workspaces for roots, and kinds from the manifests that it is given', () => {
    const manifest = { name: 'top', devDependencies: { a: '^1' }, dependencies: { x: 'workspace:^' } }
    expect(graphOf(text, { 'package.json': manifest }).roots).toEqual([
      {
        folder: '',
        name: 'top',
        requirements: [
          { name: 'a', range: 'npm:^1', kind: 'dev' },
          { name: 'x', range: 'workspace:^', kind: 'prod' },
        ],
      },
      {
        folder: 'packages/x',
        name: 'x',
        requirements: [
          { name: 'a', range: '^2', kind: 'prod' },
          { name: 'local', range: 'link:./local', kind: 'prod' },
          { name: 'b', range: '*', kind: 'peer' },
        ],
      },
    ])
  })

  it('resolves ranges with and without protocol, workspaces, and what is bound to who asks', () => {
    const graph = graphOf(text)
    expect(graph.roots.map((one) => one.requirements.map(({ name }) => graph.resolve(one, name)))).toEqual([
      ['a@npm:^1', 'x@workspace:^, x@workspace:packages/x'],
      ['a@npm:^2', 'local@link:./local::locator=x%40workspace%3Apackages%2Fx', null],
    ])
    const asked = { folder: '', requirements: [{ name: 'a', range: '^1', kind: 'prod' }] } as const
    expect([graph.resolve(asked, 'a'), graph.resolve(asked, 'gone'), graph.resolve('a@npm:^1', 'd')]).toEqual([
      'a@npm:^1',
      null,
      null,
    ])
  })

  it('follows resolutions of the manifest', () => {
    const graph = graphOf(text, { 'package.json': { name: 'top', resolutions: { 'a@npm:^1/b': '3.0.0' } } })
    expect(graph.resolve('a@npm:^1', 'b')).toBe('b@npm:3.0.0')
    const elsewhere = graphOf(text, { 'package.json': { name: 'top', resolutions: { 'other/b': '3.0.0' } } })
    expect(elsewhere.resolve('a@npm:^1', 'b')).toBe('b@npm:^1')
  })
})

describe('parseYarnLockfile on malformed entries of later Yarn', () => {
  const malformedIn = (...blocks: readonly string[]) =>
    graphOf(aLockfile(...blocks)).malformed.map(({ reason, seen, line, read }) => [reason, seen, line, read])

  it.each([
    [[aBlock('__proto__@npm:1')], ['prototype-key', '__proto__@npm:1.0.0', 5, false]],
    [
      [aBlock('a@npm:../b@1', { resolution: '../b@npm:1.0.0' })],
      ['wrong-type', 'resolution: ../b@npm:1.0.0', 5, false],
    ],
    [[aBlock('../a@npm:1', { resolution: 'a@npm:1.0.0' })], ['path-traversal', 'a@npm:1.0.0', 5, false]],
    [['"a@npm:1":\n  version: 1.0.0\n'], ['wrong-type', 'resolution: nothing', 5, false]],
    [['"a@npm:1":\n'], ['wrong-type', 'resolution: nothing', 5, false]],
    [[aBlock('a@npm:1', { lines: ['  resolution: "b@npm:1.0.0"'] })], ['duplicate-key', 'resolution', 5, true]],
    [[aBlock('a@npm:1', { lines: ['  dependencies: b'] })], ['wrong-type', 'dependencies', 5, true]],
    [[aBlock('a@npm:1', { checksum: null, lines: ['  checksum:', '    b: c'] })], ['wrong-type', 'checksum', 5, false]],
    [
      [aBlock('react@npm:^18', { resolution: 'evil@npm:1.0.0' })],
      ['sections-disagree', 'react@npm:^18 gets evil', 5, true],
    ],
    [
      [aBlock('a@npm:1', { resolution: 'a@npm:6.6.6' })],
      ['sections-disagree', 'version: 1.0.0, resolution: 6.6.6', 5, true],
    ],
    [
      [aBlock('a@npm:1'), aBlock('a@npm:1')],
      ['duplicate-key', 'a@npm:1', 12, true],
    ],
    [
      [aBlock('a@npm:1'), aBlock('a@npm:1, a@npm:^1')],
      ['duplicate-key', 'a@npm:1', 12, true],
    ],
    [[aBlock('a@npm:1', { resolution: 'a@npm:1.0.0\u200b' })], ['control-character', null, 5, true]],
  ] as const)('complains of %j', (blocks, [reason, seen, line, read]) => {
    const complaint = seen === null ? [reason, expect.any(String), line, read] : [reason, seen, line, read]
    expect(malformedIn(...blocks)).toContainEqual(complaint)
  })

  it('takes of two versions the one that Yarn installs', () => {
    expect(entryOf('a@npm:1', { resolution: 'a@npm:6.6.6' })?.version).toBe('6.6.6')
  })
})

describe('parseYarnLockfile on what is not as later Yarn writes it', () => {
  it.each([
    ['a: b\n', 5],
    ['"a@npm:1": {}\n', 5],
    ['"a@npm:1": &x\n', 5],
    ['"a@npm:1":\n  <<: *x\n', 6],
    ['"a@npm:1":\n  version: |\n    1.0.0\n', 6],
    ['"a@npm:1":\n  version: !!str 1.0.0\n', 6],
    ['"a@npm:1":\n  version: 1.0.0 # a comment\n', 6],
    ['"a@npm:1":\n  version: a: b\n', 6],
    ['"a@npm:1":\n  version: 1.0.0\n    .1\n', 7],
    ['"a@npm:1":\n  version: [1]\n', 6],
    ['"a@npm:1":\n  version: \'1.0.0\'\n', 6],
    ['"a@npm:1":\n   version: 1.0.0\n', 6],
    ['"a@npm:1":\n\tversion: 1.0.0\n', 6],
    ['# a comment\r"a@npm:1":\n', 5],
    ['"a@npm:1":\n  - version\n', 6],
    ['"a@npm:1":\n      optional: true\n', 6],
    ['"a@npm:1":\n  dependencies:\n      b: c\n', 7],
    ['  a: b\n---\n', 6],
    ['---\n', 5],
    ['? "a@npm:1"\n  : b\n', 5],
  ])('gives a gap with the line for %j', (text, line) => {
    expect(gapOf(metadata + text)).toEqual({
      code: 'lockfile-unreadable',
      file: 'yarn.lock',
      fact: 'lockfile',
      detail: `it is not as Yarn writes it, line ${line}`,
    })
  })

  it('names conflict markers', () => {
    expect(gapOf(`${metadata}<<<<<<< HEAD\n"a@npm:1":\n`).detail).toBe('it has conflict markers, line 5')
  })

  it.each(['0', '11', '08', 'x', '"8\\n"'])('reads no format %s', (version) => {
    expect(gapOf(`__metadata:\n  version: ${version}\n`).code).toBe('lockfile-unsupported')
  })

  it('survives lines and lists of any length', () => {
    const long = 'x'.repeat(5_000_000)
    const texts = [
      aBlock(`a@npm:${long}`),
      `${long}:\n  version: 1\n`,
      aBlock(`a@npm:1${', a@npm:1'.repeat(500_000)}`),
      aBlock('a@npm:1', { lines: ['  dependencies:', ...Array.from({ length: 500_000 }, () => '    b: c')] }),
      aBlock('a@npm:1', { version: long }),
      `"a":\n  version: ${'a:'.repeat(1_000_000)}b\n`,
      `"a":\n  version: ${'a '.repeat(1_000_000)}b\n`,
      `"${'\\"'.repeat(1_000_000)}":\n`,
      aBlock('a@patch:x', { resolution: `a@patch:${'a@patch%3A'.repeat(100_000)}` }),
    ]
    for (const text of texts) expect(() => parse(aLockfile(text))).not.toThrow()
  })
})

describe('the diff of lockfiles of later Yarn', () => {
  const changesOf = (base: string, head: string) =>
    diffGraphs(graphOf(base), graphOf(head), publicHosts()).map(({ kind, name }) => [kind, name])
  const locked = aBlock('a@npm:^1')

  it('is a replacement where the checksum changed, and nothing where only the cache key did', () => {
    const other = aBlock('a@npm:^1', { checksum: '10c0/c0ffee' })
    const packed = aBlock('a@npm:^1', { checksum: '8/c0ffee' })
    expect(changesOf(aLockfile(locked), aLockfile(other))).toEqual([['replaced', 'a']])
    expect(changesOf(aLockfile(locked), aLockfile(packed))).toEqual([])
  })

  it('is a replacement where a checksum is lost, and nothing where Yarn keeps none any more or again', () => {
    const bare = aBlock('a@npm:^1', { checksum: null })
    const other = aBlock('b@npm:^1')
    expect(changesOf(aLockfile(locked, other), aLockfile(bare, other))).toEqual([['replaced', 'a']])
    expect(changesOf(aLockfile(locked), aLockfile(bare))).toEqual([])
    expect(changesOf(aLockfile(bare), aLockfile(locked))).toEqual([])
  })

  it('is nothing where only a range, a workspace or a patch changed', () => {
    const wider = aBlock('a@npm:^1, a@npm:^1.0.0', { checksum: `10c0/${hash('a')}` })
    const own = aBlock('x@workspace:x', { resolution: 'x@workspace:x', checksum: null })
    const patch = aBlock('a@patch:a@npm%3A^1#./a.patch', { resolution: 'a@patch:a@npm%3A1.0.0#./a.patch::hash=1' })
    expect(changesOf(aLockfile(locked), aLockfile(wider, own, patch))).toEqual([])
  })
})
