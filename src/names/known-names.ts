import { knownServers, soughtServers } from './known-servers.js'
import { type Names, openNames } from './names.js'

/** Nobody counts how often assistants start a server: each is taken to be as well-known as the thousandth package. */
const rankOfServers = 1_000

/** The most used packages of npm, the most used first, with the known MCP servers among them. */
export async function knownNames(): Promise<readonly string[]> {
  // Half a megabyte of names, which a review that adds no package need not load.
  const { npmHighImpact } = await import('npm-high-impact')
  const servers = new Set([...knownServers, ...soughtServers])
  for (const name of npmHighImpact) servers.delete(name)
  return [...npmHighImpact.slice(0, rankOfServers), ...servers, ...npmHighImpact.slice(rankOfServers)]
}

/** Opens the names when they are first asked for, and once. */
export function lazyNames(open = async (): Promise<Names> => openNames(await knownNames())): () => Promise<Names> {
  let names: Promise<Names> | undefined
  return () => {
    names ??= open()
    return names
  }
}
