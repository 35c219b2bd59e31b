import { describe, expect, it } from '@jest/globals'
import type { FileRead, Snapshot } from '../../src/change/snapshot.js'
import type { DirectRequirement } from '../../src/lockfile/direct-requirement.js'
import type { ProjectChange, UnmetRange } from '../../src/lockfile/project-change.js'
import { diffProjects, type ProjectOptions, type ProjectsDiff } from '../../src/lockfile/projects.js'
import { publicHosts } from '../builders/dependency-graph.js'
import { aManifest, aPackageLock, type PackageLockOptions } from '../builders/lockfile.js'
import {
  lockfileNames,
  type WrittenFormat,
  type WrittenProject,
  writeLockfile,
  writeManifest,
} from '../builders/lockfile-writers.js'
import { aSnapshot } from '../builders/memory-snapshot.js'

type Files = Readonly<Record<string, string>>

const diff = (base: Files, head: Files, options: Partial<ProjectOptions> = {}): Promise<ProjectsDiff> =>
  diffProjects(aSnapshot(base), aSnapshot(head), { ...publicHosts(), ...options })

/** A project's two files, in `folder`. */
const aProject = (options: PackageLockOptions = {}, folder = ''): Files => ({
  [`${folder}package.json`]: aManifest(options),
  [`${folder}package-lock.json`]: aPackageLock(options),
})

const aProjectChange = (overrides: Partial<ProjectChange> = {}): ProjectChange => ({
  kind: 'project',
  folder: '',
  manifest: 'package.json',
  lockfile: { file: 'package-lock.json', manager: 'npm' },
  lockfileMissing: false,
  malformed: [],
  unmet: [],
  ...overrides,
})

const one = { packages: { a: '1.0.0' } }
const two = { packages: { a: '1.1.0' } }

describe('diffProjects', () => {
  it('diffs the lockfile of each project whose files changed', async () => {
    const base = { ...aProject(one), ...aProject(one, 'x/'), ...aProject(one, 'y/') }
    const found = await diff(base, { ...base, ...aProject(two), ...aProject(two, 'x/') })
    expect(found.projects.map(({ folder }) => folder)).toEqual(['', 'x'])
    expect(found.changes.map(({ lockfile, kind, name }) => [lockfile, kind, name])).toEqual([
      ['package-lock.json', 'upgraded', 'a'],
      ['x/package-lock.json', 'upgraded', 'a'],
    ])
    expect([found.gaps, found.notes]).toEqual([[], []])
  })

  it('reads nothing of a repository whose lockfiles and manifests did not change', async () => {
    const reads: string[] = []
    const spied = (files: Files): Snapshot => {
      const snapshot = aSnapshot(files)
      const read = (path: string): Promise<FileRead> => {
        reads.push(path)
        return snapshot.read(path)
      }
      return { ...snapshot, read }
    }
    const files = aProject(one)
    const found = await diffProjects(spied(files), spied({ ...files, 'README.md': 'x' }), publicHosts())
    expect([found.projects, found.changes, reads]).toEqual([[], [], []])
  })

  it('prefers npm-shrinkwrap.json, as npm does, and notes a change to the file that npm ignores', async () => {
    const base = { ...aProject(one), 'npm-shrinkwrap.json': aPackageLock(one) }
    const head = { ...base, 'package-lock.json': aPackageLock(two) }
    const found = await diff(base, head)
    expect([found.projects, found.changes]).toEqual([[], []])
    expect(found.notes).toEqual(['package-lock.json changed; npm reads npm-shrinkwrap.json instead'])
  })

  it('compares with package-lock.json where npm-shrinkwrap.json takes its place', async () => {
    const found = await diff(aProject(one), { ...aProject(one), 'npm-shrinkwrap.json': aPackageLock(two) })
    expect(found.changes.map(({ lockfile, kind }) => [lockfile, kind])).toEqual([['npm-shrinkwrap.json', 'upgraded']])
  })

  it('notes a format upgrade that changes no package', async () => {
    const found = await diff(aProject({ ...one, lockfileVersion: 1 }), aProject(one))
    expect(found.changes).toEqual([])
    expect(found.notes).toEqual(["package-lock.json: the lockfile's format changed from 1 to 3; no package changed"])
  })

  it('compares a lockfile that moved with where it was', async () => {
    const found = await diff(aProject(one, 'old/'), aProject(two, 'new/'))
    expect(found.changes.map(({ lockfile, kind }) => [lockfile, kind])).toEqual([['new/package-lock.json', 'upgraded']])
    expect(found.notes).toEqual(['the lockfile moved from old/package-lock.json to new/package-lock.json'])
  })

  it('lists the packages of a lockfile that was removed with its project', async () => {
    const found = await diff({ ...aProject(one), ...aProject(one, 'x/') }, aProject(one))
    expect(found.projects.filter(({ folder }) => folder === 'x')).toEqual([
      {
        kind: 'project',
        folder: 'x',
        lockfileMissing: false,
        lockfileRemoved: 'x/package-lock.json',
        malformed: [],
        unmet: [],
      },
    ])
    expect(found.changes.map(({ lockfile, kind }) => [lockfile, kind])).toEqual([['x/package-lock.json', 'removed']])
    expect(found.notes).toEqual(['x/package-lock.json was removed'])
  })

  it('leaves out what the policy ignores, and notes that it changed', async () => {
    const ignores = (path: string): boolean => path.startsWith('fixtures/')
    const found = await diff(aProject(one, 'fixtures/'), aProject(two, 'fixtures/'), { ignores })
    expect([found.projects, found.changes]).toEqual([[], []])
    expect(found.notes).toEqual([
      'fixtures/package-lock.json changed; the policy ignores it',
      'fixtures/package.json changed; the policy ignores it',
    ])
  })

  it('hands on graphs and manifests of head for locating', async () => {
    const { head } = await diff(aProject(one), aProject(two))
    expect([...head.graphs.keys()]).toEqual(['package-lock.json'])
    expect([...head.manifests]).toEqual([['package.json', aManifest(two)]])
    expect([head.has('package.json'), head.has('gone')]).toEqual([true, false])
  })
})

