import { isSecretName } from '../package/code/capabilities/secrets.js'
import type { PackageFlow } from '../package/code/package-code.js'
import { abilityLines, around, atMoment, groupAbilities, inUnreached } from './ability-lines.js'
import { toThirdPerson, wordsOf } from './ability-words.js'
import { groupFlows, isDanger, sayFlow } from './code-headline.js'
import { plain } from './escape.js'
import type {
  InspectedAddress,
  InspectedCapability,
  InspectedCode,
  InspectedHost,
  InspectedVariable,
  UnusualFile,
} from './inspected-code.js'
import { cut, entry, inline, list, type PackagePage, sayFew } from './package-page.js'

type CodeLists = Pick<InspectedCode, 'hosts' | 'addresses' | 'recipients' | 'environment'>

/** What the code does, by when it runs; under `on install` the scripts that start it. */
export function codeSections(code: InspectedCode, scripts: readonly string[], page: PackagePage): string[] {
  return [
    ...flowLines(code.flows, '', page),
    ...section('on install', scripts, abilitiesAt(code, 'install', page), page),
    ...section('on load', [], abilitiesAt(code, 'load', page), page),
    ...section('when called', [], abilitiesAt(code, 'call', page), page),
    ...elsewhereLines(inUnreached(code.capabilities), '', page),
    ...nameLists(code, '', page),
    ...unusualLines(code.unusual, '', page),
  ]
}

const abilitiesAt = ({ capabilities }: InspectedCode, when: 'install' | 'load' | 'call', page: PackagePage): string[] =>
  abilityLines(groupAbilities(atMoment(capabilities, when)), '  ', page)

function section(heading: string, texts: readonly string[], lines: readonly string[], page: PackagePage): string[] {
  if (texts.length === 0) return lines.length === 0 ? [] : [page.style.bold(heading), ...lines]
  return [...list(heading, texts, page), ...lines]
}

/** One line for all: tests and examples do many things, and code of ours cannot tell that nobody loads them by their paths. */
export function elsewhereLines(sightings: readonly InspectedCapability[], mark: string, page: PackagePage): string[] {
  const groups = groupAbilities(sightings)
  if (groups.length === 0) return []
  const words = groups.map(({ key, places }) => `${toThirdPerson(wordsOf(key))} (${places.length})`)
  return entry(`${mark}elsewhere`, `in files that nothing loads by name: ${sayFew(words, 6)}`, page)
}

/** Three lines for each kind: what it is, what is taken from where, and where it goes. */
export function flowLines(flows: readonly PackageFlow[], mark: string, page: PackagePage): string[] {
  const groups = groupFlows(flows)
  const shownKinds = 5
  const lines = groups.slice(0, shownKinds).flatMap(([flow, ...others]) => {
    const more = others.length > 0 ? ` (+${others.length})` : ''
    const [label, paint] = isDanger(flow) ? ['danger', page.style.bad] : ['risk', page.style.warn]
    return [
      ...entry(`${mark}${label}`, `${sayFlow(flow)}${more}`, page).map(paint),
      ...entry('  from', sayEnd(flow.source, page), page),
      ...entry('  into', sayEnd(flow.sink, page), page),
    ]
  })
  const more = groups.length - shownKinds
  return more > 0 ? [...lines, ...entry('', `and ${more} more of other kinds`, page)] : lines
}

function sayEnd(
  { file, line, host, excerpt, detail }: PackageFlow['source'] | PackageFlow['sink'],
  { width }: PackagePage,
): string {
  const place = `${file}:${line}${host === undefined ? '' : ` (${host})`}  `
  const room = Math.max(30, width - 14 - place.length)
  return `${place}${cut(around(plain(excerpt), detail, room), room)}`
}

/** Who and what the code names. */
export function nameLists(code: CodeLists, mark: string, page: PackagePage): string[] {
  const inCode = code.hosts.filter(({ context }) => context === 'code')
  const [odd, ordinary] = [inCode.filter(isOdd), inCode.filter((host) => !isOdd(host))]
  return [
    ...list(`${mark}hosts`, odd.map(sayHost), page, 6),
    ...inline(
      odd.length > 0 ? '' : `${mark}hosts`,
      ordinary.map(({ host }) => host),
      page,
    ),
    ...list(`${mark}addresses`, code.addresses.map(sayAddress), page, 6),
    ...list(`${mark}recipients`, code.recipients.map(sayAddress), page, 6),
    ...inline(`${mark}environment`, variableNames(code.environment), page),
  ]
}

/** What is no name that somebody registered for the purpose. */
const isOdd = ({ decoded, service, host }: InspectedHost): boolean =>
  decoded || service !== undefined || /^[\d.]+$|:/.test(host)

function sayHost({ host, decoded, service, file, line, files }: InspectedHost): string {
  const marks = [decoded ? 'hidden' : '', service ?? ''].filter(Boolean).join(', ')
  return `${host}${marks === '' ? '' : ` (${marks})`}  ${file}:${line}${files > 1 ? ` +${files - 1}` : ''}`
}

const sayAddress = ({ kind, value, decoded, file, line, files }: InspectedAddress): string =>
  `${value} (${decoded ? 'hidden, ' : ''}${kind})  ${file}:${line}${files > 1 ? ` +${files - 1}` : ''}`

/** How a name that is no constant is written. */
const computed = '[…]'

/** Those that hold secrets first. */
function variableNames(variables: readonly InspectedVariable[]): readonly string[] {
  const names = variables.map(({ name }) => name)
  const [unknown, known] = [names.filter((name) => name === computed), names.filter((name) => name !== computed)]
  const secrets = known.filter(isSecretName)
  return [...secrets, ...unknown.map(() => 'names made at run time'), ...known.filter((name) => !isSecretName(name))]
}

export function unusualLines(files: readonly UnusualFile[], mark: string, page: PackagePage): string[] {
  const obfuscated = files.flatMap(({ file, obfuscation }) =>
    obfuscation ? [`${file} (${obfuscation.signs.join(', ')})`] : [],
  )
  const hidden = files.flatMap(({ file, hidden: places }) => {
    const [first] = places ?? []
    return first === undefined
      ? []
      : [`${first.kind} in ${file}:${first.line}${places && places.length > 1 ? ` +${places.length - 1}` : ''}`]
  })
  // What is loaded and could not be read is a gap, and told among these.
  const unread = files.flatMap(({ file, unanalysable, reach }) => {
    if (unanalysable === undefined || (reach !== 'unreached' && unanalysable.reason !== 'syntax')) return []
    return [`${file} (${unanalysable.reason}${reach === 'unreached' ? ', not loaded by name' : ''})`]
  })
  return [
    ...list(`${mark}obfuscated`, obfuscated, page, 5).map(page.style.bad),
    ...list(`${mark}hidden`, hidden, page, 5).map(page.style.warn),
    ...inline(`${mark}unread`, unread, page, 5),
  ]
}
