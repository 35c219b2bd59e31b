/** What a text would make a model do, or how it goes about it. */
export type SignalKind =
  | 'keeps-from-user'
  | 'hands-over'
  | 'reads-secrets'
  | 'ignores-instructions'
  | 'comes-first'
  | 'changes-other-tools'
  | 'prefers-itself'
  | 'steers-answers'
  | 'skips-consent'
  | 'pretends'
  | 'sends-away'
  | 'presses'
  | 'hidden-text'
  | 'encoded'
  | 'invisible'

/**
 * How much one observation says: 3 is an order that no honest text gives, 2 one that few do, 1 what guidance does as well and what only adds
 * to the others.
 */
export type Weight = 1 | 2 | 3

export interface Signal {
  readonly kind: SignalKind
  readonly weight: Weight
  /** Where its sentence begins, in characters of the text as it is read: decoded and without what nobody sees. */
  readonly at: number
  /** The sentence, cut where it is long. */
  readonly excerpt: string
}

type Veil = 'hidden-text' | 'encoded' | 'invisible'

/** In our own words what a model is told to do, the worst first: "tells a model …". */
export const doings: Readonly<Record<Exclude<SignalKind, Veil>, string>> = {
  'hands-over': 'to hand over secrets, files or the conversation',
  'sends-away': 'to send things to an address that stands in the text',
  'reads-secrets': 'to read secrets or private files',
  'keeps-from-user': 'to keep something from the user',
  'ignores-instructions': 'to ignore the instructions that it has',
  'changes-other-tools': 'to use the tools of others in another way',
  'steers-answers': 'to change what it writes or does elsewhere',
  'skips-consent': 'to go on without asking or with protections off',
  'prefers-itself': 'to prefer these tools to those of others',
  pretends: 'to take the text for a message of its system',
  'comes-first': 'to come here before all else',
  presses: 'that something bad happens otherwise',
}

/** Where such a text stands. */
export const veils: Readonly<Record<Veil, string>> = {
  'hidden-text': 'in a place that readers do not see',
  encoded: 'in an encoded text',
  invisible: 'in characters that nobody sees',
}
