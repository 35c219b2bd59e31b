import type { Capability, Literal, LiteralKind, Place, Sighting } from '../../../package/code/file-code.js'
import type { AnalysedFile } from '../../../package/code/package-code.js'
import type { HandlerExtent, McpFacts, McpTool } from '../../../package/mcp/mcp-facts.js'
import type { PackageFacts } from '../../../package/package-facts.js'

/** Something that the code behind a tool can do, or whom it names. */
export interface HandlerSight extends Place {
  /** In our words. */
  readonly what: string
  /** What makes it the same one, wherever it stands. */
  readonly key: string
  readonly file: string
  readonly excerpt: string
  /** Bundled files gain names of hosts with each library that they hold; these are told of the package as a whole. */
  readonly isCommon?: boolean
}

/** What is seen in the code of one tool. */
export interface HandlerCode {
  readonly sights: readonly HandlerSight[]
  /** Where the code of the tool begins and ends is not known, or on one line with that of others: these are the files in which it stands, whole. */
  readonly isWhole: boolean
  readonly files: readonly string[]
}

/** The abilities that count, in our words. Variables by their names, and what any program does with itself, do not. */
const abilities: ReadonlyMap<Capability, string> = new Map([
  ['shell', 'shell'],
  ['network', 'network'],
  ['dns', 'DNS'],
  ['socket', 'raw socket'],
  ['file-write', 'file write'],
  ['file-delete', 'file deletion'],
  ['sensitive-read', 'reading of credential files'],
  ['environment-enumeration', 'reading of the whole environment'],
  ['eval', 'eval'],
  ['vm', 'vm'],
  ['dynamic-require', 'dynamic require'],
  ['native-addon', 'native addon'],
  ['worker', 'worker'],
  ['crypto-wallet', 'crypto wallet'],
  ['timer-send', 'sending by a timer'],
  ['global-hook', 'replacing of built-in functions'],
  ['module-hook', 'hooking of modules'],
  ['publish', 'publishing'],
  ['token-use', 'use of tokens that it finds'],
])

const names: Readonly<Partial<Record<LiteralKind, string>>> = {
  host: 'host',
  'ip-address': 'IP address',
  webhook: 'webhook',
  recipient: 'recipient',
  'wallet-address': 'wallet address',
}

/** Reads the code of tools out of a package's facts. */
export class HandlerReader {
  readonly #sights: ReadonlyMap<string, readonly HandlerSight[]>
  readonly #digests: ReadonlyMap<string, string>
  /** How many tools an extent is of. */
  readonly #sharing: ReadonlyMap<string, number>

  /** What the package as a whole can do. */
  readonly all: readonly HandlerSight[]
  readonly keysOfAll: ReadonlySet<string>

  constructor({ code, files }: PackageFacts, { tools }: McpFacts) {
    this.#sights = new Map((code?.files ?? []).map((file) => [file.path, sightsIn(file)]))
    this.all = [...this.#sights.values()].flat()
    this.keysOfAll = new Set(this.all.map(({ key }) => key))
    this.#digests = new Map(files.map(({ path, sha256 }) => [path, sha256]))
    this.#sharing = countTools(tools)
  }

  /** What the code of the tool can do; what all of its files can where the code cannot be told from theirs. */
  of({ handlers, at }: McpTool): HandlerCode {
    const own = handlers.filter((extent) => !this.#isLineOfMany(extent))
    const isWhole = own.length === 0
    const files = [...new Set(isWhole ? [...handlers.map(({ file }) => file), at.file] : own.map(({ file }) => file))]
    const sights = isWhole ? files.flatMap((file) => this.#ofFile(file)) : own.flatMap((extent) => this.#within(extent))
    return { sights, isWhole, files: files.sort() }
  }

  digestOf(path: string): string | undefined {
    return this.#digests.get(path)
  }

  /** A function that several tools call is code of each; one line with all of them is a minified file's. */
  #isLineOfMany(extent: HandlerExtent): boolean {
    return extent.startLine === extent.endLine && (this.#sharing.get(keyOf(extent)) ?? 0) > 1
  }

  #ofFile(path: string): readonly HandlerSight[] {
    return this.#sights.get(path) ?? []
  }

  #within({ file, startLine, endLine }: HandlerExtent): readonly HandlerSight[] {
    return this.#ofFile(file).filter(({ line }) => line >= startLine && line <= endLine)
  }
}

const keyOf = ({ file, startLine, endLine }: HandlerExtent): string => JSON.stringify([file, startLine, endLine])

function countTools(tools: readonly McpTool[]): ReadonlyMap<string, number> {
  const sharing = new Map<string, Set<string>>()
  for (const { name, handlers } of tools) {
    for (const extent of handlers) sharing.set(keyOf(extent), (sharing.get(keyOf(extent)) ?? new Set()).add(name))
  }
  return new Map([...sharing].map(([key, by]) => [key, by.size]))
}

const sightsIn = ({ path, code }: AnalysedFile): readonly HandlerSight[] => [
  ...code.sightings.flatMap((sighting) => abilityAt(path, sighting)),
  ...code.literals.flatMap((literal) => nameAt(path, literal)),
]

function abilityAt(file: string, { capability, constant = '', excerpt, line, column }: Sighting): HandlerSight[] {
  const what = abilities.get(capability)
  // What begins so is a file of the package itself.
  if (what === undefined || (capability === 'dynamic-require' && /^\.\.?\//.test(constant))) return []
  return [{ what, key: capability, file, excerpt, line, column }]
}

function nameAt(file: string, { kind, value, context, excerpt, line, column }: Literal): HandlerSight[] {
  const what = names[kind]
  if (what === undefined || context !== 'code') return []
  return [{ what, key: `${kind} ${value}`, file, excerpt, line, column, ...(kind === 'host' && { isCommon: true }) }]
}
