/**
 * What obfuscators leave and neither people nor minifiers write, with what each adds to the score. One that has no other explanation is
 * enough by itself (`obfuscatedFrom`); the others tell only together.
 */
export const weights = {
  /** `_0x3fa2b1`: what javascript-obfuscator calls its names. */
  'hex-names': 60,
  /** `O0OO0O`, `lIl1Il`. */
  'confusable-names': 60,
  /** `$$$_$`: jjencode and its kin. */
  'symbol-names': 60,
  /** A function that replaces itself by one that reads from its list of strings. */
  'string-array': 50,
  /** A list turned until the sum of some of its numbers is right. */
  rotation: 60,
  /** `object[f(0x1a)]`, again and again: names that are looked up by number. */
  'decoded-members': 50,
  /** `eval(function (p, a, c, k, e, d)`. */
  packed: 80,
  /** Code of brackets, `!` and `+` alone. */
  'brackets-only': 90,
  /** Words spelt in escapes that no charset needs. */
  escapes: 50,
  /** A few of them. */
  'some-escapes': 20,
  /** A long text of high entropy that is decoded and evaluated. */
  entropy: 60,
  /** A long text with the letters of code and none of its words, and evaluation without the name of it. */
  scrambled: 60,
  /** Text written as the numbers of its characters, which is evaluated. */
  'character-codes': 50,
  /** A loop over a `switch` whose order is in a split string. */
  flattening: 50,
  /** The pattern by which a function sees that it was reformatted. */
  'self-defending': 60,
  /** `constructor('debugger')`. */
  'debugger-trap': 50,
  /** `{ aBcDe: function (a, b) { return a + b } }`: operators that are looked up by a name without meaning. */
  'operator-table': 50,
  /** `os['hostname']()` in nearly all places where people and minifiers put a dot. */
  'quoted-members': 30,
  /** `'Hello\x20'`: blanks as escapes. */
  'escaped-blanks': 20,
  /** `!![]` where people and minifiers have `true` and `!0`. */
  'odd-constants': 20,
} as const

export type Sign = keyof typeof weights

/** From this score on a file is taken to be obfuscated. */
export const obfuscatedFrom = 50

export function scoreOf(signs: ReadonlySet<Sign>): number {
  let score = 0
  for (const sign of signs) score += weights[sign]
  return Math.min(100, score)
}
