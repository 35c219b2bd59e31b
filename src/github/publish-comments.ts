import { maxReviewComments } from '../limits.js'
import { reviewBody } from '../report/check-texts.js'
import {
  type CommentPlan,
  type CommentPlanInput,
  type NewComment,
  type OwnComment,
  planComments,
  selectFindings,
} from './inline-comments.js'
import { type AppIdentity, describeFailure, isTransient, statusOf } from './octokit.js'
import { type PullRequest, type RepositoryClient, readPullRequest } from './pull-request.js'
import { RateLimited } from './rate-limit.js'

export interface CommentTarget {
  readonly client: RepositoryClient
  readonly identity: AppIdentity
  readonly pull: PullRequest
  /** Told what did not work and may stay so: the check run has the findings all the same. */
  readonly warn: (text: string) => void
}

export interface Published {
  /** Fingerprints of the findings that a comment on the current diff shows. */
  readonly shown: ReadonlySet<string>
  /** How many deserved a comment and have none. */
  readonly left: number
  /** The head moved meanwhile: nothing more may be published about the old one. */
  readonly moved: boolean
}

const attempts = 3

/**
 * Brings our comments on the pull request to where the report is. A write whose answer was lost is not repeated: the plan is
 * made again from what GitHub has then.
 */
export async function publishComments(
  target: CommentTarget,
  input: Omit<CommentPlanInput, 'existing' | 'headSha'>,
): Promise<Published> {
  const headSha = target.pull.headSha
  for (let attempt = 1; ; attempt += 1) {
    try {
      const existing = await listOwnComments(target)
      return await applyPlan(target, planComments({ ...input, headSha, existing }))
    } catch (error) {
      if (error instanceof RateLimited || (isTransient(error) && attempt >= attempts)) throw error
      if (isTransient(error)) continue
      if (statusOf(error) === undefined) throw error
      // No permission, or a conversation that was locked: the check run still tells everything.
      target.warn(`comments could not be published: ${describeFailure(error)}`)
      return { shown: new Set(), left: selectFindings(input.report, input.threshold.from).length, moved: false }
    }
  }
}

async function listOwnComments({ client, identity, pull }: CommentTarget): Promise<OwnComment[]> {
  const { github, owner, repo } = client
  const parameters = { owner, repo, pull_number: pull.number, per_page: 100 }
  const listed: Awaited<ReturnType<typeof github.rest.pulls.listReviewComments>>['data'] = []
  for await (const { data } of github.paginate.iterator(github.rest.pulls.listReviewComments, parameters)) {
    listed.push(...data)
    if (listed.length >= maxReviewComments) break
  }
  const isOurs = ({ user }: (typeof listed)[number]): boolean => isOwnAccount(user, identity)
  const answered = new Set(listed.flatMap((one) => (one.in_reply_to_id && !isOurs(one) ? [one.in_reply_to_id] : [])))
  return listed
    .filter((one) => isOurs(one) && one.in_reply_to_id === undefined)
    .map((one) => ({
      id: one.id,
      nodeId: one.node_id,
      body: one.body,
      file: one.path,
      ...(typeof one.line === 'number' && one.subject_type !== 'file' && { line: one.line }),
      answered: answered.has(one.id),
    }))
}

/** By the account that only our App can write as: a person can copy a marker, but not this. */
const isOwnAccount = (user: { readonly login: string; readonly type: string } | null, { slug }: AppIdentity): boolean =>
  user?.type === 'Bot' && user.login === `${slug}[bot]`

async function applyPlan(target: CommentTarget, plan: CommentPlan): Promise<Published> {
  const { client, warn } = target
  const unplaced = await createComments(target, plan.create)
  if (unplaced === 'moved') return { shown: new Set(), left: 0, moved: true }
  // The body comes last: it is by the body that the next plan knows whether all this was done.
  for (const nodeId of plan.restore) await setMinimized(client, nodeId, false, warn)
  for (const { id, body } of plan.update) await updateComment(client, id, body)
  for (const { id, body, nodeId } of plan.retire) {
    if (nodeId !== undefined) await setMinimized(client, nodeId, true, warn)
    await updateComment(client, id, body)
  }
  const gone = new Set(unplaced.flatMap(({ fingerprints }) => fingerprints))
  return {
    shown: new Set([...plan.shown].filter((fingerprint) => !gone.has(fingerprint))),
    left: plan.left + gone.size,
    moved: false,
  }
}

