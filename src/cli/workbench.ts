import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ExamineOptions } from '../examine.js'
import type { Lister } from '../github/advisories.js'
import type { CodeAnalyser } from '../package/code/code-analyser.js'
import type { Policy } from '../policy/policy.js'
import type { KeptResponses } from '../registry/kept-responses.js'
import { openNpmRegistry } from '../registry/npm-registry.js'
import { type Operator, OperatorError, readOperator } from '../registry/operator.js'
import type { TrustRoot } from '../registry/provenance/trust-root.js'
import { openDiskResponses } from '../store/disk-responses.js'
import { defaultCacheFolder, openDiskStore } from '../store/disk-store.js'
import type { PackageStore } from '../store/package-store.js'
import { advisoryServices, type OpenAdvisories } from './advisory-services.js'
import { readOperatorTrustRoot } from './operator-trust-root.js'
import type { CommonOptions } from './options.js'
import { type Surroundings, UsageError } from './surroundings.js'

/** Those of which a workbench is made. */
export type WorkbenchOptions = Pick<
  CommonOptions,
  'registry' | 'allowHost' | 'offline' | 'cache' | 'failOn' | 'now' | 'concurrency' | 'policy'
>

/** What the options and the operator's own settings come to. */
export interface Workbench {
  readonly operator: Operator
  readonly store: PackageStore
  readonly kept: KeptResponses
  readonly openAdvisories: OpenAdvisories
  readonly trustRoot?: TrustRoot
  readonly code: CodeAnalyser
  readonly now: Date
  readonly concurrency: number
  readonly overrides: Partial<Pick<Policy, 'failOn'>>
  readonly operatorPolicy?: { readonly file: string; readonly text: Buffer }
}

/** What reviews and audits take of it; `github` is the App's own client, where there is one. */
export function pipelineOptions(
  { operator, kept, openAdvisories, ...workbench }: Workbench,
  github?: Lister,
): Omit<ExamineOptions, 'change'> {
  return {
    ...workbench,
    advisories: openAdvisories(github),
    openRegistry: (base) => openNpmRegistry({ operator, ...base, kept, concurrency: workbench.concurrency }),
  }
}

/** Throws UsageError where the operator's own settings cannot be used. */
export async function openWorkbench(
  options: WorkbenchOptions,
  { env, cwd, now, code }: Surroundings,
): Promise<Workbench> {
  const cache = options.cache === undefined ? defaultCacheFolder(env) : resolve(cwd, options.cache)
  const operator = await readOperatorSettings(options, env)
  const kept = openDiskResponses(join(cache, 'registry'))
  const trustRoot = await readOperatorTrustRoot({ env, cwd })
  return {
    operator,
    store: openDiskStore(cache),
    kept,
    openAdvisories: advisoryServices({ operator, kept, registryNamed: options.registry !== undefined }, env),
    ...(trustRoot && { trustRoot }),
    code,
    now: options.now ?? now(),
    concurrency: options.concurrency,
    overrides: options.failOn === undefined ? {} : { failOn: options.failOn },
    ...(options.policy === undefined ? {} : { operatorPolicy: await readOperatorPolicy(options.policy, cwd) }),
  }
}

async function readOperatorSettings(options: WorkbenchOptions, env: Surroundings['env']): Promise<Operator> {
  try {
    return await readOperator(
      {
        ...(options.registry !== undefined && { registry: options.registry }),
        ...(options.allowHost && { allowHosts: options.allowHost }),
        ...(options.offline && { offline: true }),
      },
      env,
    )
  } catch (error) {
    if (error instanceof OperatorError) throw new UsageError(error.message)
    throw error
  }
}

async function readOperatorPolicy(file: string, cwd: string): Promise<{ file: string; text: Buffer }> {
  try {
    return { file, text: await readFile(resolve(cwd, file)) }
  } catch (error) {
    throw new UsageError(`--policy: ${file} cannot be read (${codeOf(error)})`)
  }
}

export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error'
