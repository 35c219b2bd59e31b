import { Enums, Models } from '@cyclonedx/cyclonedx-library'

const algorithms: ReadonlyMap<string, Enums.HashAlgorithm> = new Map([
  ['md5', Enums.HashAlgorithm.MD5],
  ['sha1', Enums.HashAlgorithm['SHA-1']],
  ['sha256', Enums.HashAlgorithm['SHA-256']],
  ['sha384', Enums.HashAlgorithm['SHA-384']],
  ['sha512', Enums.HashAlgorithm['SHA-512']],
])

const bytes: Readonly<Record<string, number>> = { md5: 16, sha1: 20, sha256: 32, sha384: 48, sha512: 64 }

/** The hashes of an SRI text in hexadecimal; what is none of these is left out. */
export function hashesOf(integrity = ''): Models.HashDictionary {
  const found = new Models.HashDictionary()
  for (const hash of integrity.split(/\s+/)) {
    const [, name = '', digest = ''] = /^(\w+)-([\w+/=-]+)/.exec(hash) ?? []
    const algorithm = algorithms.get(name)
    const content = Buffer.from(digest, 'base64')
    if (algorithm !== undefined && content.length === bytes[name] && !found.has(algorithm)) {
      found.set(algorithm, content.toString('hex'))
    }
  }
  return found
}
