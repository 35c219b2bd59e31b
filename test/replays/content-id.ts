import { createHash } from 'node:crypto'

const digits = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

/** The address that IPFS (version 0) would know a block by. */
export function contentIdOf(block: string): string {
  let number = BigInt(`0x1220${createHash('sha256').update(block).digest('hex')}`)
  let text = ''
  for (; number > 0n; number /= 58n) text = digits.charAt(Number(number % 58n)) + text
  return text
}
