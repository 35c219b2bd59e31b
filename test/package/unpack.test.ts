import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import * as named from '../../src/limits.js'
import { defaultPackageLimits, type PackageLimits } from '../../src/package/package-limits.js'
import { TarballInvalid } from '../../src/package/tarball-invalid.js'
import { type UnpackOptions, unpack } from '../../src/package/unpack.js'
import { sha256Of } from '../builders/package-facts.js'
import { buildTarball, endOfArchive, paxRecord, rawEntry, rawTarball, type TarballFiles } from '../builders/tarball.js'
import fc from '../seeded-properties.js'

/** In pieces, as a network would bring it. */
const streamOf = (bytes: Buffer, pieceBytes = 4096): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / pieceBytes) }, (_, index) =>
      bytes.subarray(index * pieceBytes, (index + 1) * pieceBytes),
    ),
  )

const unpackBytes = (bytes: Buffer, options?: UnpackOptions) => unpack(streamOf(bytes), options)

const unsafeIn = async (bytes: Buffer) => (await unpackBytes(bytes)).unsafe

const unsafeInFiles = async (files: TarballFiles, raw = false) => unsafeIn(await buildTarball(files, { raw }))

/** Bytes that do not compress. */
const noise = (bytes: number): Buffer => {
  const blocks = Array.from({ length: Math.ceil(bytes / 64) }, (_, index) =>
    createHash('sha512').update(String(index)).digest(),
  )
  return Buffer.concat(blocks).subarray(0, bytes)
}

const ambiguous = (path: string, target: string) => ({ path, reason: 'ambiguous-entry', target })

