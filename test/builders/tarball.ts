import { gzipSync } from 'node:zlib'
import { type Header, pack } from 'tar-stream'

/** What stands behind one path: its text, its bytes, or an entry of another type. */
export type TarballFile =
  | string
  | Buffer
  | {
      readonly content?: string | Buffer
      readonly mode?: number
      readonly type?: Header['type']
      readonly linkname?: string
      readonly pax?: Record<string, string>
    }

/** A list instead of a record where one path comes twice, or the order matters. */
export type TarballFiles = Readonly<Record<string, TarballFile>> | readonly (readonly [string, TarballFile])[]

export interface TarballOptions {
  /** Paths are written as they are, without `package/` before them. */
  readonly raw?: boolean
  /** The archive without gzip around it. */
  readonly uncompressed?: boolean
}

/** As npm writes it: one fixed time, so that the same files give the same bytes. */
const mtime = new Date('1985-10-26T08:15:00.000Z')

const entriesOf = (files: TarballFiles): readonly (readonly [string, TarballFile])[] =>
  Array.isArray(files) ? files : Object.entries(files)

/** A tarball as npm packs one, deterministic: `{ 'index.js': '…' }` becomes the entry `package/index.js`. */
export async function buildTarball(files: TarballFiles, options: TarballOptions = {}): Promise<Buffer> {
  const archive = pack()
  for (const [path, file] of entriesOf(files)) {
    const entry = typeof file === 'string' || Buffer.isBuffer(file) ? { content: file } : file
    const { content = '', ...header } = entry
    archive.entry({ mode: 0o644, ...header, name: options.raw ? path : `package/${path}`, mtime }, content)
  }
  archive.finalize()

  const chunks: Buffer[] = []
  for await (const chunk of archive) chunks.push(chunk as Buffer)
  const tar = Buffer.concat(chunks)
  return options.uncompressed ? tar : gzipSync(tar)
}

/** Fields of one ustar header, written as given, also where no well-behaved packer would write them. */
export interface RawHeader {
  readonly name: string
  /** As in the header's type field: `0` file, `1` hard link, `2` symbolic link, `x` PAX, `g` global PAX, `L` GNU long name. */
  readonly typeflag?: string
  /** What the header claims; the content's own length where it is not given. */
  readonly size?: number
  readonly mode?: number
  readonly linkname?: string
  readonly prefix?: string
  /** Added to the right checksum. */
  readonly checksumError?: number
}

const octal = (value: number, width: number): string => `${value.toString(8).padStart(width - 1, '0')}\0`

/** One entry, byte by byte: header, content, padding. */
export function rawEntry(header: RawHeader, content: string | Buffer = ''): Buffer {
  const body = Buffer.from(content)
  const block = Buffer.alloc(512)
  block.write(header.name, 0, 100)
  block.write(octal(header.mode ?? 0o644, 8), 100)
  block.write(octal(0, 8), 108)
  block.write(octal(0, 8), 116)
  block.write(octal(header.size ?? body.length, 12), 124)
  block.write(octal(mtime.getTime() / 1000, 12), 136)
  block.write(' '.repeat(8), 148)
  block.write(header.typeflag ?? '0', 156)
  block.write(header.linkname ?? '', 157, 100)
  block.write('ustar\x0000', 257)
  block.write(header.prefix ?? '', 345, 155)
  const sum = block.reduce((total, byte) => total + byte, 0) + (header.checksumError ?? 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([block, body, Buffer.alloc((512 - (body.length % 512)) % 512)])
}

/** One record of a PAX header: `path=…` with its length before it. */
export function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  const length = Buffer.byteLength(rest)
  const digits = String(length + String(length).length).length
  return `${length + digits}${rest}`
}

/** The two zero blocks that end an archive. */
export const endOfArchive = (): Buffer => Buffer.alloc(1024)

/** Raw entries as one gzipped archive. */
export const rawTarball = (...entries: readonly Buffer[]): Buffer =>
  gzipSync(Buffer.concat([...entries, endOfArchive()]))
