import { type Concept, type Spot, type Spots, spotsOf } from './lexicon.js'
import { phraseSignals } from './phrases.js'
import type { SignalKind, Weight } from './signal.js'

export interface Sighted {
  readonly kind: SignalKind
  readonly weight: Weight
}

/** Names that a server may well speak of: its tools', its parameters' and its own, in lower case. */
export type OwnNames = ReadonlySet<string>

export interface Setting {
  readonly own: OwnNames
  /** The sentence stands where only orders stand, so that no word has to say so. */
  readonly ordered: boolean
  /** The first sentence of a tool says in the imperative what the tool does: "Send a message". Later ones say what the model is to do. */
  readonly isSummary: boolean
}

export function judgeSentence(sentence: string, { own, ordered, isSummary }: Setting): readonly Sighted[] {
  const spots = spotsOf(sentence)
  const commands = !isSummary && spots.send.some(({ from }) => from <= 2)
  const asked = ordered || commands || spots.order.length > 0
  return [
    ...judgeHiding(sentence, spots),
    ...judgeIgnoring(spots),
    ...judgeHandingOver(sentence, spots, asked),
    ...judgeReading(spots, asked),
    ...phraseSignals(sentence, own, asked),
  ]
}

/** The first spots of these concepts that follow each other, each at most so many characters after the one before; empty where there are none. */
function chain(spots: Spots, path: readonly Concept[], gaps: readonly number[], from?: Spot): readonly Spot[] {
  const [concept, ...rest] = path
  if (concept === undefined) return []
  const [gap = 0, ...later] = from === undefined ? [0, ...gaps] : gaps
  for (const spot of spots[concept]) {
    if (from !== undefined && (spot.from < from.to || spot.from - from.to > gap)) continue
    const tail = chain(spots, rest, from === undefined ? gaps : later, spot)
    if (rest.length === 0 || tail.length > 0) return [spot, ...tail]
  }
  return []
}

const isForeign = (spot: Spot | undefined): boolean => spot !== undefined && spot.tongue !== 'english'

/** What only spares the reader noise, or keeps secrets secret. */
const formOnly =
  /\b(?:raw|json|html|xml|markdown|markup|base64|uuids?|(?:internal |numeric )?ids?|identifiers?|stack traces?|verbatim|full output|api keys?|passwords?|secrets?|credentials?|tokens?|client_secret|technical details|internal details|urls?)\b/i

/** Ends of an order to be silent that make it one about when to speak. */
const onlyForNow = /\b(?:until|unless|bis|jusqu|hasta|until after|before it)\b/i

const ofThisTool =
  /\b(?:this|these|the|such) (?:tool|function|parameter|field|step|call|instruction|copy|note|prefix|operation|transfer|message|requirement|block|section|information)s?\b/i

const mildTell =
  /^(?:bother|worry|trouble|explain|explaining|explained|discuss|indicate|advise|comment on|flag this|print|output)$/

function judgeHiding(sentence: string, spots: Spots): readonly Sighted[] {
  const found: Sighted[] = []
  const see = (weight: Weight): void => {
    found.push({ kind: 'keeps-from-user', weight })
  }
  const excused = formOnly.test(sentence) || onlyForNow.test(sentence)
  const told = silence(spots, 'tell')
  const shown = silence(spots, 'show')
  if (told !== undefined) see(excused ? 1 : mildTell.test(told) ? 2 : 3)
  if (shown !== undefined) see(excused ? 1 : ofThisTool.test(sentence) || shown === 'see' ? 3 : 2)
  if (spots.secretly.length > 0) see(secrecyOf(spots))
  return found
}

/** The word for telling that is denied about the user, whatever the order of words; undefined where there is none. */
function silence(spots: Spots, word: 'tell' | 'show'): string | undefined {
  const english = [chain(spots, ['not', word, 'user'], [30, 50]), chain(spots, ['user', 'not', word], [25, 25])]
  const [first] = english.filter((path) => path.some((spot) => spots.not.includes(spot) && !isForeign(spot)))
  if (first !== undefined) return first.find((spot) => spots[word].includes(spot))?.word
  const others = [
    chain(spots, ['user', word, 'not'], [20, 12]),
    chain(spots, [word, 'user', 'not'], [25, 25]),
    chain(spots, [word, 'not', 'user'], [12, 25]),
    chain(spots, ['not', 'user', word], [25, 40]),
  ].filter(
    (path) => path.length > 0 && isForeign(path.find((spot) => spots.not.includes(spot))) && path.every(isForeign),
  )
  return others[0]?.find((spot) => spots[word].includes(spot))?.word
}

/** `silently` alone is a word of programmers; with something that is handed on it is none. */
function secrecyOf(spots: Spots): Weight {
  const mild = spots.secretly.every(({ word }) =>
    /^(?:silently|quietly|invisibly|behind the scenes|unaware|leise|en silence|silencieusement|молча|тихо)$/.test(word),
  )
  const handed = spots.send.length > 0 || spots.read.length > 0
  const goods = spots.talk.length + spots.vault.length + spots.credential.length > 0
  if (handed && goods) return 3
  if (!mild) return handed ? 3 : 2
  return handed && spots.order.length > 0 ? 2 : 1
}

/** Verbs that also say how settings work. */
const mildIgnore =
  /^(?:override|overrides|replace|replaces|bypass|bypassing|drop|cancel|discard|void|supersede|supersedes|setz.*|contourn.*)$/

/** Objects that say of themselves whose they are. */
const ofItself =
  /\b(?:your|you|safety|security|system|previous|prior|earlier|preceding|programming|guardrails?|safeguards?)\b/

