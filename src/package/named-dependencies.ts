import { maxNameSearchBytes } from '../limits.js'
import { isRecord } from '../registry/manifest.js'
import type { Manifest } from '../registry/registry-facts.js'
import { isCodePath } from './code/code-files.js'
import type { UnpackedPackage } from './unpacked-package.js'

/**
 * The dependencies that no code of a package asks for (those not in `loaded`), but another of its texts or a string in its code names: types, styles,
 * settings, builds. Documents, licences and lists of dependencies name anything and count for nothing. Sorted. What the search has no time
 * for counts as not named: that is a question too many, never one too few.
 */
export function namedDependencies(
  manifest: Manifest,
  document: unknown,
  { texts }: Pick<UnpackedPackage, 'texts'>,
  loaded: ReadonlySet<string>,
): readonly string[] {
  const { dependencies, optionalDependencies } = manifest.dependencies
  const wanted = Object.keys({ ...dependencies, ...optionalDependencies }).filter((name) => !loaded.has(name))
  if (wanted.length === 0) return []
  const sources: readonly Source[] = [
    { bytes: Buffer.from(JSON.stringify(settingsOf(document))), isLoose: true },
    ...[...texts]
      .filter(([path]) => !isList(path))
      .map(([path, bytes]): Source => ({ bytes, isLoose: !isCodePath(path) && loose.test(path) })),
  ]
  const budget = { left: maxNameSearchBytes }
  const isNamed = (name: string): boolean =>
    budget.left >= 0 &&
    spellingsOf(name, manifest.name ?? '').some((spelling) => sources.some((source) => holds(source, spelling, budget)))
  return wanted.filter(isNamed).sort()
}

interface Source {
  readonly bytes: Buffer
  /** Names stand there without quotation marks too. */
  readonly isLoose: boolean
}

const loose =
  /\.(?:ya?ml|toml|ini|conf|sh|bash|ps1|bat|cmd|gypi?|cmake|css|scss|sass|less|styl|html?)$|(?:^|\/)\.?[\w-]*(?:rc|file)$/i

const lists =
  /\.(?:md|mdx|markdown|txt|rst|adoc|lock|lockb)$|(?:^|\/)(?:package(?:-lock)?\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|[^/]*(?:licen[cs]e|notice|third[-_]?party|credits|changelog|readme|authors|sbom|spdx|cdx)[^/]*)$/i

/** What only tells of dependencies, this package's own or others', and what the package brings of others. */
const isList = (path: string): boolean =>
  lists.test(path) || path.startsWith('node_modules/') || path.includes('/node_modules/')

/** Fields of package.json that are no use of what they name. */
const descriptive: ReadonlySet<string> = new Set(
  (
    'name version description keywords author contributors maintainers funding repository bugs homepage license files workspaces ' +
    'dependencies devDependencies peerDependencies peerDependenciesMeta optionalDependencies bundleDependencies ' +
    'bundledDependencies dependenciesMeta overrides resolutions pnpm allowScripts trustedDependencies packageManager'
  ).split(' '),
)

const settingsOf = (document: unknown): object =>
  isRecord(document) ? Object.fromEntries(Object.entries(document).filter(([key]) => !descriptive.has(key))) : {}

/** ESLint, Babel and Jest take a part of the name for the whole; only among their own kin, since the part may be any word. */
function spellingsOf(dependency: string, name: string): readonly string[] {
  const short = dependency
    .replace(/^(@[\w.-]{1,214}\/)?(?:eslint|babel|jest)-(?:plugin|config|preset|environment)(?:-|$)/, '$1')
    .replace(/^(@babel\/)(?:plugin|preset)-/, '$1')
    .replace(/\/$/, '')
  return short !== dependency && short !== '' && /eslint|babel|jest/.test(name) ? [dependency, short] : [dependency]
}

const quotes = new Set(`'"\`(~!=`)
const blanks = new Set(' \t\r\n,;[]|&>')
const ends = new Set(`'"\`)/@\\`)

/** A text, and a place where the name is a part of something else, each cost as much as so many bytes without it. */
const bytesOfPlace = 256

function holds({ bytes, isLoose }: Source, name: string, budget: { left: number }): boolean {
  budget.left -= bytes.length + bytesOfPlace
  if (budget.left < 0) return false
  const length = Buffer.byteLength(name)
  for (let at = bytes.indexOf(name); at !== -1 && budget.left >= 0; at = bytes.indexOf(name, at + length)) {
    budget.left -= bytesOfPlace
    const start = bytes.toString('latin1', Math.max(0, at - folder.length), at)
    const before = start.slice(-1)
    const after = bytes.toString('latin1', at + length, at + length + 1)
    const opens = quotes.has(before) || start === folder || (isLoose && (before === '' || blanks.has(before)))
    const closes = after === '' || ends.has(after) || (isLoose && blanks.has(after))
    if (opens && closes) return true
  }
  return false
}

const folder = 'node_modules/'
