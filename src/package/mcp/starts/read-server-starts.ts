import { maxServerStarts } from '../../../limits.js'
import type { CodeAbilities } from '../../code/capabilities/read-capabilities.js'
import type { Site } from '../../code/fold/bound-names.js'
import type { Fold } from '../../code/fold/fold.js'
import type { Scope } from '../../code/fold/scope.js'
import { unwrap, writtenName } from '../../code/fold/unwrap.js'
import { asText, unknownPart, type Value, wholeText } from '../../code/fold/value.js'
import type { SourceText } from '../../code/read/source-text.js'
import { type ESTree, type SyntaxNode, startOf } from '../../code/read/syntax-node.js'
import { environmentGiven } from './environment-given.js'
import { inheritedEnvironment, type ServerStart, type StartWord } from './server-start.js'

/** The classes that start a server and speak to it: the protocol's own SDK, Vercel's, OpenAI's, LangChain's predecessor. */
const transports = /^(?:Experimental_)?Stdio(?:Client|MCP)Transport$|^(?:Hosted)?MCPServerStdio$|^MCPStdioServer$/

/** Whatever names none of these starts no server that we would know. */
const mentions = /StdioClientTransport|mcp|modelcontextprotocol/i

const spawning =
  /^(?:child_process:(?:spawn|spawnSync|exec|execSync|execFile|execFileSync)|(?:cross-spawn|execa):.{0,40})$/

/** Servers that a file starts: transports, the options of clients, and programs that are started with a server's name. */
export function readServerStarts({ names, fold }: CodeAbilities, source: SourceText): readonly ServerStart[] {
  if (!mentions.test(source.text)) return []
  const reader = new StartReader(fold, source)
  for (const site of names.sites) if (reader.starts.length < maxServerStarts) reader.read(site)
  return reader.starts
}

class StartReader {
  readonly starts: ServerStart[] = []

  constructor(
    readonly fold: Fold,
    readonly source: SourceText,
  ) {}

  read({ node, scope }: Site): void {
    if (node.type !== 'CallExpression' && node.type !== 'NewExpression') return
    const [first] = node.arguments
    if (first === undefined || first.type === 'SpreadElement') return
    const by = nameOf(node.callee as SyntaxNode)
    if (node.type === 'NewExpression' && transports.test(by)) this.#addOptions(by, first, scope, node)
    else if (node.type === 'CallExpression' && this.#spawns(node, scope)) this.#addSpawn(by, node, scope)
    else this.#addClient(by, first, scope)
  }

  #spawns(node: ESTree.CallExpression, scope: Scope): boolean {
    const callee = this.fold.value(node.callee as SyntaxNode, scope)
    return callee?.kind === 'reference' && spawning.test(callee.key)
  }

