import { joined } from './name-forms.js'
import type { Spelling } from './name-index.js'
import type { Likeness, Resemblance } from './resemblance.js'

/**
 * Measured (`npm run names`): beyond these a likeness makes more noise than it catches. Squats are of names that many type, and short names
 * are a letter from each other by nature.
 */
const closeRank = 8_000
const oftenTypedRank = 3_000
const shortestEdited = 5
const shortestSlipped = 4
const shortestBare = 8
const shortestTwiceEdited = 9

/** Undefined where it is no likeness worth a word. */
export function closenessOf(
  form: string,
  spelling: Spelling,
  likeness: Likeness,
): Resemblance['closeness'] | undefined {
  const letters = joined(spelling.form).length
  if (letters < shortestSlipped || joined(form).length < shortestSlipped) return undefined
  switch (likeness) {
    case 'separators-moved':
    case 'looks-alike':
      return 'close'
    case 'scope-flattened':
      return spelling.rank < closeRank ? 'close' : 'loose'
    case 'scope-dropped':
    case 'words-reordered':
    case 'digit-changed':
      return 'loose'
    case 'letters-swapped':
    case 'letter-doubled':
      return spelling.kind !== 'bare' || isEdited(spelling, shortestSlipped) ? 'close' : 'loose'
    case 'letter-added':
    case 'letter-missing':
    case 'letter-changed':
      return isEdited(spelling, shortestEdited) ? 'close' : 'loose'
    case 'marker-added':
    case 'word-added':
      if (spelling.rank >= oftenTypedRank || letters < shortestEdited || spelling.kind === 'bare') return undefined
      return likeness === 'marker-added' ? 'close' : 'loose'
    case 'two-edits':
      return isLong(spelling) ? 'loose' : undefined
    case 'scope-imitated':
      return 'close'
  }
}

const isEdited = ({ form, kind, rank }: Spelling, shortest: number): boolean =>
  rank < closeRank && form.length >= (kind === 'bare' ? shortestBare : shortest)

/** Known to many, and long enough to be recognised after two slips of the hand. */
export const isLong = ({ form, kind, rank }: Spelling): boolean =>
  kind === 'whole' && rank < oftenTypedRank && form.length >= shortestTwiceEdited
