import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { extract } from 'tar-stream'
import { buildTarball, paxRecord, rawEntry, rawTarball } from './tarball.js'

async function namesIn(tarball: Buffer): Promise<string[]> {
  const names: string[] = []
  const reader = extract()
  reader.end(gunzipSync(tarball))
  for await (const entry of reader) {
    names.push(`${entry.header.type} ${entry.header.name} ${entry.header.size}`)
    entry.resume()
  }
  return names
}

describe('buildTarball', () => {
  it('puts every path under package/ and gives the same bytes for the same files', async () => {
    const files = { 'package.json': '{}', link: { type: 'symlink', linkname: '/etc/passwd' } } as const

    expect(await namesIn(await buildTarball(files))).toEqual(['file package/package.json 2', 'symlink package/link 0'])
    expect(await buildTarball(files)).toEqual(await buildTarball(files))
  })
})

describe('rawTarball', () => {
  it('writes entries that other readers accept', async () => {
    const record = paxRecord('path', 'package/renamed.js')
    const tarball = rawTarball(
      rawEntry({ name: 'pax', typeflag: 'x' }, record),
      rawEntry({ name: 'package/a.js' }, 'a'),
    )

    expect(await namesIn(tarball)).toEqual(['file package/renamed.js 1'])
  })
})
