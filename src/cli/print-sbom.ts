import type { Snapshot } from '../change/snapshot.js'
import { matters } from '../gap.js'
import { listComponents } from '../list-components.js'
import { openNpmRegistry } from '../registry/npm-registry.js'
import { plain } from '../report/escape.js'
import type { CommonOptions } from './options.js'
import { print, tellPolicyErrors } from './print-report.js'
import { type Surroundings, UsageError } from './surroundings.js'
import type { Workbench } from './workbench.js'

/**
 * The components of the lockfiles instead of a report. Resolves with 0, or with 2 where something that would be installed may be missing from
 * the list, which says so on stderr.
 */
export async function printSbom(
  head: Snapshot,
  { operator, concurrency, operatorPolicy }: Workbench,
  options: CommonOptions,
  around: Surroundings,
  version: string,
  signal?: AbortSignal,
): Promise<number> {
  if (options.format !== 'terminal' && options.format !== 'json') {
    throw new UsageError(`--sbom prints JSON of its own, not ${options.format}`)
  }
  // Only the names of its hosts are asked for.
  const { expectations } = openNpmRegistry({ operator, concurrency })
  const { projects, policyErrors } = await listComponents({
    head,
    defaultHosts: expectations.defaultHosts,
    ...(operatorPolicy && { operatorPolicy }),
    ...(signal && { signal }),
  })
  // The library takes as long to load as all of this program, and nothing else needs it.
  const { toCycloneDx } = await import('../report/sbom/to-cyclonedx.js')
  const { changes, head: files } = projects
  const { graphs, manifests } = files
  const bom = toCycloneDx({ changes, graphs, manifests, version, ...(options.now && { now: options.now }) })
  await print(bom, options, around)
  tellPolicyErrors(policyErrors, around)
  const gaps = projects.gaps.filter(matters)
  for (const { code, file, detail } of gaps) {
    around.stderr.write(`lockwarden: ${code}: ${plain([file, detail].filter(Boolean).join(': '))}\n`)
  }
  if (graphs.size === 0) around.stderr.write('lockwarden: no lockfile is here: the list is empty\n')
  return policyErrors.length > 0 ? 3 : gaps.length > 0 || graphs.size === 0 ? 2 : 0
}
