import { createHash } from 'node:crypto'

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const bech32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

/** Bytes of a base58 text of at most 64 characters, or nothing. */
export function fromBase58(text: string): Uint8Array | undefined {
  if (text.length > 64) return undefined
  let number = 0n
  for (const character of text) {
    const digit = base58.indexOf(character)
    if (digit === -1) return undefined
    number = number * 58n + BigInt(digit)
  }
  const leading = text.length - text.replace(/^1+/, '').length
  const hex = number === 0n ? '' : number.toString(16)
  return Buffer.from('00'.repeat(leading) + (hex.length % 2 === 1 ? '0' : '') + hex, 'hex')
}

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** The first byte of an address with a right checksum (Bitcoin's base58check), or nothing. */
export function base58CheckVersion(text: string): number | undefined {
  const bytes = fromBase58(text)
  if (bytes?.length !== 25) return undefined
  const sum = sha256(sha256(bytes.subarray(0, 21))).subarray(0, 4)
  return sum.equals(bytes.subarray(21)) ? bytes[0] : undefined
}

const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]

/** BIP 173 and BIP 350: `bc1…`, `ltc1…`. Lower case. */
export function isBech32(text: string): boolean {
  const cut = text.lastIndexOf('1')
  if (cut < 1 || text.length - cut < 7 || text.length > 90) return false
  const prefix = [...text.slice(0, cut)].map((character) => character.charCodeAt(0))
  const data = [...text.slice(cut + 1)].map((character) => bech32.indexOf(character))
  if (data.includes(-1)) return false
  let check = 1
  for (const value of [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...data]) {
    const top = check >>> 25
    check = ((check & 0x1ffffff) << 5) ^ value
    generators.forEach((generator, bit) => {
      if ((top >> bit) & 1) check ^= generator
    })
  }
  return check === 1 || check === 0x2bc830a3
}

/** Bitcoin (two kinds), Litecoin (two), Dogecoin, Tron, by the byte that their addresses begin with. */
const knownVersions: ReadonlySet<number> = new Set([0x00, 0x05, 0x30, 0x32, 0x1e, 0x41])

/** An address of a chain whose addresses carry a checksum, or that no other text looks like (Monero). */
export function isWalletAddress(word: string): boolean {
  if (word.length >= 26 && word.length <= 35) {
    const version = base58CheckVersion(word)
    if (version !== undefined && knownVersions.has(version)) return true
  }
  if (/^(?:bc|ltc)1[a-z0-9]{25,87}$/.test(word)) return isBech32(word)
  return /^[48][0-9AB][1-9A-HJ-NP-Za-km-z]{93}$/.test(word)
}

/** Ethereum and its kin: the checksum of upper and lower case is Keccak's, which Node lacks; what is plainly no address is left out. */
export const isEthereumAddress = (word: string): boolean =>
  /^0x[0-9a-fA-F]{40}$/.test(word) && new Set(word.slice(2).toLowerCase()).size >= 7

/** A key of 32 bytes, as Solana writes them. Chance makes many a text one, so the text around it must speak of Solana. */
export const isSolanaAddress = (word: string): boolean =>
  /^[1-9A-HJ-NP-Za-km-z]{43,44}$/.test(word) && /\d/.test(word) && fromBase58(word)?.length === 32

/** IPFS: version 0 begins with the digest's kind and length, version 1 with the base and the codec. */
export const isContentId = (word: string): boolean =>
  /^Qm[1-9A-HJ-NP-Za-km-z]{44}$/.test(word) || /^baf[ky][a-z2-7]{50,58}$/.test(word) || /^k51[a-z0-9]{59}$/.test(word)