describe('unpack', () => {
  it('lists every file with size, hash, kind and mode, and names the bytes that it read', async () => {
    const tarball = await buildTarball({
      'package.json': '{}',
      'bin/run': { content: '#!/bin/sh\n', mode: 0o755 },
      'addon.node': Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.alloc(20_000)]),
      'empty.txt': '',
    })

    expect(await unpackBytes(tarball)).toEqual({
      integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
      packedBytes: tarball.length,
      unpackedBytes: 20_016,
      files: new Map(
        [
          {
            path: 'addon.node',
            bytes: 20_004,
            sha256: sha256Of(Buffer.concat([Buffer.from('7f454c46', 'hex'), Buffer.alloc(20_000)])),
            kind: 'elf',
            executable: false,
          },
          { path: 'bin/run', bytes: 10, sha256: sha256Of('#!/bin/sh\n'), kind: 'text', executable: true },
          { path: 'empty.txt', bytes: 0, sha256: sha256Of(''), kind: 'empty', executable: false },
          { path: 'package.json', bytes: 2, sha256: sha256Of('{}'), kind: 'text', executable: false },
        ].map((file) => [file.path, file]),
      ),
      texts: new Map([
        ['package.json', Buffer.from('{}')],
        ['bin/run', Buffer.from('#!/bin/sh\n')],
        ['empty.txt', Buffer.alloc(0)],
      ]),
      unsafe: [],
      limits: [],
    })
  })

  it('reads the same from one piece, from single bytes, and from an archive without gzip', async () => {
    const files = { 'package.json': '{}', [`${'deep/'.repeat(60)}ü.js`]: 'a'.repeat(3000) }
    const tarball = await buildTarball(files)
    const whole = await unpack(streamOf(tarball, tarball.length))

    expect(await unpack(streamOf(tarball, 1))).toEqual(whole)
    expect((await unpackBytes(gunzipSync(tarball))).files).toEqual(whole.files)
    expect([...whole.files.keys()]).toEqual([`${'deep/'.repeat(60)}ü.js`, 'package.json'])
  })

  it('keeps the last of several files at one path, as npm does, and tells that there were others', async () => {
    const tarball = await buildTarball([
      ['index.js', 'harmless'],
      ['index.js', 'harmful'],
    ])
    const { files, texts, unsafe } = await unpackBytes(tarball)

    expect(files.get('index.js')?.sha256).toBe(sha256Of('harmful'))
    expect(texts.get('index.js')?.toString()).toBe('harmful')
    expect(unsafe).toEqual([{ path: 'package/index.js', reason: 'duplicate-path' }])
  })

  it('says nothing of a file that comes twice with the same bytes', async () => {
    expect(
      await unsafeInFiles([
        ['index.js', 'same'],
        ['index.js', 'same'],
      ]),
    ).toEqual([])
  })

  it('says nothing of long names, whether ustar, PAX or GNU writes them', async () => {
    const long = `package/${'folder/'.repeat(30)}${'n'.repeat(110)}.js`
    const gnu = rawTarball(
      rawEntry({ name: '././@LongLink', typeflag: 'L' }, `${long}\0`),
      rawEntry({ name: 'package/short.js' }, 'a'),
    )

    expect(await unsafeInFiles({ [long.slice('package/'.length)]: 'a' })).toEqual([])
    expect([...(await unpackBytes(gnu)).files.keys()]).toEqual([long.slice('package/'.length)])
    expect(await unsafeIn(gnu)).toEqual([])
  })

  it('records links and devices with their targets and installs none of them', async () => {
    const tarball = await buildTarball({
      'package.json': '{}',
      soft: { type: 'symlink', linkname: '../../etc/passwd' },
      hard: { type: 'link', linkname: 'package/package.json' },
      tty: { type: 'character-device' },
      disk: { type: 'block-device' },
      pipe: { type: 'fifo' },
    })
    const { files, unsafe } = await unpackBytes(tarball)

    expect([...files.keys()]).toEqual(['package.json'])
    expect(unsafe).toEqual([
      { path: 'package/soft', reason: 'symbolic-link', target: '../../etc/passwd' },
      { path: 'package/hard', reason: 'hard-link', target: 'package/package.json' },
      { path: 'package/tty', reason: 'special-file' },
      { path: 'package/disk', reason: 'special-file' },
      { path: 'package/pipe', reason: 'special-file' },
    ])
  })

  it.each([
    ['/etc/cron.d/a', 'absolute-path'],
    ['package/../../a.js', 'path-traversal'],
    ['package/a\u0007.js', 'control-character'],
    ['package/lib\\a.js', 'ambiguous-entry'],
  ])('records the path %j', async (path, reason) => {
    expect(await unsafeInFiles({ [path]: 'a' }, true)).toMatchObject([{ path, reason }])
  })

  it.each([
    ['letter case', { 'Index.js': 'a', 'index.js': 'b' }, 'Index.js'],
    ['Unicode form', { 'caf\u00e9.js': 'a', 'cafe\u0301.js': 'b' }, 'caf\u00e9.js'],
    ['a trailing dot', { 'a.js': 'a', 'a.js.': 'b' }, 'a.js'],
    ['a file in the place of a folder', { 'lib/a.js': 'a', lib: 'b' }, 'lib'],
    ['a folder in the place of a file', { lib: 'b', 'lib/a.js': 'a' }, 'lib'],
  ])('records paths that collide: %s', async (_, files, target) => {
    const path = `package/${Object.keys(files)[1]}`

    expect(await unsafeInFiles(files)).toEqual([{ path, reason: 'colliding-path', target }])
  })

  it.each([
    [
      'a size that an extension overrides',
      rawTarball(
        rawEntry({ name: 'pax', typeflag: 'x' }, paxRecord('size', '3')),
        rawEntry({ name: 'package/a.js', size: 0 }, 'abc'),
      ),
      ambiguous('package/a.js', 'an extension overrides its size'),
    ],
    [
      'a global extension that names entries',
      rawTarball(
        rawEntry({ name: 'pax', typeflag: 'g' }, paxRecord('path', 'package/evil.js')),
        rawEntry({ name: 'package/a.js' }, 'abc'),
      ),
      ambiguous('package/evil.js', 'a global extension that places entries'),
    ],
    [
      'two extensions that name one entry',
      rawTarball(
        rawEntry({ name: 'pax', typeflag: 'x' }, paxRecord('path', 'package/a.js')),
        rawEntry({ name: 'long', typeflag: 'L' }, 'package/b.js\0'),
        rawEntry({ name: 'package/c.js' }, 'abc'),
      ),
      ambiguous('package/b.js', 'two extensions name the same entry'),
    ],
    [
      'a record that hides in the value of another',
      rawTarball(
        rawEntry({ name: 'pax', typeflag: 'x' }, paxRecord('comment', `x\n${paxRecord('path', 'package/b.js')}`)),
        rawEntry({ name: 'package/a.js' }, 'abc'),
      ),
      ambiguous('package/b.js', 'an extension that is read in two ways'),
    ],
    [
      'an extension that is none',
      rawTarball(rawEntry({ name: 'pax', typeflag: 'x' }, '99 path=x\n'), rawEntry({ name: 'package/a.js' }, 'abc')),
      ambiguous('', 'a malformed extension'),
    ],
    [
      'a sparse file',
      rawTarball(
        rawEntry({ name: 'pax', typeflag: 'x' }, paxRecord('GNU.sparse.name', 'package/b.js')),
        rawEntry({ name: 'package/a.js' }, 'abc'),
      ),
      ambiguous('', 'a sparse file'),
    ],
    [
      'an unknown entry type',
      rawTarball(rawEntry({ name: 'package/a.js' }, 'abc'), rawEntry({ name: 'package/b.js', typeflag: 'S' }, 'abc')),
      ambiguous('package/b.js', 'an entry type that npm and others take for different things: "S"'),
    ],
    [
      'a file with a link target, which npm passes over',
      rawTarball(rawEntry({ name: 'package/a.js' }, 'a'), rawEntry({ name: 'package/b.js', linkname: 'x' })),
      ambiguous('package/b.js', 'a header that npm passes over: a target without a link'),
    ],
    [
      'a wrong checksum',
      rawTarball(rawEntry({ name: 'package/a.js' }, 'a'), rawEntry({ name: 'package/b.js', checksumError: 1 })),
      ambiguous('package/b.js', 'a header that npm passes over: its checksum is wrong'),
    ],
    [
      'a directory with content',
      rawTarball(rawEntry({ name: 'package/a.js' }, 'a'), rawEntry({ name: 'package/lib', typeflag: '5', size: 9 })),
      ambiguous('package/lib', 'a directory with content'),
    ],
    [
      'an entry after a zero block',
      gzipSync(
        Buffer.concat([rawEntry({ name: 'package/a.js' }, 'a'), Buffer.alloc(512), rawEntry({ name: 'package/b.js' })]),
      ),
      ambiguous('', 'an entry after a zero block, where some readers stop'),
    ],
    [
      'entries after the end',
      rawTarball(rawEntry({ name: 'package/a.js' }, 'a'), endOfArchive(), rawEntry({ name: 'package/b.js' })),
      ambiguous('', 'bytes after the end of the archive'),
    ],
    [
      'a second gzip member',
      Buffer.concat([
        gzipSync(rawEntry({ name: 'package/a.js' }, 'a')),
        gzipSync(Buffer.concat([rawEntry({ name: 'package/b.js' }, 'b'), endOfArchive()])),
      ]),
      ambiguous('', 'the gzip stream has more than one member, or bytes after its end'),
    ],
    [
      'zeros after the gzip stream',
      Buffer.concat([rawTarball(rawEntry({ name: 'package/a.js' }, 'a')), Buffer.alloc(16)]),
      ambiguous('', 'the gzip stream has more than one member, or bytes after its end'),
    ],
  ])('records what readers take for different things: %s', async (_, tarball, expected) => {
    expect(await unsafeIn(tarball)).toEqual([expected])
  })

  it('reads the files of both gzip members, as npm does', async () => {
    const tarball = Buffer.concat([
      gzipSync(rawEntry({ name: 'package/a.js' }, 'a')),
      gzipSync(rawEntry({ name: 'package/b.js' }, 'b')),
    ])

    expect([...(await unpackBytes(tarball)).files.keys()]).toEqual(['a.js', 'b.js'])
  })
})

