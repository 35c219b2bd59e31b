import { createHash } from 'node:crypto'
import { obfuscated as withWordList } from './word-list.js'

/**
 * `word-list.ts` on one line, with `$name` for a name as well. `padding`: words of no meaning put in besides, to give it the size
 * of the real one.
 */
export function obfuscated(code: string, padding = 40): string {
  const filler = `var $kept=[${meaningless(padding)
    .map((word) => `«${word}»`)
    .join(',')}];`
  return withWordList(`${code}${filler}`)
    .replace(/\s*\n\s*/g, '')
    .replace(/\$(\w+)/g, (_, name: string) => hexName(name))
}

const digest = (text: string): string => createHash('sha1').update(text).digest('hex')

const hexName = (name: string): string => `_0x${digest(name).slice(0, 6)}`

/** The same on every run. */
function meaningless(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) =>
    Buffer.from(digest(`padding ${index}`), 'hex')
      .toString('base64')
      .slice(0, 12)
      .replace(/[+/]/g, 'x'),
  )
}
