import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as actions from './github/actions.js'
import { deliver, redeliver } from './github/deliver.js'
import { type Description, openDescription } from './github/description.js'
import { buildEvents, type Events, type WebhookEvent } from './github/events.js'
import { type FaultPlan, type Injection, planFaults } from './github/faults.js'
import type { FileChanges } from './github/git-repository.js'
import { type AnswerGraphql, openGraphql } from './github/graphql.js'
import { collectRoutes } from './github/routes/index.js'
import { createFront, type RequestRecord } from './github/server.js'
import type { Account, Delivery, Installation, Permissions, Pull, Repository, Switches, World } from './github/state.js'
import { openWebhookSchemas, type PayloadFaults } from './github/webhook-schemas.js'

export type { WebhookEvent } from './github/events.js'
export { faults } from './github/faults.js'
export type { CheckRun, Delivery, Pull, Repository, ReviewComment } from './github/state.js'

/** GitHub's schemas, compiled as they are used: worth sharing between emulators of one test file. */
export interface Schemas {
  readonly description: Description
  readonly payloadFaults: PayloadFaults
  readonly graphql: AnswerGraphql
}

export const openSchemas = (): Schemas => ({
  description: openDescription(),
  payloadFaults: openWebhookSchemas(),
  graphql: openGraphql(),
})

export interface GitHubOptions {
  /** Default: the time of the machine, which the App's tokens are made by. */
  readonly now?: () => Date
  /** Default: a new one, which takes most of the start. PEM, for tests that start many. */
  readonly privateKey?: string
  /** Default: what app.yml asks for. */
  readonly permissions?: Permissions
  readonly schemas?: Schemas
}

/** A GitHub on loopback. Point the App's base URL at `url`, and `webhookTarget` at the App. */
export interface GitHub {
  readonly url: string
  readonly app: { readonly id: number; readonly slug: string; readonly login: string; readonly privateKey: string }
  readonly webhookSecret: string
  webhookTarget: string
  readonly world: World
  readonly switches: Switches
  /** Against GitHub's description, in a request or in an answer of ours. A test that used the emulator asserts that it is empty. */
  readonly violations: readonly string[]
  readonly requests: readonly RequestRecord[]
  readonly events: Events
  inject(injection: Injection): void
  readonly pendingFaults: FaultPlan['pending']
  /** The App, installed for an account. Creating a repository installs it for the owner. */
  install(owner: string, permissions?: Permissions): Installation
  account(login: string): Account
  createRepository(options: actions.RepositoryOptions): Promise<Repository>
  fork(repository: Repository, owner: string): Promise<Repository>
  rename(repository: Repository, name: string): void
  commit(repository: Repository, branch: string, changes: FileChanges, message?: string): Promise<string>
  forcePush(repository: Repository, branch: string, from: string, changes: FileChanges): Promise<string>
  moveBranch(repository: Repository, branch: string, sha: string | undefined): Promise<void>
  openPull(repository: Repository, options: actions.PullOptions): Promise<Pull>
  retarget(pull: Pull, base: string): Promise<void>
  closePull(pull: Pull): void
  reopenPull(pull: Pull): void
  merge(pull: Pull): Promise<string>
  createMergeGroup(pulls: readonly Pull[]): Promise<actions.MergeGroup>
  /** Signed and posted; the same event again is a duplicate with the same GUID. Resolves when the App has answered. */
  deliver(event: WebhookEvent): Promise<Delivery>
  close(): Promise<void>
}

const defaultPermissions: Permissions = {
  checks: 'write',
  pull_requests: 'write',
  contents: 'read',
  metadata: 'read',
  merge_queues: 'read',
  issues: 'read',
}

export async function startGitHub(options: GitHubOptions = {}): Promise<GitHub> {
  const privateKey = options.privateKey ?? generateKey()
  const world = createWorld(options.now ?? (() => new Date()), privateKey)
  const directory = await mkdtemp(join(tmpdir(), 'github-emulator-'))
  const { description, payloadFaults, graphql } = options.schemas ?? openSchemas()
  const plan = planFaults(description)
  const [violations, requests, webhookSecret]: [string[], RequestRecord[], string] = [
    [],
    [],
    'a secret of the emulator',
  ]
  const target = () => ({ target: github.webhookTarget, secret: webhookSecret })
  const routes = collectRoutes((delivery) => {
    redeliver(world, delivery, target()).catch((error: unknown) =>
      violations.push(`redelivery failed: ${String(error)}`),
    )
  })
  const server = createFront({ world, description, routes, faults: plan, graphql, violations, requests })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const github: GitHub = {
    url: world.url,
    app: { id: world.app.id, slug: world.app.slug, login: world.app.bot.login, privateKey },
    webhookSecret,
    webhookTarget: '',
    world,
    switches: world.switches,
    violations,
    requests,
    events: buildEvents(world),
    inject: plan.inject,
    pendingFaults: plan.pending,
    ...bindActions(world, directory, options.permissions ?? defaultPermissions),
    deliver: (event) => deliver(world, payloadFaults, event, target()),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await rm(directory, { recursive: true, force: true })
    },
  }
  return github
}

function bindActions(world: World, directory: string, permissions: Permissions) {
  const install = (owner: string, granted: Permissions = permissions) => {
    const account = actions.findAccount(world, owner, 'Organization')
    const known = world.installations.find((one) => one.account === account)
    if (known) return known
    const installation = { id: world.nextId(), account, permissions: granted }
    world.installations.push(installation)
    return installation
  }
  return {
    install,
    account: (login: string) => actions.findAccount(world, login),
    createRepository: (options: actions.RepositoryOptions) => {
      install(options.owner)
      return actions.createRepository(world, directory, options)
    },
    fork: actions.forkRepository.bind(undefined, world, directory),
    rename: actions.renameRepository.bind(undefined, world),
    commit: actions.commit.bind(undefined, world),
    forcePush: actions.forcePush.bind(undefined, world),
    moveBranch: actions.moveBranch.bind(undefined, world),
    openPull: actions.openPull.bind(undefined, world),
    retarget: actions.retargetPull.bind(undefined, world),
    closePull: actions.closePull.bind(undefined, world),
    reopenPull: actions.reopenPull,
    merge: actions.mergePull.bind(undefined, world),
    createMergeGroup: actions.createMergeGroup.bind(undefined, world),
  }
}

/** PKCS#1, the form in which GitHub hands out an App's key. */
export function generateKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
}

function createWorld(now: () => Date, privateKey: string): World {
  let last = 1000
  const nextId = () => ++last
  const account = (login: string, type: Account['type']): Account => ({ id: nextId(), login, type })
  const bot = account('lockwarden[bot]', 'Bot')
  const owner = account('lockwarden-makers', 'Organization')
  return {
    url: '',
    app: { id: nextId(), slug: 'lockwarden', name: 'Lockwarden', owner, bot, publicKey: createPublicKey(privateKey) },
    accounts: new Map([bot, owner].map((one) => [one.login.toLowerCase(), one])),
    installations: [],
    tokens: new Map(),
    repositories: [],
    formerNames: new Map(),
    switches: {
      omitPatches: false,
      truncateTreesAfter: undefined,
      forkCommitsHidden: false,
      omittedLinesRefused: false,
      minimizeForbidden: false,
    },
    deliveries: [],
    advisories: [],
    now,
    nextId,
  }
}
