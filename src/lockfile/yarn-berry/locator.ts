import { posix } from 'node:path'
import { maxLocatorCharacters } from '../../limits.js'
import type { SourceKind } from '../dependency-graph.js'
import { sourceOfAddress } from '../source.js'
import { aliasTarget } from '../yarn/pattern.js'

/** What a `resolution` names: the package, and by which protocol Yarn gets it. */
export interface Locator {
  /** As installed: of an alias the alias. */
  readonly installedAs: string
  /** The package's own name, as far as the locator tells. */
  readonly name: string
  readonly source: SourceKind
  /** Of a registry's package; others state theirs in a field. */
  readonly version?: string
  /** Address, or path from the lockfile's folder. */
  readonly resolved?: string
  /** Of a patch: the resolution of what is patched. */
  readonly patched?: string
}

const locatorPattern = /^((?:@[^/@]+\/)?[^/@]+)@(.+)$/s

/** Null where the text is no locator, which Yarn refuses too, or longer than any. */
export function parseLocator(text: string): Locator | null {
  // A pattern over megabytes can run out of the engine's own stack.
  if (text.length > maxLocatorCharacters) return null
  const found = locatorPattern.exec(text)
  if (found === null) return null
  const [, installedAs = '', reference = ''] = found
  const { place, parameters } = splitParameters(reference.replace(/^virtual:[^#]*#/, ''))
  const protocol = /^[a-z][a-z0-9+.-]*:/i.exec(place)?.[0] ?? ''
  const rest = place.slice(protocol.length)
  const plain = { installedAs, name: installedAs }
  switch (protocol) {
    case 'npm:':
      return registryLocator(installedAs, place, rest, parameters)
    case 'workspace:':
      return { ...plain, source: 'workspace', resolved: rest }
    case 'patch:':
      return patchLocator(installedAs, place, rest)
    case 'link:':
    case 'portal:':
    case 'exec:':
      // A script of the repository that makes a package is code of the repository, as a folder is.
      return { ...plain, source: 'link', resolved: fromLockfile(rest, parameters) }
    case 'file:': {
      const path = fromLockfile(rest, parameters)
      const isArchive = /\.(?:tgz|tar\.gz|tar)$/i.test(path)
      return { ...plain, source: isArchive ? 'file' : 'link', resolved: isArchive ? `file:${path}` : path }
    }
    default:
      return { ...plain, source: sourceOfReference(place), resolved: place }
  }
}

/** `::a=b&c=d` behind a reference is what Yarn bound to it. Yarn escapes colons in what it nests, so the first is ours. */
function splitParameters(reference: string): { readonly place: string; readonly parameters: URLSearchParams } {
  const at = reference.indexOf('::')
  return at === -1
    ? { place: reference, parameters: new URLSearchParams() }
    : { place: reference.slice(0, at), parameters: new URLSearchParams(reference.slice(at + 2)) }
}

/** `npm:1.0.0`, or `npm:other@1.0.0`; a tarball that is not where registries keep theirs is bound by its address. */
function registryLocator(installedAs: string, place: string, rest: string, parameters: URLSearchParams): Locator {
  const target = aliasTarget(place)
  const archive = parameters.get('__archiveUrl')
  return {
    installedAs,
    name: target?.name ?? installedAs,
    source: 'registry',
    version: target?.range ?? rest,
    ...(archive === null ? {} : { resolved: archive }),
  }
}

/** `patch:name@npm%3A1.0.0#./some.patch`: the patch is code of the repository, or of Yarn itself; the package is not. */
function patchLocator(installedAs: string, place: string, rest: string): Locator {
  const hash = rest.indexOf('#')
  const patched = unescapeReference(hash === -1 ? rest : rest.slice(0, hash))
  return { installedAs, name: installedAs, source: 'link', resolved: place, patched }
}

/** Yarn escapes only what would end the reference: `%`, `:` and `#`. */
export const escapeReference = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll(':', '%3A').replaceAll('#', '%23')

const unescapeReference = (text: string): string =>
  text.replace(/%3a/gi, ':').replace(/%23/g, '#').replace(/%40/g, '@').replace(/%2f/gi, '/').replaceAll('%25', '%')

function sourceOfReference(place: string): SourceKind {
  // Yarn pins every git source by parameters behind the address, however the address is written.
  if (/#(?:[^#]*&)?commit=/.test(place)) return 'git'
  return sourceOfAddress(place) ?? 'url'
}

/** A path as seen from the workspace that asks, from the lockfile's folder instead. */
function fromLockfile(path: string, parameters: URLSearchParams): string {
  // `file:./a.tgz#./a.tgz` repeats the path for what it is a descriptor of.
  const [plain = ''] = path.split('#')
  const workspace = /@workspace:(.*)$/s.exec(parameters.get('locator') ?? '')?.[1] ?? '.'
  return plain.startsWith('~/') ? plain.slice(2) : posix.join(workspace, plain)
}
