import type { Capability } from '../package/code/file-code.js'
import type { AnalysedFile, PackageCode, PackageFlow } from '../package/code/package-code.js'
import type { PackageFacts } from '../package/package-facts.js'
import {
  compareContexts,
  type InspectedAddress,
  type InspectedCapability,
  type InspectedCode,
  type InspectedHost,
  type InspectedVariable,
  inspectCode,
  type UnusualFile,
} from './inspected-code.js'

/** What the code of one of two packages does and names, and that of the other does not. */
export interface CodeParts {
  readonly flows: readonly PackageFlow[]
  readonly capabilities: readonly InspectedCapability[]
  readonly hosts: readonly InspectedHost[]
  readonly environment: readonly InspectedVariable[]
  readonly recipients: readonly InspectedAddress[]
  readonly addresses: readonly InspectedAddress[]
  readonly unusual: readonly UnusualFile[]
}

/** Places of one ability by when they run; those in files that nothing loads by name are counted apart. */
export interface AbilityCount {
  readonly install: number
  readonly load: number
  readonly call: number
  readonly unreached: number
}

export type Moment = keyof AbilityCount

export interface ChangedAbility {
  readonly capability: Capability
  readonly before: AbilityCount
  readonly after: AbilityCount
}

export interface CodeDiff {
  readonly added: CodeParts
  readonly removed: CodeParts
  /** Abilities that one side has at more places, or at other times, than the other; sorted. */
  readonly changed: readonly ChangedAbility[]
  readonly read: ReadCode
}

/** How much of the code either side's statements are about. */
export interface ReadCode {
  readonly before: InspectedCode['code']
  readonly after: InspectedCode['code']
}

export const momentOf = ({ when, reach }: InspectedCapability): Moment => (reach === 'unreached' ? reach : when)

/** Absent where the code of one of them was not read at all. */
export function diffCode(before: PackageFacts, after: PackageFacts): CodeDiff | undefined {
  if (before.code === undefined || after.code === undefined) return undefined
  const [old, now] = [inspectOnce(before, before.code), inspectOnce(after, after.code)]
  return {
    added: partsOnlyIn(now, old),
    removed: partsOnlyIn(old, now),
    changed: changedAbilities(old.capabilities, now.capabilities),
    read: { before: old.code, after: now.code },
  }
}

/** A copy of a file under another name does nothing that the file does not: of equal bytes what is run first counts. */
function inspectOnce({ files }: PackageFacts, code: PackageCode): InspectedCode {
  const digests = new Map(files.map(({ path, sha256 }) => [path, sha256]))
  const digestOf = ({ path }: AnalysedFile): string => digests.get(path) ?? path
  const reaches: readonly AnalysedFile['reach'][] = ['install', 'load', 'bin', 'unreached']
  const first = new Map<string, AnalysedFile>()
  for (const file of code.files) {
    const known = first.get(digestOf(file))
    if (known === undefined || reaches.indexOf(file.reach) < reaches.indexOf(known.reach)) {
      first.set(digestOf(file), file)
    }
  }
  return inspectCode({ ...code, files: code.files.filter((file) => first.get(digestOf(file)) === file) })
}

function partsOnlyIn(mine: InspectedCode, theirs: InspectedCode): CodeParts {
  return {
    flows: surplus(mine.flows, theirs.flows, [keyOfFlow]),
    capabilities: surplus(mine.capabilities, theirs.capabilities, [keyOfPlace, keyOfAbility]),
    hosts: hostsOnlyIn(mine.hosts, theirs.hosts),
    environment: surplus(mine.environment, theirs.environment, [({ name }) => name]),
    recipients: surplus(mine.recipients, theirs.recipients, [keyOfAddress]),
    addresses: surplus(mine.addresses, theirs.addresses, [keyOfAddress]),
    unusual: surplus(mine.unusual, theirs.unusual, [keyOfUnusual]),
  }
}

/** Lines move from version to version, and names of files that a bundler wrote. */
const keyOfAbility = (sighting: InspectedCapability): string =>
  JSON.stringify([sighting.capability, momentOf(sighting), sighting.detail, sighting.constant])

const keyOfPlace = (sighting: InspectedCapability): string =>
  JSON.stringify([keyOfAbility(sighting), sighting.excerpt.trim()])

const keyOfFlow = ({ when, source, sink }: PackageFlow): string =>
  JSON.stringify([when, source.kind, source.detail, sink.kind, sink.detail, sink.host])

const keyOfAddress = ({ kind, value }: InspectedAddress): string => JSON.stringify([kind, value])

const keyOfUnusual = ({ file, obfuscation, hidden, unanalysable }: UnusualFile): string =>
  JSON.stringify([file, obfuscation?.signs, hidden?.map(({ kind }) => kind), unanalysable?.reason])

/** What remains of `mine` when each of `theirs` has taken one of it away, equal by the first key that finds one. */
function surplus<T>(mine: readonly T[], theirs: readonly T[], keys: readonly ((item: T) => string)[]): T[] {
  const [keyOf, ...rest] = keys
  if (keyOf === undefined) return [...mine]
  const [left, unmatched] = [takeAway(mine, theirs, keyOf), takeAway(theirs, mine, keyOf)]
  return surplus(left, unmatched, rest)
}

function takeAway<T>(mine: readonly T[], theirs: readonly T[], keyOf: (item: T) => string): T[] {
  const counts = new Map<string, number>()
  for (const item of theirs) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1)
  return mine.filter((item) => {
    const count = counts.get(keyOf(item)) ?? 0
    counts.set(keyOf(item), count - 1)
    return count <= 0
  })
}

/** A host that only comments or messages named is new where code names it. */
function hostsOnlyIn(mine: readonly InspectedHost[], theirs: readonly InspectedHost[]): InspectedHost[] {
  const known = new Map(theirs.map((host) => [host.host, host]))
  return mine.filter(({ host, context }) => {
    const other = known.get(host)
    return other === undefined || (context === 'code' && compareContexts(context, other.context) < 0)
  })
}

const none: AbilityCount = { install: 0, load: 0, call: 0, unreached: 0 }

function changedAbilities(
  before: readonly InspectedCapability[],
  after: readonly InspectedCapability[],
): ChangedAbility[] {
  const [old, now] = [countByMoment(before), countByMoment(after)]

  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .map((capability) => ({ capability, before: old.get(capability) ?? none, after: now.get(capability) ?? none }))
    .filter((ability) => JSON.stringify(ability.before) !== JSON.stringify(ability.after))
}

function countByMoment(sightings: readonly InspectedCapability[]): ReadonlyMap<Capability, AbilityCount> {
  const counts = new Map<Capability, AbilityCount>()
  for (const sighting of sightings) {
    const [count, moment] = [counts.get(sighting.capability) ?? none, momentOf(sighting)]
    counts.set(sighting.capability, { ...count, [moment]: count[moment] + 1 })
  }
  return counts
}