/** Line comments as one review, then those on whole files. Resolves with those that GitHub takes nowhere. */
async function createComments(target: CommentTarget, comments: readonly NewComment[]): Promise<NewComment[] | 'moved'> {
  const onLines = comments.filter(({ line }) => line !== undefined)
  const onFiles = comments.filter(({ line }) => line === undefined)
  const unplaced: NewComment[] = []
  if (onLines.length > 0) {
    const refused = await createReview(target, onLines)
    if (refused === 'moved') return refused
    unplaced.push(...refused)
  }
  for (const comment of onFiles) {
    if (!(await createFileComment(target, comment))) unplaced.push(comment)
  }
  return unplaced
}

async function createReview(target: CommentTarget, comments: readonly NewComment[]): Promise<NewComment[] | 'moved'> {
  const { client, pull } = target
  if (await hasReviewOfHead(target)) return createOneByOne(target, comments)
  const { github, owner, repo } = client
  try {
    await github.rest.pulls.createReview({
      owner,
      repo,
      pull_number: pull.number,
      commit_id: pull.headSha,
      event: 'COMMENT',
      body: reviewBody(comments.length),
      comments: comments.map(({ file, line, body }) => ({ path: file, body, side: 'RIGHT', ...(line && { line }) })),
    })
    return []
  } catch (error) {
    if (statusOf(error) !== 422) throw error
  }
  // One bad line refuses all of them, and the answer does not say which. Perhaps they are lines of a head that is gone.
  const current = await readPullRequest(client, pull.number)
  if (!current.open || current.headSha !== pull.headSha) return 'moved'
  return createOneByOne(target, comments)
}

/** One review a head: what a later run on the same head adds goes in as single comments. */
async function hasReviewOfHead({ client, identity, pull }: CommentTarget): Promise<boolean> {
  const { github, owner, repo } = client
  const parameters = { owner, repo, pull_number: pull.number, per_page: 100 }
  for await (const { data } of github.paginate.iterator(github.rest.pulls.listReviews, parameters)) {
    if (data.some(({ user, commit_id }) => isOwnAccount(user, identity) && commit_id === pull.headSha)) return true
  }
  return false
}

async function createOneByOne(target: CommentTarget, comments: readonly NewComment[]): Promise<NewComment[]> {
  const unplaced: NewComment[] = []
  for (const comment of comments) {
    const placed = (await createComment(target, comment)) || (await createFileComment(target, comment))
    if (!placed) unplaced.push(comment)
  }
  return unplaced
}

const createFileComment = (target: CommentTarget, { file, body, fingerprints }: NewComment): Promise<boolean> =>
  createComment(target, { file, body, fingerprints })

/** False when GitHub does not take the comment there. */
async function createComment(
  { client: { github, owner, repo }, pull, warn }: CommentTarget,
  { file, line, body }: NewComment,
): Promise<boolean> {
  const place = line === undefined ? ({ subject_type: 'file' } as const) : ({ line, side: 'RIGHT' } as const)
  try {
    await github.rest.pulls.createReviewComment({
      owner,
      repo,
      pull_number: pull.number,
      commit_id: pull.headSha,
      path: file,
      body,
      ...place,
    })
    return true
  } catch (error) {
    if (statusOf(error) !== 422) throw error
    warn(`GitHub takes no comment on ${line === undefined ? 'a file' : 'a line'}: ${describeFailure(error)}`)
    return false
  }
}

async function updateComment({ github, owner, repo }: RepositoryClient, id: number, body: string): Promise<void> {
  try {
    await github.rest.pulls.updateReviewComment({ owner, repo, comment_id: id, body })
  } catch (error) {
    // Somebody deleted it since we listed it: that is their decision.
    if (statusOf(error) !== 404) throw error
  }
}

const minimize = `mutation ($id: ID!) {
  minimizeComment(input: { subjectId: $id, classifier: OUTDATED }) { minimizedComment { isMinimized } }
}`

const unminimize = `mutation ($id: ID!) {
  unminimizeComment(input: { subjectId: $id }) { unminimizedComment { isMinimized } }
}`

/** Only folds the comment: its text says already what became of it, so a refusal changes nothing that matters. */
async function setMinimized(
  { github }: RepositoryClient,
  id: string,
  minimized: boolean,
  warn: (text: string) => void,
): Promise<void> {
  try {
    await github.graphql(minimized ? minimize : unminimize, { id })
  } catch (error) {
    if (error instanceof RateLimited) throw error
    warn(`a comment could not be ${minimized ? 'minimised' : 'shown again'}: ${describeFailure(error)}`)
  }
}
