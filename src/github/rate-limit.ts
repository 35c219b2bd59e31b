/** GitHub wants no more requests before `retryAt` (milliseconds since the epoch). The job comes back then: nobody waits in memory. */
export class RateLimited extends Error {
  override readonly name = 'RateLimited'
  constructor(readonly retryAt: number) {
    super(`GitHub wants no more requests before ${new Date(retryAt).toISOString()}`)
  }
}

/** GitHub: "wait at least one minute" when it does not say how long. */
const minimumWaitMs = 60_000

/** A wait that somebody in between made up must not park a job for days: the primary limit resets within the hour. */
const maximumWaitMs = 65 * 60_000

export interface FailedResponse {
  readonly status: number
  readonly message: string
  readonly headers: Readonly<Record<string, string | number | undefined>>
}

/**
 * When to ask again, or undefined when the refusal is none of a rate limit. A 403 is one only if it says so; GitHub's order
 * of precedence: `retry-after`, then `x-ratelimit-reset` when nothing remains, then at least a minute.
 */
export function readRetryTime({ status, message, headers }: FailedResponse, now: number): number | undefined {
  if (status !== 403 && status !== 429) return undefined
  const within = (at: number): number => Math.min(Math.max(at, now + 1_000), now + maximumWaitMs)
  const retryAfter = readSeconds(headers['retry-after'])
  if (retryAfter !== undefined) return within(now + retryAfter * 1000)
  const reset = readSeconds(headers['x-ratelimit-reset'])
  if (String(headers['x-ratelimit-remaining']) === '0' && reset !== undefined) return within(reset * 1000)
  if (status === 429 || /rate limit|abuse|submitted too quickly/i.test(message)) return now + minimumWaitMs
  return undefined
}

const readSeconds = (value: string | number | undefined): number | undefined =>
  /^\d{1,12}$/.test(String(value)) ? Number(value) : undefined
