import type { GapCode } from '../gap.js'
import type { Severity } from '../rules/rule.js'

/** One exception that a person made, from a policy file. It covers findings of one rule or gaps of one code. */
export interface Acceptance {
  /** A package name in which `*` stands for any characters but `/`; `*` alone is every package, and what has none. */
  readonly package: string
  /** An exact version, a semver range, or `*`. */
  readonly version: string
  readonly covers: { readonly rule: string } | { readonly gap: GapCode }
  readonly reason: string
  /** `YYYY-MM-DD`: the last day (UTC) on which it counts. */
  readonly until: string
  /** SRI: then only these bytes are accepted. */
  readonly integrity?: string
  /** Whose file holds it. */
  readonly by: 'policy' | 'organisation policy'
}

export interface McpServerPolicy {
  /** The only tools that it may declare; absent = any. */
  readonly allow?: readonly string[]
  /** Case-insensitive substrings of tool names, parameter names and descriptions. */
  readonly blockedPatterns: readonly string[]
}

/** Who may publish for a service that packages are named after. */
export interface McpServicePolicy {
  readonly scopes: readonly string[]
  readonly repositories: readonly string[]
}

/** What a review is judged by: the repository's file over the organisation's over the defaults. */
export interface Policy {
  readonly failOn: Severity | 'never'
  readonly onIncomplete: 'action_required' | 'failure'
  readonly onFlaggedBelow: 'success' | 'neutral'
  /** Globs of paths whose changes are only noted. */
  readonly paths: { readonly ignore: readonly string[] }
  readonly comments: { readonly from: Severity; readonly limit: number }
  readonly bots: { readonly logins: readonly string[]; readonly commentsFrom: Severity }
  readonly commands: { readonly authorMayAccept: boolean }
  readonly registries: {
    /** Scope (`@acme`) → URL of its registry, which is fetched. */
    readonly scopes: Readonly<Record<string, string>>
    /** Hosts, with their port where it is not the scheme's, that may appear in `resolved`. */
    readonly allowedHosts: readonly string[]
  }
  readonly internal: { readonly scopes: readonly string[]; readonly patterns: readonly string[] }
  readonly release: { readonly freshDays: number; readonly provenanceHorizonDays: number }
  readonly python: { readonly requireHashes: boolean; readonly index: string }
  readonly tools: { readonly build: readonly string[]; readonly release: readonly string[] }
  readonly advisories: {
    /** Absent where no file names one: then it is `osv`, or `registry` when the operator gave `--registry`. */
    readonly source?: 'osv' | 'github' | 'registry' | 'off'
    readonly required: boolean
  }
  readonly mcp: {
    readonly pin: readonly string[]
    readonly servers: Readonly<Record<string, McpServerPolicy>>
    readonly services: Readonly<Record<string, McpServicePolicy>>
  }
  /** Rule id → the severity that replaces the rule's own, or `off`. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>
  readonly accept: readonly Acceptance[]
}

/** What holds where no file says otherwise. */
export const defaultPolicy: Policy = {
  failOn: 'high',
  onIncomplete: 'action_required',
  onFlaggedBelow: 'success',
  paths: { ignore: [] },
  comments: { from: 'high', limit: 20 },
  bots: { logins: [], commentsFrom: 'critical' },
  commands: { authorMayAccept: false },
  registries: { scopes: {}, allowedHosts: [] },
  internal: { scopes: [], patterns: [] },
  release: { freshDays: 3, provenanceHorizonDays: 365 },
  python: { requireHashes: false, index: 'none' },
  tools: { build: [], release: [] },
  advisories: { required: false },
  mcp: { pin: [], servers: {}, services: {} },
  rules: {},
  accept: [],
}
