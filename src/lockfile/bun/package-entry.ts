import type { SourceKind } from '../dependency-graph.js'
import { nameMistake } from '../npm/entry-key.js'
import { type Complain, hasInvisible } from '../npm/malformed.js'
import { complainOfRequirements, isRecord, type RawEntry } from '../npm/raw-entry.js'
import { parseGitAddress, sourceOfAddress } from '../source.js'
import { BunEntry, type Reach } from './bun-entry.js'
import { parsePackagePath } from './package-path.js'

export interface ReadPackage {
  readonly entry: BunEntry
  /** What the entry asks for, and its flags. */
  readonly info: RawEntry
}

const requirementMaps = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'] as const
const noInfo: RawEntry = {}

/**
 * Reads one member of `packages`: `["name@what", …]`, whose further members depend on what it is. A package of a registry
 * has its tarball's address (`""` for the default registry), its info and its integrity; a git one its info, a tag and
 * lately an integrity; a tarball its info and lately an integrity; the repository's own ones their info or nothing.
 */
export function readPackage(key: string, tuple: unknown, reach: Reach, complain: Complain): ReadPackage | null {
  const path = parsePackagePath(key)
  if (path.kind === 'bad') return refuse(key, path.reason, key, complain)
  if (!Array.isArray(tuple)) return refuse(key, 'wrong-type', tuple, complain)
  const stated: unknown = tuple[0]
  if (typeof stated !== 'string') return refuse(key, 'wrong-type', stated, complain)
  const at = stated.indexOf('@', 1)
  const name = stated.slice(0, at)
  const what = stated.slice(at + 1)
  // The repository's own root, where another of its packages asks for it.
  const isRoot = stated.startsWith('@root:') || what.startsWith('root:')
  const source = isRoot ? 'workspace' : sourceOf(what)
  if (source === null || (at === -1 && !isRoot)) return refuse(key, 'wrong-type', stated, complain)
  const mistake = isRoot || name === path.name ? null : nameMistake(name)
  if (mistake !== null) return refuse(key, mistake, stated, complain)
  if (hasInvisible(stated) || (key !== name && hasInvisible(key))) complain(key, 'control-character', stated, true)
  const members = membersOf(key, source, tuple, complain)
  if (members === null) return null
  const { info, registry, integrity } = members
  const resolved = source === 'registry' ? registry : isRoot ? '' : what.replace(/^workspace:/, '')
  const own = isRoot ? path.name : name
  const fields = {
    key,
    name: own,
    source,
    alias: own === path.name ? undefined : path.name,
    version: source === 'registry' ? what : undefined,
    resolved: resolved === '' ? undefined : resolved,
    integrity: integrity === '' ? undefined : integrity,
    statedBundled: info.bundled === true,
  }
  complainOfAddress(key, source, resolved, integrity, complain)
  complainOfRequirements(key, info, requirementMaps, complain)
  return { entry: new BunEntry(fields, reach), info }
}

function refuse(key: string, reason: Parameters<Complain>[1], seen: unknown, complain: Complain): null {
  complain(key, reason, seen, false)
  return null
}

/** What stands behind the name, in the order in which Bun tries it. */
function sourceOf(what: string): SourceKind | null {
  if (/^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(what)) return 'registry'
  if (what.startsWith('workspace:')) return 'workspace'
  // A folder is hard-linked into place: what it holds is the repository's own code, or that of the machine.
  if (what.startsWith('link:') || what.startsWith('file:')) return 'link'
  if (what === '') return null
  const source = sourceOfAddress(what) ?? 'url'
  // `folder/a.tgz` has the shape of a repository on GitHub, which Bun writes with its scheme.
  const isTarball = /^[^:]*\.(?:tgz|tar\.gz)$/i.test(what)
  return source === 'file' || isTarball ? (isTarball ? 'file' : null) : source
}

interface Members {
  readonly info: RawEntry
  /** `''` for the default registry. */
  readonly registry: string
  /** `''` where there is none. */
  readonly integrity: string
}

function membersOf(key: string, source: SourceKind, tuple: readonly unknown[], complain: Complain): Members | null {
  let at = 1
  const registry: unknown = source === 'registry' ? tuple[at++] : ''
  if (typeof registry !== 'string') return refuse(key, 'wrong-type', registry, complain)
  const info: unknown = tuple[at++]
  if (info !== undefined && !isRecord(info)) return refuse(key, 'wrong-type', info, complain)
  if (info === undefined && source !== 'workspace') complain(key, 'wrong-type', 'no dependencies', true)
  const tag: unknown = source === 'git' ? tuple[at++] : ''
  if (typeof tag !== 'string') complain(key, 'wrong-type', tag, true)
  const integrity: unknown = tuple[at++]
  if (integrity === undefined ? source === 'registry' : typeof integrity !== 'string') {
    complain(key, 'wrong-type', `integrity: ${integrity === undefined ? 'nothing' : typeof integrity}`, true)
  }
  if (tuple.length > at) complain(key, 'wrong-type', `${tuple.length - at} members too many`, true)
  complainOfHidden(key, registry, complain)
  complainOfHidden(key, tag, complain)
  complainOfHidden(key, integrity, complain)
  return { info: info ?? noInfo, registry, integrity: typeof integrity === 'string' ? integrity : '' }
}

function complainOfHidden(key: string, text: unknown, complain: Complain): void {
  if (typeof text === 'string' && text !== '' && hasInvisible(text)) complain(key, 'control-character', text, true)
}

function complainOfAddress(
  key: string,
  source: SourceKind,
  resolved: string,
  integrity: string,
  complain: Complain,
): void {
  // Bun shortens the commit of a GitHub source to seven digits; only the integrity that newer ones add pins its bytes.
  if (source === 'git' && integrity === '' && !parseGitAddress(resolved).full) {
    complain(key, 'git-commit-not-full', resolved, true)
  }
  const folder = source === 'link' || source === 'file' ? resolved.replace(/^file:/, '') : ''
  if (/^(?:\/|[a-zA-Z]:)|\\/.test(folder)) complain(key, 'path-traversal', resolved, true)
}
