import type { ReferenceKey } from '../fold/reference.js'

const decoders =
  /^(?::atob|:unescape|:Buffer(?:\.from)?|:String\.fromC(?:har|odePoint)(?:Code)?|crypto:(?:createDecipher(?:iv)?|privateDecrypt)|zlib:(?:inflate|inflateRaw|gunzip|unzip|brotliDecompress)(?:Sync)?|lz-string:decompress\w*|pako:(?:inflate|ungzip))$/

/** Whether a call of it may make another text of one that nobody reads: `Buffer.from` does so by its encoding. */
export const isDecoder = (key: ReferenceKey): boolean => decoders.test(key)
