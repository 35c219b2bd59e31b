import { resolve } from 'node:path'
import { buildChange, type Side } from '../change/build-change.js'
import type { Change } from '../change/change.js'
import { type GitRepository, openGitRepository } from '../change/git-repository.js'
import { type Review, review } from '../review.js'
import type { CommonOptions } from './options.js'
import { print, renderReport, tellPolicyErrors } from './print-report.js'
import { startProgress } from './progress.js'
import { type Surroundings, UsageError } from './surroundings.js'
import { openWorkbench, pipelineOptions, type Workbench } from './workbench.js'

export interface ReviewCommandOptions extends CommonOptions {
  readonly base?: string
  readonly baseDir?: string
  readonly head?: string
  readonly headDir?: string
  readonly repo?: string
}

/** Two states of a repository on disk. Resolves with the exit code. */
export async function runReview(
  options: ReviewCommandOptions,
  around: Surroundings,
  version: string,
  signal?: AbortSignal,
): Promise<number> {
  const workbench = await openWorkbench(options, around)
  const { policyErrors, report, policy, exitCode } = await withChange(options, around, (change) =>
    reviewChange(change, workbench, options, around, signal),
  )
  await print(renderReport(report, policy, options, around, version), options, around)
  tellPolicyErrors(policyErrors, around)
  return policyErrors.length > 0 ? 3 : exitCode
}

async function reviewChange(
  change: Change,
  workbench: Workbench,
  options: ReviewCommandOptions,
  { stderr }: Surroundings,
  signal: AbortSignal | undefined,
): Promise<Review> {
  const progress = startProgress(stderr, options.quiet === true)
  try {
    return await review({
      ...pipelineOptions(workbench),
      change,
      progress: progress.show,
      ...(signal && { signal }),
    })
  } finally {
    progress.clear()
  }
}

async function withChange<T>(
  options: ReviewCommandOptions,
  { cwd }: Surroundings,
  use: (change: Change) => Promise<T>,
): Promise<T> {
  const base = sideOf('base', options.base, options.baseDir, cwd)
  const head = sideOf('head', options.head, options.headDir, cwd)
  const repository = base?.kind === 'directory' && head?.kind === 'directory' ? undefined : await open(options, cwd)
  try {
    const change = await buildChange({ ...(base && { base }), ...(head && { head }) }, repository)
    if (!change.ok) throw new UsageError(change.failure.message)
    return await use(change.value)
  } finally {
    await repository?.close()
  }
}

function sideOf(name: string, ref: string | undefined, folder: string | undefined, cwd: string): Side | undefined {
  if (ref !== undefined && folder !== undefined) {
    throw new UsageError(`--${name} and --${name}-dir name the same side: give one of them`)
  }
  if (folder !== undefined) return { kind: 'directory', path: resolve(cwd, folder) }
  return ref === undefined ? undefined : { kind: 'reference', ref }
}

async function open({ repo }: ReviewCommandOptions, cwd: string): Promise<GitRepository> {
  const opened = await openGitRepository(resolve(cwd, repo ?? '.'))
  if (!opened.ok) throw new UsageError(opened.failure.message)
  return opened.value
}
