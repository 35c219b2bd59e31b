import type { ServerStart } from '../mcp/starts/server-start.js'

/** What code can do. One word for one ability, however it is spelt. */
export const capabilities = [
  'shell',
  'network',
  'dns',
  'socket',
  'file-write',
  'file-delete',
  'sensitive-read',
  'environment',
  'environment-enumeration',
  'eval',
  'dynamic-require',
  'native-addon',
  'wasm',
  'vm',
  'worker',
  'crypto-wallet',
  'process-control',
  'timer-send',
  'global-hook',
  'module-hook',
  'publish',
  'token-use',
  'evasion',
] as const
export type Capability = (typeof capabilities)[number]

/** A place in a file, counted from 1 as editors do. */
export interface Place {
  readonly line: number
  readonly column: number
}

/** `top` runs when the module is loaded, immediately called functions included; `function` when somebody calls it. */
export type Scope = 'top' | 'function'

/** One place where a file has an ability. */
export interface Sighting extends Place {
  readonly capability: Capability
  readonly scope: Scope
  /** What exactly, in canonical words: `child_process.exec`, `fetch`, `process.env.NPM_TOKEN`, `~/.npmrc`. */
  readonly detail: string
  /** The code around it on its line, at most `maxExcerptCharacters`, as written. */
  readonly excerpt: string
  /** The command, host, path or code where it could be folded to a constant. */
  readonly constant?: string
}

/** One module that a file asks for. */
export interface ModuleRequest extends Place {
  /** As folded; absent where it is not a constant. */
  readonly specifier?: string
  readonly kind: 'import' | 'require' | 'dynamic-import' | 'resolve' | 're-export'
  readonly scope: Scope
  /** Imported names, `default` and `*` among them; empty for side effects only. */
  readonly names: readonly string[]
}

export type LiteralKind =
  | 'host'
  | 'url'
  | 'ip-address'
  | 'email-address'
  | 'recipient'
  | 'webhook'
  | 'wallet-address'
  | 'contract-address'
  | 'ipfs'
  | 'token-pattern'

/** What a host is for, where anybody can use it under no name of their own. */
export type LiteralService =
  | 'webhook'
  | 'request-bin'
  | 'paste'
  | 'tunnel'
  | 'dynamic-dns'
  | 'shortener'
  | 'ipfs-gateway'

/** Text in a file that names somebody or somewhere else. Each value once for each context, at its first place. */
export interface Literal extends Place {
  readonly kind: LiteralKind
  /**
   * Normalised: a host in lower case, `*` for what is put before it at run time; a URL without query and fragment; an address as written;
   * of a token pattern whose tokens it is. Each URL's host is a literal of its own: `host`, or `ip-address`.
   */
  readonly value: string
  /** Of hosts, URLs and webhooks. */
  readonly service?: LiteralService
  /** `message`: only in what is thrown, logged or shown as help. */
  readonly context: 'code' | 'comment' | 'message'
  readonly excerpt: string
  /** It was hidden: base64, hex, escapes or pieces were put together to see it. */
  readonly decoded: boolean
}

/** What must not leave, and what must not run: `download` is text from the network, `decoded` text that was put together or decoded. */
export type FlowSourceKind = 'environment' | 'credential-file' | 'key-material' | 'download' | 'decoded'

/** `shell`: an argument or the input of a program, never the environment that it inherits. `evaluation`: text that becomes code. */
export type FlowSinkKind = 'network' | 'dns' | 'shell' | 'evaluation'

export interface FlowSource extends Place {
  readonly kind: FlowSourceKind
  /** In canonical words, as those of a sighting: `process.env, filtered by names of secrets`, `~/.npmrc`, the name of a parameter. */
  readonly detail: string
  readonly excerpt: string
  /** Of a download: where it comes from, where that is a constant. */
  readonly host?: string
}