describe('diffProjects on what it cannot read', () => {
  it.each([
    ['shrinkwrap.yaml', 'shrinkwrapVersion: 3\n'],
    ['pnpm-lock.yaml', "lockfileVersion: '99.0'\n"],
    ['yarn.lock', '__metadata:\n  version: 99\n'],
    ['package-lock.json', '{"lockfileVersion": 99}'],
    ['bun.lock', '{"lockfileVersion": 99}'],
    ['bun.lockb', 'x'],
  ])('says once that it cannot read this %s', async (file, text) => {
    const found = await diff({ [file]: text }, { [file]: `${text}\n` })
    expect(found.gaps.map(({ code, file: of }) => [code, of])).toEqual([['lockfile-unsupported', file]])
    expect((await diff({ [file]: text }, { [file]: text })).gaps).toEqual([])
  })

  it('says that the manager changed instead of calling all packages removed', async () => {
    const found = await diff(aProject(one), { 'package.json': aManifest(one), 'bun.lockb': 'x' })
    expect(found.changes).toEqual([])
    expect(found.notes).toEqual(['package-lock.json was removed; bun.lockb is now the lockfile of its folder'])
    expect(found.gaps.map(({ code }) => code)).toEqual(['lockfile-unsupported'])
  })

  it('gives a gap and a malformed entry for conflict markers, and no change', async () => {
    const text = `<<<<<<< HEAD\n${aPackageLock(one)}`
    const found = await diff(aProject(one), { ...aProject(one), 'package-lock.json': text })
    expect(found.changes).toEqual([])
    expect(found.gaps.map(({ code, detail }) => [code, detail])).toEqual([
      ['lockfile-unreadable', 'it has conflict markers, line 1'],
    ])
    expect(found.projects).toEqual([
      aProjectChange({
        malformed: [{ key: '', line: 1, reason: 'conflict-marker', seen: '<<<<<<< HEAD', read: false }],
      }),
    ])
  })

  it("judges all packages as added where base's lockfile cannot be read", async () => {
    const found = await diff({ ...aProject(one), 'package-lock.json': '{' }, aProject(one))
    expect(found.changes.map(({ kind }) => kind)).toEqual(['added'])
    expect(found.gaps.map(({ code, file }) => [code, file])).toEqual([['previous-unavailable', 'package-lock.json']])
  })

  it('says an entry that it had to leave out, once and only where it is new', async () => {
    const bad = { packages: { a: '1.0.0', b: { version: 7 } } }
    const line = aPackageLock(bad).split('\n').indexOf('    "node_modules/b": {') + 1
    const found = await diff(aProject(one), { ...aProject(one), 'package-lock.json': aPackageLock(bad) })
    expect(found.gaps.map(({ code, detail }) => [code, detail])).toEqual([
      ['entry-unreadable', `entry "node_modules/b", line ${line}: wrong-type`],
    ])
    const worse = aPackageLock({ packages: { ...bad.packages, c: '1.0.0' } })
    const again = await diff({ 'package-lock.json': aPackageLock(bad) }, { 'package-lock.json': worse })
    expect([again.gaps, again.projects[0]?.malformed]).toEqual([[], []])
  })

  it('gives one gap for each committed node_modules that changed', async () => {
    const base = { 'node_modules/a/package.json': '1', 'x/node_modules/b/package-lock.json': '1' }
    const head = {
      'node_modules/a/package.json': '2',
      'node_modules/a/i.js': '',
      'x/node_modules/b/package-lock.json': '2',
    }
    const found = await diff(base, head)
    expect(found.projects).toEqual([])
    expect(found.gaps.map(({ code, file, detail }) => [code, file, detail])).toEqual([
      ['repository-unreadable', 'node_modules', '2 committed files below node_modules changed and were not reviewed'],
      ['repository-unreadable', 'x/node_modules', '1 committed file below node_modules changed and was not reviewed'],
    ])
    expect((await diff(head, head)).gaps).toEqual([])
  })

  it.each<[string, FileRead]>([
    ['lockfile-unreadable', { kind: 'symlink', target: '/etc/passwd' }],
    ['lockfile-unreadable', { kind: 'absent' }],
    ['limit-reached', { kind: 'unreadable', gap: { code: 'limit-reached', fact: 'file', detail: 'too large' } }],
  ])('gives the gap %s for a lockfile that reads as %j', async (code, read) => {
    const head = aSnapshot(aProject(two))
    const lockless = {
      ...head,
      read: (path: string) => (path === 'package-lock.json' ? Promise.resolve(read) : head.read(path)),
    }
    const found = await diffProjects(aSnapshot(aProject(one)), lockless, publicHosts())
    expect(found.gaps.map((gap) => [gap.code, gap.file, gap.fact])).toEqual([[code, 'package-lock.json', 'lockfile']])
    expect(found.changes).toEqual([])
  })

  it('gives a gap for a manifest that it cannot read', async () => {
    const found = await diff(aProject(one), { ...aProject(one), 'package.json': '{\n"a": }' })
    expect(found.gaps.map(({ code, file, detail }) => [code, file, detail])).toEqual([
      ['repository-unreadable', 'package.json', 'the manifest is not JSON, line 2'],
    ])
  })
})

