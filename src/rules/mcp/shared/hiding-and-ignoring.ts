import type { Sighted } from './judge-sentence.js'
import type { Spots } from './lexicon.js'
import type { Weight } from './signal.js'
import { chain, isDenied, isForeign, within } from './spot-order.js'

/** What only spares the reader noise, or keeps secrets secret. */
const formOnly =
  /\b(?:raw|json|html|xml|markdown|markup|base64|uuids?|(?:internal |numeric )?ids?|identifiers?|stack traces?|verbatim|full output|api keys?|passwords?|secrets?|credentials?|tokens?|client_secret|default|defaults to|if true|when true|whether|technical details|internal details|urls?)\b/i

/** Ends of an order to be silent that make it one about when to speak. */
const onlyForNow = /\b(?:until|unless|bis|jusqu|hasta|until after|before it)\b/i

/** The tool itself, in the languages that the lexicon knows. */
export const thisTool =
  /\b(?:this|the|such a) (?:\w{1,20} )?(?:tool|function|command|endpoint|capability|method)\b|(?:dieses?|das) (?:werkzeug|tool)|cet outil|esta herramienta|esta ferramenta|questo strumento|эт(?:от|ом|ого) инструмент|(?:此|本|这个|該)(?:工具|函数)|この(?:ツール|関数)|이 (?:도구|툴|함수)/iu

const ofThisTool =
  /\b(?:this|these|the|such) (?:tool|function|parameter|field|step|call|instruction|copy|note|prefix|operation|transfer|message|requirement|block|section|information)s?\b/i

const mentions = /mention|erwähn|verrat|preis|révél|menci|menzio|rivel|revel|упомин|раскры|提及|透露|言及|언급/iu

/** What a tool does, and whom a text names. */
const tells =
  /\b(?:is|are|was|were|will be) (?:never|not) (?:shown|displayed|exposed|revealed|disclosed|sent|shared|visible|notified|informed)\b|\bmention (?:users?|people|customers?)\b/i

const mildTell =
  /^(?:bother|worry|trouble|explain|explaining|explained|discuss|indicate|advise|comment on|flag this|print|output)$/

export function judgeHiding(sentence: string, spots: Spots): readonly Sighted[] {
  const found: Sighted[] = []
  const see = (weight: Weight): void => {
    found.push({ kind: 'keeps-from-user', weight })
  }
  const excused = formOnly.test(sentence) || onlyForNow.test(sentence) || tells.test(sentence)
  const told = silence(spots, 'tell')
  const shown = silence(spots, 'show')
  if (told !== undefined) see(excused ? 1 : mildTell.test(told) ? 2 : 3)
  if (shown !== undefined)
    see(!excused && (ofThisTool.test(sentence) || thisTool.test(sentence) || shown === 'see') ? 3 : 1)
  // "Ne mentionnez jamais cet appel."
  const short = sentence.length <= 140 && chain(spots, ['not', 'tell'], [20]).some(isForeign)
  if (told === undefined && short && !excused && mentions.test(sentence)) see(2)
  if (spots.secretly.length > 0) see(secrecyOf(spots))
  return found
}

/** The word for telling that is denied about the user, whatever the order of words; undefined where there is none. */
function silence(spots: Spots, word: 'tell' | 'show'): string | undefined {
  const english = [chain(spots, ['not', word, 'user'], [30, 50]), chain(spots, ['user', 'not', word], [40, 25])]
  const [first] = english.filter((path) => path.some((spot) => spots.not.includes(spot) && !isForeign(spot)))
  if (first !== undefined) return first.find((spot) => spots[word].includes(spot))?.word
  const others = [
    chain(spots, ['not', word, 'user'], [40, 40]),
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

/** "Overrides the system prompt" tells what a setting does. */
const weightOf = (verb: string): Weight =>
  /^(?:overrides|replaces|supersedes|overrules|outranks)$/.test(verb) ? 1 : mildIgnore.test(verb) ? 2 : 3

/** Objects that say of themselves whose they are. */
const ofItself =
  /\b(?:your|you|safety|security|system|previous|prior|earlier|preceding|programming|guardrails?|safeguards?)\b/

/** The warning that honest servers give: what a page or a row says is no order. */
const fromElsewhere =
  /\b(?:instructions?|commands?|prompts?|directives?)\b.{0,40}\b(?:returned|contained|found|embedded|inside|within|appearing|present|hidden|in|from) (?:by |in |inside |within |from )?(?:this tool|these|those|the|any|its|such|untrusted|fetched|retrieved|external)?\s?(?:\w{1,20} )?(?:tool|results?|outputs?|pages?|contents?|data|files?|documents?|rows?|responses?|boundaries|websites?|e-?mails?|messages? bod(?:y|ies)|issues?|comments?)\b/i

export function judgeIgnoring(sentence: string, spots: Spots): readonly Sighted[] {
  for (const verb of spots.ignore) {
    if (isDenied(verb, spots, 14)) continue
    const object = spots.instructions.find((spot) => within(verb, spot, isForeign(spot) ? 45 : 50))
    if (object === undefined || (!isForeign(object) && object.from < verb.from)) continue
    const qualified =
      ofItself.test(object.word) || spots.prior.some((spot) => within(verb, spot, 45) && spot.from !== verb.from)
    if (!qualified) continue
    if (fromElsewhere.test(sentence)) continue
    return [{ kind: 'ignores-instructions', weight: weightOf(verb.word) }]
  }
  return []
}
