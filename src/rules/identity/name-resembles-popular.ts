import type { Lookalike, ResembledPackage } from '../../facts/identity/lookalike.js'
import { foreign } from '../../foreign.js'
import type { Likeness } from '../../names/resemblance.js'
import { type Confidence, defineRule, type Observation } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { dayMs } from '../shared/release-dates.js'

/** Younger than this a likeness that many honest names have counts too: squats are found and removed within weeks. */
const youngDays = 90

/** Squats that were found late were found within two years. What a mirror has had for one is likely to be older than that. */
const establishedDays = 730
const mirroredDays = 365

/** Versions that are unlike a squat, where no date tells how old it is. */
const manyVersions = 30

export const nameResemblesPopular = defineRule({
  id: 'name-resembles-popular',
  title: "name like a well-known package's",
  severity: 'high',
  confidence: 'medium',
  fix: 'Compare the name letter by letter with the package that you meant, and take that one; keep this one only after looking at who publishes it.',
  on: ['added'],
  needs: ['lookalike', 'internal'],
  wants: ['reviewedAt'],

  inspect(change, { lookalike, internal, reviewedAt }) {
    if (internal) return []
    const isYoung = isNew(lookalike, reviewedAt)
    const others = lookalike.resembled.filter(
      ({ closeness, publisher }) => publisher !== 'same' && (closeness === 'close' || isYoung),
    )
    const [first] = others
    return first === undefined ? [] : [{ ...weigh(first, isEstablished(lookalike, reviewedAt)), ...shown(others) }]

    function shown(resembled: readonly ResembledPackage[]): Pick<Observation, 'evidence' | 'anchors'> {
      return {
        evidence: resembled.map(({ target }) => ({ label: 'well-known package', value: foreign(target) })),
        anchors: [entryField(change, 'version')],
      }
    }
  },
})

const isNew = ({ since }: Lookalike, now: Date | undefined): boolean =>
  since !== undefined && daysTo(now, since) < youngDays

/** Only makes it weigh less: a name that was let lie, and then given to somebody else, is as old. */
function isEstablished({ since, seen, versions = 0 }: Lookalike, now: Date | undefined): boolean {
  if (since !== undefined) return daysTo(now, since) >= establishedDays
  return seen === undefined ? versions >= manyVersions : daysTo(now, seen) >= mirroredDays
}

/** Not a number where nobody knows what the time is, and then neither more nor less than any. */
const daysTo = (now: Date | undefined, date: Date): number => ((now?.getTime() ?? Number.NaN) - date.getTime()) / dayMs

function weigh(
  { likeness, closeness, publisher }: ResembledPackage,
  established: boolean,
): Pick<Observation, 'message' | 'severity' | 'confidence'> {
  const message = messages[likeness]
  if (closeness === 'loose') {
    return { message: `${message}, and is new in the registry`, severity: 'medium', confidence: 'low' }
  }
  if (established) return { message: `${message}, but is no new one`, severity: 'medium', confidence: 'low' }
  const confidence: Confidence = publisher === 'other' && plain.has(likeness) ? 'high' : 'medium'
  return { message, confidence }
}

/** Likenesses that nobody arrives at who thinks of a name of his own. */
const plain: ReadonlySet<Likeness> = new Set<Likeness>([
  'letters-swapped',
  'letter-doubled',
  'looks-alike',
  'scope-imitated',
])

const messages: Readonly<Record<Likeness, string>> = {
  'letter-added': 'has the name of a well-known package with a letter too many',
  'letter-doubled': 'has the name of a well-known package with a letter doubled',
  'letter-missing': 'has the name of a well-known package with a letter missing',
  'letter-changed': 'has the name of a well-known package with another letter in it',
  'digit-changed': 'has the name of a well-known package with another digit in it',
  'letters-swapped': 'has the name of a well-known package with two letters swapped',
  'separators-moved': 'has the name of a well-known package with other separators',
  'looks-alike': 'has a name that looks like that of a well-known package',
  'scope-flattened':
    'has the name of a well-known package with the scope made part of the name, or part of the name made a scope',
  'scope-dropped': 'has the name of a well-known package without its scope',
  'scope-imitated': 'is in a scope that is a letter away from a well-known one',
  'marker-added': 'has the name of a well-known package with the name of its language or registry added',
  'word-added': 'has the name of a well-known package with a word added that says nothing',
  'words-reordered': 'has the words of the name of a well-known package in another order',
  'two-edits': 'has the name of a well-known package misspelt in two places',
}
