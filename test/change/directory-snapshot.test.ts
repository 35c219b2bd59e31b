import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { openDirectorySnapshot } from '../../src/change/directory-snapshot.js'
import { maxRepositoryFileBytes } from '../../src/limits.js'

const folders: string[] = []

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function aDirectory(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-directory-'))
  folders.push(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

const gitId = (content: string): string =>
  execFileSync('git', ['hash-object', '--stdin'], { input: content }).toString().trim()

describe('openDirectorySnapshot', () => {
  it('lists files and links by path, with the ids that git would give them, and states where it is', async () => {
    const folder = aDirectory({ 'z/package.json': '{}\n', a: '', 'ünï "x"\ny': '1' })
    symlinkSync('../outside', join(folder, 'link'))
    const snapshot = await openDirectorySnapshot(folder)

    expect(snapshot.origin).toEqual({ kind: 'directory', path: folder })
    expect(await snapshot.list()).toEqual({
      entries: [
        { path: 'a', kind: 'file', id: gitId('') },
        { path: 'link', kind: 'symlink', id: gitId('../outside') },
        { path: 'z/package.json', kind: 'file', id: gitId('{}\n') },
        { path: 'ünï "x"\ny', kind: 'file', id: gitId('1') },
      ],
      gaps: [],
    })
  })

  it('leaves .git and installed packages out at every depth, and reads nothing there', async () => {
    const folder = aDirectory({
      a: '1',
      '.git/config': 'x',
      'node_modules/p/package.json': '{}',
      'w/node_modules/q': '',
      'w/.git': 'gitdir: ..',
    })
    const snapshot = await openDirectorySnapshot(folder)

    expect((await snapshot.list()).entries.map(({ path }) => path)).toEqual(['a'])
    for (const path of ['.git/config', 'node_modules/p/package.json', 'w/node_modules/q', 'w/.git']) {
      expect(await snapshot.read(path)).toEqual({ kind: 'absent' })
    }
  })

  it('reads files and the targets of links, and nothing outside', async () => {
    const outside = aDirectory({ secret: 's' })
    const folder = aDirectory({ 'd/a': 'text' })
    symlinkSync(outside, join(folder, 'out'))
    symlinkSync(join(outside, 'secret'), join(folder, 'file-out'))
    const snapshot = await openDirectorySnapshot(folder)

    expect(await snapshot.read('d/a')).toEqual({ kind: 'file', bytes: Buffer.from('text') })
    expect(await snapshot.read('file-out')).toEqual({ kind: 'symlink', target: join(outside, 'secret') })
    for (const path of ['out/secret', '../secret', 'd/../d/a', join(outside, 'secret'), 'd', 'nothing', 'd/a/b', '']) {
      expect(await snapshot.read(path)).toEqual({ kind: 'absent' })
    }
    expect((await snapshot.list()).entries.map(({ path }) => path)).toEqual(['d/a', 'file-out', 'out'])
  })

  it('does not read a file above the limit', async () => {
    const folder = aDirectory({ huge: '' })
    truncateSync(join(folder, 'huge'), maxRepositoryFileBytes + 1)
    const snapshot = await openDirectorySnapshot(folder)

    expect(await snapshot.read('huge')).toMatchObject({
      kind: 'unreadable',
      gap: { code: 'limit-reached', file: 'huge' },
    })
  })

  it('does not wait for a named pipe', async () => {
    const folder = aDirectory({ a: '1' })
    execFileSync('mkfifo', [join(folder, 'package-lock.json')])
    const snapshot = await openDirectorySnapshot(folder)

    expect((await snapshot.list()).entries.map(({ path }) => path)).toEqual(['a'])
    expect(await snapshot.read('package-lock.json')).toMatchObject({
      kind: 'unreadable',
      gap: { code: 'repository-unreadable', file: 'package-lock.json' },
    })
  })

  it('rejects when there is no such directory, and when its caller has given up', async () => {
    const folder = aDirectory({ a: '1' })
    const snapshot = await openDirectorySnapshot(folder)

    await expect(openDirectorySnapshot(join(folder, 'missing'))).rejects.toThrow()
    await expect(openDirectorySnapshot(join(folder, 'a'))).rejects.toThrow('is not a directory')
    await expect(snapshot.list(AbortSignal.abort())).rejects.toThrow()
  })
})
