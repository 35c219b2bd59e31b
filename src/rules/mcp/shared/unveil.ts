import { toLatinLetters } from '../../../package/code/hidden/homoglyphs.js'
import { decodedTexts } from './decode.js'
import type { SignalKind, Weight } from './signal.js'
import { unseenTexts } from './unseen-text.js'

export interface Piece {
  readonly text: string
  /** What it says that the text stood where it stood; absent for what everybody reads. */
  readonly veil?: { readonly kind: SignalKind; readonly weight: Weight }
  /** Only orders stand in such a place: nothing has to say that something is asked for. */
  readonly ordered: boolean
}

/** A text as a model takes it in: what everybody reads first, then each thing that stands hidden or encoded in it. */
export function unveil(raw: string): readonly Piece[] {
  const { seen, pieces: unseen } = unseenTexts(raw)
  const plain = withoutDisguise(seen.normalize('NFKC').replace(/[’‘‛`´]/gu, (sign) => (sign === '`' ? sign : "'")))
  return [{ text: plain, ordered: false }, ...unseen, ...setApart(plain), ...decodedTexts(plain)]
}

/** Letters of two scripts in one word, and words spelt out letter by letter, as they are meant to be read. */
function withoutDisguise(text: string): string {
  return text
    .replace(/[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]{3,40}/gu, (word) =>
      /\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word)
        ? toLatinLetters(word)
        : word,
    )
    .replace(/(?<![\p{L}\p{N}])(?:\p{L}[ .\-_*]{1,3}){5,200}\p{L}(?![\p{L}\p{N}])/gu, (run) =>
      run
        .split(/ {2,3}/)
        .map((word) => word.replace(/[ .\-_*]/g, ''))
        .join(' '),
    )
}

/** Places that a reader of rendered text does not see, or that are marked as orders. */
const places: readonly { readonly pattern: RegExp; readonly weight: Weight }[] = [
  { pattern: /<!--([\s\S]{3,4000}?)(?:-->|$)/gu, weight: 2 },
  { pattern: /^[ \t]{0,40}\[(?:\/\/|comment|_|#)\]:\s{0,4}(?:#|<>)\s{0,4}["'(]([^\n]{3,2000})/gmu, weight: 2 },
  {
    pattern:
      /<[a-z]{1,10} [^>]{0,200}(?:display:\s?none|hidden|font-size:\s?0|opacity:\s?0|visibility:\s?hidden)[^>]{0,200}>([\s\S]{3,4000}?)(?:<\/|$)/giu,
    weight: 2,
  },
  {
    pattern:
      /<(?:[\w-]{0,30}(?:important|instructions?|system|secret|hidden|override|directive)[\w-]{0,20}|critical|rules?|admin|assistant|mandatory|urgent|internal)(?: [^>]{0,200})?>([\s\S]{3,4000}?)(?:<\/|$)/giu,
    weight: 1,
  },
]

const setApart = (text: string): readonly Piece[] => [...pushedOff(text), ...marked(text)]

const marked = (text: string): readonly Piece[] =>
  places.flatMap(({ pattern, weight }) =>
    [...text.matchAll(pattern)]
      .slice(0, maxPlaces)
      .map(({ 1: inside = '' }): Piece => ({ text: inside, ordered: true, veil: { kind: 'hidden-text', weight } })),
  )

const maxPlaces = 20

/** Behind so much that an editor or a dialog shows only what stands before it. */
const isFarAway = (blanks: string): boolean => blanks.split('\n').length > 15 || / {60}|\t{20}/.test(blanks)

function pushedOff(text: string): readonly Piece[] {
  return [...text.matchAll(/\s{15,}/gu)]
    .filter(({ 0: blanks, index }) => isFarAway(blanks) && index + blanks.length < text.length)
    .slice(0, maxPlaces)
    .map(({ 0: blanks, index }) => ({
      text: text.slice(index + blanks.length, index + blanks.length + 4_000),
      ordered: true,
      veil: { kind: 'hidden-text', weight: 2 },
    }))
}
