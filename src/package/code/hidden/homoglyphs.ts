/** Letters of other scripts that look like a Latin one in most typefaces, from Unicode's confusables (UTS 39). Below each the Latin one. */
const others = 'асеорхуіјѕһԁԛԝӏАВЕКМНОРСТУХІЈЅοΑΒΕΖΗΙΚΜΝΟΡΤΥΧꓮɑɡօոս'
const latin = 'aceopxyijshdqwlABEKMHOPCTYXIJSoABEZHIKMNOPTYXAagonu'
const lookAlikes: ReadonlyMap<string, string> = new Map(
  [...others].map((letter, index) => [letter, latin[index] ?? '']),
)

const anyLookAlike = new RegExp(`[${others}]`)

/** The scripts that these are of; one span of characters is found several times as fast as single ones. */
const itsScripts = /[\u0250-\u058f\ua4d0-\ua4ff]/

/** Whether it is worth looking at a file's names one by one. */
export const hasLookAlikes = (text: string): boolean => itsScripts.test(text) && anyLookAlike.test(text)

/** With the Latin letter for each that looks like one. */
export const toLatinLetters = (text: string): string =>
  [...text].map((letter) => lookAlikes.get(letter) ?? letter).join('')

/** What code calls most: a name that only looks like one of them is meant to. */
const wellKnown: ReadonlySet<string> = new Set(
  (
    'Buffer Function Object Promise Proxy Reflect Symbol atob btoa console constructor document eval exec exports fetch fs global ' +
    'globalThis http https import module path process prototype require self spawn window'
  ).split(' '),
)

/**
 * Whether a name was made to be taken for another: letters of two scripts that look alike in one word, or a word of another script that looks
 * like a name that the file (`isUsed`) or everybody uses.
 */
export function isDisguisedName(name: string, isUsed: (name: string) => boolean): boolean {
  let replaced = 0
  let skeleton = ''
  for (const character of name) {
    const plain = lookAlikes.get(character)
    if (plain !== undefined) replaced += 1
    skeleton += plain ?? character
  }
  // With another letter left that is not Latin, the word reads as what it is: `тест1`, `Δx`.
  if (replaced === 0 || !/^[\w$]+$/.test(skeleton)) return false
  return replaced < skeleton.replace(/[^a-zA-Z]/g, '').length || wellKnown.has(skeleton) || isUsed(skeleton)
}
