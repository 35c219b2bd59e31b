import type { PackageFlow } from '../package/code/package-code.js'
import { type AbilityGroup, atMoment, groupAbilities } from './ability-lines.js'
import {
  type AbilityWords,
  abilityOf,
  isOrdinary,
  isTrivial,
  toInfinitive,
  toThirdPerson,
  wordsOf,
} from './ability-words.js'
import { compareMoments, type InspectedCode, type InspectedWhen } from './inspected-code.js'
import { sayFew } from './package-page.js'
import { plural } from './plural.js'

export interface CodeHeadline {
  /** `bad`: no reader should pass over it; `warn`: it runs before anybody calls it. */
  readonly tone: 'bad' | 'warn' | 'calm'
  /** Holds no foreign text. */
  readonly sentence: string
}

/** The most dangerous thing that a package's code does, in a few sentences. */
export function codeHeadline(code: InspectedCode, runsOnInstall: boolean): CodeHeadline {
  const groupsAt = (when: InspectedWhen): readonly AbilityGroup[] =>
    groupAbilities(atMoment(code.capabilities, when)).filter(({ key }) => !isTrivial(key) && key !== 'evasion')
  const [install, load, call] = [groupsAt('install'), groupsAt('load'), groupsAt('call')]
  const first = [...groupFlows(code.flows).map(([flow]) => sayFlow(flow)), ...unusualPhrases(code)]
  const onInstall =
    install.length > 0
      ? `On install it ${say(install, toThirdPerson)}.`
      : runsOnInstall
        ? 'It runs a script on install.'
        : 'Runs nothing on install.'
  const parts = [
    ...(first.length > 0 ? [`It ${sayFew(first)}.`] : []),
    onInstall,
    ...(load.length > 0 ? [`Loading it ${say(load, toThirdPerson)}.`] : []),
    ...(call.length > 0 ? [`Its functions can ${say(call, toInfinitive)}.`] : []),
    ...(install.length + load.length + call.length + code.flows.length > 0 ? [] : [nothingSeen(code)]),
    ...unreadSentence(code),
  ]
  const isEarly = runsOnInstall || [...install, ...load].some(({ key }) => !isOrdinary(key))
  const isBad = code.flows.some(isDanger) || unusualPhrases(code).length > 0
  const tone = isBad ? 'bad' : isEarly || first.length > 0 || code.code.unanalysed > 0 ? 'warn' : 'calm'
  return { tone, sentence: parts.join(' ') }
}

const say = (groups: readonly AbilityGroup[], toWords: (words: AbilityWords) => string): string =>
  sayFew(groups.map(({ key }) => toWords(wordsOf(key))))

function nothingSeen({ capabilities, code: { analysed } }: InspectedCode): string {
  if (analysed === 0) return 'No code was read.'
  const told = capabilities.flatMap((sighting) => abilityOf(sighting) ?? [])
  if (told.some((key) => !isTrivial(key))) return 'Only files that nothing loads by name can do more than compute.'
  return `By itself its code (${plural(analysed, 'file')}) reaches no network, file or program.`
}

function unreadSentence({ code: { unanalysed } }: InspectedCode): readonly string[] {
  return unanalysed === 0 ? [] : [`${plural(unanalysed, 'file')} of code could not be read.`]
}

/** What runs by itself, or takes a secret; code that is downloaded and run for who asks for it is what a package manager does. */
export const isDanger = ({ when, source }: PackageFlow): boolean =>
  when !== 'call' || (source.kind !== 'download' && source.kind !== 'decoded')

/** Flows of one kind at one moment, what runs first first. */
export function groupFlows(flows: readonly PackageFlow[]): readonly (readonly [PackageFlow, ...PackageFlow[]])[] {
  const groups = new Map<string, [PackageFlow, ...PackageFlow[]]>()
  for (const flow of [...flows].sort((a, b) => compareMoments(a.when, b.when))) {
    const group = groups.get(sayFlow(flow))
    if (group) group.push(flow)
    else groups.set(sayFlow(flow), [flow])
  }
  return [...groups.values()]
}

/** `sends secrets from the environment over the network on install` */
export const sayFlow = (flow: PackageFlow): string =>
  `${sayDeed(flow)} ${{ install: 'on install', load: 'on load', call: 'when called' }[flow.when]}`

const sayDeed = ({ source, sink }: PackageFlow): string =>
  sink.kind === 'evaluation' || source.kind === 'download' || source.kind === 'decoded'
    ? `runs what it ${source.kind === 'decoded' ? 'decodes' : source.kind === 'download' ? 'downloads' : `takes from ${sources[source.kind]}`}`
    : `sends ${sources[source.kind]} ${sinks[sink.kind]}`

const sources = {
  environment: 'secrets of the environment',
  'credential-file': 'credential files',
  'key-material': 'keys or tokens',
  download: 'a download',
  decoded: 'decoded text',
} as const

const sinks = {
  network: 'over the network',
  dns: 'in names that it asks for',
  shell: 'to a program',
  evaluation: 'into code',
} as const

function unusualPhrases({ unusual, capabilities }: InspectedCode): readonly string[] {
  const loaded = unusual.filter(({ reach }) => reach !== 'unreached')
  return [
    ...(loaded.some(({ hidden }) => hidden?.some(({ kind }) => kind === 'long-whitespace'))
      ? ['hides code off-screen']
      : []),
    ...(loaded.some(({ obfuscation }) => obfuscation) ? ['runs obfuscated code'] : []),
    // Wherever it stands: nobody but a reviewer reads it.
    ...(capabilities.some((sighting) => abilityOf(sighting) === 'evasion') ? ['speaks to its reviewers'] : []),
  ]
}
