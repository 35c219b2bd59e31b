import type { Abilities } from '../capabilities/ability-table.js'
import { unwrapKey } from '../capabilities/canonical-key.js'
import { type Call, knownText } from '../capabilities/found.js'
import type { Capability, FlowSinkKind, FlowSourceKind } from '../file-code.js'
import type { ReferenceKey } from '../fold/reference.js'
import { unknownPart, type Value } from '../fold/value.js'
import type { SyntaxNode } from '../read/syntax-node.js'
import type { CallNode } from './call-graph.js'
import { commandText, runsFollowed } from './command-text.js'
import type { SyntaxIndex } from './syntax-index.js'
import type { Taint } from './taint.js'

/** What a sink needs to know of what arrives; `port` is what another module gives, which may be anything. */
export type Arriving = FlowSourceKind | 'port'

export interface Arrival {
  readonly call: CallNode
  readonly key: ReferenceKey
  readonly argument: number
  readonly taint: Taint
  readonly what: Arriving
  /** Whether an expression holds it. */
  readonly isFollowed: (node: SyntaxNode) => boolean
}

export interface SinkSeen {
  readonly kind: FlowSinkKind
  readonly host?: string | undefined
  /** What was opened, where something is done with what that gave. */
  readonly opened?: ReferenceKey
}

/** Options of a request that leave the machine; the others (agents, certificates, time-outs, an environment) do not. */
const sentFields: ReadonlySet<string> = new Set([
  ...['body', 'data', 'json', 'form', 'formData', 'multipart', 'payload', 'text', 'html', 'content', 'attachments'],
  ...['headers', 'query', 'qs', 'params', 'search', 'searchParams', 'url', 'uri', 'path', 'pathname', 'href', 'auth'],
  ...['host', 'hostname', 'baseURL', 'to', 'cc', 'bcc', 'subject', 'message', 'username', 'password', 'variables', '*'],
])

const sending = /(?:^|[.:])(?:post|put|patch|send|sendBeacon|write|end|sendMail|emit|publish|request\(\)\.\w+)$/

/** Only set up, or told whom to ask. */
const settingUp =
  /(?:createTransport|create|extend|defaults|Agent|Client|Pool|Octokit|interceptors\.\w+\.use|XMLHttpRequest|createSocket|Socket)$/

/** What is done with what a call of the network gave: `https.request(…).write`, `new WebSocket(…).send`. */
const onOpened =
  /^(.+)\(\)\.(?:write|end|send|sendMessage|request|post|put|emit|sendUTF|publish|pipe|setHeader|setRequestHeader|field|query)$/
const opened: ReadonlySet<Capability> = new Set(['network', 'socket'])

const secret: ReadonlySet<Arriving> = new Set(['environment', 'credential-file', 'key-material', 'port'])
const foreign: ReadonlySet<Arriving> = new Set(['download', 'decoded', 'port'])

export class Sinks {
  readonly #index: SyntaxIndex
  readonly #abilities: Abilities

  /** The expressions that make what an expression stands for. */
  readonly makersOf: (node: SyntaxNode) => Iterable<SyntaxNode>

  constructor(index: SyntaxIndex, abilities: Abilities, makersOf: (node: SyntaxNode) => Iterable<SyntaxNode>) {
    this.#index = index
    this.#abilities = abilities
    this.makersOf = makersOf
  }

  capabilitiesOf(key: ReferenceKey): readonly Capability[] {
    return this.#abilities.of(key).map(({ capability }) => capability)
  }

  /** What an argument of a call of something that is not the file's own ends in. */
  read(arrival: Arrival): SinkSeen | undefined {
    const key = unwrapKey(arrival.key)
    const kinds = this.capabilitiesOf(key)
    const [, base] = onOpened.exec(key) ?? []
    if (base !== undefined && this.capabilitiesOf(base).some((capability) => opened.has(capability))) {
      return secret.has(arrival.what) && isContent(arrival.taint) ? { kind: 'network', opened: base } : undefined
    }
    if (secret.has(arrival.what)) {
      const seen = this.#leaves(arrival, key, kinds)
      if (seen !== undefined) return seen
    }
    return foreign.has(arrival.what) && this.#isRun(arrival, key, kinds) ? { kind: 'evaluation' } : undefined
  }

