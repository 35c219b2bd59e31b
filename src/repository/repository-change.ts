import type { Installed } from './installed.js'
import type { McpChange } from './mcp/mcp-server.js'
import type { PostureChange } from './posture/posture-state.js'

/** One mistake in a policy file. */
export interface PolicyError {
  readonly file: string
  /** From 1. */
  readonly line: number
  /** Where in the document: `rules.install-script-addedd`. */
  readonly path: string
  readonly seen: string
  readonly wanted: string
}

/** What the change did to the repository's own files. */
export interface RepositoryChange {
  readonly kind: 'repository'
  /** The mistakes in head's policy file, where the change touched it or base's was valid. */
  readonly policyErrors: readonly PolicyError[]
  /** MCP servers that its configurations and its code start; absent where nobody looked. */
  readonly mcp?: McpChange
  /** What its own files would run, and how they would install; absent where nobody looked. */
  readonly posture?: PostureChange
  /** What each lockfile installs; only where a whole state is looked at. */
  readonly installed?: readonly Installed[]
}
