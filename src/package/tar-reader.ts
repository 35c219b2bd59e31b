import { Header, type HeaderData, Pax } from 'tar'
import { maxTarHeaderBytes } from '../limits.js'
import { ambiguityOf, blockBytes, paxAmbiguity } from './tar-ambiguity.js'
import { TarballInvalid } from './tarball-invalid.js'

export interface TarEntry {
  readonly path: string
  readonly type: 'file' | 'directory' | 'symbolic-link' | 'hard-link' | 'special-file'
  readonly bytes: number
  readonly mode: number
  readonly linkpath?: string
}

/** What is told while an archive is read. Throwing ends the reading. */
export interface TarSink {
  /** Each entry that npm's own reader would see, in the archive's order. */
  entry(entry: TarEntry): void
  /** The bytes of the last entry, where it is a file; the chunk is not to be kept. */
  content(chunk: Buffer): void
  endOfFile(): void
  /** Other readers than npm's would see something else. `path` is empty where no entry is meant. */
  ambiguous(path: string, why: string): void
}

type Section = 'header' | 'content' | 'extension' | 'skipped' | 'after-end'

const entryTypes: ReadonlyMap<string, TarEntry['type']> = new Map([
  ['File', 'file'],
  ['OldFile', 'file'],
  ['ContiguousFile', 'file'],
  ['Directory', 'directory'],
  ['GNUDumpDir', 'directory'],
  ['SymbolicLink', 'symbolic-link'],
  ['Link', 'hard-link'],
  ['CharacterDevice', 'special-file'],
  ['BlockDevice', 'special-file'],
  ['FIFO', 'special-file'],
])

const extensionTypes: ReadonlySet<string> = new Set([
  'ExtendedHeader',
  'OldExtendedHeader',
  'GlobalExtendedHeader',
  'NextFileHasLongPath',
  'OldGnuLongPath',
  'NextFileHasLongLinkpath',
])

/** Headers are decoded by node-tar itself, and read in its order: what npm installs is what we must see. */
export class TarReader {
  readonly #sink: TarSink
  #section: Section = 'header'
  /** A header, or an extension's body, that has not come whole yet. */
  #pending: Buffer[] = []
  #pendingBytes = 0
  #wanted = blockBytes
  #padding = 0
  #extension = ''
  #next: HeaderData | undefined
  #global: HeaderData | undefined
  #sawZeroBlock = false
  #sawEntry = false
  /** node-tar also takes an archive for none that has empty extensions only and no end. */
  #isArchive = false
  #sawBytesAfterEnd = false

  constructor(sink: TarSink) {
    this.#sink = sink
  }

  write(chunk: Buffer): void {
    let at = 0
    while (at < chunk.length) {
      if (this.#section === 'after-end') {
        this.#readAfterEnd(chunk.subarray(at))
        return
      }
      at +=
        this.#section === 'header' || this.#section === 'extension' ? this.#gather(chunk, at) : this.#pass(chunk, at)
    }
  }

