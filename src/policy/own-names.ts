import type { OwnNames } from '../facts/facts.js'
import { matchesPackage } from './package-pattern.js'
import type { Policy } from './policy.js'

/**
 * What base calls the organisation's own: the policy's `internal`, and the scopes that the policy or base's settings send to a registry of their
 * own. `isPublic` tells whether an address is the registry that everybody uses.
 */
export function ownNames(
  { internal, registries }: Pick<Policy, 'internal' | 'registries'>,
  routed: ReadonlyMap<string, string>,
  isPublic: (address: string) => boolean,
): OwnNames {
  const sent = [...routed, ...Object.entries(registries.scopes)].flatMap(([scope, address]) =>
    isPublic(address) ? [] : [scope],
  )
  const scopes = [...new Set([...internal.scopes, ...sent])]
  const { patterns } = internal
  const matches = (name: string): boolean => patterns.some((pattern) => matchesPackage(pattern, name))
  return {
    scopes,
    includes: (name) => matches(name) || scopes.some((scope) => name.startsWith(`${scope}/`)),
    matches,
  }
}
