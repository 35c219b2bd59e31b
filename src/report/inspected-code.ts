import type {
  Capability,
  Hidden,
  Literal,
  LiteralKind,
  LiteralService,
  Obfuscation,
  Place,
  Unanalysable,
} from '../package/code/file-code.js'
import { obfuscatedFrom } from '../package/code/obfuscation/signs.js'
import {
  type AnalysedFile,
  type PackageCode,
  type PackageFlow,
  type Reach,
  whenOf,
} from '../package/code/package-code.js'
import { byFirst, compareText } from './order.js'

export type InspectedWhen = 'install' | 'load' | 'call'

/** Something in a file of the package. */
export interface PlaceInFile extends Place {
  readonly file: string
}

/** One place at which the code has an ability. */
export interface InspectedCapability extends PlaceInFile {
  readonly capability: Capability
  readonly when: InspectedWhen
  /** `unreached`: nothing that the package names leads to the file; somebody may still load it by its path. */
  readonly reach: Reach
  readonly detail: string
  readonly excerpt: string
  readonly constant?: string
}

/** A name once, at its first place in the strongest context: code before messages before comments. */
export interface InspectedHost extends PlaceInFile {
  readonly host: string
  readonly context: Literal['context']
  readonly decoded: boolean
  readonly service?: LiteralService
  /** Files that name it. */
  readonly files: number
}

/** A variable of the environment that is read by its name. */
export interface InspectedVariable extends PlaceInFile {
  readonly name: string
  readonly when: InspectedWhen
  readonly files: number
}

export interface InspectedAddress extends PlaceInFile {
  readonly kind: LiteralKind
  readonly value: string
  readonly decoded: boolean
  readonly files: number
}

/** A file whose code was made not to be read, or could not be. */
export interface UnusualFile {
  readonly file: string
  readonly reach: Reach
  readonly obfuscation?: Obfuscation
  readonly hidden?: readonly Hidden[]
  readonly unanalysable?: Unanalysable
}

/** What the code of a package does and names. */
export interface InspectedCode {
  readonly code: { readonly analysed: number; readonly unanalysed: number }
  readonly flows: readonly PackageFlow[]
  readonly capabilities: readonly InspectedCapability[]
  readonly hosts: readonly InspectedHost[]
  readonly environment: readonly InspectedVariable[]
  /** To whom mail goes, and other mail addresses in code. */
  readonly recipients: readonly InspectedAddress[]
  /** Webhooks, wallets, contracts and content addresses in code. */
  readonly addresses: readonly InspectedAddress[]
  readonly unusual: readonly UnusualFile[]
}

export function inspectCode({ files, flows, analysed, unanalysed }: PackageCode): InspectedCode {
  return {
    code: { analysed, unanalysed },
    flows,
    capabilities: files.flatMap(capabilitiesOf),
    hosts: hostsOf(files),
    environment: environmentOf(files),
    recipients: addressesOf(files, mailKinds),
    addresses: addressesOf(files, addressKinds),
    unusual: files.flatMap(unusualOf),
  }
}

const moments: readonly InspectedWhen[] = ['install', 'load', 'call']

/** Earliest first. */
export const compareMoments = (one: InspectedWhen, other: InspectedWhen): number =>
  moments.indexOf(one) - moments.indexOf(other)

const capabilitiesOf = (file: AnalysedFile): InspectedCapability[] =>
  file.code.sightings.map((sighting) => {
    const { capability, line, column, detail, excerpt, constant } = sighting
    return {
      capability,
      file: file.path,
      line,
      column,
      when: whenOf(file, sighting),
      reach: file.reach,
      detail,
      excerpt,
      ...(constant !== undefined && { constant }),
    }
  })

const contexts: readonly Literal['context'][] = ['code', 'message', 'comment']

export const compareContexts = (one: Literal['context'], other: Literal['context']): number =>
  contexts.indexOf(one) - contexts.indexOf(other)

interface LiteralAt extends Literal {
  readonly file: string
}

/** Each value once, sorted; the literals of one value with the one that tells most first. */
function literalsByValue(
  files: readonly AnalysedFile[],
  isWanted: (literal: Literal) => boolean,
): readonly (readonly [LiteralAt, ...LiteralAt[]])[] {
  const groups = new Map<string, [LiteralAt, ...LiteralAt[]]>()
  for (const { path, code } of files) {
    for (const literal of code.literals.filter(isWanted)) {
      const at = { ...literal, file: path }
      const group = groups.get(literal.value)
      if (group) group.push(at)
      else groups.set(literal.value, [at])
    }
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, group]) =>
      group.sort((a, b) =>
        byFirst(
          compareContexts(a.context, b.context),
          Number(b.decoded) - Number(a.decoded),
          compareText(a.file, b.file),
        ),
      ),
    )
}

const countFiles = (places: readonly { readonly file: string }[]): number =>
  new Set(places.map(({ file }) => file)).size

function hostsOf(files: readonly AnalysedFile[]): InspectedHost[] {
  return literalsByValue(files, ({ kind }) => kind === 'host' || kind === 'ip-address').map((group) => {
    const [{ value, file, line, column, context, decoded, service }] = group
    return { host: value, file, line, column, context, decoded, ...(service && { service }), files: countFiles(group) }
  })
}

const mailKinds: ReadonlySet<LiteralKind> = new Set(['recipient', 'email-address'])
const addressKinds: ReadonlySet<LiteralKind> = new Set(['webhook', 'wallet-address', 'contract-address', 'ipfs'])

function addressesOf(files: readonly AnalysedFile[], kinds: ReadonlySet<LiteralKind>): InspectedAddress[] {
  return literalsByValue(files, ({ kind, context }) => kinds.has(kind) && context === 'code').map((group) => {
    const [first] = group
    const { value, file, line, column, decoded } = first
    const kind = group.some((literal) => literal.kind === 'recipient') ? 'recipient' : first.kind
    return { kind, value, file, line, column, decoded, files: countFiles(group) }
  })
}

const variable = /^process\.env\.(.+)$/

function environmentOf(files: readonly AnalysedFile[]): InspectedVariable[] {
  const groups = new Map<string, [InspectedCapability, ...InspectedCapability[]]>()
  for (const sighting of files.flatMap(capabilitiesOf)) {
    const name = sighting.capability === 'environment' ? variable.exec(sighting.detail)?.[1] : undefined
    if (name === undefined) continue
    const group = groups.get(name)
    if (group) group.push(sighting)
    else groups.set(name, [sighting])
  }
  return [...groups]
    .sort(([a], [b]) => compareText(a, b))
    .map(([name, group]) => {
      const [{ file, line, column, when }] = group.sort((a, b) => compareMoments(a.when, b.when))
      return { name, file, line, column, when, files: countFiles(group) }
    })
}

function unusualOf({ path, reach, code: { obfuscation, hidden, unanalysable } }: AnalysedFile): UnusualFile[] {
  const isObfuscated = obfuscation.score >= obfuscatedFrom
  if (!isObfuscated && hidden.length === 0 && unanalysable === undefined) return []
  return [
    {
      file: path,
      reach,
      ...(isObfuscated && { obfuscation }),
      ...(hidden.length > 0 && { hidden }),
      ...(unanalysable && { unanalysable }),
    },
  ]
}
