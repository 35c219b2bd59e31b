import type { ProjectsDiff } from '../../lockfile/projects.js'
import type { McpDiff } from './diff-mcp.js'

/** What lockfiles and MCP servers install, as one: from here on a package that a server starts is a dependency. */
export function withServers(projects: ProjectsDiff, { changes, graphs, gaps, notes }: McpDiff): ProjectsDiff {
  return {
    ...projects,
    changes: [...projects.changes, ...changes],
    gaps: [...projects.gaps, ...gaps],
    notes: [...projects.notes, ...notes],
    head: { ...projects.head, graphs: new Map([...projects.head.graphs, ...graphs]) },
  }
}
