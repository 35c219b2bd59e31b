import type { TreeEntry } from '../facts/tree-entry.js'
import type { DependencyChange } from '../lockfile/dependency-change.js'
import type { Installed } from '../repository/installed.js'
import type { Sbom } from '../repository/posture/posture-state.js'
import { compareSbom, listsPackages } from '../repository/sbom/compare-sbom.js'
import { compareText } from './order.js'

/** The packages of an audited repository in numbers. */
export interface Tree {
  /** Each name and version once, over all lockfiles; those that MCP servers fetch by themselves are in none. */
  readonly packages: number
  /** `name@version` of those of which something runs on `npm install`. Sorted. */
  readonly installScripts: readonly string[]
  /** Packages whose bytes every lockfile that holds them names by a hash; what comes inside another tarball has none to name. */
  readonly withIntegrity: number
  readonly withoutIntegrity: number
  /** Of direct dependencies, by the registry's own record. */
  readonly provenance: { readonly direct: number; readonly attested: number; readonly unknown: number }
  /** `current` where what the repository holds agrees with the lockfiles. */
  readonly sbom: { readonly state: 'absent' | 'current' | 'stale'; readonly files: readonly string[] }
}

/** A package that a lockfile installs, with what was learnt of it. */
export interface TreePackage {
  readonly change: DependencyChange
  readonly entry?: TreeEntry
}

interface Counted {
  readonly name: string
  hashed: boolean
  bundled: boolean
  direct: boolean
  fromRegistry: boolean
  installScripts: boolean
  provenance: boolean | undefined
}

export function buildTree(
  packages: readonly TreePackage[],
  sboms: readonly Sbom[],
  installed: readonly Installed[],
): Tree {
  const counted = [...countPackages(packages).values()]
  const own = counted.filter(({ bundled }) => !bundled)
  const direct = counted.filter((one) => one.direct && one.fromRegistry)
  return {
    packages: counted.length,
    installScripts: counted
      .filter(({ installScripts }) => installScripts)
      .map(({ name }) => name)
      .sort(compareText),
    withIntegrity: own.filter(({ hashed }) => hashed).length,
    withoutIntegrity: own.filter(({ hashed }) => !hashed).length,
    provenance: {
      direct: direct.length,
      attested: direct.filter(({ provenance }) => provenance === true).length,
      unknown: direct.filter(({ provenance }) => provenance === undefined).length,
    },
    sbom: sbomState(sboms.filter(listsPackages), installed),
  }
}

function countPackages(packages: readonly TreePackage[]): ReadonlyMap<string, Counted> {
  const counted = new Map<string, Counted>()
  for (const { change, entry } of packages) {
    const { name, after, manager, bundled, direct } = change
    if (after === undefined || manager === 'mcp') continue
    const key = `${name}@${after.version}`
    const hashed = after.integrity !== undefined || after.checksum !== undefined
    const known = counted.get(key)
    counted.set(key, {
      name: key,
      hashed: (bundled || hashed) && (known?.hashed ?? true),
      bundled: bundled && (known?.bundled ?? true),
      direct: direct || known?.direct === true,
      fromRegistry: after.source === 'registry' || known?.fromRegistry === true,
      installScripts: entry?.installScripts === true || known?.installScripts === true,
      provenance: entry?.provenance ?? known?.provenance,
    })
  }
  return counted
}

function sbomState(sboms: readonly Sbom[], installed: readonly Installed[]): Tree['sbom'] {
  const files = sboms.map(({ file }) => file).sort(compareText)
  if (files.length === 0) return { state: 'absent', files }
  const agrees = sboms.every((sbom) => {
    const { gone, unlisted } = compareSbom(sbom, installed)
    return gone.length === 0 && unlisted.length === 0
  })
  return { state: agrees ? 'current' : 'stale', files }
}
