import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from '@jest/globals'
import { extract } from 'tar'
import { unpack } from '../../src/package/unpack.js'
import { sha256Of } from '../builders/package-facts.js'
import { buildTarball, paxRecord, rawEntry, rawTarball, type TarballFile } from '../builders/tarball.js'
import fc from '../seeded-properties.js'

const workspace = mkdtempSync(join(tmpdir(), 'lockwarden-oracle-'))
afterAll(() => rmSync(workspace, { recursive: true, force: true }))

let archives = 0

/** What npm leaves on disk, by the library and the options that pacote extracts with: path → hash; undefined where it refuses. */
async function extractedByNpm(tarball: Buffer): Promise<Map<string, string> | undefined> {
  archives += 1
  const folder = join(workspace, String(archives))
  mkdirSync(folder)
  const options = { cwd: folder, strip: 1, noChmod: true, noMtime: true, preserveOwner: false }
  const extractor = extract({
    ...options,
    filter: (_, entry) => !('type' in entry) || !/Link$/.test(String(entry.type)),
  })
  try {
    await new Promise<void>((resolve, reject) => {
      extractor.on('end', resolve)
      extractor.on('error', reject)
      extractor.end(tarball)
    })
  } catch {
    return undefined
  }
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path): [string, string] => [relative(folder, path), sha256Of(readFileSync(path))])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

/** The same from our facts. `isOdd`: something was recorded that makes the package depend on who reads it. */
async function readByUs(tarball: Buffer): Promise<{ files?: Map<string, string>; isOdd: boolean }> {
  try {
    const { files, unsafe, limits } = await unpack(Readable.from([tarball]))
    return {
      files: new Map([...files.values()].map(({ path, sha256 }) => [path, sha256])),
      isOdd: unsafe.length + limits.length > 0,
    }
  } catch {
    return { isOdd: true }
  }
}

