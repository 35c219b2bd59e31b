import type { Account, Repository, Token, World } from './state.js'

export interface Call {
  readonly world: World
  /** Present on operations below `/repos/{owner}/{repo}`. */
  readonly repository: Repository
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  /** Has passed the description's schema before a route sees it. */
  readonly body: unknown
  readonly accept: string
  readonly token: Token | undefined
  /** Who writes: the App's bot. */
  readonly actor: Account
}

export interface Answer {
  readonly status: number
  readonly body?: unknown
  /** Bytes of another media type, which no schema describes. */
  readonly raw?: { readonly type: string; readonly bytes: Buffer }
  readonly headers?: Readonly<Record<string, string>>
}

export interface Route {
  /** As in GitHub's permission tables; `app` is called with the App's JWT, `none` with any token, `nobody` without one too. */
  readonly needs: 'app' | 'none' | 'nobody' | readonly [string, 'read' | 'write'][]
  readonly answer: (call: Call) => Answer | Promise<Answer>
}

export type Routes = Readonly<Record<string, Route>>

/** An answer that is an error, thrown by a route. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message)
  }
}

export const notFound = () => new Refusal(404, 'Not Found')

/** Any one of the listed permissions is enough. */
export const reads = (...names: string[]): Route['needs'] => names.map((name) => [name, 'read'])
export const writes = (...names: string[]): Route['needs'] => names.map((name) => [name, 'write'])

const pageDefault = 30
const pageMost = 100

/** One page of a list with GitHub's `Link` header; `wrap` puts the items where the operation has them. */
export function page(
  call: Call,
  items: readonly unknown[],
  wrap: (items: readonly unknown[]) => unknown = (all) => all,
): Answer {
  const size = Math.min(Number(call.query.per_page ?? pageDefault), pageMost)
  const number = Number(call.query.page ?? 1)
  const last = Math.max(1, Math.ceil(items.length / size))
  return {
    status: 200,
    body: wrap(items.slice((number - 1) * size, number * size)),
    headers: linkHeader(call, number, last),
  }
}

function linkHeader(call: Call, number: number, last: number): Record<string, string> {
  const link = (page: number, rel: string) =>
    `<{url}${new URLSearchParams({ ...call.query, page: String(page) })}>; rel="${rel}"`
  const back = number > 1 ? [link(number - 1, 'prev'), link(1, 'first')] : []
  const forth = number < last ? [link(number + 1, 'next'), link(last, 'last')] : []
  return back.length + forth.length > 0 ? { link: [...back, ...forth].join(', ') } : {}
}

/** The request's body as the interface that the description's schema has already held it against. */
export function bodyOf<T>(call: Call): T {
  return (call.body ?? {}) as T
}

export function findPull({ repository, params }: Call) {
  const found = repository.pulls.find(({ number }) => number === Number(params.pull_number ?? params.issue_number))
  if (!found) throw notFound()
  return found
}
