import type { DependencyGraph } from '../../src/lockfile/dependency-graph.js'
import { parseNpmLockfile } from '../../src/lockfile/npm/npm-lockfile.js'
import { aPackageLock, type PackageLockOptions, registryAddress } from './lockfile.js'

/** The hosts that count as the default registry in a test: the public one. */
export const publicHosts = (): { defaultHosts: readonly string[] } => ({
  defaultHosts: [new URL(registryAddress()).host],
})

/** The graph of a lockfile text; throws where the text gives none, which a test about graphs never wants. */
export function aGraphOf(text: string, file = 'package-lock.json', manifest?: string): DependencyGraph {
  const manifests = new Map(manifest === undefined ? [] : [['package.json', manifest]])
  const outcome = parseNpmLockfile({ file, text, manifests })
  if (!outcome.known) throw new Error(`no graph: ${outcome.gap.detail}`)
  return outcome.value
}

export const aGraph = (options: PackageLockOptions = {}): DependencyGraph => aGraphOf(aPackageLock(options))
