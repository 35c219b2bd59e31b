import { maxFlowSources, maxFlowSteps, maxKeySteps, maxProgramFlowSteps } from '../../../limits.js'
import type { Abilities } from '../capabilities/ability-table.js'
import type { CodeAbilities } from '../capabilities/read-capabilities.js'
import type { Flow, FlowPiece } from '../file-code.js'
import { isOwnModule, type ReferenceKey, toWords } from '../fold/reference.js'
import type { SourceText } from '../read/source-text.js'
import type { ESTree, SyntaxNode } from '../read/syntax-node.js'
import { CallGraph, type CallNode, isCall } from './call-graph.js'
import { FlowPorts } from './flow-ports.js'
import { FoundFlows } from './found-flows.js'
import { isCharacter, planFor, waysOut } from './plan-flows.js'
import { portOf, relaysOf } from './relays.js'
import { type Arriving, Sinks } from './sinks.js'
import { keysOf, mayNameEnvironment, namedEnvironments, type SourceSeen } from './sources.js'
import { type Listener, Spread } from './spread.js'
import { SyntaxIndex } from './syntax-index.js'
import { type Taint, Taints } from './taint.js'
import { originsOf } from './write-into.js'
import { isUnpacker, isWriter, WrittenFiles } from './written-files.js'

export interface FileFlows {
  readonly flows: readonly Flow[]
  readonly pieces: readonly FlowPiece[]
  /** A limit was met that no file of its size has a reason to meet: it counts as unread. */
  readonly exhausted: boolean
  /** A limit was met that bundles of whole programs meet, or that of what is only named like a key: there may be more flows than these. */
  readonly cut: boolean
}

const none: FileFlows = { flows: [], pieces: [], exhausted: false, cut: false }

/** The largest files that are written by hand, some five thousand lines. */
const maxWrittenCharacters = 200_000

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

class FlowReader implements Listener {
  readonly #index: SyntaxIndex
  readonly #code: CodeAbilities
  readonly #isWritten: boolean
  readonly #sinks: Sinks
  readonly #spread: Spread
  readonly #taints = new Taints()
  readonly #found: FoundFlows
  readonly #files: WrittenFiles

  constructor(index: SyntaxIndex, code: CodeAbilities, text: SourceText, abilities: Abilities) {
    this.#index = index
    this.#code = code
    this.#isWritten = text.text.length <= maxWrittenCharacters
    this.#spread = new Spread(index, new CallGraph(index, code.findings.localCalls), this.#taints, this, text.text)
    this.#sinks = new Sinks(index, abilities, (node) => originsOf(this.#spread, node).makers)
    this.#found = new FoundFlows(index, code, text, this.#sinks)
    this.#files = new WrittenFiles(this.#spread, this.#found)
  }

