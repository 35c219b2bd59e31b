import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { Probot } from 'probot'
import { lockwardenApp, toWorker } from './app.js'
import { type Clock, systemClock } from './clock.js'
import type { AuditState } from './github/audit-desk.js'
import {
  describeFailure,
  fetchWithTimeout,
  type GitHubApp,
  OctokitWithoutRetries,
  openGitHubApp,
} from './github/octokit.js'
import { findUnfinished } from './github/reconcile.js'
import { redact } from './github/redact.js'
import { redeliverFailed } from './github/redeliver.js'
import type { ReviewRequest } from './github/review-request.js'
import { type ReviewChange, Reviewer } from './github/reviewer.js'
import { MemoryJobs } from './jobs/memory-jobs.js'
import { createLog } from './server/log.js'
import { readSettings, type ServerSettings } from './server/settings.js'
import { createWebhookFront, webhookPath } from './server/webhook-front.js'

export interface ServeOptions {
  /** See `ServerSettings` for what it has to hold. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly review: ReviewChange
  /** Asked how the repository stands after a push to its default branch; absent: nobody asks. */
  readonly audit?: AuditState
  /** Where to hear SIGTERM and SIGINT: the process. Absent: nobody stops the server but `close`. */
  readonly signals?: Pick<NodeJS.EventEmitter, 'on' | 'off'>
  readonly log?: Logger
  readonly clock?: Clock
  readonly fetch?: typeof fetch
  /** Between two writes of one installation. Default: the second that GitHub asks for. */
  readonly writeSpacingMs?: number
}

export interface RunningServer {
  /** Where webhooks go. */
  readonly url: string
  /** Takes no more deliveries, lets running reviews end for the grace, and says on the others' check runs that they ended. */
  close(): Promise<void>
  /** Resolves when the server is closed, by whomever. */
  readonly closed: Promise<void>
  /** One pass over GitHub for what was left undone, as on start and every quarter of an hour. */
  reconcile(): Promise<void>
  /** Resolves when the first pass has ended. */
  readonly started: Promise<void>
  /** Resolves when no job runs. */
  idle(): Promise<void>
  /** How many jobs wait for their time. */
  waiting(): number
}

/** Jobs are mostly waiting for GitHub; what costs memory is bounded by `reviews`. */
const maxLanes = 32

const maxAttempts = 3
const backoffMs = 5_000
const reconcileEveryMs = 15 * 60 * 1000

