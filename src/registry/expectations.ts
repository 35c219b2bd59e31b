import { isPrivateHost } from './address.js'
import type { Operator } from './operator.js'
import { publicHosts } from './public-registry.js'
import type { RegistryExpectations } from './registry-facts.js'

/** The part of base's policy that names registries. */
export interface RegistryPolicy {
  /** Scope → registry address. */
  readonly scopes: Readonly<Record<string, string>>
  readonly allowedHosts: readonly string[]
}

/** Everything that may say where a package comes from, strongest first. Nothing of head is among it. */
export interface RegistrySources {
  readonly operator: Operator
  readonly policy?: RegistryPolicy
  /** From base's `.npmrc`, `.yarnrc.yml` and the like: expected, but fetched only from hosts that the others allow. */
  readonly npmrcScopes?: ReadonlyMap<string, string>
}

export type Route =
  | { readonly kind: 'registry'; readonly url: string; readonly mapped: boolean }
  | { readonly kind: 'not-allowed'; readonly detail: string }

export function buildExpectations({ operator, policy, npmrcScopes }: RegistrySources): RegistryExpectations {
  const addresses = { ...Object.fromEntries(npmrcScopes ?? []), ...policy?.scopes, ...operator.scopes }
  return {
    defaultHosts: [...new Set([new URL(operator.registry).host, ...publicHosts])],
    // A scope whose address cannot be read keeps a host that no URL has, so that nothing counts as expected.
    scopeHosts: Object.fromEntries(
      Object.entries(addresses).map(([scope, address]) => [scope, parseUrl(address)?.host ?? '']),
    ),
    allowedHosts: [...new Set([...(policy?.allowedHosts ?? []), ...operator.allowedHosts])],
  }
}

/** The hosts that `resolved` may name for a package. */
export function expectedHosts(expectations: RegistryExpectations, name: string): readonly string[] {
  const { defaultHosts, scopeHosts, allowedHosts } = expectations
  const scope = scopeOf(name)
  const mapped = scope !== undefined && Object.hasOwn(scopeHosts, scope) ? scopeHosts[scope] : undefined
  if (mapped === undefined || publicHosts.includes(mapped)) return [...defaultHosts, ...allowedHosts]
  return [mapped, ...allowedHosts]
}

/** The registry that a name is asked for at, or why none may be asked. */
export function routeOf(name: string, sources: RegistrySources): Route {
  const { operator, policy, npmrcScopes } = sources
  const scope = scopeOf(name)
  if (scope === undefined) return { kind: 'registry', url: operator.registry, mapped: false }
  if (Object.hasOwn(operator.scopes, scope)) return toRoute(scope, operator.scopes[scope] ?? '', sources, true)
  if (policy !== undefined && Object.hasOwn(policy.scopes, scope)) {
    return toRoute(scope, policy.scopes[scope] ?? '', sources, true)
  }
  const written = npmrcScopes?.get(scope)
  if (written !== undefined) return toRoute(scope, written, sources, false)
  return { kind: 'registry', url: operator.registry, mapped: false }
}

/** `trusted`: operator or policy named the address itself, so its host needs no further leave. */
function toRoute(scope: string, address: string, sources: RegistrySources, trusted: boolean): Route {
  const { operator, policy } = sources
  const url = parseUrl(address)
  if (url === undefined) return notAllowed(`the registry of ${scope} is no http or https address`)
  if (publicHosts.includes(url.host)) return { kind: 'registry', url: operator.registry, mapped: false }
  const private_ = operatorAllows(operator, url)
  if (!private_ && isPrivateHost(url.hostname)) {
    return notAllowed(`the registry of ${scope}, ${url.host}, is private and not allowed by the operator`)
  }
  const named = trusted || private_ || hostListed(policy?.allowedHosts ?? [], url) || policyNames(policy, url)
  if (!named) return notAllowed(`the repository maps ${scope} to ${url.host}, which nobody allowed`)
  if (!trusted && !private_ && url.protocol !== 'https:') {
    return notAllowed(`the repository maps ${scope} to ${url.host} without https`)
  }
  return { kind: 'registry', url: url.href.endsWith('/') ? url.href : `${url.href}/`, mapped: true }
}

/** Whether a request or a redirect may go to this address at all. */
export function mayFetch(sources: RegistrySources, url: URL): boolean {
  const { operator, policy, npmrcScopes } = sources
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return false
  const registries = [operator.registry, ...Object.values(operator.scopes), ...Object.values(policy?.scopes ?? {})]
  if (registries.some((registry) => parseUrl(registry)?.origin === url.origin)) return true
  if (hostListed(operator.allowedHosts, url)) return true
  if (url.protocol !== 'https:') return false
  if (hostListed(policy?.allowedHosts ?? [], url)) return true
  // A redirect may lead to the host of another scope of base's `.npmrc` only where that one could be asked by itself.
  return [...(npmrcScopes?.keys() ?? [])].some((scope) => {
    const route = routeOf(`${scope}/x`, sources)
    return route.kind === 'registry' && new URL(route.url).origin === url.origin
  })
}

/** Hosts that may be private: those that the operator named, as `hostname:port` with the port always there. */
export function operatorAllows({ registry, scopes, allowedHosts }: Operator, url: URL): boolean {
  const own = [registry, ...Object.values(scopes)].map((address) => new URL(address))
  return hostListed(allowedHosts, url) || own.some((named) => named.host === url.host)
}

/** An entry without a port stands for every port of that host. */
const hostListed = (hosts: readonly string[], url: URL): boolean =>
  hosts.includes(url.host) || hosts.includes(url.hostname)

const policyNames = (policy: RegistryPolicy | undefined, url: URL): boolean =>
  Object.values(policy?.scopes ?? {}).some((address) => parseUrl(address)?.origin === url.origin)

const notAllowed = (detail: string): Route => ({ kind: 'not-allowed', detail })

function scopeOf(name: string): string | undefined {
  const slash = name.indexOf('/')
  return name.startsWith('@') && slash > 1 ? name.slice(0, slash) : undefined
}

function parseUrl(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined
}
