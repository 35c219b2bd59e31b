import type { AuditState } from '../../src/github/audit-desk.js'
import { fetchWithTimeout } from '../../src/github/octokit.js'
import type { ReviewChange } from '../../src/github/reviewer.js'
import { createLog } from '../../src/server/log.js'
import { type RunningServer, serve } from '../../src/server.js'
import { aManualClock, type ManualClock } from '../builders/clock.js'
import {
  type CheckRun,
  type GitHub,
  generateKey,
  openSchemas,
  type Repository,
  startGitHub,
} from '../emulator/github.js'
import { aLockfile, aManifest, lockfile, reviewScripted } from './scripted-review.js'

const privateKey = generateKey()
const schemas = openSchemas()

export interface AppWorld {
  readonly github: GitHub
  readonly repository: Repository
  readonly clock: ManualClock
  readonly app: RunningServer
  /** All that the App logged. */
  readonly log: readonly string[]
  /** Waits until nothing runs, then lets the time pass that jobs wait for, until nothing waits either. */
  settle(): Promise<void>
  /** Another App process over the same GitHub. */
  start(options?: AppOptions): Promise<RunningServer>
  commit(branch: string, packages: Readonly<Record<string, string>>): Promise<string>
  end(): Promise<void>
}

export interface AppOptions {
  readonly review?: ReviewChange
  readonly audit?: AuditState
  readonly graceSeconds?: number
  /** Only for tests in which no answer comes: a busy machine must not make others time out. */
  readonly requestTimeoutMs?: number
  readonly signals?: Parameters<typeof serve>[0]['signals']
}

export const basePackages = { left: '1.0.0', right: '1.0.0' }

/** A GitHub with one repository, and the App on it as it would run, with a clock that only tests move. */
export async function startWorld(options: AppOptions = {}): Promise<AppWorld> {
  const github = await startGitHub({ privateKey, schemas })
  const clock = aManualClock(Date.now())
  const log: string[] = []
  const apps: RunningServer[] = []
  const start = async (more: AppOptions = {}): Promise<RunningServer> => {
    const app = await serve({
      env: toEnvironment(github, more),
      review: more.review ?? ((change) => reviewScripted(change)),
      ...(more.audit && { audit: more.audit }),
      clock,
      writeSpacingMs: 0,
      fetch: fetchWithTimeout(more.requestTimeoutMs ?? 4_000),
      log: createLog('debug', { write: (line) => log.push(line) }),
      ...(more.signals && { signals: more.signals }),
    })
    apps.push(app)
    github.webhookTarget = app.url
    await app.started
    return app
  }
  const files = { [lockfile]: aLockfile(basePackages), 'package.json': aManifest({ left: '^1.0.0' }) }
  const repository = await github.createRepository({ owner: 'acme', name: 'shop', private: true, files })
  const app = await start(options)
  return {
    github,
    repository,
    clock,
    app,
    log,
    start,
    settle: async () => {
      // Longer than any wait that GitHub can ask for, in steps that let one thing happen after the other.
      for (let minutes = 0; minutes < 90; minutes += 1) {
        await apps.at(-1)?.idle()
        if (apps.at(-1)?.waiting() === 0) return
        await clock.advance(60_000)
      }
      throw new Error('the jobs do not come to an end')
    },
    commit: (branch, packages) => github.commit(repository, branch, { [lockfile]: aLockfile(packages) }),
    end: async () => {
      const closed = Promise.all(apps.map((one) => one.close()))
      await clock.advance(60_000)
      await closed
      await github.close()
    },
  }
}

const toEnvironment = (github: GitHub, { graceSeconds = 0 }: AppOptions) => ({
  APP_ID: String(github.app.id),
  PRIVATE_KEY: github.app.privateKey,
  WEBHOOK_SECRET: `an older one that is still known,${github.webhookSecret}`,
  GITHUB_API_URL: github.url,
  HOST: '127.0.0.1',
  PORT: '0',
  LOCKWARDEN_GRACE_SECONDS: String(graceSeconds),
})

/** What counts about check runs, in the order of their creation. */
export const checksOn = (repository: Repository, sha: string) =>
  repository.checks
    .filter(({ suite }) => suite.headSha === sha)
    .map(({ name, status, conclusion }: CheckRun) => ({ name, status, conclusion }))

export const completed = (conclusion: string, name = 'Lockwarden') => ({ name, status: 'completed', conclusion })