describe('unpack, of what is no tarball', () => {
  const tarballOf = () => buildTarball({ 'index.js': noise(5000), 'package.json': '{}' })

  it.each([
    ['nothing', async () => Buffer.alloc(0)],
    ['a text', async () => Buffer.from('<html>not found</html>'.repeat(100))],
    ['gzip around a text', async () => gzipSync('hello '.repeat(200))],
    ['gzip around gzip', async () => gzipSync(await tarballOf())],
    ['an empty archive', async () => gzipSync(endOfArchive())],
    ['gzip that is cut short', async () => (await tarballOf()).subarray(0, 3000)],
    ['a gzip trailer that is cut short', async () => (await tarballOf()).subarray(0, -4)],
    [
      'an archive that is cut short inside an entry',
      async () => gzipSync(gunzipSync(await tarballOf()).subarray(0, 2000)),
    ],
    [
      'gzip with a flipped bit',
      async () => {
        const bytes = await tarballOf()
        bytes[2000] = (bytes[2000] ?? 0) ^ 1
        return bytes
      },
    ],
    ['garbage after gzip', async () => Buffer.concat([await tarballOf(), Buffer.from('trailing garbage')])],
  ])('rejects %s', async (_, bytesOf) => {
    await expect(unpackBytes(await bytesOf())).rejects.toThrow(TarballInvalid)
  })

  it("hands on the stream's own error", async () => {
    const failing = new Readable({
      read() {
        this.destroy(new Error('connection lost'))
      },
    })

    await expect(unpack(failing)).rejects.toThrow('connection lost')
  })

  it('stops when it is told to', async () => {
    const tarball = await tarballOf()

    await expect(unpackBytes(tarball, { signal: AbortSignal.abort() })).rejects.toThrow('aborted')
  })
})

