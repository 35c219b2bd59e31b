import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { CaseFacts } from './case-facts.js'
import { type CorpusCase, labelOf } from './corpus-case.js'

/** `@scope/name@1.0.0..1.1.0` → `@scope+name@1.0.0..1.1.0.json.br`. */
export const fileOf = (one: CorpusCase): string => `${labelOf(one).replace('/', '+')}.json.br`

export function writeStored(folder: string, one: CorpusCase, facts: CaseFacts): void {
  const text = Buffer.from(JSON.stringify(facts))
  writeFileSync(join(folder, fileOf(one)), brotliCompressSync(text, { params: compression(text.length) }))
}

/** Both versions say much the same: a window that spans them makes one of the two nearly free. */
const compression = (bytes: number): Record<number, number> => ({
  [constants.BROTLI_PARAM_QUALITY]: 9,
  [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
  [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
  [constants.BROTLI_PARAM_SIZE_HINT]: bytes,
})

export const readStored = (folder: string, one: CorpusCase): CaseFacts =>
  JSON.parse(brotliDecompressSync(readFileSync(join(folder, fileOf(one)))).toString()) as CaseFacts
