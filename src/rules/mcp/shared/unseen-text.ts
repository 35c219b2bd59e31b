import type { Piece } from './unveil.js'

export interface UnseenTexts {
  /** The text without what nobody sees. */
  readonly seen: string
  readonly pieces: readonly Piece[]
}

const tags = /[\u{e0001}-\u{e007f}]{4,4000}/gu
const selectors = /(?:[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]){4,4000}/gu
const noWidth = String.raw`(?:[\u200b-\u200d\u2060-\u2064\ufeff\u180e\u00ad]|\u034f)`
const withoutWidth = new RegExp(`${noWidth}{8,4000}`, 'gu')
const anyUnseen = new RegExp(
  String.raw`${noWidth}|[\ufe00-\ufe0f]|[\u{e0001}-\u{e007f}]|[\u{e0100}-\u{e01ef}]|[\u200e\u200f\u206a-\u206f\u202a-\u202e\u2066-\u2069\u3164\uffa0\u115f\u1160]`,
  'gu',
)
const brokenWord = new RegExp(String.raw`\p{Script=Latin}${noWidth}\p{Script=Latin}`, 'u')

/** The escape, the bell that ends what it began, and what moves back over what stands already: the texts of it all as patterns have them. */
const escapeSign = String.raw`(?:\u001b|\\x1b|\\u001b|\\033|\\e)`
const back = String.raw`[\u0008\r](?!\n)`
const terminal = new RegExp(
  String.raw`${escapeSign}(?:\[[\d;?]{0,12}[a-zA-Z]|\][^\u0007\u001b]{0,200}(?:\u0007|\u001b\\))|${back}`,
  'giu',
)
/** Concealed, erased, moved over, or written in the colour of its ground. */
const hiding = new RegExp(String.raw`\[(?:[\d;]*\b8m|\d*[ABFJKH]|[\d;]*H|2J|1?;?30;40m|37;47m)|${back}`, 'u')

/** Characters that nobody sees: tag characters are ASCII moved away, variation selectors bytes, those without width bits. */
export function unseenTexts(raw: string): UnseenTexts {
  const pieces: Piece[] = []
  const keep = (text: string, weight: 1 | 2 | 3): void => {
    pieces.push({ text, ordered: true, veil: { kind: 'invisible', weight } })
  }
  for (const { 0: run, index } of raw.matchAll(tags)) {
    // The flags of England, Scotland and Wales are written so.
    if (raw.codePointAt(index - 2) === 0x1f3f4 && run.length <= 16) continue
    keep([...run].map((sign) => String.fromCharCode((sign.codePointAt(0) ?? 0) - 0xe0000)).join(''), 3)
  }
  for (const [run] of raw.matchAll(selectors)) keep(fromBytes([...run].map(toByte)), 3)
  for (const [run] of raw.matchAll(withoutWidth)) {
    if (new Set(run).size > 1) keep(fromBits(run), 3)
  }
  for (const { index } of raw.matchAll(/[\u202d\u202e]/gu)) {
    keep(
      [...(raw.slice(index, index + 400).split(/[\u202c\n]/u)[0] ?? '')].reverse().join('').replace(anyUnseen, ''),
      2,
    )
  }
  if (brokenWord.test(raw)) pieces.push({ text: '', ordered: false, veil: { kind: 'invisible', weight: 1 } })
  const shown = [...raw.matchAll(terminal)].some(([sequence]) => hiding.test(sequence))
  const seen = raw.replace(terminal, ' ').replace(anyUnseen, '')
  if (shown) pieces.push({ text: seen, ordered: true, veil: { kind: 'hidden-text', weight: 2 } })
  return { seen, pieces }
}

/** The sixteen selectors of the first block, then the 240 of the second. */
const toByte = (sign: string): number => {
  const code = sign.codePointAt(0) ?? 0
  return code >= 0xe0100 ? code - 0xe0100 + 16 : code - 0xfe00
}

const fromBytes = (bytes: readonly number[]): string => new TextDecoder().decode(Uint8Array.from(bytes))

/** Two characters are the bits; which one is which shows in what can be read. */
function fromBits(run: string): string {
  const [zero] = [...new Set(run)]
  const readings = [true, false].map((first) => {
    const bits = [...run].map((sign) => ((sign === zero) === first ? '0' : '1')).join('')
    return fromBytes((bits.match(/.{8}/g) ?? []).map((octet) => Number.parseInt(octet, 2)))
  })
  const legible = (text: string): number => (text.match(/[\w ]/g) ?? []).length
  return readings.reduce((best, text) => (legible(text) > legible(best) ? text : best))
}