describe('unpack, at its limits', () => {
  const tarballOf = () => buildTarball({ 'a.js': noise(3000), 'lib/deep/b.js': 'b'.repeat(3000), 'c.js': 'c' })

  it('knows every limit by the name and value that it has in limits.ts', () => {
    expect(named).toMatchObject({ ...defaultPackageLimits })
  })

  it.each([
    ['maxPackedBytes', 2000, []],
    ['maxUnpackedBytes', 5000, []],
    ['maxPackageFiles', 2, ['a.js', 'lib/deep/b.js']],
    ['maxPackageFileBytes', 2999, []],
    ['maxPackagePathBytes', 15, ['a.js']],
    ['maxPackagePathDepth', 3, ['a.js']],
  ] as const)('stops at %s and says so', async (limit, value, read) => {
    const { files, limits } = await unpack(streamOf(await tarballOf(), 512), { limits: { [limit]: value } })

    expect(limits).toEqual([{ limit, detail: expect.stringContaining(`at most ${value} are read`) }])
    expect([...files.keys()]).toEqual(read)
  })

  it.each<[keyof PackageLimits, number]>([
    ['maxPackageFiles', 3],
    ['maxPackageFileBytes', 3000],
    ['maxPackagePathBytes', 'package/lib/deep/b.js'.length],
    ['maxPackagePathDepth', 4],
  ])('takes what is just within %s', async (limit, value) => {
    const { files, limits } = await unpackBytes(await tarballOf(), { limits: { [limit]: value } })

    expect(limits).toEqual([])
    expect(files.size).toBe(3)
  })

  it('names no integrity for a tarball that it did not read to its end, and one for a tarball that it did', async () => {
    const tarball = await tarballOf()
    const cut = await unpack(streamOf(tarball, 512), { limits: { maxPackedBytes: 2000 } })
    const hashed = await unpack(streamOf(tarball, 512), { limits: { maxPackageFiles: 1 } })

    expect(cut.integrity).toBe('')
    expect(hashed.integrity).toBe(`sha512-${createHash('sha512').update(tarball).digest('base64')}`)
  })

  it('stops a decompression bomb early, with the default limits, and holds nothing of it', async () => {
    const bomb = gzipSync(Buffer.concat([rawEntry({ name: 'package/a.bin', size: 2 ** 28 }), Buffer.alloc(2 ** 28)]))
    const { limits, files, texts } = await unpackBytes(bomb)

    expect(limits).toEqual([{ limit: 'maxUnpackRatio', detail: expect.stringContaining('at most 200') }])
    expect([files.size, texts.size]).toEqual([0, 0])
  })

  it('stops when reading takes too long, by the clock that it is given', async () => {
    let now = 0
    const tick = () => {
      now += 1000
      return now
    }
    const { limits, integrity } = await unpack(streamOf(await tarballOf(), 256), {
      clock: tick,
      limits: { maxUnpackMillis: 3000 },
    })

    expect(limits).toEqual([{ limit: 'maxUnpackMillis', detail: 'more than 3000 ms' }])
    expect(integrity).toBe('')
  })

  it('stops listing odd entries when an archive has nothing else', async () => {
    const links = Object.fromEntries(
      Array.from({ length: 50 }, (_, index) => [`link${index}`, { type: 'symlink', linkname: '/' } as const]),
    )
    const { unsafe, limits } = await unpackBytes(await buildTarball(links), { limits: { maxUnsafeEntries: 10 } })

    expect(unsafe).toHaveLength(10)
    expect(limits).toMatchObject([{ limit: 'maxUnsafeEntries' }])
  })

  it('passes over an extension that is too large for npm, and says so', async () => {
    const tarball = rawTarball(
      rawEntry({ name: 'pax', typeflag: 'x' }, paxRecord('comment', 'x'.repeat(named.maxTarHeaderBytes))),
      rawEntry({ name: 'package/a.js' }, 'a'),
    )
    const { files, unsafe } = await unpackBytes(tarball)

    expect([...files.keys()]).toEqual(['a.js'])
    expect(unsafe).toEqual([ambiguous('', 'an extension too large for npm')])
  })

  it('keeps no text of a file that is larger than is followed', async () => {
    const { texts } = await unpackBytes(await tarballOf(), { limits: { maxKeptFileBytes: 2999 } })

    expect([...texts.keys()]).toEqual(['c.js'])
  })

  it.each([
    ['the largest first', { 'a.js': 60, 'c.js': 10, 'd.js': 40 }, ['c.js', 'd.js']],
    ['what rarely runs before all others', { 'a.js': 40, 'b.map': 70 }, ['a.js']],
  ])('drops texts when there are too many, %s', async (_, sizes, kept) => {
    const files = Object.entries(sizes).map(([path, bytes]): [string, string] => [path, 'x'.repeat(bytes)])
    const { texts, limits } = await unpackBytes(await buildTarball(files), { limits: { maxKeptTextBytes: 100 } })

    expect([...texts.keys()]).toEqual(kept)
    expect(limits).toEqual([])
  })
})

