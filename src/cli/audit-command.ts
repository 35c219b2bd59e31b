import { resolve } from 'node:path'
import { type AuditOptions, audit } from '../audit.js'
import { openDirectorySnapshot } from '../change/directory-snapshot.js'
import type { Snapshot } from '../change/snapshot.js'
import type { Review } from '../review.js'
import type { CommonOptions } from './options.js'
import { print, renderReport, tellPolicyErrors } from './print-report.js'
import { printSbom } from './print-sbom.js'
import { startProgress } from './progress.js'
import { type Surroundings, UsageError } from './surroundings.js'
import { codeOf, openWorkbench, pipelineOptions, type Workbench } from './workbench.js'

export interface AuditCommandOptions extends CommonOptions {
  /** Print the components of the lockfiles instead of the audit. */
  readonly sbom?: 'cyclonedx'
  /** Read the tarballs of the tree as well. */
  readonly packages?: boolean
}

/** One state of a repository on disk. Resolves with the exit code. */
export async function runAudit(
  folder: string,
  options: AuditCommandOptions,
  around: Surroundings,
  version: string,
  signal?: AbortSignal,
): Promise<number> {
  const head = await openFolder(folder, around.cwd)
  const workbench = await openWorkbench(options, around)
  if (options.sbom !== undefined) return printSbom(head, workbench, options, around, version, signal)
  const { policyErrors, report, policy, exitCode } = await auditFolder(head, workbench, options, around, signal)
  await print(renderReport(report, policy, options, around, version), options, around)
  tellPolicyErrors(policyErrors, around)
  return policyErrors.length > 0 ? 3 : exitCode
}

async function auditFolder(
  head: Snapshot,
  workbench: Workbench,
  options: AuditCommandOptions,
  { stderr }: Surroundings,
  signal: AbortSignal | undefined,
): Promise<Review> {
  const progress = startProgress(stderr, options.quiet === true)
  const whole: AuditOptions = {
    ...pipelineOptions(workbench),
    head,
    openPackages: options.packages === true,
    progress: progress.show,
    ...(signal && { signal }),
  }
  try {
    return await audit(whole)
  } finally {
    progress.clear()
  }
}

async function openFolder(folder: string, cwd: string): Promise<Snapshot> {
  try {
    return await openDirectorySnapshot(resolve(cwd, folder))
  } catch (error) {
    throw new UsageError(`${folder} cannot be read as a directory (${codeOf(error)})`)
  }
}
