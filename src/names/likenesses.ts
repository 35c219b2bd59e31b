import { isLong } from './closeness.js'
import { decorations, markers } from './decorations.js'
import { areTwoEditsApart, editBetween } from './edits.js'
import { flattened, joined, splitName, wordsOf } from './name-forms.js'
import { NameIndex, type Spelling } from './name-index.js'
import type { Likeness } from './resemblance.js'

/** The ways in which people know the well-known names, to be compared with others. */
export interface Spellings {
  readonly index: NameIndex
  /** Those that a second slip of the hand leaves recognisable. */
  readonly long: readonly Spelling[]
}

/** `ranked`: well-known names, the most used first. */
export function spell(ranked: readonly string[]): Spellings {
  const spellings = ranked.flatMap(spellingsOf)
  return { index: new NameIndex(spellings), long: spellings.filter(isLong) }
}

function spellingsOf(target: string, rank: number): readonly Spelling[] {
  const { scope, base } = splitName(target)
  if (scope === undefined) return [{ target, rank, form: base, kind: 'whole' }]
  const whole: Spelling = { target, rank, form: flattened({ scope, base }), kind: 'flattened' }
  // Types are named after what they describe, and a single word after what all the world calls so.
  return scope === 'types' || wordsOf(base).length < 2 ? [whole] : [whole, { target, rank, form: base, kind: 'bare' }]
}

/** A likeness between a name and one spelling of a well-known one. */
export type Compared = readonly [Spelling, Likeness]

/** All likenesses, weighed by nobody yet; a spelling may come more than once. `name` is not itself well-known. */
export function* likenessesOf(name: string, { index, long }: Spellings): Generator<Compared> {
  const split = splitName(name)
  const isScoped = split.scope !== undefined
  const form = flattened(split)
  for (const spelling of index.lookingLike(form)) {
    const likeness = likenessInLook(form, isScoped, spelling)
    if (likeness !== undefined) yield [spelling, likeness]
  }
  for (const spelling of index.near(form)) {
    const edit = editBetween(form, spelling.form)
    if (edit !== undefined && !(isScoped && spelling.kind === 'bare')) yield [spelling, edit]
  }
  // In a scope of his own everybody calls a package as he likes.
  if (isScoped) return
  yield* likenessesInWords(form, index)
  for (const spelling of long) if (areTwoEditsApart(form, spelling.form)) yield [spelling, 'two-edits']
}

function likenessInLook(form: string, isScoped: boolean, { form: other, kind }: Spelling): Likeness | undefined {
  if (kind === 'bare') return !isScoped && other === form ? 'scope-dropped' : undefined
  if (joined(other) !== joined(form)) return 'looks-alike'
  if (isScoped !== (kind === 'flattened')) return 'scope-flattened'
  // The same but for capitals, which old names have: `JSONStream`.
  return other === form ? 'looks-alike' : 'separators-moved'
}

function* likenessesInWords(form: string, index: NameIndex): Generator<Compared> {
  for (const spelling of index.wordedLike(form))
    if (joined(spelling.form) !== joined(form) && spelling.kind !== 'bare') yield [spelling, 'words-reordered']
  for (const rest of withoutMarker(form))
    for (const spelling of index.spelledLike(rest)) yield [spelling, 'marker-added']
  for (const rest of withoutDecoration(form))
    for (const spelling of index.spelledLike(rest)) yield [spelling, 'word-added']
}

function withoutMarker(form: string): readonly string[] {
  return markers.flatMap((marker) => [
    ...(form.startsWith(marker) ? [form.slice(marker.length)] : []),
    ...(form.endsWith(marker) ? [form.slice(0, -marker.length)] : []),
  ])
}

function withoutDecoration(form: string): readonly string[] {
  const words = wordsOf(form)
  return [
    ...(decorations.includes(words[0] ?? '') ? [words.slice(1).join('-')] : []),
    ...(decorations.includes(words.at(-1) ?? '') ? [words.slice(0, -1).join('-')] : []),
  ]
}
