import { maxFlowsOfFile } from '../../../limits.js'
import type { CodeAbilities } from '../capabilities/read-capabilities.js'
import { sensitivePlace } from '../capabilities/sensitive-paths.js'
import type { Flow, FlowPiece, FlowPort, FlowSink, FlowSource, Scope } from '../file-code.js'
import type { SourceText } from '../read/source-text.js'
import { type SyntaxNode, startOf } from '../read/syntax-node.js'
import { isCall } from './call-graph.js'
import type { SinkSeen, Sinks } from './sinks.js'
import type { SourceSeen } from './sources.js'
import type { SyntaxIndex } from './syntax-index.js'
import type { Taint } from './taint.js'
import { keyKindOf } from './words.js'

/** Where what is followed comes from. */
export type Origin =
  | { readonly kind: 'source'; readonly seen: SourceSeen }
  | { readonly kind: 'port'; readonly port: FlowPort }

/** What was found of one file: flows from end to end, and pieces that other modules may complete. */
export class FoundFlows {
  readonly #index: SyntaxIndex
  readonly #code: CodeAbilities
  readonly #text: SourceText
  readonly #sinks: Sinks
  readonly #origins: Origin[] = []
  readonly #flows = new Map<string, Flow>()
  readonly #pieces = new Map<string, FlowPiece>()

  constructor(index: SyntaxIndex, code: CodeAbilities, text: SourceText, sinks: Sinks) {
    this.#index = index
    this.#code = code
    this.#text = text
    this.#sinks = sinks
  }

  /** Gives the number by which a taint names it. */
  begin(origin: Origin): number {
    this.#origins.push(origin)
    return this.#origins.length - 1
  }

  originOf({ source }: Taint): Origin | undefined {
    return this.#origins[source]
  }

  flows(): readonly Flow[] {
    return withoutLesser([...this.#flows.values()].slice(0, maxFlowsOfFile))
  }

  pieces(): readonly FlowPiece[] {
    return [...this.#pieces.values()].slice(0, maxFlowsOfFile)
  }

  note(taint: Taint, seen: SinkSeen, detail: string, node: SyntaxNode): void {
    const origin = this.originOf(taint)
    if (origin === undefined) return
    const { kind, host } = seen
    const isFull = (origin.kind === 'port' ? this.#pieces : this.#flows).size >= maxFlowsOfFile
    if (isFull) return
    const sink: FlowSink = { ...this.#place(node), kind, detail, ...(host !== undefined && { host }) }
    const scope = this.scopeOf(node)
    if (origin.kind === 'port') {
      this.notePiece(taint, sink, scope)
      return
    }
    // Keys are what services are asked with: without a host there is nothing to judge.
    if (origin.seen.kind === 'key-material' && host === undefined) return
    const source = this.#source(origin.seen)
    const key = `${keyOf(source)} ${sink.line}:${sink.column} ${sink.kind}`
    const known = this.#flows.get(key)
    if (known === undefined || known.source.detail.length < source.detail.length)
      this.#flows.set(key, { source, sink, scope })
  }

  notePiece(taint: Taint, to: FlowSink | FlowPort, scope: Scope): void {
    const origin = this.originOf(taint)
    if (origin === undefined || this.#pieces.size >= maxFlowsOfFile) return
    // Credentials go from module to module in all that asks a service.
    const isKey = origin.kind === 'source' && origin.seen.kind === 'key-material'
    if (isKey && keyKindOf(origin.seen.detail) !== 'signing') return
    const from =
      origin.kind === 'source' ? this.#source(origin.seen) : { ...origin.port, at: taint.taken, whole: taint.whole }
    const key = JSON.stringify(['detail' in from ? keyOf(from) : from, to])
    if (!this.#pieces.has(key)) this.#pieces.set(key, { from, to, scope })
  }

  #source({ kind, detail, node, key }: SourceSeen): FlowSource {
    const place = this.#place(node)
    const host = key !== undefined && isCall(node) ? this.#sinks.hostOf(node, key) : undefined
    const enumeration = this.#code.sightings.find(
      (sighting) => sighting.capability === 'environment-enumeration' && sighting.line === place.line,
    )
    const words = kind === 'environment' ? (enumeration?.detail ?? detail) : detail
    return { ...place, kind, detail: words.slice(0, 200), ...(host !== undefined && { host }) }
  }

  #place(node: SyntaxNode): { line: number; column: number; excerpt: string } {
    const offset = startOf(node)
    return { ...this.#text.placeAt(offset), excerpt: this.#text.excerptAt(offset) }
  }

  /** A callback that stands where it is handed over counts as a part of what is around it. */
  scopeOf(node: SyntaxNode): Scope {
    for (let within = this.#index.functionOf(node); within !== undefined; within = this.#index.functionOf(within)) {
      const site = this.#code.names.functions.get(within)
      if (site !== undefined && this.#code.runsAtLoad.has(site)) return 'top'
      const { node: outer, parent } = this.#index.user(within)
      if (!isCall(parent) || !(parent.arguments as readonly SyntaxNode[]).includes(outer)) return 'function'
    }
    return 'top'
  }
}

/** What was downloaded and then unpacked is told once. */
function withoutLesser(flows: readonly Flow[]): readonly Flow[] {
  const downloaded = new Set(
    flows.filter(({ source }) => source.kind === 'download').map(({ sink }) => `${sink.line}:${sink.column}`),
  )
  return flows.filter(({ source, sink }) => source.kind !== 'decoded' || !downloaded.has(`${sink.line}:${sink.column}`))
}

/** A path is met as a whole and in its parts. */
function keyOf({ kind, detail, line, column }: FlowSource): string {
  const place = kind === 'credential-file' ? sensitivePlace(detail) : undefined
  return `${kind} ${line}:${place ?? column}`
}
