import { ProbotOctokit } from 'probot'
import { type Clock, systemClock } from '../clock.js'
import { RateLimited, readRetryTime } from './rate-limit.js'
import { redact } from './redact.js'
import { WriteLane } from './write-lane.js'

/** A client of GitHub's API. Its calls reject with `RateLimited` or with Octokit's RequestError, and never retry a write. */
export type GitHub = ProbotOctokit

/**
 * Probot's retry plugin repeats a POST after a 5xx, which doubles a check run that was created, and its throttling sleeps
 * for up to an hour in memory. Only the function form of `defaults` turns both off.
 */
export const OctokitWithoutRetries = ProbotOctokit.defaults((options: Record<string, unknown>) => ({
  ...options,
  retry: { enabled: false },
  throttle: { enabled: false },
}))

const requestTimeoutMs = 15_000

/** A tree of 100,000 entries or a blob of 50 MB takes longer than any other answer. */
const largeRequestFactor = 4

/** Octokit has no time-out of its own: a connection that hangs would hold a job for ever. */
export function fetchWithTimeout(timeoutMs = requestTimeoutMs): typeof fetch {
  return (input, init) => {
    const large = /\/git\/(?:trees|blobs)\//.test(String(input))
    const timeout = AbortSignal.timeout(large ? largeRequestFactor * timeoutMs : timeoutMs)
    return fetch(input, { ...init, signal: init?.signal ? AbortSignal.any([init.signal, timeout]) : timeout })
  }
}

/** The HTTP status of a failed call; a connection that broke or hung counts as 500. Undefined: no failure of a call. */
export function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined
  return typeof error.status === 'number' ? error.status : undefined
}

/** A failure that may pass by itself. A write that met it may have been done nevertheless. */
export const isTransient = (error: unknown): boolean => (statusOf(error) ?? 0) >= 500

/** What a failure may say in a log or a text: its message without tokens. */
export const describeFailure = (error: unknown): string =>
  redact(error instanceof Error ? error.message : String(error)).slice(0, 500)

export type Permissions = Readonly<Record<string, 'read' | 'write'>>

/** What a token is needed for, and for nothing more. */
export interface Access {
  readonly installationId: number
  /** Absent: every repository of the installation, which only reading an organisation's policy needs. */
  readonly repositoryId?: number
  readonly permissions: Permissions
}

export interface AppIdentity {
  readonly id: number
  readonly slug: string
}

export interface GitHubApp {
  /** The client that is the App itself: deliveries and installations. */
  readonly asApp: GitHub
  /** Who we are to others: our comments are by `slug[bot]`. Asked once. */
  identity(): Promise<AppIdentity>
  /** A client with a token of its own for `access`. Its calls end when `signal` aborts. */
  open(access: Access, signal?: AbortSignal): GitHub
}

export interface GitHubAppOptions {
  /** Authenticated as the App, plugins off: Probot's `auth()`. */
  readonly asApp: GitHub
  readonly clock?: Clock
  /** Milliseconds between two writes of one installation; GitHub asks for at least a second. */
  readonly writeSpacingMs?: number
  readonly fetch?: typeof fetch
}

/** What all clients of one installation share. */
interface Installation {
  readonly lane: WriteLane
  /** After a rate limit: no request before. */
  blockedUntil: number
}

interface Token {
  readonly value: Promise<string>
  readonly expires: number
}

/** Ours end well before GitHub's, which live for an hour. */
const tokenLifeMs = 50 * 60 * 1000

