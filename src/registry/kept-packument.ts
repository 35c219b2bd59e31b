import type { Validators } from './kept-responses.js'
import { isRecord } from './manifest.js'
import type { PackumentDocument } from './packument.js'
import type { Packument } from './registry-facts.js'
import type { Account, RegistrySignature, Release } from './release-history.js'

/**
 * A reduced packument as text, a part a line, so that no more of it is parsed than is asked for:
 * 1 what it is and its validators · 2 all that is not about one version · 3 the releases, by the values that they share · then one
 * manifest a line, in the order of `versions`.
 */
export function writeKept(document: PackumentDocument, validators: Validators, source: string): string {
  const { releases, ...rest } = document.packument
  return [
    JSON.stringify({ source, validators }),
    JSON.stringify({ packument: rest, withdrawn: [...document.withdrawn], size: document.size }),
    JSON.stringify(writeReleases([...releases.values()])),
    ...rest.versions.map((version) => document.manifests.get(version) ?? ''),
  ].join('\n')
}

/** What a kept text was answered with; undefined when it is not one of `source`. */
export function readKeptValidators(text: string, source: string): Validators | undefined {
  const head = readJson(text.slice(0, Math.max(0, text.indexOf('\n'))))
  return isRecord(head) && head.source === source && isRecord(head.validators)
    ? (head.validators as Validators)
    : undefined
}

/** Undefined when the text is not whole. That it is our own is the store's to know. */
export function readKept(text: string): PackumentDocument | undefined {
  const [, about = '', releases = '', ...lines] = text.split('\n')
  const [head, table] = [readJson(about), readJson(releases)]
  if (!isHead(head) || !isTable(table) || head.packument.versions.length !== lines.length) return undefined
  const { packument, withdrawn, size } = head
  return {
    packument: { ...packument, releases: new Map(readReleases(table).map((release) => [release.version, release])) },
    manifests: new Map(packument.versions.map((version, index) => [version, lines[index] ?? ''])),
    withdrawn: new Set(withdrawn),
    size,
  }
}

interface Head {
  readonly packument: Omit<Packument, 'releases'>
  readonly withdrawn: readonly string[]
  readonly size: number
}

const isHead = (value: unknown): value is Head =>
  isRecord(value) &&
  isRecord(value.packument) &&
  Array.isArray(value.packument.versions) &&
  Array.isArray(value.withdrawn)

const isTable = (value: unknown): value is ReleaseTable =>
  isRecord(value) && Array.isArray(value.shared) && Array.isArray(value.rows) && value.rows.every(Array.isArray)

interface ReleaseTable {
  /** What releases have in common: accounts, lists and texts, each once. */
  readonly shared: readonly unknown[]
  readonly rows: readonly ReleaseRow[]
}

/** Numbers are places in `shared`; -1 is none. */
type ReleaseRow = readonly [
  version: string,
  publisher: number,
  maintainers: number,
  attestations: number,
  repository: number,
  rest: Pick<Release, 'trustedPublisher' | 'approver'>,
  signatures: readonly (readonly [keyId: number, signature: string])[],
]

function writeReleases(releases: readonly Release[]): ReleaseTable {
  const places = new Map<unknown, number>()
  // The parser holds each value once, so that the same value is the same object.
  const place = (value: unknown): number => {
    if (value === undefined) return -1
    const found = places.get(value)
    if (found !== undefined) return found
    places.set(value, places.size)
    return places.size - 1
  }
  const rows = releases.map(
    ({ version, publisher, maintainers, attestations, repository, signatures, ...rest }): ReleaseRow => [
      version,
      place(publisher),
      place(maintainers),
      place(attestations),
      place(repository),
      rest,
      signatures.map(({ keyId, signature }) => [place(keyId), signature]),
    ],
  )
  return { shared: [...places.keys()], rows }
}

function readReleases({ shared, rows }: ReleaseTable): readonly Release[] {
  const at = <T>(place: number): T | undefined => shared[place] as T | undefined
  return rows.map(([version, publisher, maintainers, attestations, repository, rest, signatures]): Release => {
    const [account, address] = [at<Account>(publisher), at<string>(repository)]
    return {
      version,
      ...(account && { publisher: account }),
      ...rest,
      maintainers: at<readonly string[]>(maintainers) ?? [],
      attestations: at<readonly string[]>(attestations) ?? [],
      signatures: signatures.map(([keyId, signature]): RegistrySignature => ({ keyId: at(keyId) ?? '', signature })),
      ...(address !== undefined && { repository: address }),
    }
  })
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
