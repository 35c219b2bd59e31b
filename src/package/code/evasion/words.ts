import type { RawSighting } from '../capabilities/raw-sightings.js'

/** A word of each sentence below that code seldom has: only around these a file is looked at. */
const rare =
  /instructions?\b|directives\b|everything you|legit|benign|harmless|maliciou|malware|false positive|(?:report|analy[sz]e|scan|inspect|quarantine|flag) th(?:is|e)\b|(?:agents?|assistants?|reviewers?|scanners?|analy[sz]ers?|bots?) ?[:,]/gi

const gap = String.raw`[\s*/]{1,12}`
const sentence = (text: string): RegExp => new RegExp(text.replaceAll(' ', gap), 'i')

/** Sentences for whoever judges code, and none for whoever works on it. Words between are few, so that a match stays one sentence. */
const sentences: readonly RegExp[] = [
  String.raw`\b(?:ignore|disregard|forget|override) (?:(?:all|any|every|the|your|of|my|these|those) ){0,4}(?:previous|prior|above|earlier|preceding|existing|system) (?:instructions?|prompts?|rules|directives)\b`,
  String.raw`\bforget everything you (?:know|were told|learned)\b`,
  String.raw`\b(?:this|the) (?:code|file|package|module|script|library|payload) (?:is|was|has been) (?:\w{1,20} ){0,3}(?:legit|legitimate|benign|harmless|not malicious|not malware|a false positive)\b`,
  String.raw`\b(?:classify|mark|label|rate|treat|report|flag|consider) (?:this|it|the) (?:(?:code|file|package|module|script|entire|whole) ){0,2}as (?:\w{1,20} ){0,2}(?:benign|harmless|clean|legit|legitimate|non-?malicious|a false positive)\b`,
  String.raw`\b(?:do not|don't|never|must not|should not) (?:flag|report|analy[sz]e|scan|inspect|block|quarantine) (?:this|the) (?:code|file|package|module|script)\b`,
  String.raw`\b(?:AI|LLM|language model|security) (?:agents?|assistants?|models?|reviewers?|scanners?|analy[sz]ers?|tools?|bots?)\s{0,4}[:,] (?:please )?(?:ignore|skip|approve|trust|do not|don't|you (?:must|should|can))\b`,
].map(sentence)

/** Around a rare word; the longest sentence is shorter. */
const reach = 200
const maxLooks = 2_000
const maxTexts = 10

/** Sentences aimed at scanners, models and reviewers, wherever they stand in a file. */
export function readWords(text: string): readonly RawSighting[] {
  const found = new Map<number, RawSighting>()
  let looks = 0
  for (const { index } of text.matchAll(rare)) {
    if (++looks > maxLooks || found.size === maxTexts) break
    const from = Math.max(0, index - reach)
    const window = text.slice(from, index + reach)
    for (const pattern of sentences) {
      const match = pattern.exec(window)
      if (match === null) continue
      const offset = from + match.index
      found.set(offset, {
        capability: 'evasion',
        detail: 'text for reviewers',
        offset,
        within: undefined,
        isHandedOn: true,
      })
      break
    }
  }
  return [...found.values()]
}
