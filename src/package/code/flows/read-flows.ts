import {
  maxFlowSources,
  maxFlowSteps,
  maxFlowsOfFile,
  maxKeySteps,
  maxPortSteps,
  maxProgramFlowSteps,
} from '../../../limits.js'
import type { Abilities } from '../capabilities/ability-table.js'
import { sourceOf } from '../capabilities/found.js'
import type { CodeAbilities } from '../capabilities/read-capabilities.js'
import { sensitivePlace } from '../capabilities/sensitive-paths.js'
import type { Capability, Flow, FlowPiece, FlowPort, FlowSink, FlowSource, ModuleRequest, Scope } from '../file-code.js'
import { isOwnModule, type ReferenceKey, toWords } from '../fold/reference.js'
import type { SourceText } from '../read/source-text.js'
import { type ESTree, isFunction, type SyntaxNode, startOf } from '../read/syntax-node.js'
import { bodyOf, CallGraph, type CallNode, isCall } from './call-graph.js'
import { commandText, unpacks } from './command-text.js'
import { portOf, relaysOf } from './relays.js'
import { type Arriving, type SinkSeen, Sinks } from './sinks.js'
import {
  exportsOf,
  keysOf,
  mayNameEnvironment,
  mayNameKeys,
  namedEnvironments,
  type SourceSeen,
  sourcesOf,
} from './sources.js'
import { type Listener, Spread, type Vertex } from './spread.js'
import { SyntaxIndex } from './syntax-index.js'
import { type Taint, Taints } from './taint.js'
import { keyKindOf } from './words.js'
import { originsOf, writeInto } from './write-into.js'

export interface FileFlows {
  readonly flows: readonly Flow[]
  readonly pieces: readonly FlowPiece[]
  /** A limit was met: there may be more. */
  readonly exhausted: boolean
}

const none: FileFlows = { flows: [], pieces: [], exhausted: false }

const waysOut: readonly Capability[] = ['network', 'dns', 'socket', 'shell']
const waysIn: readonly Capability[] = ['eval', 'vm', 'shell']
const requests: readonly Capability[] = ['network', 'dns', 'socket']

/** What a file is looked through for. */
interface Plan {
  readonly seeds: readonly SourceSeen[]
  readonly keys: boolean
  /** It has something that another module may complete. */
  readonly ports: boolean
}

/**
 * Secrets that leave, and foreign text that is run, within one file; and what of such a file other modules may complete. Costs next to nothing for
 * files that have not both ends, which the abilities and a look at the text tell.
 */
export function readFlows(
  code: CodeAbilities,
  tree: SyntaxNode,
  source: SourceText,
  abilities: Abilities,
  anyKeys: boolean,
): FileFlows {
  const { seeds, keys, ports } = planFor(code, source.text)
  if (seeds.length === 0 && !keys && !ports) return { ...none, pieces: relaysOf(code, source.text) }
  const index = new SyntaxIndex(tree, code, anyKeys)
  const named = mayNameEnvironment(source.text) ? namedEnvironments(index) : []
  return new FlowReader(index, code, source, abilities).read([...seeds, ...named], keys ? keysOf(index) : [], ports)
}

/** One character after the other: all that handles texts does so. */
const isCharacter = ({ kind, detail }: Pick<SourceSeen, 'kind' | 'detail'>): boolean =>
  kind === 'decoded' && detail.startsWith('String.')

const isOwnRequest = ({ specifier = '' }: ModuleRequest): boolean => isOwnModule(specifier)

/** The largest files that are written by hand, some five thousand lines. */
const maxWrittenCharacters = 200_000

/** Of larger files the pieces of flows are left out: what is split over modules to hide it is small, and bundles have everything in one. */
const maxPortCharacters = 65_536

