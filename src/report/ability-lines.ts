import {
  type AbilityKey,
  abilityKeys,
  abilityOf,
  isAlarming,
  isOrdinary,
  toThirdPerson,
  wordsOf,
} from './ability-words.js'
import { plain } from './escape.js'
import type { InspectedCapability, InspectedWhen, PlaceInFile } from './inspected-code.js'
import { cut, type PackagePage } from './package-page.js'
import { wrap } from './wrap.js'

/** All places of one ability, told in one line. */
export interface AbilityGroup {
  readonly key: AbilityKey
  /** The place that tells most first. */
  readonly places: readonly [InspectedCapability, ...InspectedCapability[]]
}

/** Grouped by ability, most dangerous first. */
export function groupAbilities(sightings: readonly InspectedCapability[]): readonly AbilityGroup[] {
  const groups = new Map<AbilityKey, [InspectedCapability, ...InspectedCapability[]]>()
  for (const sighting of sightings) {
    const key = abilityOf(sighting)
    if (key === undefined) continue
    const group = groups.get(key)
    if (group) group.push(sighting)
    else groups.set(key, [sighting])
  }
  return [...groups]
    .map(([key, places]) => ({ key, places: places.sort((a, b) => toldBy(b) - toldBy(a)) }))
    .sort((a, b) => abilityKeys.indexOf(a.key) - abilityKeys.indexOf(b.key))
}

/** A command or address that is known tells more than the place at which an unknown one is used. */
const toldBy = ({ constant = '' }: InspectedCapability): number => (isTelling(constant) ? 1 : 0)

/** A few letters at least are known of it. */
const isTelling = (constant: string): boolean => constant.replace(/[….\s/]/g, '').length > 3

/** Lines of one moment; what follows is named without places. */
const shownAbilities = 8

/** A call can hardly be told from less: then the code has a line of its own. */
const minCodeColumns = 24

/** The longest of the words, so that the lines of all moments stand in the same columns. */
const longestWords = Math.max(...abilityKeys.map((key) => toThirdPerson(wordsOf(key)).length))

/** One line an ability: words, place, how many more places, code. */
export function abilityLines(groups: readonly AbilityGroup[], mark: string, page: PackagePage): string[] {
  const visible = groups.slice(0, groups.length === shownAbilities + 1 ? groups.length : shownAbilities)
  const rest = groups.slice(visible.length)
  const words = visible.map(({ key }) => toThirdPerson(wordsOf(key)))
  // Where there is little room, the words take no more than they need.
  const wordColumns = page.width < 80 ? Math.max(0, ...words.map((word) => word.length)) : longestWords
  const placeColumns = Math.max(
    0,
    ...visible.map(({ places }) => sayPlace(places, page).length).filter((length) => length <= page.width / 3),
  )
  const lines = visible.flatMap(({ key, places }, index) => {
    const word = (words[index] ?? '').padEnd(wordColumns)
    const place = sayPlace(places, page).padEnd(placeColumns)
    const colour = isAlarming(key) ? page.style.bad : isOrdinary(key) ? (text: string) => text : page.style.warn
    const beside = page.width - mark.length - word.length - place.length - 4
    const room = beside < minCodeColumns ? page.width - 6 : beside
    const code = page.style.dim(cut(plain(codeOf(places[0], room)), room))
    const start = `${mark}${colour(word)}  `
    return beside < minCodeColumns ? [`${start}${place.trimEnd()}`, `      ${code}`] : [`${start}${place}  ${code}`]
  })
  if (rest.length === 0) return lines
  const others = rest.map(({ key, places }) => `${toThirdPerson(wordsOf(key))} (${places.length})`).join(', ')
  return [...lines, ...wrap(mark, `also ${others}`, page.width)]
}

/** `lib/a.js:12 +3`, the front of a long path cut away. */
function sayPlace(places: readonly [PlaceInFile, ...PlaceInFile[]], { width }: PackagePage): string {
  const [{ file, line }] = places
  const more = places.length > 1 ? ` +${(places.length - 1).toLocaleString('en-US')}` : ''
  const name = `${plain(file)}:${line}`
  const room = Math.max(16, Math.floor(width / 3) - more.length)
  return `${name.length > room ? `…${name.slice(name.length - room + 1)}` : name}${more}`
}

/** The code as written; where that does not show what it names, the canonical words and what was found out. */
function codeOf({ excerpt, detail, constant }: InspectedCapability, room: number): string {
  const shownCode = around(excerpt, detail, room)
  if (constant === undefined || !isTelling(constant) || isVisible(constant, shownCode)) return shownCode
  return `${detail}: ${constant.replace(/\s+/g, ' ').trim()}`
}

/** Whether the longest piece that is known of a text (`…` stands for the others) can be read in the code. */
function isVisible(constant: string, code: string): boolean {
  const [longest = ''] = constant.split(/[…\s/]+/).sort((a, b) => b.length - a.length)
  return longest.length < 3 || code.includes(longest)
}

/** The part of a long line that shows what it calls: `detail`'s last word. */
export function around(excerpt: string, detail: string, room: number): string {
  const text = excerpt.trim()
  if (text.length <= room) return text
  const called = /([\w$]+)\W*$/.exec(detail)?.[1] ?? ''
  const at = called === '' ? -1 : text.indexOf(called)
  if (at === -1 || at + called.length + 10 <= room) return text
  const start = Math.max(0, Math.min(at - 12, text.length - room + 1))
  return `…${text.slice(start)}`
}

export const atMoment = (
  sightings: readonly InspectedCapability[],
  when: InspectedWhen,
): readonly InspectedCapability[] =>
  sightings.filter((sighting) => sighting.when === when && sighting.reach !== 'unreached')

export const inUnreached = (sightings: readonly InspectedCapability[]): readonly InspectedCapability[] =>
  sightings.filter(({ reach }) => reach === 'unreached')