  /** `{ command, args, env }`, or OpenAI's `{ fullCommand }`. */
  #addOptions(by: string, options: SyntaxNode, scope: Scope, at: SyntaxNode, name?: string): void {
    const value = this.fold.value(options, scope)
    const command = this.#wordAt(value, 'command', at) ?? this.#wordAt(value, 'fullCommand', at)
    const url = this.#wordAt(value, 'url', at)
    if (command === undefined && url === undefined) return
    const words = command === undefined ? [] : [command, ...this.#args(value, at)]
    this.#add(
      by,
      at,
      { words, ...(url && command === undefined && { url }), ...(name !== undefined && { name }) },
      value,
    )
  }

  #addSpawn(by: string, node: ESTree.CallExpression, scope: Scope): void {
    const [command, list] = this.fold.argumentsOf(node, scope)
    const words = [asText(command), ...(list?.kind === 'list' ? list.items.map((item) => asText(item)) : [])]
    const shown = words.map(({ value }) => String(value))
    if (!shown.some((word) => isServerName(word))) return
    const last = node.arguments.at(-1)
    const options = last === undefined || last.type === 'SpreadElement' ? undefined : this.fold.value(last, scope)
    const { line } = this.#place(node)
    const inherits = options?.kind !== 'object' || this.#nodeOf(options, 'env') === undefined
    const given = { words: shown.map((text) => ({ text, line })) }
    if (inherits)
      this.#push({ ...this.#start(by, node, given), wholeEnvironment: { text: inheritedEnvironment, line } })
    else this.#add(by, node, given, options)
  }

  /** `new Client({ mcpServers: { name: { command, … } } })`, also one level down. */
  #addClient(by: string, first: SyntaxNode, scope: Scope): void {
    const options = this.fold.value(first, scope)
    if (options?.kind !== 'object') return
    const inner = this.fold.property(options, 'options')
    const maps = [options, inner].map((value) => this.fold.property(value, 'mcpServers'))
    const own = /MCP/.test(by) ? [this.fold.property(options, 'servers')] : []
    for (const map of [...maps, ...own]) {
      if (map?.kind !== 'object' || map.source?.node.type !== 'ObjectExpression') continue
      for (const property of map.source.node.properties as readonly SyntaxNode[]) {
        if (property.type !== 'Property') continue
        const name = writtenName(property.key as SyntaxNode, property.computed)
        this.#addOptions('mcpServers', property.value as SyntaxNode, map.source.scope, property, name)
      }
    }
  }

  #add(by: string, at: SyntaxNode, given: Given, options: Value | undefined): void {
    const env = this.#nodeOf(options, 'env')
    const environment = env && environmentGiven(env.node, env.scope, this.fold, this.source)
    this.#push({
      ...this.#start(by, at, given),
      ...(environment && { variables: environment.variables }),
      ...(environment?.whole && { wholeEnvironment: environment.whole }),
    })
  }

  #push(start: ServerStart): void {
    if (this.starts.length < maxServerStarts) this.starts.push(start)
  }

  #start = (by: string, at: SyntaxNode, given: Given): ServerStart => ({
    ...this.#place(at),
    by,
    variables: [],
    ...given,
  })

  #place(node: SyntaxNode): { line: number; column: number } {
    return this.source.placeAt(startOf(node))
  }

  #wordAt(options: Value | undefined, name: string, at: SyntaxNode): StartWord | undefined {
    const node = this.#nodeOf(options, name)
    if (node === undefined) return undefined
    const value = this.fold.value(node.node, node.scope)
    const known = value?.kind === 'reference' && value.key === ':process.execPath' ? 'node' : undefined
    const line = startOf(node.node) === 0 ? this.#place(at).line : this.#place(node.node).line
    return { text: known ?? wholeText(value) ?? textWithGaps(value), line }
  }

  #args(options: Value | undefined, at: SyntaxNode): readonly StartWord[] {
    const node = this.#nodeOf(options, 'args')
    if (node === undefined) return []
    const list = unwrap(node.node)
    if (list.type === 'ArrayExpression') {
      return list.elements.flatMap((element): StartWord[] => {
        if (element === null) return []
        const line = this.#place(element as SyntaxNode).line
        if (element.type === 'SpreadElement') return [{ text: unknownPart, line }]
        return [{ text: textWithGaps(this.fold.value(element as SyntaxNode, node.scope)), line }]
      })
    }
    const value = this.fold.value(node.node, node.scope)
    const { line } = this.#place(at)
    return value?.kind === 'list' ? value.items.map((item) => ({ text: textWithGaps(item), line })) : []
  }

  /** The node that gives an option its value, with the scope that it stands in; of what is spread, the last one. */
  #nodeOf(options: Value | undefined, name: string, depth = 0): PlacedNode | undefined {
    if (options?.kind !== 'object' || options.source?.node.type !== 'ObjectExpression' || depth > maxSpreads)
      return undefined
    const { node, scope } = options.source
    for (const property of (node.properties as readonly SyntaxNode[]).toReversed()) {
      if (property.type === 'SpreadElement') {
        const spread = this.#nodeOf(this.fold.value(property.argument, scope), name, depth + 1)
        if (spread !== undefined) return spread
      } else if (property.type === 'Property' && writtenName(property.key as SyntaxNode, property.computed) === name) {
        return { node: property.value as SyntaxNode, scope }
      }
    }
    return undefined
  }
}

interface PlacedNode {
  readonly node: SyntaxNode
  readonly scope: Scope
}

/** Objects spread into one another. */
const maxSpreads = 3

type Given = Pick<ServerStart, 'words'> & Partial<Pick<ServerStart, 'url' | 'name'>>

const textWithGaps = (value: Value | undefined): string => String(asText(value).value)

/** `@scope/name-mcp@1`, `mcp-server-git`, `./dist/mcp.js`. */
const isServerName = (word: string): boolean => /(?:^|[\s@/_.-])(?:mcp|modelcontextprotocol)(?:$|[\s@/_.-])/i.test(word)

function nameOf(callee: SyntaxNode): string {
  const node = unwrap(callee)
  if (node.type === 'Identifier') return node.name
  if (node.type !== 'MemberExpression') return ''
  return writtenName(node.property as SyntaxNode, node.computed === true) ?? ''
}
