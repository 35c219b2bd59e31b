import { emptySnapshot } from './change/empty-snapshot.js'
import type { Snapshot } from './change/snapshot.js'
import type { ExamineOptions } from './examine.js'
import { diffProjects, type ProjectsDiff } from './lockfile/projects.js'
import { ignoredPaths } from './policy/ignored-paths.js'
import { type PolicyRead, readPolicy } from './policy/read-policy.js'
import { rules } from './rules/index.js'

export interface ListOptions extends Pick<ExamineOptions, 'operatorPolicy' | 'signal'> {
  readonly head: Snapshot
  /** Hosts that stand for one registry: two addresses there are one source. */
  readonly defaultHosts: readonly string[]
}

export interface Components {
  readonly projects: ProjectsDiff
  /** Mistakes in the policy, which was therefore not used. */
  readonly policyErrors: PolicyRead['errors']
}

/** What the lockfiles of one state install, without asking any registry. What could not be read is in the gaps. */
export async function listComponents({ head, defaultHosts, signal, operatorPolicy }: ListOptions): Promise<Components> {
  const base = emptySnapshot({ kind: 'directory', path: '' })
  const change = { base, head, policy: head }
  const read = await readPolicy({
    change,
    rules,
    ...(operatorPolicy && { operator: operatorPolicy }),
    ...(signal && { signal }),
  })
  const options = { defaultHosts, ignores: ignoredPaths(read.policy), ...(signal && { signal }) }
  return { projects: await diffProjects(base, head, options), policyErrors: read.errors }
}
