/** The program that owns a lockfile format. `mcp` is a package that an MCP configuration starts. */
export type Manager = 'npm' | 'yarn' | 'yarn-berry' | 'pnpm' | 'bun' | 'mcp'

/** Where the bytes of an entry come from. */
export type SourceKind = 'registry' | 'git' | 'url' | 'file' | 'link' | 'workspace'

export type RequirementKind = 'prod' | 'dev' | 'optional' | 'peer' | 'peer-optional'

/** One dependency as a manifest or a lockfile entry asks for it. */
export interface Requirement {
  /** The name under which it is asked for, which is the alias where there is one. */
  readonly name: string
  /** The specifier as written: `^1.2.3`, `npm:other@1`, `github:owner/name#sha`, `file:../x`. */
  readonly range: string
  readonly kind: RequirementKind
}

export interface LockfileEntry {
  /** The format's own key, unique in its lockfile: `node_modules/a/node_modules/b` in npm's. */
  readonly key: string
  /** The package's own name: the target's where the entry is an alias. */
  readonly name: string
  /** The name under which it is installed, where that is not `name`. */
  readonly alias?: string
  /** Absent for links, workspaces without a version, and sources that have none. */
  readonly version?: string
  readonly source: SourceKind
  /** As written in the lockfile; absent where the lockfile does not say. */
  readonly resolved?: string
  /** As written in the lockfile: one or more SRI hashes separated by blanks. */
  readonly integrity?: string
  /**
   * Later Yarn's hash of the archive that it packs by itself, behind its cache key: `10c0/…`. Comparable with another one
   * of the same cache key only, never with what a registry states.
   */
  readonly checksum?: string
  /** Later Yarn keeps checksums in this lockfile and has none here: as it does for other platforms, or for no reason known. */
  readonly checksumAbsent?: 'platform' | 'unexplained'
  readonly dev: boolean
  readonly optional: boolean
  readonly peer: boolean
  /** Comes inside the tarball of the package that needs it, so it has no bytes of its own to verify. */
  readonly bundled: boolean
}

/** The repository's own package, or one of its workspaces. */
export interface Root {
  /** Folder relative to the repository's root, `''` for the root itself. */
  readonly folder: string
  readonly name?: string
  readonly requirements: readonly Requirement[]
}

/** Why one entry could not be taken as it stands; the entry is left out of the graph when it could not be read at all. */
export interface MalformedEntry {
  readonly key: string
  /** Line in the lockfile, from 1. */
  readonly line: number | null
  readonly reason:
    | 'prototype-key'
    | 'path-traversal'
    | 'control-character'
    | 'git-commit-not-full'
    | 'duplicate-key'
    | 'conflict-marker'
    | 'not-an-object'
    | 'wrong-type'
    /**
     * What is stated twice differs: in npm's format 2, of which old and new npm read different halves, and in later Yarn's
     * entries, whose resolution is installed while people read the version.
     */
    | 'sections-disagree'
    /** The key, which people read, names another package, version or source than the fields that are installed. */
    | 'identity-disagrees'
  /** The offending text, shortened to 200 characters. */
  readonly seen: string
  /** False when the entry's meaning was lost and it is missing from the graph: then it is also a gap `entry-unreadable`. */
  readonly read: boolean
}

/** A lockfile, whatever its format, as what it would install. */
export interface DependencyGraph {
  /** Path of the lockfile in the repository. */
  readonly file: string
  readonly manager: Manager
  /** The format's version as the file states it. */
  readonly formatVersion: string
  readonly roots: readonly Root[]
  /** By `key`, in file order. */
  readonly entries: ReadonlyMap<string, LockfileEntry>
  readonly malformed: readonly MalformedEntry[]
  /** The file does not say, or not for all, who asks for what: that nothing leads to an entry then means nothing. */
  readonly requirementsUnstated?: boolean
  /** What `key` (or the root at `folder`, given as a Root) asks for. Computed when asked. */
  requirementsOf(from: string | Root): readonly Requirement[]
  /** The key of the entry that a requirement of `from` gets, as the manager itself would resolve it; null if absent. */
  resolve(from: string | Root, name: string): string | null
  /**
   * All entries that one leads to, where a name leads to several: pnpm locks a package once for each set of its peers.
   * Without it, what `resolve` says of `requirementsOf` is all.
   */
  targetsOf?(key: string): readonly string[]
  /** The lines, from 1, of an entry and of its fields; null where the text does not hold it. Computed when asked. */
  lineOf(key: string, field?: EntryField): number | null
}

export type EntryField = 'version' | 'resolved' | 'integrity' | 'checksum'