describe('diffProjects on lockfiles that are missing', () => {
  const manifest = aManifest(one)
  const missing = async (base: Files, head: Files): Promise<string[]> =>
    (await diff(base, head)).projects.filter(({ lockfileMissing }) => lockfileMissing).map(({ folder }) => folder)

  it('says a new manifest, new dependencies and a removed lockfile without one that covers them', async () => {
    expect(await missing({}, { 'x/package.json': manifest })).toEqual(['x'])
    expect(await missing({ 'package.json': '{}' }, { 'package.json': manifest })).toEqual([''])
    expect((await diff(aProject(one), { 'package.json': manifest })).projects).toEqual([
      {
        kind: 'project',
        folder: '',
        manifest: 'package.json',
        lockfileMissing: true,
        lockfileRemoved: 'package-lock.json',
        malformed: [],
        unmet: [],
      },
    ])
  })

  it('is silent where base was so already, and where nothing is asked for', async () => {
    const peers = JSON.stringify({ peerDependencies: { a: '1' } })
    expect(await missing({ 'package.json': manifest }, { 'package.json': aManifest(two) })).toEqual([])
    expect(await missing({}, { 'package.json': '{"dependencies": {}}', 'x/package.json': peers })).toEqual([])
  })

  it('takes a lockfile of any manager above for cover, and names only the topmost folder', async () => {
    expect(await missing({}, { 'yarn.lock': '', 'x/y/package.json': manifest })).toEqual([])
    expect(await missing({}, { 'x/package.json': manifest, 'x/y/package.json': manifest })).toEqual(['x'])
  })
})

