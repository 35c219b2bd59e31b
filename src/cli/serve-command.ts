import { audit } from '../audit.js'
import type { GitHub } from '../github/octokit.js'
import { lazyNames } from '../names/known-names.js'
import { type ReviewOptions, review } from '../review.js'
import { BadSettings } from '../server/settings.js'
import { type ServeOptions, serve } from '../server.js'
import type { CommonOptions } from './options.js'
import { type Surroundings, UsageError } from './surroundings.js'
import { openWorkbench, pipelineOptions } from './workbench.js'

export type ServeCommandOptions = Pick<
  CommonOptions,
  'registry' | 'allowHost' | 'offline' | 'cache' | 'failOn' | 'now' | 'concurrency'
>

/** The GitHub App as a service, until it is told to stop. Resolves with 0 when it has stopped in order. */
export async function runServe(options: ServeCommandOptions, around: Surroundings): Promise<number> {
  const judges = await openJudges(options, around)
  try {
    const server = await serve({ ...judges, env: around.env, signals: process })
    await server.closed
    return 0
  } catch (error) {
    if (error instanceof BadSettings) throw new UsageError(`the environment of serve:\n${error.message}`)
    if (isListenError(error)) throw new UsageError(`cannot listen on HOST and PORT (${error.code})`)
    throw error
  }
}

/** What the service is for, by the operator's options and settings. Each review is judged as of its own time; the one of the start would grow old. */
export async function openJudges(
  options: ServeCommandOptions,
  around: Surroundings,
): Promise<Required<Pick<ServeOptions, 'review' | 'audit'>>> {
  const workbench = await openWorkbench(options, around)
  const names = lazyNames()
  const shared = (github: GitHub, signal: AbortSignal): Omit<ReviewOptions, 'change'> => ({
    ...pipelineOptions(workbench, github),
    names,
    now: options.now ?? around.now(),
    signal,
  })
  return {
    review: (change, signal, github) => review({ ...shared(github, signal), change }),
    audit: (state, signal, github) =>
      audit({ ...shared(github, signal), ...state, openPackages: false, readsAreRequests: true }),
  }
}

const isListenError = (error: unknown): error is { readonly code: string } =>
  typeof error === 'object' && error !== null && 'code' in error && 'syscall' in error && error.syscall === 'listen'
