import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { maxRepositoryFileBytes } from '../../src/limits.js'
import { aGitRepository } from '../builders/git-repository.js'
import { aManifest, aPackageLock } from '../builders/lockfile.js'
import { sriOf } from '../builders/registry.js'
import { buildTarball } from '../builders/tarball.js'
import { startRegistry } from '../emulator/registry.js'
import { inFolder, run } from './run.js'

const dirs = ['review', '--base-dir', 'base', '--head-dir', 'head'] as const

/** Reviews `head`'s package-lock.json against an empty project, asking no registry. */
const reviewLockfile = (text: string | Buffer) =>
  inFolder(
    { 'base/package.json': '{}', 'head/package.json': '{}', 'head/package-lock.json': text },
    async (folder) => await run(folder, [...dirs, '--offline']),
  )

/** Reviews a pull request that adds left-pad 1.0.0, which a registry on loopback serves as `tarball`. */
async function reviewTarball(tarball: Buffer) {
  const packages = { 'left-pad': { version: '1.0.0', integrity: sriOf('sha512', tarball) } }
  const server = await startRegistry({ packages: { 'left-pad': { versions: { '1.0.0': { tarball } } } } })
  const files = {
    'base/package.json': '{}',
    'head/package.json': aManifest({ packages }),
    'head/package-lock.json': aPackageLock({ packages }),
  }
  try {
    return await inFolder(files, async (folder) => await run(folder, [...dirs, '--registry', server.url]))
  } finally {
    await server.close()
  }
}

const aTarball = (version = '1.0.0') =>
  buildTarball({ 'package.json': JSON.stringify({ name: 'left-pad', version }), 'index.js': 'x'.repeat(4_000) })

describe('lockwarden review of a lockfile that is none', () => {
  it('names the line where a lockfile stops being JSON', async () => {
    const { code, out } = await reviewLockfile('{\n  "lockfileVersion": 3,\n  "packages": {\n    "a" {}\n')

    expect(code).toBe(2)
    expect(out).toContain('lockfile-unreadable  package-lock.json: it is not JSON, line 4')
  })

  it('does not read a lockfile above the limit, and says so', async () => {
    const { code, out } = await reviewLockfile(Buffer.alloc(maxRepositoryFileBytes + 1, ' '))

    expect(code).toBe(2)
    expect(out).toContain(`package-lock.json: ${maxRepositoryFileBytes + 1} bytes, more than ${maxRepositoryFileBytes}`)
  })
})

describe('lockwarden review of a tarball that is none', () => {
  it('does not take a tarball that ends early for a package', async () => {
    const tarball = await aTarball()
    const { code, out } = await reviewTarball(tarball.subarray(0, tarball.length - 40))

    expect(code).toBe(2)
    expect(out).toContain('tarball-invalid  left-pad@1.0.0: bad gzip')
  })

  it('stops at a gzip bomb and flags it', async () => {
    const { code, out } = await reviewTarball(gzipSync(Buffer.alloc(32 * 1024 * 1024)))

    expect(code).toBe(1)
    expect(out).toContain('HIGH  left-pad 1.0.0: unsafe tarball')
    expect(out).toContain('maxUnpackRatio')
  })

  it('flags a name that the registry does not know', async () => {
    const packages = { 'left-pad': '1.0.0' }
    const server = await startRegistry()
    const files = { 'base/package.json': '{}', 'head/package.json': aManifest({ packages }) }
    const { code, out } = await inFolder(
      { ...files, 'head/package-lock.json': aPackageLock({ packages }) },
      async (folder) => await run(folder, [...dirs, '--registry', server.url]),
    )
    await server.close()

    expect(code).toBe(1)
    expect(out).toContain('left-pad 1.0.0 has no scope, and the registry does not know the name')
  })
})