describe('diffProjects on ranges that the lockfile does not meet', () => {
  /** What a project brings in that asks for `range` of `a` and locks `a` as given. */
  const unmetOf = async (
    range: string,
    a: PackageLockOptions['packages'] = { a: '1.0.0' },
    manifest: Record<string, unknown> = {},
  ): Promise<readonly UnmetRange[]> => {
    const head = {
      'package.json': JSON.stringify({ dependencies: { a: range }, ...manifest }),
      'package-lock.json': aPackageLock({ dependencies: { a: range }, packages: a ?? {} }),
    }
    const { projects } = await diff({}, head)
    return projects.flatMap(({ unmet }) => unmet)
  }
  const unmet = (overrides: Partial<UnmetRange> = {}): UnmetRange[] => [
    { manifest: 'package.json', name: 'a', range: '^2.0.0', kind: 'prod', locked: '1.0.0', ...overrides },
  ]
  const sha = 'd'.repeat(40)
  const git = { a: { version: '1.0.0', resolved: `git+ssh://git@github.com/o/r.git#${sha}`, integrity: undefined } }
  const alias = { a: { name: 'b', version: '1.0.0' } }

  it('says the range and what is locked instead', async () => {
    expect(await unmetOf('^2.0.0')).toEqual(unmet())
    expect(await unmetOf('^1.0.0', { b: '1.0.0' })).toEqual([
      { manifest: 'package.json', name: 'a', range: '^1.0.0', kind: 'prod' },
    ])
  })

  it.each(['^1.0.0', '*', '', 'latest', 'next', '1.x || 2.x', 'workspace:*', 'catalog:'])(
    'lets "%s" pass',
    async (range) => {
      expect(await unmetOf(range)).toEqual([])
    },
  )

  it.each(['npm:b@^1.0.0', 'npm:b@latest'])('lets the alias %s pass', async (range) => {
    expect(await unmetOf(range, alias)).toEqual([])
  })

  it('says an entry that is another package than the name or the alias asked for', async () => {
    expect(await unmetOf('^1.0.0', alias)).toEqual(unmet({ range: '^1.0.0' }))
    expect(await unmetOf('npm:c@^1.0.0', alias)).toEqual(unmet({ range: 'npm:c@^1.0.0' }))
    expect(await unmetOf('npm:b@^2.0.0', alias)).toEqual(unmet({ range: 'npm:b@^2.0.0' }))
  })

  it.each(['github:o/r', 'o/r#main', `git+https://github.com/O/r.git#${sha}`, 'o/r#semver:^1.0.0'])(
    'lets the git source %s pass',
    async (range) => {
      expect(await unmetOf(range, git)).toEqual([])
    },
  )

  it.each(['github:evil/r', `o/r#${'e'.repeat(40)}`, 'o/r#semver:^2.0.0', 'https://files.example/a.tgz', 'file:../a'])(
    'says that %s is not the git source that is locked',
    async (range) => {
      expect(await unmetOf(range, git)).toEqual(unmet({ range }))
    },
  )

  it('takes overrides and resolutions for an explanation only where they are met', async () => {
    expect(await unmetOf('^2.0.0', { a: '1.0.0' }, { overrides: { x: { a: '1.0.0' } } })).toEqual([])
    expect(await unmetOf('^2.0.0', { a: '1.0.0' }, { resolutions: { '**/a': '^1.0.0' } })).toEqual([])
    expect(await unmetOf('^2.0.0', { a: '1.0.0' }, { overrides: { a: { '.': '^1.0.0' } } })).toEqual([])
    expect(await unmetOf('^2.0.0', { a: '1.0.0' }, { overrides: { a: '3.0.0', b: '1.0.0' } })).toEqual(unmet())
  })

  it('asks neither for peers nor for optional packages that are absent', async () => {
    const optional = { dependencies: {}, peerDependencies: { p: '1' }, optionalDependencies: { o: '1' } }
    expect(await unmetOf('*', { a: '1.0.0' }, optional)).toEqual([])
    expect(await unmetOf('*', { o: '2.0.0' }, optional)).toEqual([
      { manifest: 'package.json', name: 'o', range: '1', kind: 'optional', locked: '2.0.0' },
    ])
  })

  it('leaves out what base did not meet already', async () => {
    const base = { 'package.json': '{"dependencies": {"a": "^2"}}', 'package-lock.json': aPackageLock(one) }
    const head = { ...base, 'package-lock.json': aPackageLock({ packages: { a: '1.0.0', b: '1.0.0' } }) }
    expect((await diff(base, head)).projects.flatMap(({ unmet: list }) => list)).toEqual([])
  })

  it('sees a manifest that changed alone', async () => {
    const head = { ...aProject(one), 'package.json': '{"devDependencies": {"a": "^2.0.0"}}' }
    expect((await diff(aProject(one), head)).projects).toEqual([aProjectChange({ unmet: unmet({ kind: 'dev' }) })])
  })

  it('judges workspaces, also one that the lockfile does not know', async () => {
    const lock = (version: string): string =>
      aPackageLock({
        dependencies: {},
        packages: {
          'packages/w': { name: 'w', version: '1.0.0', dependencies: { a: '^1.0.0' } },
          'node_modules/w': { resolved: 'packages/w', link: true },
          a: version,
        },
      })
    const base = {
      'package.json': '{"workspaces": ["packages/*", "!packages/skip"]}',
      'package-lock.json': lock('1.0.0'),
      'packages/w/package.json': '{"name": "w", "dependencies": {"a": "^1.0.0"}}',
    }
    const head = {
      ...base,
      'package-lock.json': lock('2.0.0'),
      'packages/new/package.json': '{"dependencies": {"b": "1"}}',
      'packages/skip/package.json': '{"dependencies": {"b": "1"}}',
    }
    expect((await diff(base, head)).projects.flatMap(({ unmet: list }) => list)).toEqual([
      { manifest: 'packages/w/package.json', name: 'a', range: '^1.0.0', kind: 'prod', locked: '2.0.0' },
      { manifest: 'packages/new/package.json', name: 'b', range: '1', kind: 'prod' },
    ])
  })

  it('believes the manifest, not what the lockfile says that it asks for', async () => {
    const head = {
      ...aProject(one),
      'package-lock.json': aPackageLock({ dependencies: { a: '*' }, packages: { a: '99.0.0' } }),
    }
    expect((await diff(aProject(one), head)).projects.flatMap(({ unmet: list }) => list)).toEqual(
      unmet({ range: '^1.0.0', locked: '99.0.0' }),
    )
  })
})

