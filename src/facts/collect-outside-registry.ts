import { posix } from 'node:path'
import { type Gap, type GapCode, known } from '../gap.js'
import type { DependencyChange, Locked } from '../lockfile/dependency-change.js'
import { gitOfArchive } from '../lockfile/source.js'
import { TarballInvalid } from '../package/tarball-invalid.js'
import type { PackageReference } from '../registry/registry.js'
import { sha512Of } from './compare-integrity.js'
import { withoutContent } from './content-facts.js'
import type { Collected, Collection, FactSources } from './fact-sources.js'
import { readPrevious } from './read-content.js'
import { gap } from './reference-gap.js'

/** Git and URL sources are findings of their own; a tarball in the repository is read like any other. */
export async function collectOutsideRegistry(
  change: DependencyChange,
  after: Locked,
  facts: Collected,
  sources: FactSources,
): Promise<Collection> {
  const reference = { name: change.name, version: after.version }
  const none = withoutContent(facts)
  switch (after.source) {
    case 'workspace':
    case 'link':
      return { facts: none, gaps: [] }
    case 'git':
      return { facts: none, gaps: [gitUnread(reference)] }
    case 'url':
      if (gitOfArchive(after.resolved ?? '') !== null) return { facts: none, gaps: [gitUnread(reference)] }
      return {
        facts: none,
        gaps: [
          gap(reference, 'tarball-unavailable', 'it comes from a URL outside the configured registries', 'package'),
        ],
      }
    default:
      return collectFromRepository(reference, change, after, none, sources)
  }
}

const gitUnread = (reference: PackageReference): Gap =>
  gap(reference, 'git-source-unread', 'git sources are not fetched', 'package')

/**
 * Where in the repository a locked tarball lies, seen from its lockfile; undefined for a folder, which is code that its
 * reviewers see as it is.
 */
export function repositoryTarballPath(lockfile: string, { source, resolved }: Locked): string | undefined {
  if (source !== 'file') return undefined
  const path = resolved?.replace(/^file:/, '')
  if (path === undefined || !/\.(tgz|tar\.gz|tar)$/.test(path)) return undefined
  return posix.join(posix.dirname(lockfile), path)
}

async function collectFromRepository(
  reference: PackageReference,
  change: DependencyChange,
  after: Locked,
  facts: Collected,
  sources: FactSources,
): Promise<Collection> {
  const path = repositoryTarballPath(change.lockfile, after)
  if (path === undefined || sources.unopened) return { facts, gaps: [] }
  const unread = (code: GapCode, detail: string): Collection => ({
    facts,
    gaps: [gap(reference, code, detail, 'package')],
  })
  const stream = await sources.repositoryTarball?.(path)
  if (stream === undefined) return unread('tarball-unavailable', `the repository has no readable file at ${path}`)
  try {
    const content = await sources.analyse(stream, sources.signal)
    const locked = sha512Of(after.integrity)
    if (locked !== undefined && locked !== content.integrity) {
      return unread('integrity-unverified', `${path} has the integrity ${content.integrity}, not the locked one`)
    }
    const previousPackage = await readPrevious(change, sources)
    return { facts: { ...facts, package: known(content), previousPackage }, gaps: [] }
  } catch (error) {
    if (!(error instanceof TarballInvalid)) throw error
    return unread('tarball-invalid', error.message)
  }
}