function judgeIgnoring(spots: Spots): readonly Sighted[] {
  for (const verb of spots.ignore) {
    if (isDenied(verb, spots, 14)) continue
    const object = spots.instructions.find((spot) => within(verb, spot, isForeign(spot) ? 45 : 50))
    if (object === undefined || (!isForeign(object) && object.from < verb.from)) continue
    const qualified =
      ofItself.test(object.word) || spots.prior.some((spot) => within(verb, spot, 45) && spot.from !== verb.from)
    if (!qualified) continue
    return [{ kind: 'ignores-instructions', weight: mildIgnore.test(verb.word) ? 2 : 3 }]
  }
  return []
}

const within = (a: Spot, b: Spot, gap: number): boolean =>
  a.from < b.from ? b.from - a.to <= gap : a.from - b.to <= gap

/** An order not to do it; "do not forget to" and "never … without" are none. */
function isDenied(verb: Spot, spots: Spots, reach: number): boolean {
  const denials = spots.not.filter(({ from, to }) => to <= verb.from && verb.from - to <= reach && from !== verb.from)
  const last = denials.at(-1)
  if (last === undefined || last.word === 'without') return false
  return !spots.ignore.some(({ from }) => from >= last.to && from < verb.from)
}

/** Verbs that say as well what a tool works on. */
const mildSend =
  /^(?:use|return|need|needs|require|requires|expect|expects|wants|contain|carry|carries|save|store|record|load|log|set|push|write|read|summari[sz]e|bring|give|print|output|report|repeat|quote|echo|reveal|disclose|store)$/

/** Words of the vault that tools for machines, browsers and people speak of as well: only somebody's own ones count. */
const everyday =
  /^(?:environment variables?|env vars|env variables|env files?|cookies|private keys?|signing keys?|personal (?:data|information)|sensitive (?:data|information|files)|confidential (?:data|information)|contacts|address book|home directory|git remote|card numbers?|credit card|medical|health records|otp|2fa code|one-time code|\.env(?:\.local)?|\.npmrc|mcp\.json|\.cursor|\.kube(?:\/config)?|\.aws|keychain|passport number|dotenv|credential files?|credentials file|process\.env|ssh keys?)$/

const somebodys =
  /^(?:user's|users'|their|your|his|her|customer's|owner's|caller's|host's|machine's|developer's|client's|admin's|available|stored|saved|found|remembered|cached|whatever|environment|all|any|every|current|active|known)$/

const notEverybodys = /^(?:your|all|any|every|other|existing|known|own|personal)$/

/** A file that something is written into is not handed over. */
const intoIt = /\b(?:in|into|inside|to|within) (?:[^\s.]{1,20} ){0,2}[`"']?$/i

function judgeHandingOver(sentence: string, spots: Spots, asked: boolean): readonly Sighted[] {
  let best: Weight | undefined
  for (const concept of ['talk', 'vault', 'credential'] as const) {
    for (const goods of spots[concept]) {
      const verb = spots.send.find((spot) => isHanded(spot, goods) && !isDenied(spot, spots, 25))
      if (verb === undefined) continue
      const weight = weigh(concept, goods, verb, sentence, spots, asked)
      if (best === undefined || weight > best) best = weight
    }
  }
  return best === undefined ? [] : [{ kind: 'hands-over', weight: best }]
}

/** The verb before its object; after it where it is a passive, or where the language puts it there. */
function isHanded(verb: Spot, goods: Spot): boolean {
  if (verb.to <= goods.from) return goods.from - verb.to <= 60
  if (verb.from < goods.to) return false
  const reach = isForeign(verb) ? 40 : /(?:ed|sent|put)$/.test(verb.word) ? 30 : 0
  return verb.from - goods.to <= reach
}

function weigh(
  concept: 'talk' | 'vault' | 'credential',
  goods: Spot,
  verb: Spot,
  sentence: string,
  spots: Spots,
  asked: boolean,
): Weight {
  if (!asked) return 1
  const mild = mildSend.test(verb.word)
  if (concept === 'talk') return mild ? 2 : 3
  const owners = spots.whose.filter(({ to, from }) => from <= goods.from && goods.from - to <= 30 && to > verb.from)
  if (concept === 'vault') {
    if (isForeign(goods)) return mild ? 1 : 3
    if (!everyday.test(goods.word)) return mild ? 2 : 3
    if (intoIt.test(sentence.slice(0, goods.from))) return 1
    const contents = /\bcontents? of\b/i.test(sentence)
    return contents || owners.some(({ word }) => somebodys.test(word)) ? (mild ? 2 : 3) : 1
  }
  if (isForeign(goods)) return owners.length > 0 && !mild ? 3 : 1
  const theirs = owners.some(({ word }) => somebodys.test(word) && !notEverybodys.test(word))
  const hoarded =
    /\b(?:any|all|every|whatever) [^.]{0,40}(?:you (?:have|know|find|see|found|saw)|in (?:the )?(?:context|memory|conversation|environment)|seen|found|available)\b|\b(?:appeared|mentioned|seen|shared|typed|given|came up|known|present|available|stands)\b.{0,30}\b(?:earlier|conversation|chat|context|memory|before)\b/i.test(
      sentence,
    )
  return (theirs || hoarded) && !mild ? 3 : 1
}

/** Orders to look into what is nobody's business; "read .env files" as what the tool itself does is none. */
function judgeReading(spots: Spots, asked: boolean): readonly Sighted[] {
  if (!asked) return []
  for (const goods of spots.vault) {
    const verb = spots.read.find(
      (spot) => within(spot, goods, 45) && !isDenied(spot, spots, 25) && spot.from !== goods.from,
    )
    if (verb === undefined) continue
    if (!isForeign(goods) && everyday.test(goods.word) && !/^[.~/]|mcp\.json/.test(goods.word)) continue
    return [{ kind: 'reads-secrets', weight: 2 }]
  }
  return []
}
