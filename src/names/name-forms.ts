/** A package name as it is compared: without its case, which old names still have. */
export interface SplitName {
  /** Without the `@`. */
  readonly scope?: string
  readonly base: string
}

export function splitName(name: string): SplitName {
  const [, scope, base] = /^@([^/]+)\/(.+)$/.exec(name.toLowerCase()) ?? []
  return scope === undefined || base === undefined ? { base: name.toLowerCase() } : { scope, base }
}

/** `@scope/name` as the name without a scope that says the same. */
export const flattened = ({ scope, base }: SplitName): string => (scope === undefined ? base : `${scope}-${base}`)

export const wordsOf = (form: string): readonly string[] => form.split(/[-_.]+/).filter((word) => word !== '')

/** Without the separators, which nobody remembers the places of. */
export const joined = (form: string): string => form.replace(/[-_.]+/g, '')

/** The words in an order of their own; undefined for a single word. */
export function sortedWords(form: string): string | undefined {
  const words = wordsOf(form)
  return words.length < 2 ? undefined : [...words].sort().join('-')
}

/** Letters of other scripts that are drawn as Latin ones; those that differ by a mark alone are taken apart by Unicode itself. */
const lookAlikeLetters: ReadonlyMap<string, string> = new Map(
  Object.entries({
    а: 'a',
    ɑ: 'a',
    α: 'a',
    в: 'b',
    с: 'c',
    ϲ: 'c',
    ԁ: 'd',
    е: 'e',
    ё: 'e',
    ɡ: 'g',
    һ: 'h',
    і: 'i',
    ı: 'i',
    ι: 'i',
    ј: 'j',
    к: 'k',
    κ: 'k',
    ӏ: 'l',
    м: 'm',
    п: 'n',
    ո: 'n',
    о: 'o',
    ο: 'o',
    օ: 'o',
    р: 'p',
    ρ: 'p',
    ԛ: 'q',
    г: 'r',
    ѕ: 's',
    т: 't',
    τ: 't',
    υ: 'u',
    ս: 'u',
    ν: 'v',
    ѵ: 'v',
    ԝ: 'w',
    ω: 'w',
    х: 'x',
    χ: 'x',
    у: 'y',
    γ: 'y',
    '0': 'o',
    '1': 'l',
    '3': 'e',
    '5': 's',
    i: 'l',
  }),
)

/** Two names that look the same in a list have the same skeleton. It is compared and never shown. */
export function skeleton(form: string): string {
  const plain = joined(withoutMarks(form))
  const letters = isPlain(plain) ? plain.replace(/[0135i]/g, drawnAs) : [...plain].map(drawnAs).join('')
  return letters.replace(/rn/g, 'm').replace(/vv/g, 'w').replace(/cl/g, 'd')
}

const drawnAs = (letter: string): string => lookAlikeLetters.get(letter) ?? letter

const withoutMarks = (form: string): string => (isPlain(form) ? form : form.normalize('NFKD').replace(/\p{M}+/gu, ''))

const isPlain = (form: string): boolean => /^[!-~]*$/.test(form)