export interface FlowSink extends Place {
  readonly kind: FlowSinkKind
  readonly detail: string
  readonly excerpt: string
  /** Where it goes, where that is a constant: the host in lower case, or the address. */
  readonly host?: string
}

/** A secret that reaches a way out, or foreign text that is run, within one file. */
export interface Flow {
  readonly source: FlowSource
  readonly sink: FlowSink
  /** When the sink is reached. */
  readonly scope: Scope
}

/**
 * Where a value enters or leaves a file: a parameter or the value (or result) of what the file exports, or the like of what it imports. `name`
 * is the way to it (`send`, `Client.send`; empty for the module itself), `at` where in the value it lies.
 */
export interface FlowPort {
  readonly kind: 'exported' | 'imported'
  /** The specifier of what is imported. */
  readonly module?: string
  readonly name: readonly string[]
  /** Absent for the value or result. */
  readonly argument?: number
  readonly at: readonly string[]
  /** All that is within the value counts, not only the value itself: it is made a text, or sent as a whole. */
  readonly whole: boolean
}

/** A piece of a flow that other modules of the package may complete. */
export interface FlowPiece {
  readonly from: FlowSource | FlowPort
  readonly to: FlowSink | FlowPort
  readonly scope: Scope
}

/** How far a text is from what people and known tools write. */
export interface Obfuscation {
  /** 0 (plain) to 100. */
  readonly score: number
  /** What it was seen by: `hex-names`, `string-array`, `rotation`, `packed`, `escapes`, `entropy`. Sorted. */
  readonly signs: readonly string[]
  /** Recognised tool output, which is no obfuscation: `minified`, `webpack`, `rollup`, `esbuild`, `browserify`, `wasm-bindgen`, … */
  readonly tool?: string
}

/**
 * A place between two lines, or within a line too long for one: line and column of what follows it, how many lines or pieces of long lines
 * are before it, a digest of these, and one of all that is behind it.
 */
export type Cut = readonly [line: number, column: number, pieces: number, before: number, after: number]

/**
 * Enough of a text to tell that another is the same but for a piece put in near its start or end, without keeping either. Blank lines
 * and blanks at the ends of lines do not count.
 */
export interface Shape {
  /** Those near both ends, the start and the end of the text among them, sorted. */
  readonly cuts: readonly Cut[]
}

/** Code or characters that an editor would not show. */
export interface Hidden extends Place {
  readonly kind: 'long-whitespace' | 'zero-width' | 'bidi' | 'tag-characters' | 'homoglyph' | 'variation-selectors'
  readonly excerpt: string
}

/** Why a file could not be parsed. Its tokens or bytes may still have been read: then `dialect` says so. */
export interface Unanalysable {
  readonly reason: 'crash' | 'time-out' | 'out-of-memory' | 'too-deep' | 'too-large' | 'too-complex' | 'syntax'
  readonly detail: string
}

/**
 * All that one file's bytes say as code. A pure function of the bytes, of the path's ending and of `analyserVersion`, so
 * files that did not change between two versions are analysed once. JSON in, JSON out; lists are bounded and sorted by place.
 */
export interface FileCode {
  /** How it was read in the end: the ladder's rung. */
  readonly dialect: 'module' | 'script' | 'jsx' | 'typescript' | 'flow' | 'tokens' | 'bytes'
  readonly unanalysable?: Unanalysable
  readonly requests: readonly ModuleRequest[]
  readonly sightings: readonly Sighting[]
  readonly literals: readonly Literal[]
  readonly flows: readonly Flow[]
  /** There may be more flows: a bundle of a whole program, or a file full of keys, whose values were not all followed to their end. */
  readonly flowsCut?: true
  /** Absent where there are none, as for most files. */
  readonly flowPieces?: readonly FlowPiece[]
  readonly obfuscation: Obfuscation
  readonly hidden: readonly Hidden[]
  readonly shape: Shape
  /** MCP servers that it starts; absent where there are none, as for nearly all files. */
  readonly serverStarts?: readonly ServerStart[]
}
