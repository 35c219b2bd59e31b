import type { KeyObject } from 'node:crypto'
import type { GitRepository } from './git-repository.js'
import type { ChangedFile } from './pull-diff.js'

export type Level = 'read' | 'write' | 'admin'
export type Permissions = Readonly<Record<string, Level>>

export interface Account {
  readonly id: number
  readonly login: string
  readonly type: 'User' | 'Organization' | 'Bot'
}

export interface App {
  readonly id: number
  readonly slug: string
  readonly name: string
  readonly owner: Account
  /** The identity that its comments carry. */
  readonly bot: Account
  readonly publicKey?: KeyObject
}

export interface Installation {
  readonly id: number
  readonly account: Account
  permissions: Permissions
}

export interface Token {
  readonly value: string
  readonly installation: Installation
  readonly permissions: Permissions
  /** Undefined: all repositories of the installation. */
  readonly repositories?: ReadonlySet<number>
  readonly expires: Date
}

export interface Repository {
  readonly id: number
  readonly owner: Account
  name: string
  readonly private: boolean
  readonly parent?: Repository
  defaultBranch: string
  readonly git: GitRepository
  readonly pulls: Pull[]
  readonly suites: CheckSuite[]
  readonly checks: CheckRun[]
  /** Logins with more than the public's rights. `maintain` and `triage` are shown as write and read, as GitHub does. */
  readonly collaborators: Map<string, 'admin' | 'maintain' | 'write' | 'triage' | 'read'>
  readonly createdAt: string
  nextNumber: number
}

export interface PullSide {
  readonly repository: Repository
  ref: string
  sha: string
}

export interface Pull {
  readonly id: number
  readonly number: number
  readonly user: Account
  title: string
  body: string | null
  state: 'open' | 'closed'
  draft: boolean
  readonly head: PullSide
  readonly base: PullSide
  mergeCommit: string | null
  mergedAt: string | null
  closedAt: string | null
  readonly createdAt: string
  updatedAt: string
  readonly reviews: Review[]
  readonly comments: ReviewComment[]
  readonly timeline: IssueComment[]
  /** Node ids of first comments whose threads somebody resolved. */
  readonly resolved: Set<number>
  /** The differences already worked out, by base and head. */
  readonly files: Map<string, Promise<readonly ChangedFile[]>>
}

interface Minimizable {
  body: string
  minimized: string | null
}

export interface Review extends Minimizable {
  readonly id: number
  readonly user: Account
  readonly state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'PENDING'
  readonly commit: string
  readonly submittedAt: string
}

export interface ReviewComment extends Minimizable {
  readonly id: number
  readonly user: Account
  readonly review: number
  readonly path: string
  readonly subject: 'line' | 'file'
  readonly hunk: string
  readonly side: 'LEFT' | 'RIGHT'
  readonly startSide: 'LEFT' | 'RIGHT' | null
  readonly originalCommit: string
  readonly originalLine: number | null
  readonly originalStartLine: number | null
  readonly originalPosition: number | null
  readonly inReplyTo?: number
  /** These follow the head; null once the comment is outdated. */
  commit: string
  line: number | null
  startLine: number | null
  position: number | null
  readonly createdAt: string
  updatedAt: string
}

export interface IssueComment extends Minimizable {
  readonly id: number
  readonly user: Account
  readonly createdAt: string
  updatedAt: string
}

export interface CheckSuite {
  readonly id: number
  readonly app: App
  readonly headSha: string
  readonly headBranch: string | null
  readonly createdAt: string
}

export interface Annotation {
  readonly path: string
  readonly start_line: number
  readonly end_line: number
  readonly start_column?: number
  readonly end_column?: number
  readonly annotation_level: string
  readonly message: string
  readonly title?: string
  readonly raw_details?: string
}

export interface CheckRun {
  readonly id: number
  readonly suite: CheckSuite
  name: string
  externalId: string
  detailsUrl: string | null
  status: string
  conclusion: string | null
  startedAt: string | null
  completedAt: string | null
  title: string | null
  summary: string | null
  text: string | null
  readonly annotations: Annotation[]
}

/** What differs between repositories or cannot be known from GitHub's documents: set by a test. */
export interface Switches {
  /** No file of a pull request or comparison has a `patch`. */
  omitPatches: boolean
  /** A tree listing stops after so many entries and says so. */
  truncateTreesAfter: number | undefined
  /** A commit that only a fork has is not found by its sha in the base repository, only by refs/pull/N/head. */
  forkCommitsHidden: boolean
  /** Lines of files whose patch is left out for its size carry no comment. */
  omittedLinesRefused: boolean
  /** minimizeComment answers FORBIDDEN. */
  minimizeForbidden: boolean
}

/** Everything that this GitHub knows. One emulator, one world. */
/** What is told of an advisory; the rest of the resource is empty. */
export interface GlobalAdvisory {
  readonly id: string
  readonly cve?: string
  readonly type: 'reviewed' | 'malware'
  readonly severity: 'critical' | 'high' | 'medium' | 'low' | 'unknown'
  readonly summary: string
  readonly withdrawn?: string
  readonly affected: readonly { readonly name: string; readonly range: string; readonly patched?: string }[]
}

export interface World {
  url: string
  readonly app: App
  readonly accounts: Map<string, Account>
  readonly installations: Installation[]
  readonly tokens: Map<string, Token>
  readonly repositories: Repository[]
  /** `owner/name` in lower case → the repository that was once called so. */
  readonly formerNames: Map<string, Repository>
  readonly switches: Switches
  readonly deliveries: Delivery[]
  /** Of the database that everyone shares. */
  readonly advisories: GlobalAdvisory[]
  now(): Date
  nextId(): number
}

export interface Delivery {
  readonly id: number
  readonly guid: string
  readonly event: string
  readonly action: string | null
  readonly at: string
  readonly redelivery: boolean
  readonly status: number
  readonly installation: number | null
  readonly repository: number | null
  readonly payload: string
}

/** GitHub's times have no fractions of a second. */
export function timestamp(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, 'Z')
}

export function findRepository(world: World, owner: string, name: string): Repository | undefined {
  const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  return world.repositories.find((one) => same(one.owner.login, owner) && same(one.name, name))
}