describe('lockwarden review of a repository', () => {
  const review = async (files: Readonly<Record<string, string>>) =>
    await inFolder({ 'base/README.md': '', 'head/README.md': '', ...files }, async (folder) => {
      const { code, out } = await run(folder, [...dirs, '--offline'])
      return [code, out]
    })

  it('finds nothing where there is no package at all', async () => {
    expect(await review({})).toEqual([
      0,
      'CLEAR  no package changed, and nothing was found\n\n0 changed, 0 analysed, 0 unverified\n',
    ])
  })

  it('flags a lockfile that was removed, and a manifest that never had one', async () => {
    const removed = await review({
      'base/package.json': aManifest(),
      'base/package-lock.json': aPackageLock(),
      'head/package.json': aManifest(),
    })
    const never = await review({ 'head/package.json': aManifest() })

    expect(removed).toEqual([1, expect.stringContaining('removed: package-lock.json')])
    expect(never).toEqual([1, expect.stringContaining('declares dependencies and no lockfile')])
  })

  it('takes every package of a lockfile that is new for an added one', async () => {
    const [code, out] = await review({
      'base/package.json': aManifest(),
      'head/package.json': aManifest(),
      'head/package-lock.json': aPackageLock(),
    })

    expect(code).toBe(2)
    expect(out).toContain('1 changed, 0 analysed, 1 unverified')
  })

  it('reads lockfiles in folders of any name, and lets none of them write to the terminal', async () => {
    const folders = ['a b', 'new\nline', 'quo"te', 'ünï', '-dash', '\u001b[31mred']
    const repository = aGitRepository()
    const commit = (packages: Readonly<Record<string, string>>) =>
      repository.commit(
        Object.fromEntries(folders.map((folder) => [`${folder}/package-lock.json`, aPackageLock({ packages })])),
      )
    commit({})
    repository.git('checkout', '--quiet', '-b', 'upgrade')
    commit({ 'left-pad': '1.0.0' })
    const { code, out } = await run(repository.directory, ['review', '--offline', '--format', 'json'])
    const terminal = await run(repository.directory, ['review', '--offline'])
    repository.remove()

    expect(code).toBe(2)
    expect(
      JSON.parse(out)
        .changes.map(({ lockfile }: { lockfile: string }) => lockfile)
        .sort(),
    ).toEqual(folders.map((folder) => `${folder}/package-lock.json`).sort())
    expect(terminal.out).not.toContain('\u001b')
  })
})

describe('lockwarden review of a clone that lacks what it needs', () => {
  it('exits 3 and says what to do in a repository without a commit, for an unknown base, and in a shallow clone', async () => {
    const repository = aGitRepository()
    const messages = [await run(repository.directory, ['review'])]
    repository.commit({ 'package.json': '{}' })
    messages.push(await run(repository.directory, ['review', '--base', 'nowhere']))
    repository.git('checkout', '--quiet', '-b', 'upgrade')
    repository.commit({ 'README.md': 'more' })
    repository.git('checkout', '--quiet', 'main')
    repository.commit({ 'LICENSE.txt': 'more' })
    const clone = join(repository.directory, 'clone')
    repository.git('clone', '--quiet', '--depth', '1', '--no-single-branch', `file://${repository.directory}`, clone)
    messages.push(await run(clone, ['review', '--base', 'origin/main', '--head', 'origin/upgrade']))
    rmSync(clone, { recursive: true })
    repository.remove()

    expect(messages.map(({ code, out }) => [code, out])).toEqual([
      [3, ''],
      [3, ''],
      [3, ''],
    ])
    expect(messages.map(({ err }) => err)).toEqual([
      'lockwarden: no default branch was found (origin/HEAD, main or master); name the base with --base\n',
      'lockwarden: nowhere is not a commit of this clone; fetch it first, or check the name\n',
      'lockwarden: this clone is shallow and does not reach back to a common ancestor of base and head; fetch more history (git fetch --unshallow)\n',
    ])
  })
})

describe('lockwarden inspect', () => {
  it('exits 3 for a name that the registry does not know, and for none at all', async () => {
    const server = await startRegistry()
    const ran = await inFolder({}, async (folder) => [
      await run(folder, ['inspect', 'left-pad', '--registry', server.url]),
      await run(folder, ['inspect', '', '--registry', server.url]),
    ])
    await server.close()

    expect(ran.map(({ code, err }) => [code, err])).toEqual([
      [3, 'lockwarden: the registry has no package named left-pad\n'],
      [3, 'lockwarden: an empty text names no package\n'],
    ])
  })
})
