/**
 * Words with which an order begins, is sharpened or turned round, or which name what nobody should hand over, in the languages
 * that descriptions are written in besides English. One such word is enough to change what a model does.
 */
const orders: ReadonlySet<string> = new Set(
  [
    'always never must mustnt shall shant should shouldnt not dont cannot cant do only ignore disregard override forget instead rather first before',
    'after any every all everything each include send pass forward provide give put append attach add copy cc bcc tell show display reveal mention hide',
    'hidden secret secretly silently quietly without ask asking confirm confirmation approve approval skip bypass prefer required mandatory important',
    'critical system user users assistant model token tokens password key keys credential credentials history conversation context prompt execute run',
    'delete remove write overwrite no none nothing unless until also automatically immediately admin root sudo',
    'immer nie niemals nicht kein keine muss müssen nur zuerst vorher alle alles ohne geheim ignoriere',
    'siempre nunca no debe debes solo sólo todo todos sin antes ignora toujours jamais pas ne doit devez seulement tout tous sans avant ignore',
    'sempre mai mai non deve solo tutto tutti senza prima nunca não deve apenas tudo todos sem antes',
  ].flatMap((words) => words.split(' ')),
)

/** Letters of Latin script, digits and the signs that stand in and around words. What holds anything else may be an address, a tag or another script. */
const plainWord = /^[("'`“‘*_[]*[\p{Script=Latin}\d]+(?:['’._-][\p{Script=Latin}\d]+)*[)"'`”’*_\].,:;!?%]*$/u

/** `evil.example`, and whatever else has letters on both sides of a dot. */
const address = /\p{L}\.\p{L}/u

/** Whether a word that comes or goes may change what a model is told to do. What cannot be read as a plain word may. */
export function mayOrder(word: string): boolean {
  if (/^[\p{P}\p{Sm}]+$/u.test(word)) return !/^[-–—•*.,:;()&+/|]+$/.test(word)
  if (!plainWord.test(word) || address.test(word)) return true
  return word
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .concat(word.toLowerCase().replace(/[^\p{L}\d]+/gu, ''))
    .some((part) => orders.has(part))
}
