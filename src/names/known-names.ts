import { npmHighImpact } from 'npm-high-impact'
import { knownServers } from './known-servers.js'
import { type Names, openNames } from './names.js'

/** Nobody counts how often assistants start a server: each is taken to be as well-known as the thousandth package. */
const rankOfServers = 1_000

/** The most used packages of npm, the most used first, with the known MCP servers among them. */
export function knownNames(): readonly string[] {
  const servers = knownServers.filter((name) => !npmHighImpact.includes(name))
  return [...npmHighImpact.slice(0, rankOfServers), ...servers, ...npmHighImpact.slice(rankOfServers)]
}

/** Made when it is first asked: most reviews add no package whose name has to be compared. */
export function lazyNames(open: () => Names = () => openNames(knownNames())): () => Names {
  let names: Names | undefined
  return () => {
    names ??= open()
    return names
  }
}
