import semver from 'semver'
import ssri from 'ssri'
import { maxIntegrityCharacters } from '../limits.js'
import { isRecord, own, parseManifest } from './manifest.js'
import { releaseParser } from './parse-releases.js'
import type { Packument, RegistryManifest } from './registry-facts.js'
import type { Release } from './release-history.js'

/** A registry's document about a package, reduced to what can be asked of it later. */
export interface PackumentDocument {
  readonly packument: Packument
  /** Version → its manifest as JSON; `''` where it was nested too deep to keep. Parsed only for the versions asked for. */
  readonly manifests: ReadonlyMap<string, string>
  /** Versions that have a time and no manifest: unpublished one by one. */
  readonly withdrawn: ReadonlySet<string>
  /** Characters held. */
  readonly size: number
}

/** What of a version's manifest is kept; the rest (readme, maintainers, …) is most of a packument's bytes. */
const keptFields = [
  'name',
  'version',
  'scripts',
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
  'bundleDependencies',
  'bundledDependencies',
  'bin',
  'main',
  'exports',
  'browser',
  'module',
  'gypfile',
  'os',
  'cpu',
  'keywords',
  'repository',
  'homepage',
  'description',
  'deprecated',
]

/** Undefined when the value is not a document about `name`. `outline`: only which versions and tags there are. */
export function parsePackument(name: string, value: unknown, outline = false): PackumentDocument | undefined {
  if (!isRecord(value)) return undefined
  const versions = own(value, 'versions')
  if (versions !== undefined && !isRecord(versions)) return undefined
  // A document about another package would pass that one's versions off as this one's.
  if ((own(value, 'name') ?? own(value, '_id')) !== name) return undefined

  const manifests = new Map<string, string>()
  const releases = new Map<string, Release>()
  const parser = releaseParser()
  for (const [version, manifest] of Object.entries(versions ?? {})) {
    if (semver.valid(version) === null) continue
    manifests.set(version, outline ? '' : keep(manifest))
    if (!outline) releases.set(version, parser.parse(version, manifest))
  }
  const times = own(value, 'time')
  const unpublished = isRecord(times) && own(times, 'unpublished') !== undefined && manifests.size === 0
  const time = readTexts(times, (text) => !Number.isNaN(Date.parse(text)))
  const distTags = readTexts(own(value, 'dist-tags'), () => true)
  const known = [...manifests.keys()]
  const securityHolding = !unpublished && known.every(isSecurityVersion)
  let size = parser.size
  for (const text of manifests.values()) size += text.length + 64
  return {
    packument: { name, versions: known, time, distTags, releases, securityHolding, unpublished },
    manifests,
    withdrawn: new Set(Object.keys(time).filter((key) => semver.valid(key) !== null && !manifests.has(key))),
    size,
  }
}

/** npm's placeholder for a removed malicious package has versions such as `0.0.1-security`. */
export const isSecurityVersion = (version: string): boolean => /^0\.0\.\d{1,9}-security(\.\d{1,9})?$/.test(version)

const keptDistFields = ['integrity', 'shasum', 'tarball']

const pick = (value: Readonly<Record<string, unknown>>, fields: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(fields.map((field) => [field, own(value, field)]))

function keep(manifest: unknown): string {
  try {
    if (!isRecord(manifest)) return JSON.stringify(manifest)
    const dist = own(manifest, 'dist')
    // Signatures and statements are part of the release; file counts and sizes are nobody's.
    const keptDist = isRecord(dist) ? pick(dist, keptDistFields) : dist
    return JSON.stringify({ ...pick(manifest, keptFields), dist: keptDist })
  } catch (error) {
    // V8 parses nesting of any depth and writes it recursively.
    if (error instanceof RangeError) return ''
    throw error
  }
}

function readTexts(value: unknown, accepts: (text: string) => boolean): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => {
      return typeof entry[1] === 'string' && accepts(entry[1])
    }),
  )
}

export interface PublishedManifest {
  readonly manifest: RegistryManifest
  /** `dist.tarball`, as written. */
  readonly tarball?: string
}

/** One version's manifest from a kept packument; undefined when it is no object. */
export function parsePublishedManifest(text: string): PublishedManifest | undefined {
  const value: unknown = text === '' ? undefined : JSON.parse(text)
  if (!isRecord(value)) return undefined
  const { malformed, ...manifest } = parseManifest(value)
  const wrong = [...malformed]
  const dist = own(value, 'dist')
  if (dist !== undefined && !isRecord(dist)) wrong.push('dist')
  const read = (field: string, accepts: (text: string) => boolean): string | undefined => {
    const found = isRecord(dist) ? own(dist, field) : undefined
    if (found === undefined || found === null) return undefined
    if (typeof found === 'string' && accepts(found)) return found
    wrong.push(`dist.${field}`)
    return undefined
  }
  const integrity = read('integrity', isIntegrity)
  const shasum = read('shasum', (hex) => /^[0-9a-f]{40}$/i.test(hex))
  const tarball = read('tarball', (address) => URL.canParse(address))
  const deprecated = own(value, 'deprecated')
  // npm itself takes `false` and `''` for "not any more", and `true` for a deprecation without words.
  if (!['string', 'boolean', 'undefined'].includes(typeof deprecated) && deprecated !== null) wrong.push('deprecated')
  return {
    manifest: {
      ...manifest,
      ...(integrity === undefined ? {} : { integrity }),
      ...(shasum === undefined ? {} : { shasum }),
      ...(typeof deprecated === 'string' && deprecated !== '' ? { deprecated } : {}),
      ...(deprecated === true ? { deprecated: 'deprecated' } : {}),
      malformed: wrong,
    },
    ...(tarball === undefined ? {} : { tarball }),
  }
}

const isIntegrity = (text: string): boolean =>
  text.length <= maxIntegrityCharacters && Object.keys(ssri.parse(text) ?? {}).length > 0
