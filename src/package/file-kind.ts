import type { FileKind } from './package-facts.js'

/** The first bytes of a file that its kind is read from; a tar archive names itself at 257. */
export const kindHeadBytes = 8192

/** Executable formats and archives whose first bytes begin no text that Node or a shell would run. */
const signatures: readonly (readonly [FileKind, readonly number[]])[] = [
  ['elf', [0x7f, 0x45, 0x4c, 0x46]],
  ['wasm', [0x00, 0x61, 0x73, 0x6d]],
  ['mach-o', [0xfe, 0xed, 0xfa, 0xce]],
  ['mach-o', [0xfe, 0xed, 0xfa, 0xcf]],
  ['mach-o', [0xce, 0xfa, 0xed, 0xfe]],
  ['mach-o', [0xcf, 0xfa, 0xed, 0xfe]],
  ['archive', [0x50, 0x4b, 0x03, 0x04]],
  ['archive', [0x50, 0x4b, 0x05, 0x06]],
  ['archive', [0x1f, 0x8b]],
  ['archive', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ['archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['archive', [0x52, 0x61, 0x72, 0x21, 0x1a, 0x07]],
  ['archive', [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59, 0x26]],
]

/** These are also how a text may begin (`MZ = 1`), so they count only in a file that is none. */
const binarySignatures: readonly (readonly [FileKind, string, number])[] = [
  ['pe', 'MZ', 0],
  ['archive', '!<arch>\n', 0],
  ['archive', 'BZh', 0],
  ['archive', 'MSCF', 0],
  ['archive', 'xar!', 0],
  ['archive', 'ustar', 257],
]

/** What a file is, by its first `kindHeadBytes` bytes (or all, where it has fewer). The name plays no part. */
export function fileKind(head: Buffer): FileKind {
  if (head.length === 0) return 'empty'
  for (const [kind, bytes] of signatures) if (bytes.every((byte, index) => head[index] === byte)) return kind
  if (isFatMachO(head)) return 'mach-o'
  if (!isBinary(head)) return 'text'
  for (const [kind, text, offset] of binarySignatures) {
    if (head.toString('latin1', offset, offset + text.length) === text) return kind
  }
  return 'binary'
}

/** Java classes begin with the same four bytes; then comes a version of at least 45 where Mach-O counts its architectures. */
function isFatMachO(head: Buffer): boolean {
  if (head.length < 8) return false
  const magic = head.readUInt32BE(0)
  return (magic === 0xcafebabe || magic === 0xcafebabf) && head.readUInt32BE(4) < 45
}

/** As git decides it: a NUL byte. UTF-16, full of them, says by its byte order mark that it is text. */
function isBinary(head: Buffer): boolean {
  const isUtf16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
  return !isUtf16 && head.subarray(0, kindHeadBytes).includes(0)
}
