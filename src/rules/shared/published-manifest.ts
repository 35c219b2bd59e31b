import { posix } from 'node:path'
import { clean } from 'semver'
import type { DependencyField, Manifest } from '../../registry/registry-facts.js'

/** A manifest in the form in which the registry's and the tarball's can be compared. */
export interface PublishedManifest {
  readonly name: string
  readonly version: string
  readonly main: string
  readonly exports: string
  readonly scripts: ReadonlyMap<string, string>
  readonly bin: ReadonlyMap<string, string>
  readonly dependencies: ReadonlyMap<DependencyField, ReadonlyMap<string, string>>
}

export const dependencyFields = [
  'dependencies',
  'optionalDependencies',
  'peerDependencies',
  'bundleDependencies',
  'devDependencies',
] as const satisfies readonly DependencyField[]

/**
 * What publishing makes of a package.json before the registry gets it, as far as it changes the fields that decide what
 * is installed and run (npm's @npmcli/package-json, steps of `prepare`, and its predecessor read-package-json).
 */
export function asPublished(manifest: Manifest): PublishedManifest {
  return {
    name: (manifest.name ?? '').trim(),
    version: clean(manifest.version ?? '', { loose: true }) ?? manifest.version ?? '',
    main: publishedMain(manifest.main),
    exports: withSortedKeys(manifest.exports),
    scripts: publishedScripts(manifest.scripts),
    bin: publishedBin(manifest.bin),
    dependencies: new Map(dependencyFields.map((field) => [field, publishedDependencies(manifest, field)])),
  }
}

/** Node's own default where there is none, and no leading `./`. */
const publishedMain = (main = ''): string => posix.normalize(main.trim() || 'index.js').replace(/\/$/, '')

function publishedScripts(scripts: Manifest['scripts']): Map<string, string> {
  const entries = Object.entries(scripts)
    .map(([name, command]) => [name, command.replace(/^(?:\.[/\\])?node_modules[/\\]\.bin[/\\]/, '').trim()] as const)
    .filter(([, command]) => command !== '')
  return new Map(entries)
}

/** npm makes a base name of the command, and a path inside the package of its file. */
function publishedBin(bin: Manifest['bin']): Map<string, string> {
  const slashes = (text: string): string => text.replace(/[\\:]/g, '/')
  const entries = Object.entries(bin)
    .map(([name, path]) => [posix.basename(slashes(name)), posix.join('/', slashes(path)).slice(1)] as const)
    .filter(([name, path]) => name !== '' && path !== '')
  return new Map(entries)
}

/**
 * Without the doubles that clients of different age add or drop: an optional dependency listed among `dependencies` too,
 * and `*` for a bundled one that is not listed there.
 */
function publishedDependencies({ dependencies }: Manifest, field: DependencyField): Map<string, string> {
  const found = dependencies[field] ?? {}
  const optional = dependencies.optionalDependencies ?? {}
  const bundled = dependencies.bundleDependencies ?? {}
  const entries = Object.entries(found)
    .filter(([name, range]) => {
      if (field !== 'dependencies') return true
      return !Object.hasOwn(optional, name) && !(range === '*' && Object.hasOwn(bundled, name))
    })
    .map(([name, range]) => [name, publishedRange(range)] as const)
  return new Map(entries)
}

const hosts: Readonly<Record<string, string>> = {
  'github.com': 'github',
  'gitlab.com': 'gitlab',
  'bitbucket.org': 'bitbucket',
}

const shortcut = /^(?:(github|gitlab|bitbucket):)?([\w-][\w.-]*\/[\w.-]+?)(?:\.git)?(#.*)?$/
const address =
  /^(?:git\+)?(?:(?:https?|ssh|git):\/\/)?(?:[^@/#]*@)?(?:www\.)?(github\.com|gitlab\.com|bitbucket\.org)[/:]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?(#.*)?$/

/** The many spellings of one repository on a known forge, as npm rewrites them; anything else as it stands. */
function publishedRange(range: string): string {
  const text = range.trim()
  const long = address.exec(text)
  if (long) return `${hosts[long[1] ?? '']}:${long[2]}${long[3] ?? ''}`
  const short = shortcut.exec(text)
  return short ? `${short[1] ?? 'github'}:${short[2]}${short[3] ?? ''}` : text
}

/** Registries store JSON in databases of their own and give its keys back in another order. */
function withSortedKeys(json: string | undefined): string {
  if (json === undefined) return ''
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(sorted)
    if (typeof value !== 'object' || value === null) return value
    return Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)])
  }
  return JSON.stringify(sorted(JSON.parse(json)))
}