/** Starts the GitHub App as a service. Rejects with `BadSettings`, or when the port is taken. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { clock = systemClock, review, audit } = options
  const settings = readSettings(options.env)
  const log = options.log ?? createLog(settings.logLevel)
  const request = options.fetch ?? fetchWithTimeout()
  const probot = await createProbot(settings, log, request)
  const spacing = options.writeSpacingMs === undefined ? {} : { writeSpacingMs: options.writeSpacingMs }
  const app = openGitHubApp({ asApp: await probot.auth(), clock, fetch: request, ...spacing })
  const onLost = (error: unknown): void => log.error({ err: error }, 'a check run may be left in progress')
  const jobs = new MemoryJobs<ReviewRequest>({ clock, concurrency: maxLanes, maxAttempts, backoffMs, onLost })
  await probot.load(lockwardenApp({ appId: settings.appId, jobs, log }))

  const state = { ready: false }
  const http = createHttp(settings, probot, log, state)
  const url = await listen(http, settings)
  jobs.start(
    toWorker(new Reviewer({ app, clock, review, ...(audit && { audit }), concurrency: settings.reviews, log }), log),
  )
  state.ready = true
  log.info({ url, app: settings.appId }, 'Lockwarden is listening')

  let since: number | undefined
  const reconcile = async (): Promise<void> => {
    const began = clock.now()
    if (await reconcileOnce(app, jobs, log, began, since)) since = began
  }
  const passes = repeat(clock, reconcileEveryMs, reconcile)
  const shutDown = async (): Promise<void> => {
    state.ready = false
    passes.stop()
    const ended = new Promise<void>((resolve) => http.close(() => resolve()))
    http.closeIdleConnections()
    await jobs.close(settings.graceMs)
    http.closeAllConnections()
    await ended
    log.info({}, 'Lockwarden has stopped')
  }
  const closed = stopOnSignals(options.signals, shutDown, log)
  return {
    url,
    close: closed.close,
    closed: closed.done,
    reconcile,
    started: passes.first,
    idle: () => jobs.idle(),
    waiting: () => jobs.waiting,
  }
}

async function createProbot(settings: ServerSettings, log: Logger, fetch: typeof globalThis.fetch): Promise<Probot> {
  const probot = new Probot({
    appId: settings.appId,
    privateKey: settings.privateKey,
    // Never used: our own front has checked the signature. Without one Probot would fall back to a known word.
    secret: settings.secrets[0],
    // At `debug` Probot logs every payload.
    log: log.child({}, { level: log.isLevelEnabled('debug') ? 'info' : log.level }),
    Octokit: OctokitWithoutRetries,
    request: { fetch },
    ...(settings.apiUrl !== undefined && { baseUrl: settings.apiUrl }),
  })
  await probot.ready()
  return probot
}

function createHttp({ secrets }: ServerSettings, probot: Probot, log: Logger, state: { ready: boolean }): Server {
  const front = createWebhookFront({
    secrets,
    isReady: () => state.ready,
    receive: async ({ id, name, payload }) => {
      if (!state.ready) throw new Error('stopping')
      // Probot's type wants a name and its own payload; ours have been through the signature only.
      await probot.receive({ id, name, payload } as unknown as Parameters<typeof probot.receive>[0])
    },
    refused: (status, why, delivery) => log.warn({ status, delivery }, `webhook refused: ${redact(why)}`),
  })
  return createServer({ requestTimeout: 15_000, headersTimeout: 10_000 }, front)
}

async function listen(http: Server, { host, port }: ServerSettings): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, host, () => {
      http.off('error', reject)
      resolve()
    })
  })
  const { address, port: taken, family } = http.address() as AddressInfo
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}${webhookPath}`
}

/** Whether the pass saw everything. */
async function reconcileOnce(
  app: GitHubApp,
  jobs: MemoryJobs<ReviewRequest>,
  log: Logger,
  now: number,
  since: number | undefined,
): Promise<boolean> {
  try {
    const redelivered = await redeliverFailed(app.asApp, now)
    let found = 0
    let whole = true
    for await (const unfinished of findUnfinished(app, log, since)) {
      found += unfinished.jobs.length
      whole &&= unfinished.complete
      await jobs.accept({ jobs: unfinished.jobs })
    }
    log.info({ redelivered, found, whole }, 'reconciled')
    return whole
  } catch (error) {
    // GitHub may be away. The next pass looks again, and deliveries do not wait for this one.
    log.warn({}, `not reconciled: ${describeFailure(error)}`)
    return false
  }
}

/** Runs `task` now and then again and again, `milliseconds` after its last end. */
function repeat(clock: Clock, milliseconds: number, task: () => Promise<void>) {
  let stopped = false
  let takeBack: (() => void) | undefined
  const run = async (): Promise<void> => {
    await task()
    if (!stopped) takeBack = clock.after(milliseconds, run)
  }
  return {
    first: run(),
    stop: () => {
      stopped = true
      takeBack?.()
    },
  }
}

/** `close` works once, whoever calls it; `done` resolves after it. */
function stopOnSignals(signals: ServeOptions['signals'], task: () => Promise<void>, log: Logger) {
  let end: (() => void) | undefined
  const done = new Promise<void>((resolve) => {
    end = resolve
  })
  let running: Promise<void> | undefined
  const close = (): Promise<void> => {
    running ??= task().finally(() => {
      signals?.off('SIGTERM', stop)
      signals?.off('SIGINT', stop)
      end?.()
    })
    return running
  }
  const stop = (signal: string): void => {
    log.info({ signal }, 'stopping')
    void close()
  }
  signals?.on('SIGTERM', stop)
  signals?.on('SIGINT', stop)
  return { close, done }
}