  read(seeds: readonly SourceSeen[], keys: readonly SourceSeen[], ports: boolean): FileFlows {
    const sure = seeds.filter((seen) => !isCharacter(seen))
    for (const seen of sure.slice(0, maxFlowSources)) this.#seed(seen)
    const ended =
      this.#spread.run(this.#isWritten ? maxFlowSteps : maxProgramFlowSteps) && sure.length <= maxFlowSources
    // These say only so much: that in a large program not all of their ways were followed does not make it unread.
    for (const seen of [...keys, ...seeds.filter(isCharacter)]) this.#seed(seen)
    const keysEnded = this.#spread.run(maxKeySteps)
    if (ports) new FlowPorts(this.#code, this.#spread, this.#found).read()
    return {
      flows: this.#found.flows(),
      pieces: this.#found.pieces(),
      exhausted: this.#isWritten && !ended,
      cut: !keysEnded || (!this.#isWritten && !ended),
    }
  }

  #seed(seen: SourceSeen): void {
    const taint = this.#taints.seed(this.#found.begin({ kind: 'source', seen }), seen.mode)
    const binding = seen.kind === 'key-material' ? this.#index.bindingOf(seen.node) : undefined
    this.#spread.reach(binding ?? seen.node, taint)
    for (const parameter of seen.given ?? []) this.#spread.pattern(parameter, taint)
  }

  isWayOut(key: ReferenceKey): boolean {
    return this.#sinks.capabilitiesOf(key).some((capability) => waysOut.includes(capability))
  }

  argument(call: CallNode, key: ReferenceKey, at: number, taint: Taint): void {
    const origin = this.#found.originOf(taint)
    if (origin === undefined) return
    const what: Arriving = origin.kind === 'port' ? 'port' : origin.seen.kind
    const sink = this.#sinks.read({ call, key, argument: at, taint, what, isFollowed: this.#spread.holding(taint) })
    if (sink?.opened !== undefined) this.#noteOpened(taint, sink.opened, call)
    else if (sink !== undefined) this.#found.note(taint, sink, toWords(key), call)
    if (isWriter(key) && at === 1) this.#files.written(call.arguments[0] as SyntaxNode | undefined, taint, call)
    if (isUnpacker(key)) this.#files.unpacked(call, taint)
    else if (taint.mode === 'file' && this.#sinks.capabilitiesOf(key).includes('shell'))
      this.#files.unpackedBy(call, taint)
    const isHad = taint.mode === 'data' || taint.mode === 'environment' || taint.mode === 'module'
    if (!isOwnModule(key) || !isHad) return
    const whole = taint.mode === 'data' || taint.whole
    this.#found.notePiece(taint, { ...portOf(key), argument: at, at: taint.path, whole }, this.#found.scopeOf(call))
  }

  /** Of a request or connection that was opened elsewhere: where that goes. */
  #noteOpened(taint: Taint, opened: ReferenceKey, call: CallNode): void {
    const { receiver } = this.#spread.graph.callee(call)
    const makers = receiver === undefined ? [] : [...originsOf(this.#spread, receiver).makers].filter(isCall)
    const host = makers.map((maker) => this.#sinks.hostOf(maker, opened)).find((known) => known !== undefined)
    this.#found.note(taint, { kind: 'network', host }, toWords(opened), call)
  }

  putInto(origin: SyntaxNode, by: SyntaxNode, taint: Taint): void {
    if (!isCall(by) || by.callee.type !== 'MemberExpression') return
    const put = this.#index.fold.propertyName(by.callee, this.#index.scopeOf(by)) ?? ''
    if (!/^(?:write|end|send|pipe|pipeline)$/.test(put) && !isPipeline(this.#spread.graph.callee(by).key)) return
    const made = isCall(origin) ? this.#spread.graph.callee(origin).key : undefined
    if (isCall(origin) && made !== undefined) {
      if (/^(?:fs|graceful-fs|fs-extra):(?:createWriteStream|WriteStream)$/.test(made))
        this.#files.written(origin.arguments[0] as SyntaxNode | undefined, taint, origin)
      else if (isUnpacker(made)) this.#files.unpacked(origin, taint)
      else if (this.isWayOut(made) && !/^child_process:/.test(made)) {
        const key = `${made}().write`
        const origins = this.#found.originOf(taint)
        const what: Arriving = origins?.kind === 'source' ? origins.seen.kind : 'port'
        const sink = this.#sinks.read({
          call: origin,
          key,
          argument: 0,
          taint,
          what,
          isFollowed: this.#spread.holding(taint),
        })
        if (sink !== undefined)
          this.#found.note(taint, { ...sink, host: this.#sinks.hostOf(origin, made) }, toWords(made), by)
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
    const origin = this.#found.originOf(taint)
    if (origin?.kind !== 'source' || origin.seen.kind === 'key-material') return
    const isForeign = origin.seen.kind === 'download' || origin.seen.kind === 'decoded'
    this.#found.note(taint, { kind: isForeign ? 'evaluation' : 'shell' }, `${toWords(started)} stdin`, by)
  }

  assigned({ left, right }: ESTree.AssignmentExpression, taint: Taint): void {
    if (left.type !== 'MemberExpression' || (taint.mode !== 'data' && taint.mode !== 'environment')) return
    const object = this.#index.value(left.object)
    const name = this.#index.fold.propertyName(left, this.#index.scopeOf(left)) ?? ''
    const [, element] =
      (object?.kind === 'reference' && /^:(?:document\.createElement\((\w*)\)|Image\(\))$/.exec(object.key)) || []
    if (object?.kind !== 'reference' || !/createElement\(|:Image\(\)$/.test(object.key)) return
    const origin = this.#found.originOf(taint)
    if (origin?.kind !== 'source') return
    const isForeign = origin.seen.kind === 'download' || origin.seen.kind === 'decoded'
    if (isForeign && element === 'script' && /^(?:src|text|textContent|innerHTML)$/.test(name))
      this.#found.note(taint, { kind: 'evaluation' }, `script.${name}`, left)
    else if (!isForeign && name === 'src')
      this.#found.note(taint, { kind: 'network' }, `${element ?? 'img'}.src`, right)
  }
}

const isPipeline = (key: ReferenceKey | undefined): boolean =>
  key !== undefined && /^stream:(?:promises\.)?pipeline$|^pump:/.test(key)
