import type { RegistryExpectations } from '../../registry/registry-facts.js'

/**
 * An address as every URL reader must read it. WHATWG's parser repairs backslashes, blanks and missing slashes, and others
 * repair them differently, so that one text can name two hosts; what needs repair is therefore unreadable.
 */
const plainAddress = /^[a-z][a-z0-9+.-]*:\/\/[^\s\\%/?#]+(?:[/?#][^\s\\]*)?$/i

export function readAddress(resolved: string): URL | null {
  if (!plainAddress.test(resolved) || hasControlCharacter(resolved)) return null
  return URL.canParse(resolved) ? new URL(resolved) : null
}

const hasControlCharacter = (text: string): boolean =>
  [...text].some((character) => character < ' ' || character === '\x7f')

/** Hosts, with a port where it is not the scheme's, from which packages of this name may come. */
export function hostsFor(name: string, expectations: RegistryExpectations): readonly string[] {
  return [...registryHostsFor(name, expectations), ...expectations.allowedHosts]
}

/** Of these the ones that are the registry itself: a scope's own one takes the default's place. */
export function registryHostsFor(name: string, { scopeHosts, defaultHosts }: RegistryExpectations): readonly string[] {
  const scope = name.startsWith('@') ? name.slice(0, Math.max(name.indexOf('/'), 0)) : ''
  const scopeHost = Object.hasOwn(scopeHosts, scope) ? scopeHosts[scope] : undefined
  return scopeHost === undefined ? defaultHosts : [scopeHost]
}

/** Same scheme and same host. */
export function sameOrigin(a: string | undefined, b: string | undefined): boolean {
  const [one, other] = [a, b].map((text) => (text === undefined ? null : readAddress(text)))
  return !!one && !!other && one.protocol === other.protocol && one.host.toLowerCase() === other.host.toLowerCase()
}

const loopback = /^(?:(?:[a-z0-9-]+\.)*localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/

export const isLoopback = (address: URL): boolean => loopback.test(address.hostname.toLowerCase())
