import { maxDecodedCharacters } from '../../../limits.js'

/**
 * What a string says when it is read as base64 or hex, where that is plain text: whoever decodes a whole string at run time writes it down as one.
 * Digests, keys and pictures decode to bytes that are no text.
 */
export function decodeText(text: string): string | undefined {
  if (text.length < 12 || text.length > maxDecodedCharacters) return undefined
  if (!/^[A-Za-z0-9+/_-]{10,}={0,2}$/.test(text)) return undefined
  const hex = /^(?:[0-9a-f]{2}){8,}$/i.test(text)
  const decoded = Buffer.from(text, hex ? 'hex' : 'base64').toString('latin1')
  // Words of letters alone are base64 as well, of bytes beyond ASCII nearly always.
  return decoded.length >= 6 && /^[\t\n\r -~]+$/.test(decoded) ? decoded : undefined
}