  /** Throws TarballInvalid where npm would refuse the archive: an entry cut short, or no entry at all. */
  end(): void {
    if (this.#section === 'content' || this.#section === 'skipped' || this.#section === 'extension') {
      throw new TarballInvalid('the archive ends inside an entry')
    }
    if (!this.#sawEntry || !this.#isArchive) throw new TarballInvalid('no tar archive, or an empty one')
    if (this.#pending.some((part) => part.some((byte) => byte !== 0))) {
      this.#sink.ambiguous('', 'a part of a header at the end of the archive')
    }
  }

  /** Headers and extensions are read whole, so that nothing depends on how the network cut the stream. */
  #gather(chunk: Buffer, at: number): number {
    const part = chunk.subarray(at, at + this.#wanted - this.#pendingBytes)
    this.#pending.push(part)
    this.#pendingBytes += part.length
    if (this.#pendingBytes < this.#wanted) {
      this.#pending[this.#pending.length - 1] = Buffer.from(part)
      return part.length
    }
    const whole = this.#pending.length === 1 ? part : Buffer.concat(this.#pending)
    this.#pending = []
    this.#pendingBytes = 0
    if (this.#section === 'header') this.#readHeader(whole)
    else this.#readExtension(whole)
    return part.length
  }

  #pass(chunk: Buffer, at: number): number {
    const part = chunk.subarray(at, at + this.#wanted)
    if (this.#section === 'content' && part.length > 0) this.#sink.content(part)
    this.#wanted -= part.length
    if (this.#wanted > 0) return part.length
    if (this.#section === 'content') this.#sink.endOfFile()
    if (this.#padding > 0) {
      this.#section = 'skipped'
      this.#wanted = this.#padding
      this.#padding = 0
    } else this.#expectHeader()
    return part.length
  }

  #expectHeader(): void {
    this.#section = 'header'
    this.#wanted = blockBytes
  }

  #readHeader(block: Buffer): void {
    let header: Header
    try {
      header = new Header(block, 0, this.#next, this.#global)
    } catch {
      // node-tar throws on base-256 numbers that it cannot represent; as its own reader does, the block is passed over.
      this.#sink.ambiguous('', 'a header that npm passes over: a number out of range')
      return
    }
    if (header.nullBlock) {
      if (this.#sawZeroBlock) {
        this.#section = 'after-end'
        this.#isArchive = true
      }
      this.#sawZeroBlock = true
      return
    }
    if (this.#sawZeroBlock) this.#sink.ambiguous('', 'an entry after a zero block, where some readers stop')
    this.#sawZeroBlock = false
    const refusal = refusalOf(header)
    // The content of a refused entry is then read as headers, by npm as by us.
    if (refusal !== undefined) {
      this.#sink.ambiguous(header.path ?? '', `a header that npm passes over: ${refusal}`)
      return
    }
    this.#sawEntry = true
    if (extensionTypes.has(header.type)) this.#startExtension(header)
    else this.#startEntry(header, block)
  }

  #startExtension(header: Header): void {
    const bytes = header.size ?? 0
    if (bytes === 0) return
    this.#isArchive = true
    this.#padding = paddingOf(bytes)
    if (header.type === 'OldExtendedHeader' || header.type === 'OldGnuLongPath') {
      this.#sink.ambiguous('', `an extension that few readers know: ${header.type}`)
    }
    if (bytes > maxTarHeaderBytes) {
      this.#sink.ambiguous('', 'an extension too large for npm')
      this.#section = 'skipped'
      this.#wanted = bytes
      return
    }
    this.#extension = header.type
    this.#section = 'extension'
    this.#wanted = bytes
  }

  #readExtension(body: Buffer): void {
    const text = body.toString()
    const untilNul = text.replace(/\0.*/, '')
    switch (this.#extension) {
      case 'GlobalExtendedHeader':
        this.#reportPax(body, Pax.parse(text), true)
        this.#global = Pax.parse(text, this.#global, true)
        break
      case 'NextFileHasLongPath':
      case 'OldGnuLongPath':
        if (this.#next?.path !== undefined) this.#sink.ambiguous(untilNul, 'two extensions name the same entry')
        this.#next = { ...this.#next, path: untilNul }
        break
      case 'NextFileHasLongLinkpath':
        this.#next = { ...this.#next, linkpath: untilNul }
        break
      default:
        this.#reportPax(body, Pax.parse(text), false)
        if (this.#next?.path !== undefined) this.#sink.ambiguous(this.#next.path, 'two extensions name the same entry')
        this.#next = Pax.parse(text, this.#next, false)
    }
    this.#section = 'skipped'
    this.#wanted = this.#padding
    this.#padding = 0
    if (this.#wanted === 0) this.#expectHeader()
  }

  #reportPax(body: Buffer, parsed: Pax, isGlobal: boolean): void {
    const why = paxAmbiguity(body, parsed, isGlobal)
    if (why !== undefined) this.#sink.ambiguous(parsed.path ?? '', why)
  }

  #startEntry(header: Header, block: Buffer): void {
    this.#isArchive = true
    const path = this.#next?.path ?? header.path ?? ''
    const linkpath = this.#next?.linkpath ?? header.linkpath
    this.#next = undefined
    const bytes = header.size ?? 0
    const why = ambiguityOf(header, block)
    if (why !== undefined) this.#sink.ambiguous(path, why)

    const type = entryTypes.get(header.type)
    if (type !== undefined) {
      this.#sink.entry({
        path,
        type,
        bytes: type === 'file' ? bytes : 0,
        mode: header.mode ?? 0,
        ...(linkpath ? { linkpath } : {}),
      })
      if (type === 'file' && bytes === 0) this.#sink.endOfFile()
    }
    if (bytes === 0) return
    this.#padding = paddingOf(bytes)
    this.#section = type === 'file' ? 'content' : 'skipped'
    this.#wanted = bytes
  }

  #readAfterEnd(rest: Buffer): void {
    if (this.#sawBytesAfterEnd) return
    if (rest.some((byte) => byte !== 0)) {
      this.#sawBytesAfterEnd = true
      this.#sink.ambiguous('', 'bytes after the end of the archive')
    }
  }
}

const paddingOf = (bytes: number): number => (blockBytes - (bytes % blockBytes)) % blockBytes

/** Why node-tar passes over a header as if it were not there. */
function refusalOf(header: Header): string | undefined {
  if (!header.cksumValid) return 'its checksum is wrong'
  if (!header.path) return 'it has no path'
  const isLink = header.type === 'Link' || header.type === 'SymbolicLink'
  if (isLink && !header.linkpath) return 'a link without a target'
  const mayHaveTarget = isLink || header.type === 'ExtendedHeader' || header.type === 'GlobalExtendedHeader'
  return !mayHaveTarget && header.linkpath ? 'a target without a link' : undefined
}
