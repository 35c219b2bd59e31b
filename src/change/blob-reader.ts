import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import { spawnGit } from './git-command.js'

export type BlobRead =
  | { readonly kind: 'blob'; readonly bytes: Buffer }
  | { readonly kind: 'too-large'; readonly size: number }
  | { readonly kind: 'failed'; readonly detail: string }

interface Request {
  readonly id: string
  readonly maxBytes: number
  readonly settle: (read: BlobRead) => void
}

const newline = 0x0a

/**
 * Reads blobs of one repository by id through one long-lived `git cat-file --batch`. Any number may be asked for at once.
 * A blob above its limit is not read: the process is ended instead of drained, and another one serves what is still open.
 */
export class BlobReader {
  #child: ChildProcessWithoutNullStreams | undefined
  #open: Request[] = []
  #chunks: Buffer[] = []
  #buffered = 0
  /** Size of the body that is under way, its final newline included; undefined while a header is. */
  #body: number | undefined
  #closed = false

  constructor(private readonly directory: string) {}

  /** `id` is 40 or 64 hexadecimal digits, so that no line break can smuggle in a second request. */
  read(id: string, maxBytes: number): Promise<BlobRead> {
    if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id)) return Promise.resolve(failed('not an object id'))
    if (this.#closed) return Promise.resolve(failed('the repository was closed'))
    return new Promise((settle) => {
      this.#open.push({ id, maxBytes, settle })
      if (this.#child === undefined) this.#start()
      else this.#child.stdin.write(`${id}\n`)
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    const child = this.#child
    this.#stop()
    for (const { settle } of this.#open.splice(0)) settle(failed('the repository was closed'))
    if (child !== undefined && child.exitCode === null && child.signalCode === null && child.pid !== undefined) {
      await new Promise((resolve) => child.once('close', resolve))
    }
  }

  #start(): void {
    const child = spawnGit(this.directory, ['cat-file', '--batch'])
    this.#child = child
    const ended = (detail: string) => {
      if (this.#child === child) this.#restart(failed(detail))
    }
    child.stdout.on('data', (chunk: Buffer) => {
      if (this.#child === child) this.#take(chunk)
    })
    // Nobody reads it, but a full pipe would stop git. A write to a process that has ended is reported by `close` as well.
    child.stderr.resume()
    child.stdin.on('error', () => ended('git cat-file stopped'))
    child.on('error', () => ended('git could not be started'))
    child.on('close', () => ended('git cat-file stopped'))
    child.stdin.write(this.#open.map(({ id }) => `${id}\n`).join(''))
  }

  #stop(): void {
    this.#child?.kill('SIGKILL')
    this.#child = undefined
    this.#chunks = []
    this.#buffered = 0
    this.#body = undefined
  }

  /** Ends the process, settles the first request, which is the one it was at, and starts anew for the others. */
  #restart(read: BlobRead): void {
    this.#stop()
    this.#open.shift()?.settle(read)
    if (this.#open.length > 0) this.#start()
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#buffered += chunk.length
    while (this.#step()) {
      // Each step takes one header or one whole body.
    }
  }

  #step(): boolean {
    if (this.#body !== undefined) {
      if (this.#buffered < this.#body) return false
      const bytes = this.#pull(this.#body)
      this.#body = undefined
      // A copy of its own, so that a small file does not keep the chunk alive that it came in.
      this.#open.shift()?.settle({ kind: 'blob', bytes: Buffer.from(bytes.subarray(0, -1)) })
      return true
    }
    const whole = this.#whole()
    const end = whole.indexOf(newline)
    if (end === -1) return false
    this.#readHeader(
      this.#pull(end + 1)
        .toString('latin1')
        .trimEnd(),
    )
    return this.#buffered > 0
  }

  /** `<id> blob <size>`, or `<id> missing`. */
  #readHeader(header: string): void {
    const [id, type, size] = header.split(' ')
    const request = this.#open[0]
    const bytes = Number(size)
    if (request !== undefined && id === request.id && type === 'missing') {
      this.#open.shift()
      request.settle(failed('the object is not in this clone'))
    } else if (request === undefined || id !== request.id || type !== 'blob' || !Number.isSafeInteger(bytes)) {
      this.#restart(failed('git gave something else than the blob that was asked for'))
    } else if (bytes > request.maxBytes) {
      this.#restart({ kind: 'too-large', size: bytes })
    } else {
      this.#body = bytes + 1
    }
  }

  #whole(): Buffer {
    const [first = Buffer.alloc(0), ...others] = this.#chunks
    const whole = others.length === 0 ? first : Buffer.concat(this.#chunks)
    this.#chunks = [whole]
    return whole
  }

  #pull(bytes: number): Buffer {
    const whole = this.#whole()
    const rest = whole.subarray(bytes)
    this.#chunks = rest.length > 0 ? [rest] : []
    this.#buffered = rest.length
    return whole.subarray(0, bytes)
  }
}

const failed = (detail: string): BlobRead => ({ kind: 'failed', detail })
