import type { AppIdentity, GitHubApp } from './octokit.js'
import { isTransient, type Permissions } from './octokit.js'
import { openRepository, type RepositoryClient } from './pull-request.js'
import { RateLimited } from './rate-limit.js'
import type { ChangeSource } from './read-change.js'
import type { RepositoryReference } from './repository.js'

/** What one job may do: no more than its own repository, and there no more than this. */
const jobPermissions: Permissions = { checks: 'write', contents: 'read', metadata: 'read', pull_requests: 'write' }

/** The organisation's policy is in a repository that the job's own token does not reach. */
const policyPermissions: Permissions = { contents: 'read', metadata: 'read' }

/** One job's access to one repository. */
export interface Session extends ChangeSource {
  readonly repository: RepositoryReference
  readonly client: RepositoryClient
  readonly identity: AppIdentity
  /** Aborts when the job is stopped, and when `interrupt` found a reason to come back later. */
  readonly signal: AbortSignal
  /** What the job is to end with, given what it met: the reason to come back, if there was one. */
  causeOf(error: unknown): unknown
}

export interface SessionOptions {
  readonly app: GitHubApp
  readonly repository: RepositoryReference
  readonly signal: AbortSignal
  /** No further attempt follows: a failure that may pass is then a gap instead of a reason to come back. */
  readonly last: boolean
}

export async function openSession({ app, repository, signal, last }: SessionOptions): Promise<Session> {
  const interruption = new AbortController()
  const both = AbortSignal.any([signal, interruption.signal])
  const { installationId, id } = repository
  const github = app.open({ installationId, repositoryId: id, permissions: jobPermissions }, both)
  return {
    repository,
    client: await openRepository(github, repository),
    organisation: app.open({ installationId, permissions: policyPermissions }, both),
    identity: await app.identity(),
    signal: both,
    interrupt: (cause) => {
      const comesBack = cause instanceof RateLimited || (!last && isTransient(cause))
      if (comesBack) interruption.abort(cause)
      return comesBack
    },
    causeOf: (error) => (interruption.signal.aborted && !signal.aborted ? interruption.signal.reason : error),
  }
}
