import type { Sighted } from './judge-sentence.js'
import type { Spot, Spots } from './lexicon.js'
import type { Weight } from './signal.js'
import { isDenied, isForeign, within } from './spot-order.js'

/** Verbs that say as well what a tool works on. */
const mildSend =
  /^(?:use|return|need|needs|require|requires|expect|expects|wants|contain|save|saved|stored|recorded|logged|store|record|load|log|set|push|write|read|summari[sz]e|bring|give|print|output|report|repeat|quote|echo|reveal|disclose|store)$/

/** Words of the vault that tools for machines, browsers and people speak of as well: only somebody's own ones count. */
const everyday =
  /^(?:environment variables?|env vars|env variables|env files?|cookies|private keys?|signing keys?|(?:open|all|local|source) files|every file|all documents|private (?:repositories|repository|repos|files|messages|notes|documents)|personal (?:data|information)|sensitive (?:data|information|files)|confidential (?:data|information)|contacts|address book|home directory|git remote|card numbers?|credit card|medical|health records|otp|2fa code|one-time code|\.env(?:\.local)?|\.npmrc|mcp\.json|\.cursor|\.kube(?:\/config)?|\.aws|keychain|passport number|dotenv|credential files?|credentials file|process\.env|ssh keys?)$/

const somebodys =
  /^(?:user's|users'|their|your|his|her|customer's|owner's|caller's|host's|machine's|developer's|client's|admin's|available|stored|saved|found|remembered|cached|whatever|environment|all|any|every|current|active|known|previously)$/

const notEverybodys = /^(?:your|all|any|every|other|existing|known|own|personal)$/

/** A file that something is written into is not handed over. */
const intoIt = /\b(?:in|into|inside|to|within) (?:[^\s.]{1,20} ){0,2}[`"']?$/i

interface Said {
  readonly sentence: string
  readonly spots: Spots
  readonly asked: boolean
  readonly isSummary: boolean
}

type Goods = 'talk' | 'vault' | 'credential'

export function judgeHandingOver(said: Said): readonly Sighted[] {
  const { sentence, spots } = said
  let best: Weight | undefined
  for (const concept of ['talk', 'vault', 'credential'] as const) {
    for (const goods of spots[concept]) {
      const verb = spots.send.find((spot) => isHanded(spot, goods, sentence) && !isDenied(spot, spots, 25))
      if (verb === undefined) continue
      const weight = weigh(concept, goods, verb, said)
      if (best === undefined || weight > best) best = weight
    }
  }
  // "Required: the token that the user has elsewhere" names no verb.
  if (best === undefined && said.asked && spots.credential.length > 0 && isHoarded.test(sentence)) best = 2
  return best === undefined ? [] : [{ kind: 'hands-over', weight: best }]
}

/** The verb before its object; after it where it is a passive, or where the language puts it there. */
function isHanded(verb: Spot, goods: Spot, sentence: string): boolean {
  if (verb.to <= goods.from) return goods.from - verb.to <= 60
  if (verb.from < goods.to) return false
  const distance = verb.from - goods.to
  if (isForeign(verb)) return distance <= 45
  // "Look up the key and pass it on."
  if (distance <= 80 && itsSelf.test(sentence.slice(verb.to, verb.to + 50))) return true
  return distance <= (/(?:ed|sent|put)$/.test(verb.word) ? 30 : 0)
}

const itsSelf =
  /^ (?:it|them|its|their|that|those|over|(?:the |an? )?(?:\w{1,20} ){0,2}(?:contents?|results?|outputs?|values?|texts?|summary|copy|list|names|digest|excerpts?)\b|what (?:it|they|you)|whatever)\b/i

/** Of a credential: it was come across, not asked for. */
const isHoarded =
  /\b(?:any|all|every|whatever) [^.]{0,40}(?:you (?:have|know|find|see|found|saw)|in (?:the )?(?:context|memory|conversation|environment)|seen|found|available)\b|\b(?:appeared|mentioned|seen|shared|typed|given|came up|known|present|available|stands)\b.{0,30}\b(?:earlier|conversation|chat|context|memory|before)\b|\b(?:present|set|defined|available|found|stored) in (?:the |your |their |its )?environment\b|\bfrom (?:the |your |their |its |his )?(?:environment|keychain|context|memory|other (?:services|tools|servers|apps)|browser|conversation|chat)\b|\bthe user (?:has |had |is |was )?(?:\w{1,20} )?(?:mentioned|typed|gave|entered|shared|used|using|uses|told|provided)\b(?! (?:to this|here|in the (?:request|call)|as |for |when |with this))/i

const isWhole = /\bcontents? of\b|inhalt|contenu|contenido|conteúdo|contenuto|содержим|内容|내용/iu

const asExample = /(?:such as|\be\.g\.|for example|paths? (?:of|to)|defaults? to|default:?|like) .{0,25}$/i
const intoParameter = /`\w{1,40}`|\b(?:field|parameter|argument|property)\b/i

function weigh(concept: Goods, goods: Spot, verb: Spot, { sentence, spots, asked, isSummary }: Said): Weight {
  const plain = concept === 'credential' || (concept === 'vault' && everyday.test(goods.word))
  const isPutIntoParameter = intoParameter.test(sentence) && isWhole.test(sentence)
  if (!asked && (isSummary || (plain && !isPutIntoParameter && !isHoarded.test(sentence)))) return 1
  const mild = mildSend.test(verb.word)
  const before = sentence.slice(0, goods.from)
  const owners = spots.whose.filter(
    ({ to, from }) =>
      (from <= goods.from && goods.from - to <= 30) || (isForeign(goods) && from >= goods.to && from - goods.to <= 15),
  )
  // "Read it and pass it on" is an order, whatever it is; a path that shows what a path looks like is none.
  if (asExample.test(before)) return 1
  if (verb.from > goods.to && !isForeign(verb) && spots.read.some(({ to }) => to < goods.from)) return 3
  if (concept === 'talk') return mild && !intoParameter.test(sentence) ? 2 : 3
  if (concept === 'vault') {
    if (isForeign(goods)) return mild ? 1 : 3
    if (!everyday.test(goods.word)) return mild ? 2 : 3
    if (intoIt.test(before)) return 1
    const contents = isWhole.test(sentence)
    return contents || owners.some(({ word }) => somebodys.test(word)) ? (mild ? 2 : 3) : 1
  }
  if (isForeign(goods)) return owners.length > 0 && !mild ? 3 : 1
  const theirs = owners.some(({ word }) => somebodys.test(word) && !notEverybodys.test(word))
  const hoarded = isHoarded.test(sentence)
  return theirs || hoarded ? (mild ? 2 : 3) : 1
}

/** Orders to look into what is nobody's business; "read .env files" as what the tool itself does is none. */
export function judgeReading({ spots, asked, isSummary }: Said): readonly Sighted[] {
  if (!asked && (isSummary || !spots.read.some(({ from }) => from <= 2))) return []
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
