import type { Spelling } from './lockfile-format.js'

/** What a key of `packages` or `snapshots` says, taken apart as pnpm takes it apart. */
export interface DependencyPath {
  /** The key without what only tells peer variants and patches of the same bytes apart. */
  readonly id: string
  /** Absent where the key states none: in formats 5 and 6 those of git, file and URL sources. */
  readonly name?: string
  /** What comes from a registry has a version here, anything else its address. */
  readonly version?: string
  readonly address?: string
  /** The registry that the key names, as pnpm wrote it where a project uses several. */
  readonly host?: string
}

const semver = /^\d+\.\d+\.\d+(?:-[\w.-]+)?(?:\+[\w.-]+)?$/

export function parseDependencyPath(key: string, spelling: Spelling): DependencyPath {
  if (spelling === 5) return parseSlashed(key)
  const id = withoutSuffix(key)
  if (spelling === 9) return { id, ...nameAndVersion(id) }
  if (id.startsWith('/')) return { id, ...nameAndVersion(id.slice(1)) }
  const slash = id.indexOf('/')
  const qualified = slash <= 0 || id.startsWith('file:') ? {} : nameAndVersion(id.slice(slash + 1))
  return qualified.version === undefined ? { id, address: id } : { id, host: id.slice(0, slash), ...qualified }
}

type NameAndVersion = Pick<DependencyPath, 'name' | 'version' | 'address'>

function nameAndVersion(text: string): NameAndVersion {
  const at = text.indexOf('@', 1)
  if (at === -1) return { address: text }
  const name = text.slice(0, at)
  const rest = text.slice(at + 1)
  const runtime = rest.startsWith('runtime:') ? rest.slice('runtime:'.length) : rest
  return semver.test(runtime) ? { name, version: runtime } : { name, address: rest }
}

/** `(peer@1.0.0)(other@2.0.0(peer@1.0.0))` and `(patch_hash=…)` at the end: groups of brackets, back to the first one. */
export function withoutSuffix(key: string): string {
  if (!key.endsWith(')')) return key
  let open = 0
  for (let at = key.length - 1; at >= 0; at -= 1) {
    const one = key[at]
    if (one === ')') open += 1
    else if (one === '(') open -= 1
    else if (open === 0) return key.slice(0, at + 1)
  }
  return key
}

/** Format 5: `/name/1.0.0_peer@1.0.0`, `host/name/1.0.0`, and before 5.1 `/name/1.0.0/peer@1.0.0`. */
function parseSlashed(key: string): DependencyPath {
  const slash = key.indexOf('/')
  const nameStart = slash + 1
  const nameEnd = key.indexOf('/', key[nameStart] === '@' ? key.indexOf('/', nameStart) + 1 : nameStart)
  if (slash !== -1 && nameEnd > nameStart && !key.startsWith('file:')) {
    const rest = key.slice(nameEnd + 1)
    const version = rest.slice(0, rest.search(/[_/]|$/))
    if (semver.test(version)) {
      const host = slash === 0 ? {} : { host: key.slice(0, slash) }
      return { id: key.slice(0, nameEnd + 1) + version, name: key.slice(nameStart, nameEnd), version, ...host }
    }
  }
  const commit = /^(.*\/[0-9a-f]{40})_[^/]*$/s.exec(key)?.[1]
  const id = commit ?? key
  return { id, address: id }
}

/**
 * The key that a reference in a list of dependencies stands for, by pnpm's own rules; null for a link, which has no
 * entry among the packages.
 */
export function referencedKey(reference: string, name: string, spelling: Spelling): string | null {
  if (reference.startsWith('link:')) return null
  if (spelling === 9) return isWholeKey(reference) ? reference : `${name}@${reference}`
  if (reference.startsWith('file:')) return reference
  const plain = spelling === 6 ? withoutSuffix(reference) : reference
  // A version of format 5 has no slash: those in the names of its peers are written `+`, and before 5.1 stood after one.
  if (plain.includes('/') && !/^\d+\.\d+\.\d+[^/]*\//.test(plain)) return reference
  return spelling === 6 ? `/${name}@${reference}` : `/${name}/${reference}`
}

function isWholeKey(reference: string): boolean {
  if (reference.startsWith('@')) return true
  const at = reference.indexOf('@')
  if (at === -1) return false
  const colon = reference.indexOf(':')
  const bracket = reference.indexOf('(')
  return (colon === -1 || at < colon) && (bracket === -1 || at < bracket)
}
