import type { McpFacts } from '../../src/package/mcp/mcp-facts.js'
import type { Truth } from './truth.js'

export interface Compared {
  readonly found: number
  readonly missing: readonly string[]
  readonly invented: readonly string[]
}

export interface Comparison {
  readonly tools: Compared
  readonly parameters: Compared
}

/** What was read of a server against what is true of it. Only parameters of a tool itself count, and only where they were written down. */
export function compareTools({ tools }: Pick<McpFacts, 'tools'>, truth: Truth): Comparison {
  const read = new Map(tools.map((tool) => [tool.name, tool.parameters.map(({ name }) => name).filter(isOwn)]))
  const parameters = Object.entries(truth.tools).flatMap(([tool, names]) => {
    const own = read.get(tool)
    return names === null || own === undefined ? [] : [compare(own, names, `${tool}.`)]
  })
  return {
    tools: compare([...read.keys()], Object.keys(truth.tools), ''),
    parameters: sum(parameters),
  }
}

/** Those of objects within are named by their way: `filter.owner`, `items[].id`. */
const isOwn = (name: string): boolean => !/[.[]/.test(name)

function compare(read: readonly string[], truth: readonly string[], prefix: string): Compared {
  const missing = truth.filter((name) => !read.includes(name)).map((name) => prefix + name)
  const invented = read.filter((name) => !truth.includes(name)).map((name) => prefix + name)
  return { found: read.length - invented.length, missing, invented }
}

export const sum = (all: readonly Compared[]): Compared => ({
  found: all.reduce((total, { found }) => total + found, 0),
  missing: all.flatMap(({ missing }) => missing),
  invented: all.flatMap(({ invented }) => invented),
})

export const recall = ({ found, missing }: Compared): number => share(found, missing.length)
export const precision = ({ found, invented }: Compared): number => share(found, invented.length)

const share = (right: number, wrong: number): number => (right + wrong === 0 ? 1 : right / (right + wrong))