describe('diffProjects on lockfiles of several managers', () => {
  const written = (version: string): WrittenProject => ({
    dependencies: { a: '^1.0.0' },
    packages: { a: { version, dependencies: { b: '*' } }, b: { version: '1.0.0' } },
  })
  const filesOf = (format: WrittenFormat, version = '1.0.0', folder = ''): Files => ({
    [`${folder}package.json`]: writeManifest(written(version)),
    [`${folder}${lockfileNames[format]}`]: writeLockfile(format, written(version)),
  })
  const changesOf = ({ changes }: ProjectsDiff): unknown[] =>
    changes.map(({ lockfile, manager, kind, name }) => [lockfile, manager, kind, name])

  it('finds no change but the manager where the packages stay, and says it', async () => {
    const found = await diff(filesOf('npm 3'), filesOf('pnpm 9'))
    expect([found.changes, found.gaps]).toEqual([[], []])
    expect(found.notes).toEqual([
      'package-lock.json was removed; pnpm-lock.yaml is now the lockfile of its folder',
      'the package manager changed from npm (package-lock.json) to pnpm (pnpm-lock.yaml); no package changed',
    ])
  })

  it('compares the new manager’s lockfile with the old one’s', async () => {
    const found = await diff(filesOf('yarn 1'), filesOf('bun', '1.1.0'))
    expect(changesOf(found)).toEqual([['bun.lock', 'bun', 'upgraded', 'a']])
    expect(found.notes).toContain('the package manager changed from Yarn 1 (yarn.lock) to Bun (bun.lock)')
    expect(found.projects.map(({ lockfile }) => lockfile)).toEqual([{ file: 'bun.lock', manager: 'bun' }])
  })

  it('tells the two Yarns apart, which share a file', async () => {
    const found = await diff(filesOf('yarn 1'), filesOf('berry'))
    expect(found.changes).toEqual([])
    expect(found.notes).toEqual([
      'the package manager changed from Yarn 1 (yarn.lock) to Yarn (yarn.lock); no package changed',
    ])
    expect(found.projects.map(({ lockfile }) => lockfile)).toEqual([{ file: 'yarn.lock', manager: 'yarn-berry' }])
  })

  it('compares a second manager’s new lockfile with the one that was there, and says that there are two', async () => {
    const found = await diff(filesOf('npm 3'), { ...filesOf('npm 3'), ...filesOf('pnpm 6', '1.1.0') })
    expect(changesOf(found)).toEqual([['pnpm-lock.yaml', 'pnpm', 'upgraded', 'a']])
    expect(found.notes).toEqual([
      'the root of the repository has lockfiles of several managers (package-lock.json, pnpm-lock.yaml); which one counts depends on who installs',
      'pnpm-lock.yaml of pnpm is new and was compared with package-lock.json',
      'pnpm-lock.yaml: 1 direct dependency moved inside the range of manifests that did not change',
    ])
  })

  it('diffs each of several lockfiles in a folder with its own past', async () => {
    const base = { ...filesOf('npm 3'), ...filesOf('yarn 1') }
    const found = await diff(base, { ...filesOf('npm 3', '1.1.0'), ...filesOf('yarn 1', '1.2.0') })
    expect(found.changes.map(({ lockfile, after }) => [lockfile, after?.version])).toEqual([
      ['package-lock.json', '1.1.0'],
      ['yarn.lock', '1.2.0'],
    ])
  })

  it('lists as removed what a lockfile held that vanished beside another one', async () => {
    const found = await diff({ ...filesOf('npm 3'), ...filesOf('pnpm 9') }, filesOf('pnpm 9'))
    expect(changesOf(found)).toEqual([
      ['package-lock.json', 'npm', 'removed', 'a'],
      ['package-lock.json', 'npm', 'removed', 'b'],
    ])
    expect(found.notes).toEqual(['package-lock.json was removed; pnpm-lock.yaml is now the lockfile of its folder'])
  })

  it('does not let a foreign host in with a change of the manager', async () => {
    const elsewhere = {
      ...written('1.0.0').packages.a,
      version: '1.0.0',
      resolved: 'https://npm.evil.example/a/-/a-1.0.0.tgz',
    }
    const head = { ...written('1.0.0'), packages: { ...written('1.0.0').packages, a: elsewhere } }
    const found = await diff(filesOf('pnpm 9'), {
      'package.json': writeManifest(head),
      'package-lock.json': writeLockfile('npm 3', head),
    })
    expect(changesOf(found)).toEqual([['package-lock.json', 'npm', 'resourced', 'a']])
  })

  it('does not let a hash go with a change of the manager, unless the new one knows none', async () => {
    const bare = { version: '1.0.0', integrity: undefined, dependencies: { b: '*' } }
    const head = { ...written('1.0.0'), packages: { ...written('1.0.0').packages, a: bare } }
    const found = await diff(filesOf('npm 3'), {
      'package.json': writeManifest(head),
      'pnpm-lock.yaml': writeLockfile('pnpm 9', head),
    })
    expect(changesOf(found)).toEqual([['pnpm-lock.yaml', 'pnpm', 'replaced', 'a']])
    expect(changesOf(await diff(filesOf('npm 3'), filesOf('berry')))).toEqual([])
  })

  it('says of Bun that it reads bun.lock beside bun.lockb', async () => {
    const base = { ...filesOf('bun'), 'bun.lockb': 'x' }
    const found = await diff(base, { ...base, 'bun.lockb': 'y' })
    expect([found.changes, found.gaps]).toEqual([[], []])
    expect(found.notes).toEqual(['bun.lockb changed; Bun reads bun.lock instead'])
  })

  it('follows each of several lockfiles that moved: by bytes, by the name of the folder, or as the only one', async () => {
    const base = {
      ...filesOf('npm 3', '1.0.0', 'old/x/'),
      ...filesOf('npm 3', '1.0.1', 'old/y/'),
      ...filesOf('yarn 1', '1.0.0', 'old/z/'),
    }
    const head = {
      ...filesOf('npm 3', '1.0.0', 'new/same/'),
      ...filesOf('npm 3', '1.0.2', 'new/y/'),
      ...filesOf('yarn 1', '1.0.3', 'new/only/'),
    }
    const found = await diff(base, head)
    expect(found.changes.map(({ lockfile, before, after }) => [lockfile, before?.version, after?.version])).toEqual([
      ['new/only/yarn.lock', '1.0.0', '1.0.3'],
      ['new/y/package-lock.json', '1.0.1', '1.0.2'],
    ])
  })

  it('judges two lockfiles that could have moved to two places as removed and added', async () => {
    const base = { ...filesOf('npm 3', '1.0.0', 'old/p/'), ...filesOf('npm 3', '1.0.1', 'old/q/') }
    const head = { ...filesOf('npm 3', '1.0.2', 'new/r/'), ...filesOf('npm 3', '1.0.3', 'new/s/') }
    const kinds = new Set((await diff(base, head)).changes.map(({ kind }) => kind))
    expect([...kinds].sort()).toEqual(['added', 'removed'])
  })

  it('reads the workspaces of Yarn 1 for what the lockfile does not say', async () => {
    const locked = { dependencies: { a: '^1.0.0' }, packages: written('1.0.0').packages }
    const files = (version: string): Files => ({
      'package.json': JSON.stringify({ private: true, workspaces: ['packages/*'] }),
      'packages/w/package.json': JSON.stringify({ name: 'w', dependencies: { a: '^1.0.0', v: '^2.0.0' } }),
      'packages/v/package.json': JSON.stringify({ name: 'v', version: '2.0.0' }),
      'yarn.lock': writeLockfile('yarn 1', { ...locked, packages: written(version).packages }),
    })
    const found = await diff(files('1.0.0'), files('1.1.0'))
    expect(found.changes.map(({ name, direct, paths, orphaned }) => [name, direct, paths, orphaned])).toEqual([
      ['a', true, [['a']], undefined],
    ])
    expect(found.projects.flatMap(({ unmet: list }) => list)).toEqual([])
  })

  it('takes pnpm’s workspaces and overrides from pnpm-workspace.yaml, and says when it cannot', async () => {
    const head = {
      ...filesOf('pnpm 9', '3.0.0'),
      'pnpm-workspace.yaml': 'packages:\n  - packages/*\noverrides:\n  a: 3.0.0\n',
      'packages/w/package.json': '{"dependencies": {"b": "1"}}',
    }
    const found = await diff(filesOf('pnpm 9'), head)
    expect(found.projects.flatMap(({ unmet: list }) => list)).toEqual([
      { manifest: 'packages/w/package.json', name: 'b', range: '1', kind: 'prod' },
    ])
    const odd = await diff(head, { ...head, 'pnpm-workspace.yaml': 'packages: *all\n' })
    expect(odd.gaps.map(({ code, file }) => [code, file])).toEqual([['repository-unreadable', 'pnpm-workspace.yaml']])
  })

  it('takes each manager’s own spelling of a range for met, and another repository for unmet', async () => {
    const unmetOf = async (format: WrittenFormat, range: string, resolved?: string): Promise<number> => {
      const of: WrittenProject = {
        dependencies: { a: range },
        packages: { a: { version: '1.0.0', ...(resolved && { resolved }) } },
      }
      const head = { 'package.json': writeManifest(of), [lockfileNames[format]]: writeLockfile(format, of) }
      return (await diff({}, head)).projects.flatMap(({ unmet: list }) => list).length
    }
    const archive = `https://codeload.github.com/o/r/tar.gz/${'d'.repeat(40)}`
    expect(await unmetOf('berry', 'npm:^1.0.0')).toBe(0)
    expect(await unmetOf('berry', 'npm:^2.0.0')).toBe(1)
    expect(await unmetOf('berry', 'condition:FLAG ? ^1 : ^2')).toBe(0)
    expect(await unmetOf('npm 3', 'condition:FLAG ? ^1 : ^2')).toBe(1)
    expect(await unmetOf('yarn 1', 'o/r#main', archive)).toBe(0)
    expect(await unmetOf('yarn 1', 'evil/r#main', archive)).toBe(1)
  })
})

