/** One package of a lockfile, as far as its hashes go. */
export interface ScannedPackage {
  readonly name: string
  readonly line: number
  /** Whether an index serves it. */
  readonly fromIndex: boolean
  readonly files: number
  readonly hashes: number
}

interface OpenPackage {
  name: string
  line: number
  fromIndex: boolean
  files: number
  hashes: number
}

/**
 * The packages of a `poetry.lock`, `uv.lock` or `pdm.lock` whose every line has the form in which these tools write it; null for any other text,
 * which needs a parser of TOML. A thousand packages are some megabyte, for which a parser takes a second and this some milliseconds.
 */
export function scanPythonLock(text: string): readonly ScannedPackage[] | null {
  const scan = new LockScan()
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    if (!scan.take(raw.trimEnd(), index + 1)) return null
  }
  return scan.finish()
}

class LockScan {
  readonly #packages: OpenPackage[] = []
  readonly #filesByName = new Map<string, { files: number; hashes: number }>()
  #table = ''
  /** The key whose list is open. */
  #list: string | undefined

  /** False where the line has a form that these tools do not write. */
  take(row: string, line: number): boolean {
    if (this.#list !== undefined) return this.#takeItem(row)
    if (row === '' || row.startsWith('#')) return true
    const table = /^\[(\[?)([\w."-]+)(\]?)\]$/.exec(row)
    if (table !== null) {
      return this.#enter((table[2] ?? '').replaceAll('"', ''), table[1] === '[', table[3] === ']', line)
    }
    const pair = /^("[^"\\]*"|[\w.-]+) = (.*)$/.exec(row)
    return pair !== null && this.#takePair((pair[1] ?? '').replaceAll('"', ''), pair[2] ?? '', line)
  }

  #enter(name: string, opens: boolean, closes: boolean, line: number): boolean {
    this.#table = name
    if (name === 'package' && opens) {
      this.#packages.push({ name: '', line, fromIndex: true, files: 0, hashes: 0 })
    }
    // The lists of other tools, which hold the same in other words.
    return opens === closes && (name !== 'package' || opens) && !name.startsWith('packages')
  }

  #takePair(key: string, value: string, line: number): boolean {
    // A text over several lines could hold anything, and another spelling of a package anything too.
    if (/"""|'''/.test(value) || (this.#table === '' && /^(?:package|metadata)/.test(key))) return false
    if (this.#table === 'package' && key.includes('.')) return false
    if (value === '[') {
      this.#list = key
      return true
    }
    const own = this.#packages.at(-1)
    if (this.#table === 'package.source' && key === 'type' && own) own.fromIndex = /^"(?:legacy|pypi)"$/.test(value)
    if (this.#table !== 'package') return !(this.#table === 'metadata.files' && value !== '[]') && isWhole(value)
    if (own === undefined || !isWhole(value)) return false
    if (key === 'name') {
      own.name = /^"([^"\\]*)"$/.exec(value)?.[1] ?? ''
      own.line = line
      return own.name !== ''
    }
    if (key === 'sdist') return this.#count(own, value)
    if (key === 'source') own.fromIndex = /^\{ registry = /.test(value)
    if (['git', 'path', 'url', 'editable', 'directory', 'vcs', 'archive'].includes(key)) own.fromIndex = false
    return !(key === 'files' || key === 'wheels') || value === '[]'
  }

  #takeItem(row: string): boolean {
    if (row === ']') {
      this.#list = undefined
      return true
    }
    const item = /^\s*(\{.*\}|"(?:[^"\\]|\\.)*"),?$/.exec(row)?.[1]
    if (item === undefined) return row.trim() === '' || row.trim().startsWith('#')
    if (this.#table === 'metadata.files') return this.#count(this.#filesOf(this.#list ?? ''), item)
    const own = this.#packages.at(-1)
    const isFiles = this.#table === 'package' && (this.#list === 'files' || this.#list === 'wheels')
    return !isFiles || (own !== undefined && this.#count(own, item))
  }

  #filesOf(name: string): { files: number; hashes: number } {
    const known = this.#filesByName.get(name) ?? { files: 0, hashes: 0 }
    this.#filesByName.set(name, known)
    return known
  }

  #count(into: { files: number; hashes: number }, item: string): boolean {
    into.files += 1
    if (/[{,] ?hash = "[^"]+"/.test(item)) into.hashes += 1
    // In another kind of quotes what looks like a hash may be part of an address.
    return item.startsWith('{') && item.endsWith('}') && !item.includes("'")
  }

  finish(): readonly ScannedPackage[] | null {
    if (this.#list !== undefined) return null
    return this.#packages.map((one) => {
      const more = this.#filesByName.get(one.name) ?? { files: 0, hashes: 0 }
      return { ...one, files: one.files + more.files, hashes: one.hashes + more.hashes }
    })
  }
}

/** A value that ends on its line: a text, a number, a table or a list that is closed. */
const isWhole = (value: string): boolean =>
  /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w.:+-]+|\{.*\}|\[.*\])(?:\s+#.*)?$/.test(value)
