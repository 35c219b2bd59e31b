import type { Header, Pax } from 'tar'

export const blockBytes = 512

/**
 * Where readers of tar archives differ from one another, an archive can show us one package and install another: npm's
 * node-tar, tar-stream, libarchive (bun) and the parsers of pnpm and yarn. Each rule here is a difference between two of them;
 * no packer that is in use writes such archives. Answers what is ambiguous, in our own words.
 */
export function ambiguityOf(header: Header, block: Buffer): string | undefined {
  const size = declaredSize(block)
  if (size === undefined) return 'its size is no octal number'
  const isFile = header.type === 'File' || header.type === 'OldFile'
  if (isFile && size !== (header.size ?? 0)) return 'an extension overrides its size'
  if (header.type === 'Directory' && size > 0) return 'a directory with content'
  if ((header.type === 'SymbolicLink' || header.type === 'Link') && size > 0) return 'a link with content'
  if (header.type === 'ContiguousFile' || header.type === 'GNUDumpDir' || !isCommon(header)) {
    return `an entry type that npm and others take for different things: ${JSON.stringify(header.typeKey)}`
  }
  // node-tar joins the prefix only for version "00", tar-stream for every ustar header.
  const magic = block.toString('latin1', 257, 265)
  if (magic.startsWith('ustar\0') && magic !== 'ustar\x0000' && block[345] !== 0) return 'a prefix in an unknown format'
  return undefined
}

const isCommon = ({ type }: Header): boolean =>
  ['File', 'OldFile', 'Directory', 'SymbolicLink', 'Link', 'CharacterDevice', 'BlockDevice', 'FIFO'].includes(type)

/** What the header itself says, whatever an extension says; undefined for base 256 and for anything that is not octal. */
function declaredSize(block: Buffer): number | undefined {
  const field = block.toString('latin1', 124, 136)
  if (!/^ *[0-7]*[ \0]*$/.test(field)) return undefined
  return Number.parseInt(field.trim() || '0', 8) || 0
}

/** node-tar reads PAX records by lines, others by their lengths (POSIX.1-2001): they must say the same. */
export function paxAmbiguity(body: Buffer, parsed: Pax, isGlobal: boolean): string | undefined {
  const records = readPaxRecords(body)
  if (records === undefined) return 'a malformed extension'
  const size = records.get('size')
  const agree =
    records.get('path') === parsed.path &&
    records.get('linkpath') === parsed.linkpath &&
    (size === undefined ? undefined : Number(size)) === parsed.size
  if (!agree) return 'an extension that is read in two ways'
  if ([...records.keys()].some((key) => key.startsWith('GNU.sparse.'))) return 'a sparse file'
  const isPlacing = records.has('path') || records.has('linkpath') || records.has('size')
  return isGlobal && isPlacing ? 'a global extension that places entries' : undefined
}

function readPaxRecords(body: Buffer): ReadonlyMap<string, string> | undefined {
  const records = new Map<string, string>()
  let at = 0
  while (at < body.length && body[at] !== 0) {
    const space = body.indexOf(0x20, at)
    const digits = space < 0 || space - at > 8 ? '' : body.toString('latin1', at, space)
    const length = /^[1-9][0-9]*$/.test(digits) ? Number(digits) : 0
    const end = at + length
    if (length === 0 || end > body.length || body[end - 1] !== 0x0a) return undefined
    const record = body.toString('utf8', space + 1, end - 1)
    const equals = record.indexOf('=')
    if (equals <= 0) return undefined
    records.set(record.slice(0, equals), record.slice(equals + 1))
    at = end
  }
  return body.subarray(at).every((byte) => byte === 0) ? records : undefined
}
