import { posix } from 'node:path'
import { maxJoinedFlows } from '../../limits.js'
import type { FlowPiece, FlowPort, FlowSink, FlowSource, Scope } from './file-code.js'
import { type AnalysedFile, type PackageFlow, whenOf } from './package-code.js'

/** The package's own files that a specifier names, seen from a folder. */
export type ResolveModule = (specifier: string, folder: string) => readonly string[]

/** What secrets reach within each file, and from file to file along the imports. Sorted by file and place of the sink. */
export function packageFlows(files: readonly AnalysedFile[], resolve: ResolveModule): readonly PackageFlow[] {
  const flows = [...files.flatMap(flowsWithin), ...new Joiner(files, resolve).join()]
  return flows.sort((a, b) => compare(placeOf(a), placeOf(b)))
}

const flowsWithin = ({ path, reach, code }: AnalysedFile): readonly PackageFlow[] =>
  code.flows.map(({ source, sink, scope }) => ({
    when: whenOf({ reach }, { scope }),
    source: { file: path, ...source },
    sink: { file: path, ...sink },
  }))

const placeOf = ({ sink, source }: PackageFlow): readonly (string | number)[] => [
  ...[sink.file, sink.line, sink.column, source.file, source.line, source.column],
]

function compare(one: readonly (string | number)[], other: readonly (string | number)[]): number {
  const at = one.findIndex((part, index) => part !== other[index])
  return at === -1 ? 0 : (one[at] ?? 0) < (other[at] ?? 0) ? -1 : 1
}

const isPort = (end: FlowSource | FlowSink | FlowPort): end is FlowPort => 'whole' in end

/** A source's value that leaves a file by a port. */
interface Leaving {
  readonly source: FlowSource & { readonly file: string }
  readonly file: AnalysedFile
  readonly port: FlowPort
  readonly scope: Scope
}

/** Modules that only hand on what others export, one behind the other. */
const maxReexports = 4

/** Puts the pieces of flows together. */
class Joiner {
  readonly #files: ReadonlyMap<string, AnalysedFile>
  readonly #resolve: ResolveModule
  readonly #flows = new Map<string, PackageFlow>()
  readonly #seen = new Set<string>()
  readonly #waiting: Leaving[] = []

  constructor(files: readonly AnalysedFile[], resolve: ResolveModule) {
    this.#files = new Map(files.map((file) => [file.path, file]))
    this.#resolve = resolve
  }

  join(): Iterable<PackageFlow> {
    for (const file of this.#files.values()) {
      for (const { from, to, scope } of file.code.flowPieces ?? []) {
        if (!isPort(from) && isPort(to)) this.#leave({ source: { file: file.path, ...from }, file, port: to, scope })
      }
    }
    for (let next = this.#waiting.pop(); next !== undefined; next = this.#waiting.pop()) {
      if (next.port.kind === 'imported') this.#enterCalled(next)
      else this.#enterImporters(next)
    }
    return this.#flows.values()
  }

  #leave(leaving: Leaving): void {
    const { source, file, port } = leaving
    const key = JSON.stringify([source.file, source.line, source.column, source.kind, file.path, port])
    if (this.#seen.has(key) || this.#seen.size >= maxJoinedFlows) return
    this.#seen.add(key)
    this.#waiting.push(leaving)
  }

  /** It is an argument of what another file exports. */
  #enterCalled(leaving: Leaving): void {
    const { port, file } = leaving
    for (const path of this.#modules(port.module ?? '', file.path)) {
      for (const { file: target, name } of this.#exporters(path, port.name)) {
        for (const piece of target.code.flowPieces ?? []) {
          const { from } = piece
          const isMeant =
            isPort(from) && from.kind === 'exported' && from.argument === port.argument && isSame(from.name, name)
          if (isMeant) this.#enter(leaving, port.at, target, piece, from.at, from.whole)
        }
      }
    }
  }

  /** Others get it from this file. */
  #enterImporters(leaving: Leaving): void {
    const { port, file } = leaving
    for (const importer of this.#files.values()) {
      for (const piece of importer.code.flowPieces ?? []) {
        const { from } = piece
        if (!isPort(from) || from.kind !== 'imported') continue
        const asked = this.#modules(from.module ?? '', importer.path)
        const isMeant = asked.some((path) => this.#exporters(path, from.name).some((target) => target.file === file))
        if (isMeant)
          this.#enter(leaving, [...port.name, ...port.at], importer, piece, [...from.name, ...from.at], from.whole)
      }
    }
  }

  /** `had`: where the value lies in what arrives; `wanted`: which part of that the piece is about. */
  #enter(
    leaving: Leaving,
    had: readonly string[],
    file: AnalysedFile,
    { to, scope }: FlowPiece,
    wanted: readonly string[],
    whole: boolean,
  ): void {
    const { port, source } = leaving
    const shorter = Math.min(had.length, wanted.length)
    for (let at = 0; at < shorter; at++) {
      if (had[at] !== wanted[at] && had[at] !== '*' && wanted[at] !== '*') return
    }
    // More is asked for than is known: of a secret as a whole each part is secret.
    if (wanted.length > had.length && !port.whole) return
    const rest = had.slice(wanted.length)
    const runs = port.kind === 'imported' ? { scope: leaving.scope, file: leaving.file } : { scope, file }
    if (isPort(to)) {
      const next = whole ? { ...to, whole: true } : { ...to, at: [...to.at, ...rest], whole: port.whole }
      this.#leave({ source, file, port: next, scope: runs.scope })
      return
    }
    const isAll = whole || to.kind === 'network' || (rest.length === 0 && port.whole)
    if (!isAll || !fits(source, to)) return
    const flow: PackageFlow = { when: whenOf(runs.file, runs), source, sink: { file: file.path, ...to } }
    const key = JSON.stringify(placeOf(flow))
    if (!this.#flows.has(key)) this.#flows.set(key, flow)
  }

  #modules(specifier: string, from: string): readonly string[] {
    return this.#resolve(specifier, posix.dirname(from))
  }

  /** The file that a name comes from, behind those that only hand it on. */
  #exporters(path: string, name: readonly string[]): readonly { file: AnalysedFile; name: readonly string[] }[] {
    const found: { file: AnalysedFile; name: readonly string[] }[] = []
    const seen = new Set<string>()
    let layer = [path]
    for (let depth = 0; depth <= maxReexports && layer.length > 0; depth++) {
      const next: string[] = []
      for (const one of layer) {
        const file = this.#files.get(one)
        if (file === undefined || seen.has(one)) continue
        seen.add(one)
        found.push({ file, name })
        for (const { kind, names, specifier } of file.code.requests) {
          const isMeant = kind === 're-export' && (names.includes('*') || names.includes(name[0] ?? 'default'))
          if (isMeant && specifier !== undefined) next.push(...this.#modules(specifier, one))
        }
      }
      layer = next.slice(0, 50)
    }
    return found
  }
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((part, at) => part === other[at])

/** Secrets leave, foreign text is run; keys are what services are asked with: without a host there is nothing to judge. */
const fits = ({ kind }: FlowSource, sink: FlowSink): boolean =>
  (kind !== 'key-material' || (sink.kind === 'network' && sink.host !== undefined)) &&
  (kind === 'download' || kind === 'decoded') === (sink.kind === 'evaluation')
