import { posix } from 'node:path'
import type { FileCode } from './file-code.js'
import type { ModuleResolver } from './module-resolver.js'
import type { ModuleUse, Reach } from './package-code.js'

type Way = Exclude<Reach, 'unreached'>

const order: readonly Reach[] = ['install', 'load', 'bin', 'unreached']

/** Abilities whose constant may name a file of the package that they start. */
const starters: ReadonlySet<string> = new Set(['shell', 'worker', 'native-addon'])

/** Which files of a package load which others. */
export class LoadGraph {
  readonly #resolver: ModuleResolver
  readonly #codes: ReadonlyMap<string, FileCode>
  readonly #textRequests: (path: string) => readonly string[]

  /** `textRequests`: what the text of a file names, for those without a tree. */
  constructor(
    resolver: ModuleResolver,
    codes: ReadonlyMap<string, FileCode>,
    textRequests: (path: string) => readonly string[],
  ) {
    this.#resolver = resolver
    this.#codes = codes
    this.#textRequests = textRequests
  }

  /** Path → the first way that leads to it, for all that any way leads to. */
  follow(roots: ReadonlyMap<Way, readonly string[]>): ReadonlyMap<string, Reach> {
    const reached = new Map<string, Reach>()
    for (const [way, paths] of roots) {
      const waiting = [...paths]
      for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
        if (reached.has(path)) continue
        reached.set(path, way)
        waiting.push(...this.loadedBy(path))
      }
    }
    return reached
  }

  /** The package's own files that one of them loads, or starts as a process or worker. */
  loadedBy(path: string): readonly string[] {
    const code = this.#codes.get(path)
    if (code === undefined) return []
    const folder = posix.dirname(path)
    const named = [
      ...code.requests.map(({ specifier }) => specifier),
      ...(code.unanalysable === undefined ? [] : this.#textRequests(path)),
    ]
    return [
      ...named.flatMap((specifier) => (specifier === undefined ? [] : this.#resolver.resolve(specifier, folder))),
      ...code.sightings.flatMap(({ capability, constant }) =>
        constant !== undefined && starters.has(capability) ? this.#started(constant, folder) : [],
      ),
    ]
  }

  /** Modules from outside of the package, each with the first reach of those that ask for it. */
  modules(reached: ReadonlyMap<string, Reach>): readonly ModuleUse[] {
    const uses = new Map<string, Reach>()
    for (const [path, { requests }] of this.#codes) {
      const reach = reached.get(path) ?? 'unreached'
      const folder = posix.dirname(path)
      for (const { specifier } of requests) {
        const name = specifier === undefined ? undefined : moduleName(specifier)
        if (name === undefined || specifier === undefined) continue
        const before = uses.get(name)
        if (before !== undefined && order.indexOf(before) <= order.indexOf(reach)) continue
        if (this.#resolver.resolve(specifier, folder).length === 0) uses.set(name, reach)
      }
    }
    return [...uses].map(([name, reach]) => ({ name, reach })).sort((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** A path, or a command with one in it: relative to the file, as `new URL` and `path.join(__dirname)` give it, or to where the package stands. */
  #started(constant: string, folder: string): readonly string[] {
    const words = constant
      .slice(0, 4096)
      .split(/[\s'"]+/)
      .slice(0, 32)
    return words
      .filter((word) => /\.[cm]?[jt]sx?$/.test(word))
      .flatMap((word) => [folder, ''].flatMap((start) => this.#resolver.resolve(`./${word}`, start)))
  }
}

/** The package of a specifier; undefined for relative ones, URLs, and names that npm would not allow. */
function moduleName(specifier: string): string | undefined {
  const match = /^(?:node:)?(@[\w.~-]{1,214}\/[\w.~-]{1,214}|[\w~-][\w.~-]{0,213})(?:\/|$)/.exec(specifier)
  return match?.[1]
}
