import type { Gap } from '../gap.js'
import { maxGitCommandMs, maxRepositoryFiles, maxRepositoryPathBytes } from '../limits.js'
import { spawnGit } from './git-command.js'
import { isRepositoryPath } from './repository-path.js'
import type { Listing, SnapshotEntry } from './snapshot.js'

/** All files of a commit, by `git ls-tree`. */
export async function listCommit(directory: string, sha: string): Promise<Listing> {
  // `--full-tree`: without it, git would list only what is below the directory that it stands in.
  const child = spawnGit(directory, ['ls-tree', '-r', '-z', '--full-tree', sha])
  child.stdin.end()
  child.stderr.resume()
  const reader = new TreeReader()
  const stop = () => child.kill('SIGKILL')
  const timer = setTimeout(() => {
    reader.stopAt(`git ls-tree took more than ${maxGitCommandMs} ms`)
    stop()
  }, maxGitCommandMs)
  child.stdout.on('data', (chunk: Buffer) => {
    if (!reader.take(chunk)) stop()
  })
  const status = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(-1))
    child.on('close', resolve)
  })
  clearTimeout(timer)
  return reader.finish(status === 0)
}

/** Records of `git ls-tree -z`: `<mode> <type> <id>\t<path>\0`. */
class TreeReader {
  readonly #entries = new Map<string, SnapshotEntry>()
  readonly #gaps: Gap[] = []
  #rest: Buffer = Buffer.alloc(0)
  #stopped = false

  /** False when no more is wanted. */
  take(chunk: Buffer): boolean {
    if (this.#stopped) return false
    let buffer = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    for (let end = buffer.indexOf(0); end !== -1 && !this.#stopped; end = buffer.indexOf(0)) {
      this.#add(buffer.subarray(0, end))
      buffer = buffer.subarray(end + 1)
    }
    if (buffer.length > maxRepositoryPathBytes + 100) {
      this.stopAt(`a path is longer than ${maxRepositoryPathBytes} bytes`)
    }
    this.#rest = buffer
    return !this.#stopped
  }

  stopAt(detail: string): void {
    if (!this.#stopped) this.#gaps.push({ code: 'limit-reached', fact: 'repository', detail })
    this.#stopped = true
  }

  finish(isWhole: boolean): Listing {
    if (!isWhole && !this.#stopped) this.#miss('git could not list the commit: its objects are not all in this clone')
    return { entries: [...this.#entries.values()], gaps: this.#gaps }
  }

  #miss(detail: string): void {
    this.#gaps.push({ code: 'repository-unreadable', fact: 'repository', detail })
  }

  #add(record: Buffer): void {
    const tab = record.indexOf(0x09)
    const [mode, , id] = record.subarray(0, tab).toString('latin1').split(' ')
    const path = toPath(record.subarray(tab + 1))
    if (tab === -1 || mode === undefined || id === undefined) {
      this.#miss('git listed an entry in an unknown form')
    } else if (record.length - tab > maxRepositoryPathBytes) {
      this.stopAt(`a path is longer than ${maxRepositoryPathBytes} bytes`)
    } else if (this.#entries.size >= maxRepositoryFiles) {
      this.stopAt(`more than ${maxRepositoryFiles} files`)
    } else if (!isRepositoryPath(path) || this.#entries.has(path)) {
      // Git would not write such a tree, but a pushed one can hold it; a duplicate would hide one of two files.
      this.#miss(`the tree holds an unsafe path: ${path}`)
    } else if (!isBelowGit(path)) {
      this.#entries.set(path, { path, kind: kindOf(mode), id })
    }
  }
}

function kindOf(mode: string): SnapshotEntry['kind'] {
  if (mode === '120000') return 'symlink'
  return mode === '160000' ? 'submodule' : 'file'
}

const isBelowGit = (path: string): boolean => path === '.git' || path.startsWith('.git/')

/** Bytes that are not UTF-8 become `\xNN`, so that two such paths stay two. */
function toPath(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  if (Buffer.from(text, 'utf8').equals(bytes)) return text
  return bytes.toString('latin1').replace(/[\x80-\xff]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16)}`)
}