describe('diffProjects on who asks for what changed', () => {
  const asking = (range: string, version: string, more: Files = {}): Files => ({
    'package.json': JSON.stringify({ dependencies: { a: range } }),
    'package-lock.json': aPackageLock({
      dependencies: { a: range },
      packages: { a: { version, dependencies: { b: '*' } }, b: '1.0.0' },
    }),
    ...more,
  })
  const askedOf = async (base: Files, head: Files): Promise<unknown[]> =>
    (await diff(base, head)).changes.map(({ name, asked, manifestsChanged }) => [name, asked, manifestsChanged])
  const asked = (overrides: Partial<DirectRequirement> = {}): DirectRequirement => ({
    manifest: 'package.json',
    name: 'a',
    range: '^1.0.0',
    rangeBefore: '^1.0.0',
    kind: 'prod',
    fit: 'inside',
    ...overrides,
  })

  it('says the manifest, its range and that nothing but the lockfile changed, and notes it', async () => {
    const [base, head] = [asking('^1.0.0', '1.0.0'), asking('^1.0.0', '1.1.0')]
    expect(await askedOf(base, head)).toEqual([['a', [asked()], false]])
    expect((await diff(base, head)).notes).toEqual([
      'package-lock.json: 1 direct dependency moved inside the range of manifests that did not change',
    ])
  })

  it('says what base asked for where the manifest changed, and notes nothing', async () => {
    const [base, head] = [asking('1.0.0', '1.0.0'), asking('^1.0.0', '1.1.0')]
    expect(await askedOf(base, head)).toEqual([['a', [asked({ rangeBefore: '1.0.0' })], true]])
    expect((await diff(base, head)).notes).toEqual([])
  })

  it.each<[string, string, DirectRequirement['fit']]>([
    ['^1.0.0', '2.0.0', 'outside'],
    ['latest', '1.1.0', 'no-range'],
    ['o/r#main', '1.1.0', 'no-range'],
    ['catalog:', '1.1.0', 'elsewhere'],
    ['npm:a@^1.0.0', '1.1.0', 'inside'],
  ])('tells of %s that %s is %s', async (range, version, fit) => {
    expect(await askedOf(asking(range, '1.0.0'), asking(range, version))).toEqual([
      ['a', [asked({ range, rangeBefore: range, fit })], false],
    ])
  })

  it('lists no one where only the lockfile says that a dependency is direct', async () => {
    const head = { ...asking('^1.0.0', '1.1.0'), 'package.json': '{}' }
    expect(await askedOf({ ...asking('^1.0.0', '1.0.0'), 'package.json': '{}' }, head)).toEqual([['a', [], false]])
    const { 'package.json': _, ...alone } = asking('^1.0.0', '1.1.0')
    expect(await askedOf(asking('^1.0.0', '1.0.0'), alone)).toEqual([['a', undefined, undefined]])
  })

  it('says nothing of it for what other packages ask for, or what was removed', async () => {
    const head = {
      ...asking('^1.0.0', '1.0.0'),
      'package-lock.json': aPackageLock({ dependencies: {}, packages: { b: '2.0.0' } }),
    }
    expect(await askedOf(asking('^1.0.0', '1.0.0'), head)).toEqual([
      ['a', undefined, undefined],
      ['b', undefined, undefined],
    ])
  })

  it('lists what a manifest made loose though the lockfile stayed, with what it depends on', async () => {
    const base = asking('1.0.0', '1.0.0')
    const { projects } = await diff(base, { ...base, 'package.json': '{"dependencies": {"a": "^1.0.0"}}' })
    expect(projects.map(({ loosened }) => loosened)).toEqual([
      [{ manifest: 'package.json', name: 'a', range: '^1.0.0', package: 'a', version: '1.0.0', dependsOn: ['b'] }],
    ])
    const loose = asking('~1.0.0', '1.0.0')
    const again = await diff(loose, { ...loose, 'package.json': '{"dependencies": {"a": "^1.0.0"}}' })
    expect(again.projects.map(({ loosened }) => loosened)).toEqual([undefined])
  })

  it("lists no loose requirement of the repository's own packages, which have no versions to choose from", async () => {
    const lock = aPackageLock({
      workspaces: ['packages/*'],
      packages: { 'node_modules/a': { resolved: 'packages/a', link: true }, 'packages/a': { version: '1.0.0' } },
    })
    const { projects } = await diff(
      {},
      {
        'package.json': '{"workspaces": ["packages/*"], "dependencies": {"a": "*"}}',
        'packages/a/package.json': '{"name": "a", "version": "1.0.0"}',
        'package-lock.json': lock,
      },
    )
    expect(projects.map(({ loosened }) => loosened)).toEqual([undefined])
  })

  it('marks what nothing leads to, unless base was so', async () => {
    const orphaned = async (base: Files, head: Files): Promise<unknown[]> =>
      (await diff(base, head)).changes.map(({ name, orphaned: is }) => [name, is])
    const stray = (version: string): Files => ({
      ...asking('^1.0.0', '1.0.0'),
      'package-lock.json': aPackageLock({ dependencies: { a: '^1.0.0' }, packages: { a: '1.0.0', stray: version } }),
    })
    const without = {
      ...asking('^1.0.0', '1.0.0'),
      'package-lock.json': aPackageLock({ dependencies: { a: '^1.0.0' }, packages: { a: '1.0.0' } }),
    }
    expect(await orphaned(without, stray('1.0.0'))).toEqual([['stray', true]])
    expect(await orphaned(stray('1.0.0'), stray('1.1.0'))).toEqual([['stray', undefined]])
  })
})