export function openGitHubApp(options: GitHubAppOptions): GitHubApp {
  const { asApp, clock = systemClock, writeSpacingMs = 1_000, fetch = fetchWithTimeout() } = options
  const installations = new Map<number, Installation>()
  const tokens = new Map<string, Token>()
  const baseUrl = asApp.request.endpoint.DEFAULTS.baseUrl
  let identity: Promise<AppIdentity> | undefined

  const installation = (id: number): Installation => {
    const known = installations.get(id) ?? { lane: new WriteLane(clock, writeSpacingMs), blockedUntil: 0 }
    installations.set(id, known)
    return known
  }
  const tokenFor = (access: Access, refused?: Promise<string>): Promise<string> => {
    const key = JSON.stringify([access.installationId, access.repositoryId, access.permissions])
    const known = tokens.get(key)
    if (known && known.value !== refused && known.expires > clock.now()) return known.value
    const value = requestToken(asApp, access)
    tokens.set(key, { value, expires: clock.now() + tokenLifeMs })
    value.catch(() => tokens.delete(key))
    return value
  }

  return {
    asApp,
    identity() {
      identity ??= readIdentity(asApp).catch((error: unknown) => {
        identity = undefined
        throw error
      })
      return identity
    },
    open(access, signal) {
      const github = new OctokitWithoutRetries({
        baseUrl,
        authStrategy: createTokenAuth,
        auth: { token: (refused?: Promise<string>) => tokenFor(access, refused) },
        request: { fetch, ...(signal && { signal }) },
        log: silent,
      })
      obeyLimits(github, installation(access.installationId), clock, signal)
      return github
    },
  }
}

async function requestToken(asApp: GitHub, { installationId, repositoryId, permissions }: Access): Promise<string> {
  const { data } = await asApp.rest.apps.createInstallationAccessToken({
    installation_id: installationId,
    permissions,
    ...(repositoryId !== undefined && { repository_ids: [repositoryId] }),
  })
  return data.token
}

async function readIdentity(asApp: GitHub): Promise<AppIdentity> {
  const { data } = await asApp.rest.apps.getAuthenticated()
  if (!data?.slug) throw new Error('GitHub does not know this App')
  return { id: data.id, slug: data.slug }
}

/** Octokit's own deprecation notices and request lines: nothing of what we send belongs in a log. */
export const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

interface TokenSource {
  /** The current token, or another one than `refused`. */
  readonly token: (refused?: Promise<string>) => Promise<string>
}

/** Octokit's contract of an authentication strategy, of which we need the hook. */
function createTokenAuth({ token }: TokenSource) {
  type Request = GitHub['request']
  const auth = async () => ({ type: 'token', token: await token() })
  return Object.assign(auth, {
    async hook(request: Request, route: string, parameters?: Record<string, unknown>) {
      const endpoint = request.endpoint.merge(route, parameters)
      const send = async (value: Promise<string>) => {
        endpoint.headers.authorization = `token ${await value}`
        return request(endpoint as unknown as string)
      }
      const current = token()
      try {
        return await send(current)
      } catch (error) {
        // A token can end before its time. A request that was not authenticated did nothing, so it is safe to repeat.
        if (statusOf(error) !== 401) throw error
        return send(token(current))
      }
    },
  })
}

/** Outermost hook: what every call of an installation has to keep to. */
function obeyLimits(github: GitHub, shared: Installation, clock: Clock, signal: AbortSignal | undefined): void {
  github.hook.wrap('request', (request, options) => {
    const send = async () => {
      if (shared.blockedUntil > clock.now()) throw new RateLimited(shared.blockedUntil)
      try {
        const response = await request(options)
        if (typeof response.data === 'string' && isJson(response.headers['content-type'])) throw new BrokenResponse()
        return response
      } catch (error) {
        const retryAt = readRetryTime(readFailure(error), clock.now())
        if (retryAt === undefined) throw error
        shared.blockedUntil = Math.max(shared.blockedUntil, retryAt)
        throw new RateLimited(retryAt)
      }
    }
    return options.method === 'GET' ? send() : shared.lane.run(send, signal)
  })
}

/** Octokit hands over the bare text when JSON ends in the middle: a connection that broke, not an answer. */
class BrokenResponse extends Error {
  override readonly name = 'BrokenResponse'
  readonly status = 502
  constructor() {
    super('the answer of GitHub broke off')
  }
}

const isJson = (contentType: string | undefined): boolean => /^application\/json\b/.test(contentType ?? '')

interface ResponseError {
  readonly response?: { readonly headers?: Readonly<Record<string, string | number | undefined>> }
}

function readFailure(error: unknown) {
  const headers = (error as ResponseError | null)?.response?.headers ?? {}
  return { status: statusOf(error) ?? 0, message: error instanceof Error ? error.message : '', headers }
}
