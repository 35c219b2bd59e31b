import { audit } from '../../src/audit.js'
import { openNpmRegistry } from '../../src/registry/npm-registry.js'
import type { Report } from '../../src/report/report.js'
import { type ReviewOptions, review } from '../../src/review.js'
import { openMemoryStore } from '../../src/store/memory-store.js'
import { registryAdvisories } from '../builders/advisories.js'
import { inProcessAnalyser } from '../builders/code-analyser.js'
import { anOperator } from '../builders/registry.js'
import { startRegistry } from '../emulator/registry.js'
import type { Replay } from './replay.js'
import type { Stage } from './stage.js'

/** The real review of a stage, or its audit where it has no base, by a registry that serves what the stage publishes. */
export async function reviewStage(
  { published, lacks, head, change, trustRoot }: Stage,
  { advisories = {}, reviewedAt = '2026-11-20T12:00:00Z' }: Pick<Replay, 'advisories' | 'reviewedAt'>,
): Promise<Report> {
  const server = await startRegistry({ packages: published, lacks, advisories })
  try {
    const options: Omit<ReviewOptions, 'change'> = {
      openRegistry: ({ policy, npmrcScopes }) =>
        openNpmRegistry({ operator: anOperator({ registry: server.url }), policy, npmrcScopes, concurrency: 4 }),
      store: openMemoryStore(),
      advisories: registryAdvisories(server.url),
      code: inProcessAnalyser,
      ...(trustRoot && { trustRoot }),
      now: new Date(reviewedAt),
      concurrency: 4,
    }
    const { report } = change
      ? await review({ ...options, change })
      : await audit({ ...options, head, openPackages: false })
    return report
  } finally {
    await server.close()
  }
}
