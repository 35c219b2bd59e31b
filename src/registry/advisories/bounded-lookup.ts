import { advisoryDeadlineMs } from '../../limits.js'
import { RequestFailure } from '../request-failure.js'
import { type Advisory, type AdvisoryLookup, type AdvisorySource, advisoriesUnavailable } from './advisory.js'

/** What `run` has found by the time that it ends, fails or takes too long; what it lacks then is hidden by one gap. */
export async function boundedLookup(
  service: string,
  signal: AbortSignal | undefined,
  run: (found: Map<string, readonly Advisory[]>, signal: AbortSignal) => Promise<void>,
): Promise<AdvisoryLookup> {
  const found = new Map<string, readonly Advisory[]>()
  const deadline = AbortSignal.timeout(advisoryDeadlineMs)
  try {
    await run(found, signal ? AbortSignal.any([signal, deadline]) : deadline)
    return { found }
  } catch (error) {
    signal?.throwIfAborted()
    if (deadline.aborted) {
      return {
        found,
        gap: advisoriesUnavailable(`no complete answer from ${service} in ${advisoryDeadlineMs / 1000} s`),
      }
    }
    if (!(error instanceof RequestFailure)) throw error
    // Whoever proposes a change can bring in so much that is known to be bad that a limit hides the worst.
    if (error.kind === 'limit')
      return { found, gap: { ...advisoriesUnavailable(error.message), code: 'limit-reached' } }
    return { found, gap: advisoriesUnavailable(error.message) }
  }
}

/** A source that is asked nothing, because of `reason`. */
export const silentSource = (reason: string): AdvisorySource => ({
  lookup: async () => ({ found: new Map(), gap: advisoriesUnavailable(reason) }),
})

export function* chunksOf<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size)
}
