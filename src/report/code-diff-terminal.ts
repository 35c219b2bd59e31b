import { abilityLines, groupAbilities, inUnreached } from './ability-lines.js'
import { toThirdPerson, wordsOf } from './ability-words.js'
import { type AbilityCount, type ChangedAbility, type CodeParts, type Moment, momentOf } from './code-diff.js'
import { elsewhereLines, flowLines, nameLists, unusualLines } from './code-terminal.js'
import { compareMoments, type InspectedCapability, type InspectedWhen } from './inspected-code.js'
import { inline, type PackagePage } from './package-page.js'

/** What the code can do now that it could not do before; then further places of what it could; then new names. */
export function codeDiffSections(
  added: CodeParts,
  removed: CodeParts,
  changed: readonly ChangedAbility[],
  page: PackagePage,
): string[] {
  const before = new Map(changed.map((ability) => [ability.capability, ability.before]))
  const isFresh = (sighting: InspectedCapability): boolean =>
    startsAt(momentOf(sighting), before.get(sighting.capability))
  const reached = added.capabilities.filter(({ reach }) => reach !== 'unreached')
  const known = reached.filter((sighting) => !isFresh(sighting)).sort((a, b) => compareMoments(a.when, b.when))
  const fresh = (when: InspectedWhen): InspectedCapability[] =>
    reached.filter((sighting) => sighting.when === when && isFresh(sighting))
  return [
    ...flowLines(added.flows, '+ ', page),
    ...sectionLines(page.style.bad('+ new on install'), fresh('install'), '+ ', page),
    ...sectionLines(page.style.warn('+ new on load'), fresh('load'), '+ ', page),
    ...sectionLines('+ new when called', fresh('call'), '+ ', page),
    ...sectionLines('~ more places of what it did before', known, '~ ', page),
    ...elsewhereLines(inUnreached(added.capabilities), '+ ', page),
    ...goneLines(removed, changed, page),
    ...nameLists(added, '+ ', page),
    ...unusualLines(added.unusual, '+ ', page),
  ]
}

/** Nothing had the ability this early before; without a count its places are as many as they were. */
function startsAt(moment: Moment, before: AbilityCount | undefined): boolean {
  if (before === undefined || moment === 'unreached') return false
  const until = { install: before.install, load: before.install + before.load }
  return (moment === 'call' ? until.load + before.call : until[moment]) === 0
}

function sectionLines(
  heading: string,
  sightings: readonly InspectedCapability[],
  mark: string,
  page: PackagePage,
): string[] {
  const lines = abilityLines(groupAbilities(sightings), mark, page)
  return lines.length === 0 ? [] : [page.style.bold(heading), ...lines]
}

/** Abilities that are gone altogether. */
function goneLines(removed: CodeParts, changed: readonly ChangedAbility[], page: PackagePage): string[] {
  const gone = new Set(changed.filter(({ after }) => isNone(after)).map(({ capability }) => capability))
  const groups = groupAbilities(removed.capabilities.filter(({ capability }) => gone.has(capability)))
  return inline(
    '- no longer',
    groups.map(({ key }) => toThirdPerson(wordsOf(key))),
    page,
  )
}

const isNone = (count: AbilityCount): boolean => Object.values(count).every((places) => places === 0)
