import { describe, expect, it } from '@jest/globals'
import type { Snapshot } from '../../../src/change/snapshot.js'
import { maxPostureBytes } from '../../../src/limits.js'
import type { PostureReader } from '../../../src/repository/posture/posture-reader.js'
import { type PostureOptions, readPosture } from '../../../src/repository/posture/read-posture.js'
import { aSnapshot } from '../../builders/memory-snapshot.js'

/** A line `pack` is an SBOM component; `broken` is a mistake. */
const sboms: PostureReader = {
  matches: (path) => path.endsWith('.sbom'),
  read: (file, text) => ({
    sboms: [{ file, format: 'spdx', components: new Set(text.split('\n')) }],
    ...(text.includes('broken') && { broken: 2 }),
  }),
  maxBytes: 40,
}
const settings: PostureReader = {
  matches: (path) => path.endsWith('.npmrc'),
  read: (file) => ({ settings: [{ file, format: 'npmrc', values: { kind: 'object', line: 1, members: new Map() } }] }),
  explains: true,
}
const options = (over: Partial<PostureOptions> = {}): PostureOptions => ({
  ignores: () => false,
  readers: [settings, sboms],
  ...over,
})

describe('readPosture', () => {
  it('reads of a change only what it touches, on both sides, and the settings at and above these', async () => {
    const base = aSnapshot({ '.npmrc': 'a', 'web/.npmrc': 'b', 'api/.npmrc': 'c', 'web/x.sbom': '1', 'y.sbom': '1' })
    const head = aSnapshot({ '.npmrc': 'a', 'web/.npmrc': 'b', 'api/.npmrc': 'c', 'web/x.sbom': '2', 'y.sbom': '1' })
    const { change, notes } = await readPosture(base, head, options())

    expect(change.before?.sboms).toEqual([{ file: 'web/x.sbom', format: 'spdx', components: new Set(['1']) }])
    expect(change.after.sboms).toEqual([{ file: 'web/x.sbom', format: 'spdx', components: new Set(['2']) }])
    expect(change.after.settings.map(({ file }) => file)).toEqual(['.npmrc', 'web/.npmrc'])
    expect([...change.changed]).toEqual(['web/x.sbom'])
    expect({ gaps: change.gaps, notes }).toEqual({ gaps: [], notes: [] })
  })

  it('reads nothing where no such file changed', async () => {
    const head = aSnapshot({ '.npmrc': 'a', 'x.js': '2' })
    const { change } = await readPosture(aSnapshot({ '.npmrc': 'a' }), head, options())

    expect(change.after.settings).toEqual([])
  })

  it('reads all of a state that is held against none', async () => {
    const { change } = await readPosture(undefined, aSnapshot({ '.npmrc': 'a', 'web/x.sbom': '1' }), options())

    expect(change.before).toBeUndefined()
    expect([...change.changed]).toEqual(['.npmrc', 'web/x.sbom'])
    expect(change.after.settings).toHaveLength(1)
  })

  it('tells what it could not read, which hides something of head and makes base’s new', async () => {
    const base = aSnapshot({ 'x.sbom': '\nbroken', 'y.sbom': 'short' })
    const head = aSnapshot({ 'x.sbom': '1\nbroken', 'y.sbom': 'x'.repeat(41) })
    const { change } = await readPosture(base, head, options())

    expect(change.gaps).toEqual([
      {
        code: 'repository-unreadable',
        file: 'x.sbom',
        fact: 'repository',
        detail: 'it cannot be read to its end, line 2',
      },
      {
        code: 'limit-reached',
        file: 'y.sbom',
        fact: 'repository',
        detail: '41 bytes, at most 40 are read of such a file',
      },
      {
        code: 'previous-unavailable',
        file: 'x.sbom',
        fact: 'repository',
        detail: "base's file: it cannot be read to its end, line 2; what head has there is judged as new",
      },
    ])
  })

  it('leaves out the last ones beyond the limit of files, and says so', async () => {
    const head = aSnapshot({ 'a/b.sbom': '1', 'z.sbom': '2', '.npmrc': '' })
    const { change } = await readPosture(undefined, head, options({ maxFiles: 2 }))

    expect(change.after.sboms.map(({ file }) => file)).toEqual(['z.sbom'])
    expect(change.gaps).toEqual([
      {
        code: 'limit-reached',
        fact: 'repository',
        detail: '1 more files that run or configure something were not read',
      },
    ])
  })

  it('opens what a path makes likely only where its beginning does too', async () => {
    const likely = { ...sboms, opens: (start: string) => start.startsWith('list') }
    const head = aSnapshot({ 'x.sbom': 'x'.repeat(41), 'y.sbom': 'list' })
    const { change } = await readPosture(undefined, head, options({ readers: [likely] }))

    expect(change.after.sboms.map(({ file }) => file)).toEqual(['y.sbom'])
    expect(change.gaps).toEqual([])
  })

  it('reads no more of one state than a limit of bytes, and says so', async () => {
    const large = { ...sboms, maxBytes: maxPostureBytes }
    const head = aSnapshot({ 'x.sbom': 'x'.repeat(maxPostureBytes), 'y.sbom': '1' })
    const { change } = await readPosture(undefined, head, options({ readers: [large] }))

    expect(change.after.sboms.map(({ file }) => file)).toEqual(['x.sbom'])
    expect(change.gaps.map(({ code }) => code)).toEqual(['limit-reached'])
  })

  it('knows what the lockfile has that a command depends on, in the nearest folder', async () => {
    const workflow = [
      'jobs:',
      '  a:',
      '    steps:',
      '      - run: npx a',
      '      - run: yarn',
      '        working-directory: web/app',
    ].join('\n')
    const head = aSnapshot({
      '.github/workflows/x.yml': workflow,
      'package-lock.json': JSON.stringify({
        name: 'own',
        lockfileVersion: 3,
        packages: { '': { name: 'own' }, 'node_modules/a': { version: '1.0.0' } },
      }),
      'web/yarn.lock': '# yarn lockfile v1\n\n\nb@^1:\n  version "1.0.0"\n',
      'other/package-lock.json': '{}',
    })
    const { change } = await readPosture(undefined, head, { ignores: () => false })

    expect(change.locked).toEqual([
      { lockfile: 'package-lock.json', folder: '', manager: 'npm', names: new Set(['a', 'own']) },
      { lockfile: 'web/yarn.lock', folder: 'web', manager: 'yarn', names: new Set(['b']) },
    ])
  })

  it('takes base’s word for whose repository it is', async () => {
    const manifest = (url: string): string => JSON.stringify({ repository: { url } })
    const base = aSnapshot({ 'package.json': manifest('git+https://github.com/Acme/app.git') })
    const head = aSnapshot({ 'package.json': manifest('github:other/app'), '.github/workflows/x.yml': 'jobs: {}' })

    expect((await readPosture(base, head, { ignores: () => false })).change.owner).toBe('acme')
    expect((await readPosture(undefined, head, { ignores: () => false })).change.owner).toBe('other')
  })

  it('takes the host’s word for whose repository it is before that of any file', async () => {
    const head = aSnapshot({
      'package.json': '{ "repository": "github:other/app" }',
      '.github/workflows/x.yml': 'jobs: {}',
    })
    const hosted = { ...head, owner: 'Acme' }

    expect((await readPosture(undefined, hosted, { ignores: () => false })).change.owner).toBe('acme')
  })

  it('only notes what the policy ignores, and leaves out what an installer filled', async () => {
    const head = aSnapshot({ 'fixtures/x.sbom': '1', 'node_modules/a/.npmrc': '' })
    const ignores = (path: string): boolean => path.startsWith('fixtures/')
    const { change, notes } = await readPosture(aSnapshot({}), head, options({ ignores }))

    expect([...change.changed]).toEqual([])
    expect(notes).toEqual(['fixtures/x.sbom changed; the policy ignores it'])
  })

  it('follows symbolic links to a file that has no telling name, and no circle of them', async () => {
    const head = withLinks(aSnapshot({ 'lib/list.txt': '1' }), {
      'x.sbom': 'lib/link',
      'lib/link': 'list.txt',
      'y.sbom': 'circle',
      circle: 'circle',
    })
    const { change } = await readPosture(undefined, head, options())

    expect(change.after.sboms).toEqual([{ file: 'lib/list.txt', format: 'spdx', components: new Set(['1']) }])
  })

  it('reads what a new link puts under a telling name, though it stood under another one before', async () => {
    const base = aSnapshot({ 'old/a.sbom': '1' })
    const head = withLinks(base, { 'a.sbom': 'old/a.sbom' })
    const [{ change }, audited] = [
      await readPosture(base, head, options()),
      await readPosture(undefined, head, options()),
    ]

    const once = [{ file: 'old/a.sbom', format: 'spdx', components: new Set(['1']) }]
    expect([change.after.sboms, audited.change.after.sboms]).toEqual([once, once])
  })

  it('says where links are too many to follow', async () => {
    const links = Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name, at) => [name, 'bcdefg'[at] ?? '']))
    const head = withLinks(aSnapshot({ g: '1' }), { 'x.sbom': 'a', ...links })
    const { change } = await readPosture(undefined, head, options())

    expect(change.gaps).toMatchObject([{ code: 'limit-reached', file: 'x.sbom' }])
  })
})

function withLinks(snapshot: Snapshot, links: Readonly<Record<string, string>>): Snapshot {
  return {
    ...snapshot,
    list: async (signal) => {
      const { entries, gaps } = await snapshot.list(signal)
      const added = Object.keys(links).map((path) => ({ path, kind: 'symlink' as const, id: path }))
      return { entries: [...entries, ...added], gaps }
    },
    read: async (path, signal) => {
      const target = links[path]
      return target === undefined ? snapshot.read(path, signal) : { kind: 'symlink', target }
    },
  }
}