describe('unpack, of any bytes', () => {
  it('never crashes and never hangs, whatever was changed in a tarball', async () => {
    const archive = await buildTarball(
      {
        'package.json': '{"name":"a"}',
        [`${'x/'.repeat(80)}a.js`]: noise(700),
        link: { type: 'symlink', linkname: 'a' },
      },
      { uncompressed: true },
    )
    const change = fc.record({ at: fc.nat(archive.length - 1), byte: fc.nat(255) })

    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), fc.boolean(), async (changes, zip) => {
        const bytes = Buffer.from(archive)
        for (const { at, byte } of changes) bytes[at] = byte
        await unpackBytes(zip ? gzipSync(bytes) : bytes).catch((error) => expect(error).toBeInstanceOf(TarballInvalid))
      }),
      { numRuns: 300 },
    )
  })

  it('never crashes and never hangs on changed gzip or on noise', async () => {
    const tarball = await buildTarball({ 'package.json': '{}', 'a.js': noise(600) })
    const mutated = fc.tuple(fc.nat(tarball.length - 1), fc.uint8Array({ maxLength: 20 })).map(([at, bytes]) => {
      return Buffer.concat([tarball.subarray(0, at), bytes, tarball.subarray(at + bytes.length)])
    })

    await fc.assert(
      fc.asyncProperty(fc.oneof(mutated, fc.uint8Array({ maxLength: 3000 }).map(Buffer.from)), async (bytes) => {
        await unpackBytes(bytes).catch((error) => expect(error).toBeInstanceOf(TarballInvalid))
      }),
      { numRuns: 300 },
    )
  })
})
