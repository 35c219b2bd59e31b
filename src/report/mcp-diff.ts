import type { McpFacts } from '../package/mcp/mcp-facts.js'
import { manifestChanges, unknownTo } from '../rules/mcp/shared/manifest-changes.js'
import { type InspectedOffer, type InspectedTool, inspectOffer, inspectTool } from './inspected-mcp.js'
import { toolLines } from './mcp-terminal.js'
import { list, type PackagePage } from './package-page.js'

/** What one of two versions of a server declares and the other does not, by name. */
export interface McpParts {
  readonly tools: readonly InspectedTool[]
  readonly prompts: readonly InspectedOffer[]
  readonly resources: readonly InspectedOffer[]
}

/** A text, parameter or annotation that a model is told otherwise than before. */
export interface ChangedWords {
  /** `description of a tool`, `server instructions` and so on. */
  readonly what: string
  /** Of the tool, prompt or resource; empty for the server itself. */
  readonly name: string
  readonly before?: string
  readonly after?: string
  /** Both in one line: what went as `[-…-]`, what came as `{+…+}`. */
  readonly words: string
  readonly file: string
  readonly line: number
}

export interface McpDiff {
  readonly added: McpParts
  readonly removed: McpParts
  readonly changed: readonly ChangedWords[]
}

const nothing: McpFacts = { why: [], tools: [], prompts: [], resources: [], unresolved: [] }

/** Absent where neither is a server. */
export function diffMcp(before: McpFacts | undefined, after: McpFacts | undefined): McpDiff | undefined {
  if (before === undefined && after === undefined) return undefined
  const [old, now] = [before ?? nothing, after ?? nothing]
  return {
    added: partsOnlyIn(now, old),
    removed: partsOnlyIn(old, now),
    changed: manifestChanges(now, old).map(({ what, name, before: was, after: is, shown, at: { file, line } }) => ({
      what,
      name,
      ...(was !== undefined && { before: was }),
      ...(is !== undefined && { after: is }),
      words: shown,
      file,
      line,
    })),
  }
}

const partsOnlyIn = (mine: McpFacts, theirs: McpFacts): McpParts => ({
  tools: unknownTo(mine.tools, theirs.tools).map(inspectTool),
  prompts: unknownTo(mine.prompts, theirs.prompts).map(inspectOffer),
  resources: unknownTo(mine.resources, theirs.resources).map(inspectOffer),
})

/** Shown of what changed; each stands in one entry, wrapped. */
const shownChanges = 20

export function mcpDiffSections({ added, removed, changed }: McpDiff, page: PackagePage): string[] {
  const names = (offers: readonly InspectedOffer[]): string[] => offers.map(({ name }) => name)
  return [
    ...added.tools.slice(0, shownChanges).flatMap((tool) => toolLines(tool, '+ tool ', page)),
    ...(added.tools.length > shownChanges
      ? [page.style.dim(`+ and ${added.tools.length - shownChanges} more tools`)]
      : []),
    ...list('~ for a model', changed.map(sayChange), page, shownChanges),
    ...list('- tools', names(removed.tools), page),
    ...list('+ prompts', names(added.prompts), page),
    ...list('- prompts', names(removed.prompts), page),
    ...list('+ resources', names(added.resources), page),
    ...list('- resources', names(removed.resources), page),
  ]
}

const sayChange = ({ what, name, words }: ChangedWords): string => `${what}${name === '' ? '' : ` ${name}`}: ${words}`
