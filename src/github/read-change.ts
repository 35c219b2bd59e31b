import type { Change } from '../change/change.js'
import { emptySnapshot } from '../change/empty-snapshot.js'
import type { Snapshot } from '../change/snapshot.js'
import { describeFailure, type GitHub, statusOf } from './octokit.js'
import {
  openRepository,
  type PullRequest,
  type RepositoryClient,
  readBranchTip,
  readMergeBase,
} from './pull-request.js'
import { openGitHubSnapshot, type SnapshotSource, unreadableSnapshot } from './snapshot.js'

export interface ChangeSource {
  readonly client: RepositoryClient
  /** A client that may read all repositories of the installation: the organisation's policy is in another one. */
  readonly organisation: GitHub
  readonly interrupt?: SnapshotSource['interrupt']
}

/** A pull request against the merge base, under the policy of the base branch as it is now. */
export async function readPullRequestChange(source: ChangeSource, pull: PullRequest): Promise<Change> {
  const tip = (await readBranchTip(source.client, pull.baseRef)) ?? pull.baseSha
  return readBranchChange(source, {
    tip,
    ref: pull.baseRef,
    head: pull.headSha,
    fallbackRef: `pull/${pull.number}/head`,
  })
}

/** A branch without a pull request against its merge base with the default branch: never against what it was before. */
export async function readPushedBranchChange(source: ChangeSource, head: string): Promise<Change> {
  const { defaultBranch } = source.client
  const tip = await readBranchTip(source.client, defaultBranch)
  if (tip === undefined) return readRangeChange(source, undefined, head)
  return readBranchChange(source, { tip, ref: defaultBranch, head })
}

/**
 * The default branch from `before` to `after`, or a merge group from its base to its head, under the policy of where it
 * started. Without a start, everything is new.
 */
export async function readRangeChange(
  source: ChangeSource,
  before: string | undefined,
  after: string,
  ref?: string,
): Promise<Change> {
  const from = toSnapshotSource(source)
  const base =
    before === undefined
      ? emptySnapshot({ kind: 'git', sha: '0'.repeat(40) })
      : openGitHubSnapshot(from, { sha: before, ...(ref !== undefined && { ref }) })
  return withOrganisation(source, { base, head: openGitHubSnapshot(from, { sha: after }), policy: base })
}

/** One commit by itself, whose own policy judges it. */
export async function readState(
  source: ChangeSource,
  sha: string,
): Promise<{ readonly head: Snapshot; readonly organisationPolicy?: Snapshot }> {
  const organisationPolicy = await readOrganisationPolicy(source)
  const head = openGitHubSnapshot(toSnapshotSource(source), { sha })
  return { head, ...(organisationPolicy && { organisationPolicy }) }
}

interface BranchRange {
  readonly tip: string
  readonly ref: string
  readonly head: string
  readonly fallbackRef?: string
}

async function readBranchChange(source: ChangeSource, { tip, ref, head, fallbackRef }: BranchRange): Promise<Change> {
  const { client } = source
  // Histories that share nothing: then all that differs from the base branch is what merging would bring in.
  const mergeBase = await findMergeBase(client, tip, head, fallbackRef)
  const from = toSnapshotSource(source)
  const policy = openGitHubSnapshot(from, { sha: tip, ref })
  const base = mergeBase === tip ? policy : openGitHubSnapshot(from, { sha: mergeBase, ref })
  const commit = { sha: head, ...(fallbackRef !== undefined && { fallbackRef }) }
  return withOrganisation(source, { base, head: openGitHubSnapshot(from, commit), policy })
}

async function findMergeBase(
  client: RepositoryClient,
  tip: string,
  head: string,
  fallbackRef: string | undefined,
): Promise<string> {
  const bySha = await readMergeBase(client, tip, head)
  if (bySha !== undefined || fallbackRef === undefined) return bySha ?? tip
  return (await readMergeBase(client, tip, `refs/${fallbackRef}`)) ?? tip
}

const toSnapshotSource = ({ client, interrupt }: ChangeSource): SnapshotSource => ({ ...client, interrupt })

async function withOrganisation(source: ChangeSource, change: Change): Promise<Change> {
  const organisationPolicy = await readOrganisationPolicy(source)
  return organisationPolicy ? { ...change, organisationPolicy } : change
}

/** The default branch of the owner's `.github` repository. None is no floor; one that may not be read is a gap. */
async function readOrganisationPolicy({
  client,
  organisation,
  interrupt,
}: ChangeSource): Promise<Snapshot | undefined> {
  const name = '.github'
  try {
    const { owner, repo, defaultBranch, github } = await openRepository(organisation, { owner: client.owner, name })
    const sha = await readBranchTip({ owner, repo, defaultBranch, github }, defaultBranch)
    return sha === undefined
      ? undefined
      : openGitHubSnapshot({ github, owner, repo, interrupt }, { sha, ref: defaultBranch })
  } catch (error) {
    if (statusOf(error) === 404) return undefined
    if (interrupt?.(error)) throw error
    const detail = `${client.owner}/${name}: ${describeFailure(error)}`
    const gap = { code: 'repository-unreadable', fact: 'policy', file: '.github/lockwarden.yml', detail } as const
    return unreadableSnapshot({ kind: 'git', ref: `${client.owner}/${name}`, sha: '0'.repeat(40) }, gap)
  }
}
