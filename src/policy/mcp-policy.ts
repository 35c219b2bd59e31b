import type { ServerAllowance, ServiceOwner } from '../facts/facts.js'
import type { Policy } from './policy.js'

const anything: ServerAllowance = { blockedPatterns: [] }

/** The policy's `mcp.servers` as a question about one package name. */
export function serverAllowances({ mcp }: Pick<Policy, 'mcp'>): (name: string) => ServerAllowance {
  return (name) => (Object.hasOwn(mcp.servers, name) ? (mcp.servers[name] ?? anything) : anything)
}

/** The policy's `mcp.services` as rules read them. */
export const serviceOwners = ({ mcp }: Pick<Policy, 'mcp'>): readonly ServiceOwner[] =>
  Object.entries(mcp.services).map(([service, { scopes, repositories }]) => ({
    service: service.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    scopes,
    repositories,
  }))
