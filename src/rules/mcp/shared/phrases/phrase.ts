import type { SignalKind, Weight } from '../signal.js'

/** A wording and what it says of a sentence that holds it. */
export interface Phrase {
  readonly kind: SignalKind
  readonly weight: Weight
  readonly pattern: RegExp
  /** Only where the sentence asks for something. */
  readonly asked?: boolean
}

/** Up to so many words between two. */
export const few = String.raw`(?:[\w'’-]{1,25} ){0,3}`
export const some = String.raw`(?:[\w'’-]{1,25} ){0,6}`
export const others = `(?:all |any |every |the )?(?:other|competing|alternative|rival) ${few}(?:tools?|servers?|providers?|integrations?|functions?)`

export const phrase = (kind: SignalKind, weight: Weight, source: string, asked?: true): Phrase => ({
  kind,
  weight,
  pattern: new RegExp(source, 'iu'),
  ...(asked && { asked }),
})
