import { createHash } from 'node:crypto'
import { posix } from 'node:path'
import type { UnpackedPackage } from './unpacked-package.js'

const extensions = ['', '.js', '.json', '.node', '.mjs', '.cjs', '.ts', '.sh']
const indexes = ['/index.js', '/index.json', '/index.node', '/index.mjs', '/index.cjs']

export const withoutFormatting = (text: string): string =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')

/** The files of one package, looked up as Node and a shell would. */
export class PackageFiles {
  readonly #unpacked: UnpackedPackage

  constructor(unpacked: UnpackedPackage) {
    this.#unpacked = unpacked
  }

  sha256(path: string): string | undefined {
    return this.#unpacked.files.get(path)?.sha256
  }

  /** The lines stay lines: a comment that ends earlier is more than formatting. */
  linesSha256(path: string): string | undefined {
    const text = this.#unpacked.files.get(path)?.kind === 'text' ? this.text(path) : undefined
    return text === undefined ? undefined : createHash('sha256').update(withoutFormatting(text)).digest('hex')
  }

  text(path: string): string | undefined {
    return this.#unpacked.texts.get(path)?.toString()
  }

  /** A file under exactly this name. */
  exact(folder: string, path: string): string | undefined {
    const found = posix.normalize(posix.join(folder, path)).replace(/\/$/, '')
    if (this.#unpacked.files.has(found)) return found
    // npm renames `.gitignore` on unpacking where there is no `.npmignore` beside it.
    const renamed = found.replace(/(^|\/)\.npmignore$/, '$1.gitignore')
    return this.#unpacked.files.has(renamed) ? renamed : undefined
  }

  /** A file, with or without its extension. */
  file(folder: string, path: string): string | undefined {
    return path === '' ? undefined : this.#first(folder, path, extensions)
  }

  /** What Node finds for a module of that name: a file, or what a folder is loaded by. */
  module(folder: string, path: string): string | undefined {
    if (path === '') return undefined
    return this.#first(folder, path, extensions) ?? this.#mainOf(folder, path) ?? this.#first(folder, path, indexes)
  }

  /** How a file is read on: shell scripts by their name or first line, every other text as JavaScript; undefined for the rest. */
  language(path: string): 'shell' | 'javascript' | undefined {
    const file = this.#unpacked.files.get(path)
    if (file === undefined || file.kind === 'empty' || path.endsWith('.json')) return undefined
    // Node also runs a JavaScript file with a NUL byte in it, which is none by its first bytes.
    if (file.kind !== 'text') return /\.[cm]?[jt]s$/.test(path) ? 'javascript' : undefined
    if (/\.(?:sh|bash|bat|cmd)$/i.test(path)) return 'shell'
    return /^#!.{0,64}\b(?:ba|z|da|k|a)?sh\b/.test(this.#head(path)) ? 'shell' : 'javascript'
  }

  #head(path: string): string {
    return this.#unpacked.texts.get(path)?.toString('latin1', 0, 128) ?? ''
  }

  /** A folder with a package.json of its own is loaded by that one's `main`. */
  #mainOf(folder: string, path: string): string | undefined {
    const manifest = this.exact(folder, posix.join(path, 'package.json'))
    const text = manifest === undefined ? undefined : this.text(manifest)
    if (text === undefined) return undefined
    const main = /"main"\s{0,16}:\s{0,16}"([^"\n]{1,512})"/.exec(text)?.[1]
    return main === undefined ? undefined : this.#first(folder, posix.join(path, main), [...extensions, ...indexes])
  }

  #first(folder: string, path: string, endings: readonly string[]): string | undefined {
    for (const ending of endings) {
      const found = this.exact(folder, path + ending)
      if (found !== undefined) return found
    }
    return undefined
  }
}
