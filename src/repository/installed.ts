import type { DependencyChange } from '../lockfile/dependency-change.js'
import type { DependencyGraph } from '../lockfile/dependency-graph.js'

/** What one lockfile installs, each as `name@version`. */
export interface Installed {
  readonly lockfile: string
  readonly all: ReadonlySet<string>
  /** From a registry, whatever the platform and without development: neither dev, nor optional, nor part of another tarball. */
  readonly always: ReadonlySet<string>
  /** Names of the repository's own packages that it speaks for. */
  readonly own: ReadonlySet<string>
}

/** By lockfile, of changes that are all it holds. What MCP servers fetch by themselves is not of any lockfile. */
export function installedByLockfile(
  changes: readonly DependencyChange[],
  graphs: ReadonlyMap<string, DependencyGraph>,
): readonly Installed[] {
  const files = new Map<string, { readonly all: Set<string>; readonly always: Set<string> }>()
  for (const { lockfile, manager, name, after, dev, optional, bundled } of changes) {
    if (manager === 'mcp' || after === undefined) continue
    const sets = files.get(lockfile) ?? { all: new Set(), always: new Set() }
    files.set(lockfile, sets)
    sets.all.add(`${name}@${after.version}`)
    if (!dev && !optional && !bundled && after.source === 'registry') sets.always.add(`${name}@${after.version}`)
  }
  return [...files].map(([lockfile, sets]) => {
    const roots = graphs.get(lockfile)?.roots ?? []
    return { lockfile, ...sets, own: new Set(roots.flatMap(({ name }) => name ?? [])) }
  })
}