describe("unpack, against npm's own extraction", () => {
  it.each([
    ['a plain package', () => buildTarball({ 'package.json': '{}', 'lib/a.js': 'a', 'lib/b/c.js': 'c' })],
    ['another top folder', () => buildTarball({ 'node/package.json': '{}', 'other/a.js': 'a' }, { raw: true })],
    ['files outside any folder', () => buildTarball({ 'a.js': 'a', 'package/b.js': 'b' }, { raw: true })],
    [
      'absolute paths',
      () => buildTarball({ '/package/a.js': 'a', 'package//b.js': 'b', 'p/c:/d.js': 'd' }, { raw: true }),
    ],
    [
      'paths that leave',
      () => buildTarball({ 'p/../../a.js': 'a', '../b.js': 'b', 'p/c/..\\d.js': 'd' }, { raw: true }),
    ],
    [
      'links and devices',
      () =>
        buildTarball({
          'a.js': 'a',
          's.js': { type: 'symlink', linkname: 'a.js' },
          'h.js': { type: 'link', linkname: 'package/a.js' },
          f: { type: 'fifo' },
        }),
    ],
    [
      'one path twice',
      () =>
        buildTarball([
          ['a.js', 'first'],
          ['lib/b.js', 'b'],
          ['a.js', 'second'],
        ]),
    ],
    [
      'an extension that overrides the size',
      async () =>
        rawTarball(
          rawEntry({ name: 'pax', typeflag: 'x' }, paxRecord('size', '3')),
          rawEntry({ name: 'package/a.js', size: 0 }, 'abc'),
          rawEntry({ name: 'package/b.js' }, 'b'),
        ),
    ],
    [
      'GNU and PAX names for one file',
      async () =>
        rawTarball(
          rawEntry({ name: 'long', typeflag: 'L' }, 'package/b.js\0'),
          rawEntry({ name: 'pax', typeflag: 'x' }, paxRecord('path', 'package/a.js')),
          rawEntry({ name: 'package/c.js' }, 'abc'),
        ),
    ],
    [
      'content of a refused header that holds another header',
      async () =>
        rawTarball(
          rawEntry({ name: 'package/a.js' }, 'a'),
          rawEntry({ name: 'package/b.js', linkname: 'x' }, rawEntry({ name: 'package/hidden.js' }, 'hidden')),
        ),
    ],
    [
      'two gzip members',
      async () =>
        Buffer.concat([
          gzipSync(rawEntry({ name: 'package/a.js' }, 'a')),
          gzipSync(rawEntry({ name: 'package/b.js' }, 'b')),
        ]),
    ],
  ])('finds the same files with the same bytes: %s', async (_, tarballOf) => {
    const tarball = await tarballOf()
    const expected = await extractedByNpm(tarball)

    expect(expected).toBeDefined()
    expect((await readByUs(tarball)).files).toEqual(expected)
  })

  it('finds the same files in any archive, or says that the archive is odd', async () => {
    const name = fc.constantFrom(
      'a',
      'b',
      'A',
      'a/b',
      'a/b/c',
      '..',
      './a',
      'a//b',
      'c:a',
      'a\\b',
      'é',
      `${'n/'.repeat(55)}a`,
    )
    const file: fc.Arbitrary<TarballFile> = fc.oneof(
      { arbitrary: fc.string({ maxLength: 20 }), weight: 4 },
      fc.record({ type: fc.constantFrom('symlink', 'link', 'fifo', 'directory'), linkname: name }),
    )
    const files = fc.array(
      fc.tuple(
        fc.tuple(fc.constantFrom('package/', ''), name).map((parts) => parts.join('')),
        file,
      ),
      {
        minLength: 1,
        maxLength: 6,
      },
    )

    await fc.assert(
      fc.asyncProperty(files, async (entries) => {
        const tarball = await buildTarball(entries, { raw: true })
        const [expected, found] = [await extractedByNpm(tarball), await readByUs(tarball)]
        // Which of two files in each other's way survives depends on the disk; that they are is recorded.
        if (!found.isOdd) expect(found.files).toEqual(expected)
      }),
      { numRuns: 100, seed: 20261120 },
    )
  })

  it('refuses what npm refuses, and finds the same in archives with changed bytes unless it says that they are odd', async () => {
    const archive = await buildTarball(
      { 'package.json': '{"name":"a"}', 'lib/a.js': 'a'.repeat(600) },
      { uncompressed: true },
    )
    const changes = fc.array(fc.tuple(fc.nat(archive.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })

    await fc.assert(
      fc.asyncProperty(changes, async (changed) => {
        const bytes = Buffer.from(archive)
        for (const [at, byte] of changed) bytes[at] = byte
        const tarball = gzipSync(bytes)
        const [expected, found] = [await extractedByNpm(tarball), await readByUs(tarball)]
        if (found.files === undefined || expected === undefined)
          expect([found.files, expected]).toEqual([undefined, undefined])
        else if (!found.isOdd) expect(found.files).toEqual(expected)
      }),
      { numRuns: 100, seed: 20261120 },
    )
  })

  it('follows npm through every kind of header and extension, odd or not', async () => {
    const size = fc.constantFrom(undefined, 0, 3, 512, 700)
    const pax = fc.constantFrom(
      paxRecord('path', 'package/pax.js'),
      paxRecord('size', '5'),
      paxRecord('linkpath', 'x'),
      paxRecord('comment', `x\n${paxRecord('path', 'package/hidden.js')}`),
      `${paxRecord('path', 'package/pax.js')}${paxRecord('size', '600')}`,
      'package/long.js\0',
      '99 path=x\n',
    )
    const header = fc.record({
      typeflag: fc.constantFrom(
        '0',
        '0',
        '\0',
        '1',
        '2',
        '3',
        '5',
        '6',
        '7',
        'x',
        'x',
        'g',
        'L',
        'K',
        'N',
        'X',
        'S',
        'D',
        'Z',
      ),
      size,
      linkname: fc.constantFrom('', '', 'x'),
      prefix: fc.constantFrom('', '', 'package/prefix'),
      content: fc.oneof(pax, fc.constantFrom('', 'abc', 'x'.repeat(600))),
    })

    await fc.assert(
      fc.asyncProperty(fc.array(header, { minLength: 1, maxLength: 5 }), fc.boolean(), async (headers, ends) => {
        const blocks = headers.map(({ content, size, ...rest }, index) => {
          // node-tar itself throws where a NUL follows a line end in a GNU name, and takes its process with it.
          const body = 'LKN'.includes(rest.typeflag) ? 'package/long.js\0' : content
          return rawEntry({ ...rest, name: `package/f${index}.js`, ...(size === undefined ? {} : { size }) }, body)
        })
        const tarball = ends ? rawTarball(...blocks) : gzipSync(Buffer.concat(blocks))

        expect((await readByUs(tarball)).files).toEqual(await extractedByNpm(tarball))
      }),
      { numRuns: 200, seed: 20261120 },
    )
  })
})