  #leaves(arrival: Arrival, key: ReferenceKey, kinds: readonly Capability[]): SinkSeen | undefined {
    const { taint, argument, what } = arrival
    if (taint.mode !== 'data' && taint.mode !== 'environment' && taint.mode !== 'module') return undefined
    if (kinds.includes('dns') && argument === 0 && isContent(taint) && !/\.reverse$/.test(key))
      return { kind: 'dns', host: this.hostOf(arrival.call, key) }
    if (
      (kinds.includes('network') || key.endsWith('().sendMail')) &&
      !settingUp.test(key) &&
      isSent(key, argument, taint)
    )
      return { kind: 'network', host: this.hostOf(arrival.call, key) }
    if (kinds.includes('shell') && what !== 'key-material' && isArgumentOfChild(argument, taint))
      return this.#maySend(arrival) ? { kind: 'shell' } : undefined
    return undefined
  }

  /** Programs that are known and talk to nobody, as a clipboard or a keychain, are no way out. */
  #maySend({ call, isFollowed }: Arrival): boolean {
    const [first] = call.arguments as readonly (SyntaxNode | undefined)[]
    if (first === undefined) return false
    const { text } = commandText(this.#index, first, isFollowed)
    return !/^[\w./\\:-]+(?:\s|$)/.test(text) || senders.test(text)
  }

  /** Whether foreign text, or a file that holds it, becomes code. */
  #isRun(arrival: Arrival, key: ReferenceKey, kinds: readonly Capability[]): boolean {
    const { call, argument, taint, what } = arrival
    if (kinds.includes('shell')) return this.#startsWith(arrival, key)
    if (taint.mode === 'file') {
      const isLoaded = key === ':require' || key === 'module:_load' || key === ':process.dlopen' || key === ':import'
      return (isLoaded || kinds.includes('worker')) && argument === 0 && !this.#endsLikeData(call)
    }
    if (taint.mode !== 'data' && taint.mode !== 'module') return false
    // What another module gives is code only where it is called so: too much is compiled of one's own text.
    if (key === ':Function') return true
    if (kinds.includes('eval') || kinds.includes('vm') || compiles.test(key))
      return argument === 0 && taint.path.length === 0 && (compiles.test(key) || !key.endsWith('[…]'))
    if (what === 'port' || argument !== 0 || taint.path.length > 0) return false
    // Functions of what was opened are given to timers by the dozen.
    if (timers.has(key)) return taint.whole
    if (key === 'worker_threads:Worker') return this.#isEvaluated(call) || this.#startsAs(call, 'data:')
    return key === ':import' && this.#startsAs(call, 'data:')
  }

  /** `import(x)` has one argument, and is no call to the parser. */
  #givenTo(call: CallNode): readonly (Value | undefined)[] {
    const node = call as SyntaxNode
    const scope = this.#index.scopeOf(call)
    return node.type === 'ImportExpression'
      ? [this.#index.fold.value(node.source, scope)]
      : this.#index.fold.argumentsOf(call, scope)
  }

  /** `new Worker(text, { eval: true })`. */
  #isEvaluated(call: CallNode): boolean {
    const [, options] = this.#givenTo(call)
    const asked = this.#index.fold.property(options, 'eval')
    return asked?.kind === 'constant' && asked.value === true
  }

  /** The command itself, or what an interpreter is told to run. */
  #startsWith({ call, argument, taint, isFollowed }: Arrival, key: ReferenceKey): boolean {
    if (
      /openExternal|^open:|^opn:/.test(key) ||
      !(taint.mode === 'file' || taint.mode === 'data' || taint.mode === 'module')
    )
      return false
    const [first, second] = call.arguments as readonly (SyntaxNode | undefined)[]
    if (first === undefined || argument > 1) return false
    if (argument === 1) {
      const isList = /^(?:\d+|\*)$/.test(taint.path[0] ?? '')
      if (!isList || second === undefined) return false
      const program = this.#index.value(first)
      const command = program?.kind === 'reference' && program.key === ':process.execPath' ? 'node' : knownText(program)
      const given = commandText(this.#index, second, isFollowed).text
      if (command === undefined || (taint.mode !== 'file' && !evaluates.test(` ${given} `))) return false
      return runsFollowed(`${command} ${given}`)
    }
    // Options of who runs scripts hold much besides.
    if (taint.path.length > 0 && !/^(?:\d+|\*)$/.test(taint.path[0] ?? '')) return false
    if (first.type === 'ObjectExpression') return false
    // Of `npm i x@${latest}` the command is known.
    const { text } = commandText(this.#index, first, isFollowed)
    return taint.mode === 'file' ? runsFollowed(text) : /^…(?![\w@:=/.])/.test(text)
  }

  #startsAs(call: CallNode, start: string): boolean {
    const [first] = this.#givenTo(call)
    return knownText(first)?.startsWith(start) === true
  }

  #endsLikeData(call: CallNode): boolean {
    const [first] = this.#givenTo(call)
    return /\.json$/.test(knownText(first) ?? '')
  }

  /** The host that a call goes to, where it is a constant: of the call itself, or of what its callers hand in as the address. */
  hostOf(call: CallNode, key: ReferenceKey): string | undefined {
    const scope = this.#index.scopeOf(call)
    const given = this.#givenTo(call)
    const site = { node: call, parent: undefined, holder: undefined, scope, within: undefined, guard: undefined }
    const asked: Call = { key, given, node: call, site, fold: this.#index.fold }
    for (const { constant } of this.#abilities.of(key)) {
      const host = hostIn(constant?.(asked))
      if (host !== undefined) return host
    }
    const [address] = call.arguments as readonly (SyntaxNode | undefined)[]
    if (address?.type !== 'Identifier' && address?.type !== 'MemberExpression') return undefined
    const hosts = new Set<string>()
    for (const maker of this.makersOf(address)) {
      const host = hostIn(knownText(this.#index.value(maker)))
      if (host !== undefined) hosts.add(host)
    }
    return hosts.size === 1 ? [...hosts][0] : undefined
  }
}

export function hostIn(address: string | undefined): string | undefined {
  if (address === undefined || address.length > 10_000) return undefined
  const [, host] = /^\s*(?:[a-z][a-z+.-]{0,20}:)?(?:\/\/)?(?:[^/\s@?#]{1,100}@)?([^/\s:?#]{1,253})/i.exec(address) ?? []
  if (host === undefined) return undefined
  // What stands before the first known label is the sender's own: of `${secret}.collector.example` the rest is where it goes.
  const known = host.includes(unknownPart)
    ? host.slice(host.lastIndexOf(unknownPart) + 1).replace(/^[^.]*\./, '')
    : host
  return /^(?:[a-z\d_-]+\.)+[a-z\d-]{2,}$|^(?:\d{1,3}\.){3}\d{1,3}$/i.test(known) || known === 'localhost'
    ? known.toLowerCase()
    : undefined
}

const isContent = ({ mode }: Taint): boolean => mode === 'data' || mode === 'module' || mode === 'environment'

function isSent(key: ReferenceKey, argument: number, { mode, path }: Taint): boolean {
  const isBody = sending.test(key) && argument > 0
  const [first] = path
  if (first !== undefined) return isBody || sentFields.has(first)
  // Options as they are: nothing says that any of it is sent.
  return isBody || mode === 'data' || (mode === 'module' && argument === 0)
}

/** Its command, its arguments, its input. */
function isArgumentOfChild(argument: number, { mode, path }: Taint): boolean {
  const [first] = path
  if (first === 'input') return true
  if (mode === 'environment') return false
  if (mode === 'module') return argument === 0 && first === undefined
  if (argument === 0) return first === undefined || /^(?:\d+|\*)$/.test(first)
  return argument === 1 && (first === '*' || (first !== undefined && /^\d+$/.test(first)))
}

/** A text that a timer is given is evaluated. */
const timers: ReadonlySet<ReferenceKey> = new Set([':setTimeout', ':setInterval'])

/** Programs that talk to others, and those that run what they are told. */
const senders =
  /(?:^|[\s/\\|;&("'`])(?:curl|wget|nc|ncat|netcat|socat|telnet|s?ftp|scp|ssh|rsync|rclone|openssl|dig|nslookup|host|ping|mail|sendmail|aws|gsutil|gcloud|az|git|gh|npm|npx|node|bun|deno|python[23]?|perl|ruby|php|sh|bash|zsh|dash|cmd|powershell|pwsh|invoke-\w+|irm|iwr|docker|kubectl|xargs|eval|start|open|xdg-open)(?:\.exe)?(?=[\s"'`)]|$)/i

/** Of a module that was made by hand there is nothing else to call, whatever its name is. */
const compiles = /\._compile$|^module:\(\)\.\[…\]$/

const evaluates = /\s(?:-e|-c|-p|--eval|--command|-command|\/c|\/k|-enc\w*)\s/i
