import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { analysePackage } from '../../src/package/analyse-package.js'
import { readLocalPackage } from '../../src/package/read-local-package.js'
import { buildTarball } from '../builders/tarball.js'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function aFolder(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-local-'))
  folders.push(folder)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

const inspect = async (path: string) => analysePackage(await readLocalPackage(path))

const pathsIn = async (folder: string) => (await inspect(folder)).files.map(({ path }) => path)

describe('readLocalPackage', () => {
  it('reads a tarball as it is', async () => {
    const tarball = await buildTarball({ 'package.json': '{"name":"a"}', 'index.js': '1' })
    const folder = aFolder({ 'a.tgz': tarball })

    expect(await inspect(join(folder, 'a.tgz'))).toMatchObject({ packedBytes: tarball.length, manifest: { name: 'a' } })
  })

  it('packs a folder as npm would, without running its scripts', async () => {
    const manifest = {
      name: 'a',
      version: '1.0.0',
      main: 'lib/main.js',
      files: ['dist'],
      scripts: { prepare: 'exit 1' },
    }
    const folder = aFolder({
      'package.json': JSON.stringify(manifest),
      'README.md': '',
      'lib/main.js': '1',
      'dist/a.js': '2',
      'src/secret.ts': '3',
      'node_modules/b/index.js': '4',
      '.git/config': '',
    })

    expect(await pathsIn(folder)).toEqual(['README.md', 'dist/a.js', 'lib/main.js', 'package.json'])
    expect((await inspect(folder)).installScripts).toEqual([{ hook: 'prepare', command: 'exit 1', files: [] }])
  })

  it('gives the same bytes each time', async () => {
    const folder = aFolder({ 'package.json': '{}', 'a.js': 'a'.repeat(100_000) })

    expect((await inspect(folder)).integrity).toBe((await inspect(folder)).integrity)
  })

  it('packs the dependencies that are bundled, also where they depend on each other', async () => {
    const folder = aFolder({
      'package.json': '{"bundleDependencies":["b","absent","../x"],"dependencies":{"b":"1"}}',
      'node_modules/b/package.json': '{"dependencies":{"c":"1"}}',
      'node_modules/b/index.js': '',
      'node_modules/b/node_modules/c/package.json': '{"dependencies":{"b":"1"}}',
      'node_modules/d/package.json': '{}',
    })

    expect(await pathsIn(folder)).toEqual([
      'node_modules/b/index.js',
      'node_modules/b/node_modules/c/package.json',
      'node_modules/b/package.json',
      'package.json',
    ])
  })

  it('follows no link out of the folder', async () => {
    const outside = aFolder({ secret: 'secret' })
    const folder = aFolder({ 'package.json': '{"files":["secret","linked"]}' })
    symlinkSync(join(outside, 'secret'), join(folder, 'secret'))
    symlinkSync(outside, join(folder, 'linked'))

    expect(await pathsIn(folder)).toEqual(['package.json'])
  })

  it.each([
    ['no manifest', {}],
    ['a broken manifest', { 'package.json': '{' }],
    [
      'fields of the wrong types',
      { 'package.json': '{"files":"x","bin":[1],"main":{},"browser":{},"bundleDependencies":7}' },
    ],
  ])('packs a folder with %s', async (_, files) => {
    expect(await pathsIn(aFolder({ 'index.js': '1', ...files }))).toContain('index.js')
  })

  it('rejects what was taken away while it was read', async () => {
    const folder = aFolder({ 'package.json': '{}', 'a.js': 'a'.repeat(500_000), 'b.js': '' })
    const stream = await readLocalPackage(folder)
    rmSync(join(folder, 'b.js'))

    await expect(analysePackage(stream)).rejects.toThrow('ENOENT')
  })

  it('rejects a path where there is nothing', async () => {
    await expect(readLocalPackage(join(aFolder({}), 'absent'))).rejects.toThrow('ENOENT')
  })
})
