import { maxTokeniseBytes } from '../limits.js'
import type { CodeCollector } from './code/code-collector.js'
import { isCodePath } from './code/code-files.js'
import { collisionKey, readEntryPath } from './entry-path.js'
import { FileReader } from './file-reader.js'
import { KeptTexts } from './kept-texts.js'
import type { FileFacts, LimitHit, UnsafeEntry } from './package-facts.js'
import { LimitReached, type PackageLimits } from './package-limits.js'
import type { TarEntry, TarSink } from './tar-reader.js'
import type { UnpackedPackage } from './unpacked-package.js'

/** What an archive holds, gathered entry by entry, within the limits of one package. */
export class ArchiveContent implements TarSink {
  readonly #limits: PackageLimits
  readonly #files = new Map<string, FileFacts>()
  readonly #texts: KeptTexts
  readonly #code: CodeCollector | undefined
  readonly #unsafe: UnsafeEntry[] = []
  /** Collision key → the path that has it, for files and for the folders they lie in. */
  readonly #filesByKey = new Map<string, string>()
  readonly #foldersByKey = new Map<string, string>()
  #packedBytes = 0
  #unpackedBytes = 0
  #archiveBytes = 0
  #entries = 0
  #open: { readonly reader: FileReader; readonly path: string | undefined; readonly entry: TarEntry } | undefined

  constructor(limits: PackageLimits, code?: CodeCollector) {
    this.#limits = limits
    this.#code = code
    this.#texts = new KeptTexts(limits.maxKeptTextBytes)
  }

  countPacked(bytes: number): void {
    this.#packedBytes += bytes
    this.#refuseAbove('maxPackedBytes', this.#packedBytes, 'bytes as downloaded')
  }

  countUnpacked(bytes: number): void {
    this.#archiveBytes += bytes
    this.#refuseAbove('maxUnpackedBytes', this.#archiveBytes, 'bytes unpacked')
    if (this.#archiveBytes < this.#limits.minRatioBytes) return
    this.#refuseAbove('maxUnpackRatio', this.#archiveBytes / this.#packedBytes, 'times the size as downloaded')
  }

  /** More than one gzip member, or bytes after it: some readers (libdeflate's) stop at the first member. */
  compareSizes(claimedBytes: number | undefined): void {
    if (claimedBytes === undefined || claimedBytes === this.#archiveBytes % 2 ** 32) return
    this.ambiguous('', 'the gzip stream has more than one member, or bytes after its end')
  }

  entry(entry: TarEntry): void {
    this.#entries += 1
    this.#refuseAbove('maxPackageFiles', this.#entries, 'entries')
    this.#refuseAbove('maxPackagePathBytes', Buffer.byteLength(entry.path), 'bytes in a path')
    this.#refuseAbove('maxPackagePathDepth', entry.path.split('/').length, 'levels in a path')
    const { installed, unsafe } = readEntryPath(entry.path, entry.type === 'directory')
    for (const reason of unsafe) this.#report({ path: entry.path, ...reason })

    if (entry.type === 'directory') {
      this.#meetFolder(entry, installed)
      return
    }
    if (entry.type !== 'file') {
      const target = entry.linkpath === undefined ? {} : { target: entry.linkpath }
      this.#report({ path: entry.path, reason: entry.type, ...target })
      return
    }
    this.#refuseAbove('maxPackageFileBytes', entry.bytes, `bytes in ${entry.path}`)
    const reader = new FileReader(entry.bytes, {
      text: installed !== undefined && entry.bytes <= this.#limits.maxKeptFileBytes,
      // Also where its first bytes are no text's: Node runs a file with a NUL byte in it.
      bytes:
        this.#code !== undefined && installed !== undefined && entry.bytes <= maxTokeniseBytes && isCodePath(installed),
    })
    this.#open = { reader, path: installed, entry }
  }

  content(chunk: Buffer): void {
    this.#open?.reader.write(chunk)
  }

  endOfFile(): void {
    if (this.#open === undefined) return
    const { reader, path, entry } = this.#open
    this.#open = undefined
    this.#unpackedBytes += entry.bytes
    if (path === undefined) return
    const { sha256, kind, text, bytes = text } = reader.end()
    const file: FileFacts = { path, bytes: entry.bytes, sha256, kind, executable: (entry.mode & 0o111) !== 0 }
    this.#meetFile(file, entry)
    // The last of several entries is the one that stays on disk.
    this.#files.set(path, file)
    this.#texts.set(path, text)
    this.#code?.offer({ path, sha256, size: entry.bytes, ...(bytes && { bytes }) })
  }

  ambiguous(path: string, why: string): void {
    this.#report({ path: path.slice(0, this.#limits.maxPackagePathBytes), reason: 'ambiguous-entry', target: why })
  }

  result(hit: LimitHit | undefined): Omit<UnpackedPackage, 'integrity'> {
    return {
      packedBytes: this.#packedBytes,
      unpackedBytes: this.#unpackedBytes,
      files: new Map([...this.#files].sort(([a], [b]) => (a < b ? -1 : 1))),
      texts: this.#texts.all(),
      unsafe: this.#unsafe,
      limits: hit === undefined ? [] : [hit],
    }
  }

  /** The same bytes under one name twice do no harm; other bytes make the package depend on who unpacks it. */
  #meetFile(file: FileFacts, entry: TarEntry): void {
    const before = this.#files.get(file.path)
    if (before !== undefined) {
      if (before.sha256 !== file.sha256) this.#report({ path: entry.path, reason: 'duplicate-path' })
      return
    }
    const key = collisionKey(file.path)
    const other = this.#filesByKey.get(key)
    if (other === undefined) this.#filesByKey.set(key, file.path)
    else if (this.#files.get(other)?.sha256 !== file.sha256) this.#collide(entry.path, other)

    const folder = this.#foldersByKey.get(key)
    if (folder !== undefined) this.#collide(entry.path, folder)
    this.#meetFoldersOf(file.path, entry)
  }

  #meetFolder(entry: TarEntry, path: string | undefined): void {
    const file = path === undefined ? undefined : this.#filesByKey.get(collisionKey(path))
    if (file !== undefined) this.#collide(entry.path, file)
  }

  /** A file where another file's folder should be: which of them exists is up to the installer. */
  #meetFoldersOf(path: string, entry: TarEntry): void {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash)
      const key = collisionKey(folder)
      if (this.#foldersByKey.has(key)) return
      this.#foldersByKey.set(key, folder)
      const file = this.#filesByKey.get(key)
      if (file !== undefined) this.#collide(entry.path, file)
    }
  }

  #collide(path: string, target: string): void {
    this.#report({ path, reason: 'colliding-path', target })
  }

  #report(entry: UnsafeEntry): void {
    this.#refuseAbove('maxUnsafeEntries', this.#unsafe.length + 1, 'odd entries')
    this.#unsafe.push(entry)
  }

  #refuseAbove(limit: keyof PackageLimits, seen: number, what: string): void {
    if (seen <= this.#limits[limit]) return
    throw new LimitReached(limit, `${Math.ceil(seen)} ${what}, at most ${this.#limits[limit]} are read`)
  }
}