function planFor(code: CodeAbilities, text: string): Plan {
  const had = new Set(code.sightings.map(({ capability }) => capability))
  const has = (wanted: readonly Capability[]): boolean => wanted.some((capability) => had.has(capability))
  const ports = text.length <= maxPortCharacters
  const leaks = has(waysOut)
  // A file that is written first may be loaded by any path that is no name of a package.
  const loads =
    has(['dynamic-require', 'worker', 'native-addon']) ||
    code.requests.some(({ specifier }) => specifier?.startsWith('/'))
  const isThread = had.has('worker') && /\beval["']?\s{0,9}:\s{0,9}(?:true|!0)/.test(text)
  const runs =
    has(waysIn) || (had.has('file-write') && loads) || isThread || /createElement\(\s{0,9}["'`]script/.test(text)
  const evaluates = had.has('eval') || had.has('vm')
  const seeds = sourcesOf(code).filter(({ kind, detail }) => {
    if (kind === 'download') return runs || ports
    if (kind === 'decoded') return isCharacter({ kind, detail }) ? evaluates : runs
    return leaks || ports
  })
  const named = (leaks || ports) && mayNameEnvironment(text)
  return {
    seeds,
    keys: mayNameKeys(text) && (has(requests) || (ports && code.requests.some(isOwnRequest))),
    ports: named || (ports && (seeds.length > 0 || leaks || has(['eval', 'vm']))),
  }
}

type Origin =
  | { readonly kind: 'source'; readonly seen: SourceSeen }
  | { readonly kind: 'port'; readonly port: FlowPort }

class FlowReader implements Listener {
  readonly #index: SyntaxIndex
  readonly #code: CodeAbilities
  readonly #text: SourceText
  readonly #sinks: Sinks
  readonly #spread: Spread
  readonly #taints = new Taints()
  readonly #origins: Origin[] = []
  readonly #flows = new Map<string, Flow>()
  readonly #pieces = new Map<string, FlowPiece>()

  constructor(index: SyntaxIndex, code: CodeAbilities, text: SourceText, abilities: Abilities) {
    this.#index = index
    this.#code = code
    this.#text = text
    this.#spread = new Spread(index, new CallGraph(index, code.findings.localCalls), this.#taints, this, text.text)
    this.#sinks = new Sinks(index, abilities, (node) => originsOf(this.#spread, node).makers)
  }

  read(seeds: readonly SourceSeen[], keys: readonly SourceSeen[], ports: boolean): FileFlows {
    const sure = seeds.filter((seen) => !isCharacter(seen))
    for (const seen of sure.slice(0, maxFlowSources)) this.#seed(seen)
    const isWritten = this.#text.text.length <= maxWrittenCharacters
    this.#spread.run(isWritten ? maxFlowSteps : maxProgramFlowSteps)
    // Whole programs in one file meet the limit by what they are; a file that a person could have written does not.
    const exhausted = isWritten && (this.#spread.exhausted || sure.length > maxFlowSources)
    // These say only so much: that in a large program not all of their ways were followed does not make it unread.
    for (const seen of [...keys, ...seeds.filter(isCharacter)]) this.#seed(seen)
    this.#spread.run(maxKeySteps)
    if (ports) this.#readPorts()
    const first = <T>(map: Map<string, T>): readonly T[] => [...map.values()].slice(0, maxFlowsOfFile)
    return { flows: withoutLesser(first(this.#flows)), pieces: first(this.#pieces), exhausted }
  }

  #readPorts(): void {
    const exported = exportsOf(this.#index)
    for (const { name, node } of exported) this.#seedParameters(name, node)
    this.#seedImports()
    this.#spread.run(maxPortSteps)
    for (const { name, node } of exported) this.#noteExport(name, node)
  }

  #origin(origin: Origin): number {
    this.#origins.push(origin)
    return this.#origins.length - 1
  }

  #seed(seen: SourceSeen): void {
    const taint = this.#taints.seed(this.#origin({ kind: 'source', seen }), seen.mode)
    const binding = seen.kind === 'key-material' ? this.#index.bindingOf(seen.node) : undefined
    this.#spread.reach(binding ?? seen.node, taint)
    for (const parameter of seen.given ?? []) this.#spread.pattern(parameter, taint)
  }

  #functionOf(node: SyntaxNode): SyntaxNode | undefined {
    if (isFunction(node)) return node
    const value = this.#index.value(node)
    if (value?.kind !== 'function') return undefined
    const body = bodyOf(value.node)
    return isFunction(body) ? body : undefined
  }

  #seedParameters(name: readonly string[], node: SyntaxNode): void {
    const made = this.#functionOf(node)
    if (made === undefined || !isFunction(made)) return
    made.params.slice(0, 6).forEach((parameter, argument) => {
      const port: FlowPort = { kind: 'exported', name, argument, at: [], whole: false }
      this.#spread.pattern(parameter as SyntaxNode, this.#taints.seed(this.#origin({ kind: 'port', port }), 'module'))
    })
  }

  /** What comes from the package's other modules. */
  #seedImports(): void {
    for (const { node } of this.#index.names.sites) {
      if (node.type === 'ImportDeclaration') {
        const module = node.source.value
        if (typeof module !== 'string' || !isOwnModule(module)) continue
        for (const specifier of node.specifiers) {
          const binding = this.#index.names.module.find(specifier.local.name)
          const name =
            specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier'
              ? [specifier.imported.name]
              : []
          if (binding !== undefined) this.#seedPort(binding, module, name)
        }
      }
    }
    for (const { key, node } of this.#code.findings.calls) {
      const value = key === ':require' ? this.#index.value(node) : undefined
      if (value?.kind === 'reference' && value.key.endsWith(':') && isOwnModule(value.key))
        this.#seedPort(node, value.key.slice(0, -1), [])
    }
  }

  #seedPort(vertex: Vertex, module: string, name: readonly string[]): void {
    const port: FlowPort = { kind: 'imported', module, name: name[0] === 'default' ? [] : name, at: [], whole: false }
    this.#spread.reach(vertex, this.#taints.seed(this.#origin({ kind: 'port', port }), 'module'))
  }

  #noteExport(name: readonly string[], node: SyntaxNode): void {
    const vertices: (Vertex | undefined)[] = [node, this.#functionOf(node), this.#index.bindingOf(node)]
    for (const vertex of vertices) {
      for (const taint of vertex === undefined ? [] : this.#spread.taintsOf(vertex)) {
        if (taint.mode !== 'data' && taint.mode !== 'environment') continue
        this.#notePiece(taint, { kind: 'exported', name, at: taint.path, whole: taint.mode === 'data' }, 'function')
      }
    }
  }

  isWayOut(key: ReferenceKey): boolean {
    return this.#sinks.capabilitiesOf(key).some((capability) => waysOut.includes(capability))
  }

  argument(call: CallNode, key: ReferenceKey, at: number, taint: Taint): void {
    const origin = this.#origins[taint.source]
    if (origin === undefined) return
    const what: Arriving = origin.kind === 'port' ? 'port' : origin.seen.kind
    const sink = this.#sinks.read({ call, key, argument: at, taint, what, isFollowed: this.#holds(taint) })
    if (sink?.opened !== undefined) this.#noteOpened(taint, sink.opened, call)
    else if (sink !== undefined) this.#note(taint, sink, toWords(key), call)
    if (isWriter(key) && at === 1) this.#noteWritten(call.arguments[0] as SyntaxNode | undefined, taint, call)
    if (isUnpacker(key)) this.#noteUnpacked(call, taint)
    else if (taint.mode === 'file' && this.#sinks.capabilitiesOf(key).includes('shell'))
      this.#noteUnpackedBy(call, taint)
    const isHad = taint.mode === 'data' || taint.mode === 'environment' || taint.mode === 'module'
    if (!isOwnModule(key) || !isHad) return
    const whole = taint.mode === 'data' || taint.whole
    this.#notePiece(taint, { ...portOf(key), argument: at, at: taint.path, whole }, this.#scopeOf(call))
  }

  /** Of a request or connection that was opened elsewhere: where that goes. */
  #noteOpened(taint: Taint, opened: ReferenceKey, call: CallNode): void {
    const { receiver } = this.#spread.graph.callee(call)
    const makers = receiver === undefined ? [] : [...originsOf(this.#spread, receiver).makers].filter(isCall)
    const host = makers.map((maker) => this.#sinks.hostOf(maker, opened)).find((known) => known !== undefined)
    this.#note(taint, { kind: 'network', host }, toWords(opened), call)
  }

  putInto(origin: SyntaxNode, by: SyntaxNode, taint: Taint): void {
    if (!isCall(by) || by.callee.type !== 'MemberExpression') return
    const put = this.#index.fold.propertyName(by.callee, this.#index.scopeOf(by)) ?? ''
    if (!/^(?:write|end|send|pipe|pipeline)$/.test(put) && !isPipeline(this.#spread.graph.callee(by).key)) return
    const made = isCall(origin) ? this.#spread.graph.callee(origin).key : undefined
    if (isCall(origin) && made !== undefined) {
      if (/^(?:fs|graceful-fs|fs-extra):(?:createWriteStream|WriteStream)$/.test(made))
        this.#noteWritten(origin.arguments[0] as SyntaxNode | undefined, taint, origin)
      else if (isUnpacker(made)) this.#noteUnpacked(origin, taint)
      else if (this.isWayOut(made) && !/^child_process:/.test(made)) {
        const key = `${made}().write`
        const origins = this.#origins[taint.source]
        const what: Arriving = origins?.kind === 'source' ? origins.seen.kind : 'port'
        const sink = this.#sinks.read({ call: origin, key, argument: 0, taint, what, isFollowed: this.#holds(taint) })
        if (sink !== undefined)
          this.#note(taint, { ...sink, host: this.#sinks.hostOf(origin, made) }, toWords(made), by)
      }
    }
    if (origin.type === 'MemberExpression') this.#noteInput(origin, by, taint)
  }

  /** `child.stdin.write(…)`. */
  #noteInput(stream: ESTree.MemberExpression, by: CallNode, taint: Taint): void {
    const value = this.#index.value(stream)
    if (value?.kind !== 'reference' || !/\(\)\.stdin$/.test(value.key)) return
    const started = value.key.slice(0, -'().stdin'.length)
    if (!this.#sinks.capabilitiesOf(started).includes('shell') || taint.mode !== 'data') return
    const origin = this.#origins[taint.source]
    if (origin?.kind !== 'source' || origin.seen.kind === 'key-material') return
    const isForeign = origin.seen.kind === 'download' || origin.seen.kind === 'decoded'
    this.#note(taint, { kind: isForeign ? 'evaluation' : 'shell' }, `${toWords(started)} stdin`, by)
  }

  assigned({ left, right }: ESTree.AssignmentExpression, taint: Taint): void {
    if (left.type !== 'MemberExpression' || (taint.mode !== 'data' && taint.mode !== 'environment')) return
    const object = this.#index.value(left.object)
    const name = this.#index.fold.propertyName(left, this.#index.scopeOf(left)) ?? ''
    const [, element] =
      (object?.kind === 'reference' && /^:(?:document\.createElement\((\w*)\)|Image\(\))$/.exec(object.key)) || []
    if (object?.kind !== 'reference' || !/createElement\(|:Image\(\)$/.test(object.key)) return
    const origin = this.#origins[taint.source]
    if (origin?.kind !== 'source') return
    const isForeign = origin.seen.kind === 'download' || origin.seen.kind === 'decoded'
    if (isForeign && element === 'script' && /^(?:src|text|textContent|innerHTML)$/.test(name))
      this.#note(taint, { kind: 'evaluation' }, `script.${name}`, left)
    else if (!isForeign && name === 'src') this.#note(taint, { kind: 'network' }, `${element ?? 'img'}.src`, right)
  }

  /** Foreign text is in a file now: whoever runs or loads the file runs it. */
  #noteWritten(path: SyntaxNode | undefined, taint: Taint, by: SyntaxNode): void {
    const origin = this.#origins[taint.source]
    if (path === undefined || taint.mode !== 'data' || origin?.kind !== 'source') return
    if (origin.seen.kind !== 'download' && origin.seen.kind !== 'decoded') return
    writeInto(this.#spread, path, this.#taints.with(taint, { mode: 'file', path: [], context: undefined }), by)
    this.#spreadPath(path, taint)
  }

  /** The same path, written out once more. */
  #spreadPath(path: SyntaxNode, taint: Taint): void {
    const text = sourceOf(this.#text.text, path)
    if (path.type === 'Identifier' || text.length < 4) return
    const file = this.#taints.with(taint, { mode: 'file', path: [], context: undefined })
    for (const { node } of this.#index.names.sites) {
      if (node.type === path.type && node !== path && sourceOf(this.#text.text, node) === text)
        this.#spread.reach(node, file)
    }
    if (path.type === 'Literal') {
      for (const node of this.#literals(text)) this.#spread.reach(node, file)
    }
  }

  #literals(text: string): readonly SyntaxNode[] {
    return this.#index.names.sites
      .flatMap(({ node }) => (isCall(node) ? (node.arguments as readonly SyntaxNode[]) : []))
      .filter((node) => node.type === 'Literal' && sourceOf(this.#text.text, node) === text)
  }

  /** Where an archive is unpacked to, its files are. */
  #noteUnpacked(call: CallNode, taint: Taint): void {
    const origin = this.#origins[taint.source]
    if (origin?.kind !== 'source' || (taint.mode !== 'file' && taint.mode !== 'data')) return
    if (origin.seen.kind !== 'download') return
    const file = this.#taints.with(taint, { mode: 'file', path: [], context: undefined })
    for (const argument of call.arguments as readonly SyntaxNode[]) {
      if (argument.type === 'Identifier') writeInto(this.#spread, argument, file, call)
      if (argument.type !== 'ObjectExpression') continue
      for (const property of argument.properties) {
        if (property.type !== 'Property' || property.key.type !== 'Identifier') continue
        if (/^(?:cwd|C|dir|path|dest|destination|out|to)$/.test(property.key.name))
          writeInto(this.#spread, property.value as SyntaxNode, file, call)
      }
    }
  }

  /** By a program: whatever else it is told of is taken for the place. */
  #noteUnpackedBy(call: CallNode, taint: Taint): void {
    const asked = (call.arguments as readonly SyntaxNode[]).slice(0, 2)
    const parts = asked.map((node) => commandText(this.#index, node, this.#holds(taint)))
    if (!unpacks(parts.map(({ text }) => text).join(' '))) return
    for (const { others } of parts) {
      for (const node of others) {
        if (node.type === 'Identifier' || node.type === 'MemberExpression') writeInto(this.#spread, node, taint, call)
      }
    }
  }

  #holds(taint: Taint): (node: SyntaxNode) => boolean {
    return (node) =>
      [...this.#spread.taintsOf(node)].some(({ source, mode }) => source === taint.source && mode === taint.mode)
  }

  #note(taint: Taint, seen: SinkSeen, detail: string, node: SyntaxNode): void {
    const origin = this.#origins[taint.source]
    if (origin === undefined) return
    const { kind, host } = seen
    const isFull = (origin.kind === 'port' ? this.#pieces : this.#flows).size >= maxFlowsOfFile
    if (isFull) return
    const sink: FlowSink = { ...this.#place(node), kind, detail, ...(host !== undefined && { host }) }
    const scope = this.#scopeOf(node)
    if (origin.kind === 'port') {
      this.#notePiece(taint, sink, scope)
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

  #notePiece(taint: Taint, to: FlowSink | FlowPort, scope: Scope): void {
    const origin = this.#origins[taint.source]
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
  #scopeOf(node: SyntaxNode): Scope {
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

const isWriter = (key: ReferenceKey): boolean =>
  /^(?:fs|graceful-fs|fs-extra|original-fs|write-file-atomic|:Bun|:Deno)[:.](?:promises\.)?(?:(?:writeFile|appendFile|outputFile|writeTextFile|write)(?:Sync)?)?$/.test(
    key,
  )

const isUnpacker = (key: ReferenceKey): boolean =>
  /^(?:tar|tar-fs|tar-stream|decompress|extract-zip|unzipper|adm-zip|yauzl|jszip|fflate|node-stream-zip|gunzip-maybe|targz|@xhmikosr\/decompress):/.test(
    key,
  )

const isPipeline = (key: ReferenceKey | undefined): boolean =>
  key !== undefined && /^stream:(?:promises\.)?pipeline$|^pump:/.test(key)
