const dotted = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/

/** An IPv4 address in its usual form that leads out of the machine and its own network. */
export function isForeignIpv4(text: string): boolean {
  const parts = dotted.exec(text)
  if (parts === null) return false
  const [a = 0, b = 0, c = 0, d = 0] = parts.slice(1).map(Number)
  if (Math.max(a, b, c, d) > 255 || parts.slice(1).some((part) => part.length > 1 && part.startsWith('0'))) return false
  // Loopback, private and multicast; 169.254.169.254 is where clouds hand out credentials.
  if (a === 0 || a === 10 || a === 127 || a >= 224) return false
  if ((a === 192 && b === 168) || (a === 172 && b >= 16 && b < 32)) return false
  if (a === 169 && b === 254) return c === 169 && d === 254
  return true
}

/**
 * An address that stands alone in a text. `2.5.29.17` is the name of a field in a certificate and `1.2.0.3` a version, so small
 * first numbers count only for the resolvers that everybody knows.
 */
export function isBareIpv4(text: string): boolean {
  if (!isForeignIpv4(text)) return false
  const parts = text.split('.').map(Number)
  if (text === '1.1.1.1' || text === '1.0.0.1') return true
  return (parts[0] ?? 0) > 2 && parts.some((part) => part > 31)
}

/** An IPv6 address, shortened as URLs do, that leads out of the machine and its own network. */
export function foreignIpv6(text: string): string | undefined {
  if (text.length > 45 || !/^[0-9a-f:.]{4,45}$/i.test(text) || !isIpv6Shape(text)) return undefined
  if (!URL.canParse(`http://[${text}]`)) return undefined
  const address = new URL(`http://[${text}]`).hostname.slice(1, -1)
  // Loopback, unspecified, link-local, unique local, multicast, and 2001:db8, which RFC 3849 keeps for documents.
  return /^(?:::1?$|f[cdef]|2001:db8:)/.test(address) ? undefined : address
}

/** Times and MAC addresses have colons too, but neither seven single ones nor a double one among several groups. */
function isIpv6Shape(text: string): boolean {
  const groups = text.split(':')
  if (groups.every((group) => group.length === 2)) return false
  if (!text.includes('::')) return groups.length === 8 || (groups.length === 7 && text.includes('.'))
  return groups.filter((group) => group !== '').length >= 3
}
