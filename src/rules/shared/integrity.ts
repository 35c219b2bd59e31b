import type { DependencyChange, Locked } from '../../lockfile/dependency-change.js'
import { gitOfArchive } from '../../lockfile/source.js'

/** Weakest first. Anything else in an integrity is passed over, as npm's ssri does: it then verifies nothing. */
const algorithms = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const

export type Algorithm = (typeof algorithms)[number]

/** Collisions of these can be made, so two tarballs may share a hash. */
const weak: ReadonlySet<Algorithm> = new Set(['md5', 'sha1'])

const isAlgorithm = (text: string): text is Algorithm => algorithms.some((algorithm) => algorithm === text)

/** The digests of an SRI text by algorithm, options dropped. Empty where an installer would have nothing to compare. */
export function digestsOf(integrity: string | undefined): ReadonlyMap<Algorithm, ReadonlySet<string>> {
  const digests = new Map<Algorithm, Set<string>>()
  for (const hash of (integrity ?? '').split(/\s+/)) {
    const [expression = ''] = hash.split('?')
    const dash = expression.indexOf('-')
    const algorithm = expression.slice(0, Math.max(dash, 0))
    const digest = expression.slice(dash + 1)
    if (!isAlgorithm(algorithm) || digest === '') continue
    digests.set(algorithm, (digests.get(algorithm) ?? new Set()).add(digest))
  }
  return digests
}

/** The algorithm that an installer compares, which is the strongest one. */
export function strongestOf(integrity: string | undefined): Algorithm | null {
  const digests = digestsOf(integrity)
  return algorithms.findLast((algorithm) => digests.has(algorithm)) ?? null
}

export const isWeak = (algorithm: Algorithm): boolean => weak.has(algorithm)

/** npm's own test for a path that is a tarball rather than a folder. */
const tarballPath = /\.(?:tgz|tar\.gz|tar)$/i

export const isLocalTarball = ({ source, resolved, version }: Locked): boolean =>
  source === 'file' && tarballPath.test(resolved ?? version)

/**
 * Whether a lockfile is to hold a hash of the bytes: of tarballs it is, of git commits, folders and workspaces it is not.
 * A bundled package has no bytes of its own, and an MCP configuration is no lockfile.
 */
export function carriesIntegrity({ bundled, manager }: DependencyChange, locked: Locked): boolean {
  if (bundled || manager === 'mcp') return false
  // Yarn 1 locks a git source by the address of the forge's archive of the whole commit, which names its bytes.
  if (locked.source === 'url') return gitOfArchive(locked.resolved ?? '') === null
  return locked.source === 'registry' || isLocalTarball(locked)
}
