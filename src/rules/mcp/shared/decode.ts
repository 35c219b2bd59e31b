import type { Piece } from './unveil.js'

const maxDecoded = 50

const base64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{20,8000}={0,2}/g
const hex =
  /(?<![0-9a-z])(?:0x)?(?:[0-9a-f]{2}){12,4000}(?![0-9a-z])|(?:(?:\\x|0x)[0-9a-f]{2}[, ]{0,2}){8,4000}|(?:[0-9a-f]{2} ){10,4000}[0-9a-f]{2}/gi
const percent = /(?:[\w.~+-]{0,40}%[0-9a-f]{2}){6,2000}[\w.~+-]{0,200}/gi
const entities = /(?:&#x?[0-9a-f]{2,6};\s?){6,2000}/gi
const escapes = /(?:\\u\{?[0-9a-f]{4,6}\}?){6,2000}/gi
const decimals = /(?:\b\d{2,3}[, ]{1,2}){12,2000}\d{2,3}\b/g
const bits = /(?:\b[01]{8}\b[ ,]{0,2}){8,2000}/g

/** Words that a text turned round or moved by thirteen letters has, and that no language has as they stand. */
const turned = /\b(?:eht|resu|loot|lla|tpmorp|snoitcurtsni|erongi)\b/i
const moved = /\b(?:gur|hfre|gbby|nyy|vafgehpgvbaf|vtaber|frperg|cebzcg)\b/i

/** Every text within a text that somebody encoded, where what comes out is language. */
export function decodedTexts(text: string): readonly Piece[] {
  const found: string[] = [
    ...all(text, base64, (run) => Buffer.from(run, 'base64').toString('utf8')),
    ...all(text, hex, (run) => Buffer.from(run.replace(/0x|\\x|[^0-9a-f]/gi, ''), 'hex').toString('utf8')),
    ...all(text, percent, fromPercent),
    ...all(text, entities, (run) => fromCodes(run.matchAll(/&#(x?)([0-9a-f]+);/gi))),
    ...all(text, escapes, (run) => fromCodes(run.replace(/\\u/g, ' x').matchAll(/(x)\{?([0-9a-f]+)\}?/gi))),
    ...all(text, decimals, (run) => String.fromCharCode(...(run.match(/\d+/g) ?? []).slice(0, 4000).map(Number))),
    ...all(text, bits, (run) =>
      String.fromCharCode(...(run.match(/[01]{8}/g) ?? []).slice(0, 4000).map((octet) => Number.parseInt(octet, 2))),
    ),
  ]
  if (turned.test(text)) found.push([...text].reverse().join(''))
  if (moved.test(text)) found.push(text.replace(/[a-z]/gi, byThirteen))
  return found
    .filter(isLanguage)
    .slice(0, maxDecoded)
    .map((decoded) => ({ text: decoded, ordered: true, veil: { kind: 'encoded', weight: 2 } }))
}

const all = (text: string, pattern: RegExp, decode: (run: string) => string): readonly string[] =>
  [...text.matchAll(pattern)].slice(0, maxDecoded).map(([run]) => decode(run))

const fromPercent = (run: string): string => {
  try {
    return decodeURIComponent(run.replaceAll('+', ' '))
  } catch (error) {
    // Not UTF-8: then it hides no text.
    if (error instanceof URIError) return ''
    throw error
  }
}

const fromCodes = (codes: Iterable<RegExpMatchArray>): string =>
  [...codes]
    .map(([, base, digits = '']) => Number.parseInt(digits, base ? 16 : 10))
    .filter((code) => code <= 0x10ffff)
    .map((code) => String.fromCodePoint(code))
    .join('')

const byThirteen = (letter: string): string => {
  const code = letter.charCodeAt(0)
  const first = code >= 97 ? 97 : 65
  return String.fromCharCode(((code - first + 13) % 26) + first)
}

/** Words with blanks between them, or signs of a script without blanks; keys and pictures decode to neither. */
function isLanguage(text: string): boolean {
  const letters = text.match(/[\p{L}\p{N}\p{P}\p{Zs}\n]/gu)?.length ?? 0
  if (text.includes('\ufffd') || letters < [...text].length * 0.95) return false
  return (
    (text.match(/\p{L}{2,}/gu)?.length ?? 0) >= 3 ||
    /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Hangul}]{6}/u.test(text)
  )
}
