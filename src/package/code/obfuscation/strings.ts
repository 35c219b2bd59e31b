/** Strings shorter than this hide nothing worth decoding. */
const longText = 300

/** Of a longer text a part tells as much. */
const sample = 4096

/** Needed in no charset: a letter or a digit written as an escape. `\x3c` and its like keep HTML parsers away, and are none. */
const escapedWord = /(?:\\x(?:3[0-9]|[46][1-9a-f]|[57][0-9a])|\\u00(?:3[0-9]|[46][1-9a-f]|[57][0-9a])){4,64}/gi

/** How many words of a string are spelt in escapes; `written` without its quotes. */
export const countEscapedWords = (written: string): number =>
  [...written.slice(0, 64 * 1024).matchAll(escapedWord)].length

export const countEscapedBlanks = (written: string): number => written.split('\\x20', 1000).length - 1

/** Files that are carried along as text: WebAssembly, fonts, pictures, sound, archives, JSON, certificates, markup. */
const carried =
  /^(?:data:|AGFzbQ|d09G|AAEAAAA|T1RUTw|iVBORw0KGgo|\/9j\/|R0lGOD|PHN2Zy|PD94bWwg|UklGR|SUkq|Qk0|AAABAA|T2dnUw|SUQz|\/\/[uv]|GkXfo|AAAA|UEsDB|JVBERi|eyJ|MII|-----BEGIN|ssh-)/

export type LongText = 'encoded' | 'scrambled' | undefined

/** What a long text looks like, if not like itself. */
export function judgeLongText(text: string): LongText {
  if (text.length < longText || carried.test(text)) return undefined
  const part = text.slice(0, sample)
  if (/^[A-Za-z0-9+/=_-]+$/.test(part)) return isEncodedCode(part) ? 'encoded' : undefined
  return isScrambled(part) ? 'scrambled' : undefined
}

/** Text in base64 or hex, or bytes as even as only ciphers and compression make them; tables of Unicode and of fonts are neither. */
function isEncodedCode(text: string): boolean {
  const bytes = Buffer.from(text, /^[0-9a-f]+$/i.test(text) ? 'hex' : 'base64')
  const printable = bytes.reduce(
    (count, byte) => count + (byte === 9 || byte === 10 || (byte >= 32 && byte < 127) ? 1 : 0),
    0,
  )
  if (printable > bytes.length * 0.98) return true
  // The most that so few bytes can have is the logarithm of their number, which chance comes near to.
  return entropyOf(bytes) > Math.min(7.8, Math.log2(bytes.length) * 0.92)
}

/** Bits for each byte. */
function entropyOf(bytes: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1
  let bits = 0
  for (const count of counts) if (count > 0) bits -= (count / bytes.length) * Math.log2(count / bytes.length)
  return bits
}

const wordsOfCode =
  /function|return|const |import |export |=>|<\/|https?:|prototype|uniform|precision|vec\d|color|margin|width|display|undefined/

/** The letters and brackets of a program in another order: everything that code has but words, blanks and line ends. */
function isScrambled(text: string): boolean {
  let letters = 0
  let signs = 0
  let blanks = 0
  const bySign = new Map<number, number>()
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code > 126) return false
    if (code <= 32) blanks += 1
    else if ((code | 32) >= 97 && (code | 32) <= 122) letters += 1
    else if (!(code >= 48 && code <= 57)) {
      signs += 1
      bySign.set(code, (bySign.get(code) ?? 0) + 1)
    }
  }
  // Short words between one sign again and again are a table (caniuse's `xC.TC.0C`), however they follow each other.
  if (Math.max(0, ...bySign.values()) > signs / 2) return false
  const { length } = text
  const isLikeCode = blanks < length * 0.08 && signs > length * 0.12 && signs < length * 0.6 && letters > length * 0.3
  return isLikeCode && !wordsOfCode.test(text) && isWithoutOrder(text.slice(0, 1500))
}

/**
 * Whether letters follow each other as if drawn by lot. Of all the pairs of letters that chance would give a text of these letters, written
 * text has about half: its words, its brackets and its repetitions.
 */
function isWithoutOrder(text: string): boolean {
  const counts = new Map<string, number>()
  const pairs = new Set<string>()
  for (let at = 0; at < text.length; at++) {
    const letter = text[at] ?? ''
    counts.set(letter, (counts.get(letter) ?? 0) + 1)
    pairs.add(text.slice(at, at + 2))
  }
  const shares = [...counts.values()].map((count) => count / text.length)
  let expected = 0
  for (const one of shares) for (const other of shares) expected += 1 - (1 - one * other) ** (text.length - 1)
  return counts.size >= 20 && pairs.size > expected * 0.93
}
