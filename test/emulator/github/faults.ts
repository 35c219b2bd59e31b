import type { Description } from './description.js'
import { type Answer, Refusal } from './route.js'

/** What goes wrong with one call. `afterWrite`: the write happens, its answer is lost. */
export type Fault =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly afterWrite: boolean }
  | { readonly kind: 'hang' }
  | { readonly kind: 'tokens-expire' }

export interface Injection {
  /** As in GitHub's documentation: `POST /repos/{owner}/{repo}/check-runs`; `*` is every operation. */
  readonly on: string
  readonly fault: Fault
  /** Default 1. */
  readonly times?: number
  /** So many calls pass before. Default 0. */
  readonly after?: number
}

const answer = (status: number, message: string, headers: Record<string, string> = {}, afterWrite = false): Fault => ({
  kind: 'answer',
  afterWrite,
  answer: { status, headers, body: errorBody(status, message) },
})

const secondary = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'

export const faults = {
  /** The 422 of a line that is not part of the diff, whatever was sent. */
  lineNotInDiff: {
    kind: 'answer',
    afterWrite: false,
    answer: {
      status: 422,
      body: {
        ...errorBody(422, 'Unprocessable Entity'),
        errors: ['Pull request review thread line must be part of the diff'],
      },
    },
  } satisfies Fault as Fault,
  badGateway: answer(502, 'Server Error'),
  /** GitHub's gateway gave up on a request that went through behind it. */
  badGatewayAfterWrite: answer(502, 'Server Error', {}, true),
  unavailable: answer(503, 'Service Unavailable'),
  forbidden: answer(403, 'Resource not accessible by integration'),
  notFound: answer(404, 'Not Found'),
  /** 403 without and with `retry-after`. */
  secondaryLimit: (retryAfterSeconds?: number) => answer(403, secondary, retryAfter(retryAfterSeconds)),
  /** 429 without and with `retry-after`. */
  tooManyRequests: (retryAfterSeconds?: number) => answer(429, secondary, retryAfter(retryAfterSeconds)),
  primaryLimit: (reset: Date) =>
    answer(403, 'API rate limit exceeded for installation.', {
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-used': '5000',
      'x-ratelimit-reset': String(Math.ceil(reset.getTime() / 1000)),
      'x-ratelimit-resource': 'core',
    }),
  /** No answer until the client gives up. */
  hang: { kind: 'hang' } as Fault,
  /** All tokens handed out so far end now: this call and later ones with them are answered 401. */
  tokensExpire: { kind: 'tokens-expire' } as Fault,
}

function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) }
}

/** GitHub's description knows no `status` in the body of a 422. */
export function errorBody(status: number, message: string) {
  const body = { message, documentation_url: 'https://docs.github.com/rest' }
  return status === 422 ? body : { ...body, status: String(status) }
}

export interface FaultPlan {
  inject(injection: Injection): void
  /** The fault for this call, used up by it. */
  take(operation: string): Fault | undefined
  /** Injections that nothing has met yet: a test that expects a fault to have happened asserts that this is empty. */
  pending(): readonly Injection[]
}

export function planFaults(description: Description): FaultPlan {
  const planned: { injection: Injection; wait: number; left: number }[] = []
  return {
    inject(injection) {
      const known = ['*', 'POST /graphql'].includes(injection.on) || description.operations.has(injection.on)
      if (!known) throw new Refusal(500, `${injection.on} is no operation: the fault would never happen`)
      planned.push({ injection, wait: injection.after ?? 0, left: injection.times ?? 1 })
    },
    take(operation) {
      for (const plan of planned) {
        if (plan.left === 0 || (plan.injection.on !== '*' && plan.injection.on !== operation)) continue
        if (plan.wait > 0) plan.wait -= 1
        else {
          plan.left -= 1
          return plan.injection.fault
        }
      }
      return undefined
    },
    pending: () => planned.filter(({ left }) => left > 0).map(({ injection }) => injection),
  }
}
