import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { fileKind } from '../../src/package/file-kind.js'
import { buildTarball } from '../builders/tarball.js'

const bytes = (hex: string): Buffer => Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(64)])

describe('fileKind', () => {
  it.each([
    ['elf', bytes('7f454c46')],
    ['pe', bytes('4d5a9000')],
    ['mach-o', bytes('feedface')],
    ['mach-o', bytes('cffaedfe')],
    ['mach-o', bytes('cafebabe00000002')],
    ['wasm', bytes('0061736d01000000')],
    ['archive', bytes('504b0304')],
    ['archive', gzipSync('text')],
    ['archive', bytes('fd377a585a00')],
    ['archive', bytes('28b52ffd')],
    ['archive', bytes('425a683931415926')],
    ['archive', Buffer.from('!<arch>\n\0')],
    ['binary', bytes('cafebabe00000034')],
    ['binary', bytes('89504e47')],
    ['empty', Buffer.alloc(0)],
    ['text', Buffer.from('console.log(1)\n')],
    ['text', Buffer.from([0xff, 0xfe, 0x61, 0x00])],
  ] as const)('recognises %s by its first bytes', (kind, head) => {
    expect(fileKind(head)).toBe(kind)
  })

  it('recognises a tar archive, which names itself only after its first path', async () => {
    expect(fileKind(await buildTarball({ 'a.js': 'a' }, { uncompressed: true }))).toBe('archive')
  })

  it.each(['MZ = 1', 'BZh9 = 1', 'MSCF()', 'xar!==1'])(
    'takes JavaScript that begins like a program for text: %s',
    (code) => {
      expect(fileKind(Buffer.from(code))).toBe('text')
    },
  )
})
