import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { analysePackage } from '../../src/package/analyse-package.js'
import { analyserVersion } from '../../src/package/package-facts.js'
import { TarballInvalid } from '../../src/package/tarball-invalid.js'
import { aFile, sha256Of } from '../builders/package-facts.js'
import { buildTarball, type TarballFiles } from '../builders/tarball.js'

const analyse = async (files: TarballFiles) => analysePackage(Readable.from([await buildTarball(files)]))

describe('analysePackage', () => {
  it('says all that a tarball says, in a form that survives JSON', async () => {
    const manifest = '{"name":"a","version":"1.0.0","scripts":{"postinstall":"node x.js"}}'
    const tarball = await buildTarball({ 'x.js': '1', 'package.json': manifest })
    const facts = await analysePackage(Readable.from([tarball]))

    expect(facts).toEqual({
      analyserVersion,
      integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
      packedBytes: tarball.length,
      unpackedBytes: manifest.length + 1,
      manifest: expect.objectContaining({ name: 'a', version: '1.0.0', malformed: [] }),
      installScripts: [
        {
          hook: 'postinstall',
          command: 'node x.js',
          files: [{ path: 'x.js', sha256: sha256Of('1'), linesSha256: sha256Of('1') }],
        },
      ],
      files: [aFile('package.json', { content: manifest }), aFile('x.js', { content: '1' })],
      unsafe: [],
      limits: [],
    })
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts)
  })

  it('reads package.json as npm does: a byte order mark is dropped, the last of two keys counts, the last file too', async () => {
    const { manifest } = await analyse([
      ['package.json', '{"name":"first"}'],
      ['package.json', '\ufeff{"name":"a","scripts":{"install":"x"},"scripts":{"install":"y"}}'],
    ])

    expect(manifest).toMatchObject({ name: 'a', scripts: { install: 'y' }, malformed: [] })
  })

  it.each([
    ['none', {}],
    ['no JSON', { 'package.json': '{"name": "a",}' }],
    ['no object', { 'package.json': '[]' }],
    ['nothing', { 'package.json': '' }],
  ])('says that package.json is malformed where there is %s', async (_, files) => {
    const { manifest, installScripts } = await analyse({ 'index.js': '', ...files })

    expect(manifest.malformed).toEqual(['package.json'])
    expect(installScripts).toEqual([])
  })

  it('says that a package.json was not read', async () => {
    const { manifest, limits } = await analyse({ 'package.json': Buffer.from('{"name":"a\0"}') })

    expect(manifest.malformed).toEqual(['package.json'])
    expect(limits).toMatchObject([{ limit: 'maxKeptFileBytes' }])
  })

  it('rejects what is no tarball', async () => {
    await expect(analysePackage(Readable.from([Buffer.from('nothing')]))).rejects.toThrow(TarballInvalid)
  })

  it('stops when it is told to', async () => {
    const tarball = await buildTarball({ 'package.json': '{}' })

    await expect(analysePackage(Readable.from([tarball]), AbortSignal.abort())).rejects.toThrow('aborted')
  })
})
