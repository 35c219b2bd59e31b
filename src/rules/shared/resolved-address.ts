import { expectedHosts } from '../../registry/expectations.js'
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

/** Whether operator or policy said that a package of this name may come from this host. */
export const isExpectedHost = (address: URL, name: string, expectations: RegistryExpectations): boolean =>
  isRegistryHost(address, name, expectations) ||
  // As everywhere in the policy, an entry without a port stands for every port.
  expectations.allowedHosts.some((host) => host === address.host || host === address.hostname)

/** Of these the registry itself, whose layout of addresses is known. */
export const isRegistryHost = (address: URL, name: string, expectations: RegistryExpectations): boolean =>
  expectedHosts({ ...expectations, allowedHosts: [] }, name).includes(address.host)

/** Same scheme and same host. */
export function sameOrigin(a: string | undefined, b: string | undefined): boolean {
  const [one, other] = [a, b].map((text) => (text === undefined ? null : readAddress(text)))
  return !!one && !!other && one.protocol === other.protocol && one.host.toLowerCase() === other.host.toLowerCase()
}

const loopback = /^(?:(?:[a-z0-9-]+\.)*localhost|127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])$/

export const isLoopback = (address: URL): boolean => loopback.test(address.hostname.toLowerCase())
