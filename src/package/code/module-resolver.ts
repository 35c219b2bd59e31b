import { posix } from 'node:path'
import { maxExportTargets } from '../../limits.js'
import { isRecord, own } from '../../registry/manifest.js'
import type { PackageFiles } from '../package-files.js'

/** Besides what Node itself adds, which PackageFiles knows: bundlers and TypeScript try these. */
const furtherEndings = ['.jsx', '.ts', '.tsx', '.mts', '.cts', '/index.ts', '/index.tsx', '/index.jsx']

/** TypeScript's sources name the file that they will be compiled to. */
const sourceEndings: ReadonlyMap<string, readonly string[]> = new Map([
  ['.js', ['.ts', '.tsx', '.jsx']],
  ['.mjs', ['.mts']],
  ['.cjs', ['.cts']],
  ['.jsx', ['.tsx']],
])

/** Which file of the package a request names, as Node, a bundler or TypeScript would find it. */
export class ModuleResolver {
  readonly #files: PackageFiles
  readonly #paths: readonly string[]
  readonly #imports: unknown
  readonly #name: string | undefined

  /** `manifest`: the parsed package.json as it stands, for its `imports`. */
  constructor(files: PackageFiles, paths: readonly string[], manifest: unknown) {
    this.#files = files
    this.#paths = paths
    this.#imports = isRecord(manifest) ? own(manifest, 'imports') : undefined
    const name = isRecord(manifest) ? own(manifest, 'name') : undefined
    this.#name = typeof name === 'string' && name !== '' ? name : undefined
  }

  /** `from`: the folder of the file that asks. Several where only the running program decides; none outside of the package. */
  resolve(specifier: string, from: string): readonly string[] {
    const path = specifier.replace(/^file:(?:\/\/)?/, '').replace(/[?#].*$/s, '')
    if (/^\.{0,2}\//.test(path) || path === '.' || path === '..')
      return this.#module(path.startsWith('/') ? '' : from, path)
    if (specifier.startsWith('#')) return this.#mapped(this.#imports, specifier)
    if (this.#name !== undefined && (specifier === this.#name || specifier.startsWith(`${this.#name}/`))) {
      return this.#module('', `.${specifier.slice(this.#name.length)}`)
    }
    return this.#bundled(specifier, from)
  }

  /** All files that an `exports`, `imports` or `browser` value of a manifest leads to, under whatever condition. */
  targets(value: unknown): readonly string[] {
    return [...new Set(leavesOf(value).flatMap((target) => this.#target(target)))]
  }

  file(path: string): readonly string[] {
    return this.#module('', path)
  }

  #module(folder: string, path: string): readonly string[] {
    const found = this.#files.module(folder, path) ?? this.#source(folder, path)
    return found === undefined ? [] : [found]
  }

  #source(folder: string, path: string): string | undefined {
    const ending = posix.extname(path)
    const stem = path.slice(0, path.length - ending.length)
    const tries = [
      ...(sourceEndings.get(ending) ?? []).map((other) => stem + other),
      ...furtherEndings.map((other) => path.replace(/\/$/, '') + other),
    ]
    for (const name of tries) {
      const found = this.#files.exact(folder, name)
      if (found !== undefined) return found
    }
    return undefined
  }

  /** `imports` maps names, or patterns with one star, to files or other packages. */
  #mapped(map: unknown, specifier: string): readonly string[] {
    if (!isRecord(map)) return []
    const exact = own(map, specifier)
    if (exact !== undefined) return this.targets(exact)
    return Object.keys(map)
      .filter((key) => key.endsWith('*') && specifier.startsWith(key.slice(0, -1)))
      .flatMap((key) => this.targets(map[key]))
  }

  /** A star stands for any text, folders included. */
  #target(target: string): readonly string[] {
    if (!target.startsWith('./')) return []
    const star = target.indexOf('*')
    if (star === -1) return target.endsWith('/') ? this.#within(target.slice(2), '') : this.#module('', target)
    return this.#within(target.slice(2, star), target.slice(target.lastIndexOf('*') + 1))
  }

  #within(start: string, end: string): readonly string[] {
    return this.#paths.filter((path) => path.startsWith(start) && path.endsWith(end))
  }

  /** What the package brings along in a `node_modules` of its own. */
  #bundled(specifier: string, from: string): readonly string[] {
    const folders = from === '' || from === '.' ? [] : from.split('/')
    for (let depth = folders.length; depth >= 0; depth--) {
      const base = [...folders.slice(0, depth), 'node_modules'].join('/')
      const found = this.#module(base, `./${specifier}`)
      if (found.length > 0) return found
    }
    return []
  }
}

/** The texts in nested conditions. Deep nesting is the package's to choose: no recursion. */
function leavesOf(value: unknown): readonly string[] {
  const leaves: string[] = []
  const waiting: unknown[] = [value]
  while (waiting.length > 0 && leaves.length < maxExportTargets) {
    const next = waiting.pop()
    if (typeof next === 'string') leaves.push(next)
    else if (Array.isArray(next)) waiting.push(...next.slice(0, maxExportTargets))
    else if (isRecord(next)) waiting.push(...Object.values(next).slice(0, maxExportTargets))
  }
  return leaves
}
