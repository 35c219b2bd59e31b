import { eastAsian } from './lexicon-east-asian.js'
import { english } from './lexicon-english.js'
import { european } from './lexicon-european.js'

/** What orders to a model are put together from, whatever the wording. */
export const concepts = [
  /** Says that what follows is asked for, not told. */
  'order',
  'not',
  'tell',
  'show',
  'user',
  'secretly',
  'ignore',
  'prior',
  'instructions',
  'read',
  'send',
  /** What was said to the model, and what it was told before. */
  'talk',
  /** What nobody hands to a tool by chance: keys of machines, files of credentials, the environment. */
  'vault',
  /** What some tools rightly ask for. */
  'credential',
  /** Makes such a credential somebody's own, or all that there are. */
  'whose',
] as const

export type Concept = (typeof concepts)[number]

/** Alternatives parted by `|`; one that ends in `*` is the beginning of a word. */
export type Lexicon = Readonly<Partial<Record<Concept, string>>>

/** Quantities of talk, which a list of words cannot name. */
const amounts =
  '(?:entire|full|whole|complete|all(?: of)?|every|each|previous|prior|past|earlier|last|latest|recent|original|verbatim|exact|raw|preceding)'
const talkPattern = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?:${amounts} (?:(?!history\\b)[\\w']{1,20} ){0,2}(?:conversation|chats?|dialogue|dialog|transcript|exchange)|(?:user's|users'|your|human's|customer's) (?:own )?(?:${amounts} ){1,2}(?:\\w{1,20} )?(?:messages?|replies|prompts?|turns|answers|reasoning)|${amounts} (?:\\w{1,20} ){0,2}(?:messages?|replies|prompts?|turns) (?:of|from|in|by|with|to|between|exchanged with|exchanged in|sent by|written by) (?:the |this |you and the )?(?:user|human|conversation|chat|session))(?![\\p{L}\\p{N}_])`,
  'giu',
)

const environmentName = /\b[A-Z][A-Z0-9]{1,30}(?:_[A-Z0-9]{1,30}){0,4}_(?:TOKEN|KEY|SECRET|PASSWORD|PAT)\b/g

/** Files that hold keys, by their paths. */
const secretPath =
  /(?<![\w/.~-])(?:~|\/|\.{1,2}\/|\$HOME)[\w./-]{0,120}(?:credential|secret|token|password|wallet|keystore|cookies|\.pem\b|\.key\b|\.p12\b|\.kdbx\b|\.ssh\b|\.gnupg|\.aws\b)[\w./-]{0,60}/gi

const escaped = (text: string): string => text.replace(/[.+?^${}()[\]\\/]/g, '\\$&')

/** Letters around a word are other words in most scripts; Chinese, Japanese and Korean do not part theirs. */
const wordPattern = (words: string): string =>
  `(?<![\\p{L}\\p{N}_])(?:${words.split('|').map(oneWord).join('|')})(?![\\p{L}\\p{N}_])`

const oneWord = (word: string): string =>
  word.endsWith('*') ? `${escaped(word.slice(0, -1))}\\p{L}{0,20}` : escaped(word)

/** Whose words: word order and what a word may mean differ. */
export type Tongue = 'english' | 'european' | 'east-asian'

export interface Spot {
  readonly from: number
  readonly to: number
  readonly tongue: Tongue
  readonly word: string
}

const tongues: readonly [Tongue, Lexicon][] = [
  ['english', english],
  ['european', european],
  ['east-asian', eastAsian],
]

const patterns = tongues.flatMap(([tongue, lexicon]) =>
  concepts.flatMap((concept) => {
    const words = lexicon[concept]
    if (words === undefined) return []
    return [{ tongue, concept, pattern: new RegExp(tongue === 'east-asian' ? words : wordPattern(words), 'giu') }]
  }),
)

export type Spots = Readonly<Record<Concept, readonly Spot[]>>

const englishGlue = /\b(?:the|of|to|and|is|are|with|for|that|this|it|you|be|on|your|by)\b/giu
const europeanGlue =
  /(?<!\p{L})(?:der|das|und|den|dem|ein|eine|zu|ist|mit|für|im|auf|von|le|la|les|des|du|un|une|et|est|dans|pour|que|qui|ce|à|au|el|los|las|del|en|y|es|para|con|por|lo|se|su|o|os|da|em|e|um|uma|não|ao|seu|il|gli|di|che|per|della|nel|al|è)(?!\p{L})/giu

/** Words of one language are beginnings of words of another (`notifi…`): a sentence that is held together by English ones is English. */
function isEnglish(sentence: string): boolean {
  if (/\p{Script=Cyrillic}/u.test(sentence)) return false
  const count = (glue: RegExp): number => sentence.match(glue)?.length ?? 0
  return count(englishGlue) > count(europeanGlue)
}

/** Where a sentence speaks of what, by place. */
export function spotsOf(sentence: string): Spots {
  const spots = Object.fromEntries(concepts.map((concept): [Concept, Spot[]] => [concept, []])) as Record<
    Concept,
    Spot[]
  >
  const isPlainEnglish = isEnglish(sentence)
  for (const { tongue, concept, pattern } of patterns) {
    if (isPlainEnglish && tongue === 'european') continue
    for (const { 0: word, index } of sentence.matchAll(pattern)) {
      spots[concept].push({ from: index, to: index + word.length, tongue, word: word.toLowerCase() })
    }
  }
  for (const { 0: word, index } of sentence.matchAll(talkPattern)) {
    spots.talk.push({ from: index, to: index + word.length, tongue: 'english', word: word.toLowerCase() })
  }
  for (const { 0: word, index } of sentence.matchAll(environmentName)) {
    spots.credential.push({ from: index, to: index + word.length, tongue: 'english', word: word.toLowerCase() })
  }
  for (const { 0: word, index } of sentence.matchAll(secretPath)) {
    spots.vault.push({ from: index, to: index + word.length, tongue: 'english', word: word.toLowerCase() })
  }
  for (const found of Object.values(spots)) found.sort((a, b) => a.from - b.from)
  return spots
}
