import type { Manifest } from '../registry/registry-facts.js'
import type { PackageCode } from './code/package-code.js'
import type { McpFacts } from './mcp/mcp-facts.js'
import type { ShellAct } from './shell/shell-act.js'

/** Raised whenever the same bytes could give other facts: it is part of the cache's key. */
export const analyserVersion = 8

export type LifecycleHook = 'preinstall' | 'install' | 'postinstall' | 'prepare'

/** A file that a script's command names, directly or through `node x`, `sh x` and the like. */
export interface ScriptFile {
  readonly path: string
  /** Absent when the package does not hold the file. */
  readonly sha256?: string
  /** Of a text file's lines without their indentation, line ends and blank lines: equal where only these differ. */
  readonly linesSha256?: string
}

export interface InstallScript {
  readonly hook: LifecycleHook
  readonly command: string
  /** The files that the command runs and, through relative requires and imports, what these load. Sorted by path. */
  readonly files: readonly ScriptFile[]
  /** What the command, the scripts that it names and the shell files among `files` do; absent where that is nothing of note. */
  readonly shell?: readonly ShellAct[]
}

/** What a file is by its first bytes, never by its name. */
export type FileKind = 'text' | 'binary' | 'elf' | 'pe' | 'mach-o' | 'wasm' | 'archive' | 'empty'

export interface FileFacts {
  /** Relative to the package's root, as it would be unpacked. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
  readonly kind: FileKind
  readonly executable: boolean
}

export interface UnsafeEntry {
  /** As the archive names it. */
  readonly path: string
  readonly reason:
    | 'symbolic-link'
    | 'hard-link'
    | 'special-file'
    | 'absolute-path'
    | 'path-traversal'
    | 'duplicate-path'
    | 'colliding-path'
    | 'control-character'
    // Installers and platforms read the entry, or the whole archive (then `path` is empty), in more than one way.
    | 'ambiguous-entry'
  /** The link's target, the path that it collides with, or in our own words what is ambiguous. */
  readonly target?: string
}

/** A limit of `limits.ts` that the tarball hit. What lies behind it was not read. */
export interface LimitHit {
  readonly limit: string
  readonly detail: string
}

export interface BindingGyp {
  readonly sha256: string
  /** Command expansions (`<!(…)`, `<!@(…)`) and the commands of `actions`, as written. */
  readonly commands: readonly string[]
  /** What these do; absent where that is nothing of note. */
  readonly shell?: readonly ShellAct[]
  /** The `sources` that it names. */
  readonly sources: readonly string[]
  /** The package holds at least one C, C++, Objective-C or assembler file. */
  readonly hasNativeSources: boolean
  /** False when it could not be read as gyp's Python-like JSON; then `commands` come from a plain text scan. */
  readonly parsed: boolean
}

/** All that a tarball's bytes say. A pure function of the bytes and of `analyserVersion`; JSON in, JSON out. */
export interface PackageFacts {
  readonly analyserVersion: number
  /** sha512 of the tarball as SRI; empty where the tarball was too large to be read to its end. */
  readonly integrity: string
  readonly packedBytes: number
  readonly unpackedBytes: number
  readonly manifest: Manifest
  readonly installScripts: readonly InstallScript[]
  /** Sorted by path. */
  readonly files: readonly FileFacts[]
  readonly unsafe: readonly UnsafeEntry[]
  readonly limits: readonly LimitHit[]
  readonly bindingGyp?: BindingGyp
  /** What its code would do; absent where nobody asked for it. */
  readonly code?: PackageCode
  /** Dependencies that no code asks for and that another text of the package names all the same, sorted; absent where not all of its code was read. */
  readonly namedDependencies?: readonly string[]
  /** What it would tell a model; absent where it is no MCP server, and where nobody asked for its code. */
  readonly mcp?: McpFacts
}
