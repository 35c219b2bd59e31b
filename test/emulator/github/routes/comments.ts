import { accountResource, nodeId } from '../resources/account.js'
import { issueCommentResource, reviewCommentResource } from '../resources/comment.js'
import { bodyOf, type Call, findPull, notFound, page, Refusal, type Routes, reads, writes } from '../route.js'
import { type Pull, type Repository, type ReviewComment, timestamp } from '../state.js'
import { type CommentRequest, placeComment } from './place-comment.js'

export const maxBodyCharacters = 65_535

export const commentRoutes: Routes = {
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/comments': {
    needs: reads('pull_requests'),
    answer: (call) => {
      const pull = findPull(call)
      return page(
        call,
        pull.comments.map((one) => reviewCommentResource(call.world, pull, one)),
      )
    },
  },
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments': { needs: writes('pull_requests'), answer: createComment },
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies': {
    needs: writes('pull_requests'),
    answer: (call) => reply(call, Number(call.params.comment_id)),
  },
  'GET /repos/{owner}/{repo}/pulls/comments/{comment_id}': {
    needs: reads('pull_requests'),
    answer: (call) => {
      const { pull, comment } = findComment(call)
      return { status: 200, body: reviewCommentResource(call.world, pull, comment) }
    },
  },
  'PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}': {
    needs: writes('pull_requests'),
    answer: (call) => {
      const { pull, comment } = findComment(call)
      comment.body = checkBody(bodyOf<{ body: string }>(call).body)
      comment.updatedAt = timestamp(call.world.now())
      return { status: 200, body: reviewCommentResource(call.world, pull, comment) }
    },
  },
  'DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}': {
    needs: writes('pull_requests'),
    answer: (call) => {
      const { pull, comment } = findComment(call)
      pull.comments.splice(pull.comments.indexOf(comment), 1)
      return { status: 204 }
    },
  },
  'POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions': {
    needs: writes('pull_requests'),
    answer: (call) => {
      findComment(call)
      return react(call)
    },
  },
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments': {
    needs: reads('issues', 'pull_requests'),
    answer: (call) => {
      const pull = findPull(call)
      return page(
        call,
        pull.timeline.map((one) => issueCommentResource(call.world, pull, one)),
      )
    },
  },
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments': {
    needs: writes('issues', 'pull_requests'),
    answer: (call) => {
      const pull = findPull(call)
      const body = checkBody(bodyOf<{ body: string }>(call).body)
      const at = timestamp(call.world.now())
      const comment = { id: call.world.nextId(), user: call.actor, body, minimized: null, createdAt: at, updatedAt: at }
      pull.timeline.push(comment)
      return { status: 201, body: issueCommentResource(call.world, pull, comment) }
    },
  },
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}': {
    needs: writes('issues', 'pull_requests'),
    answer: (call) => {
      const { pull, comment } = findTimelineComment(call)
      comment.body = checkBody(bodyOf<{ body: string }>(call).body)
      comment.updatedAt = timestamp(call.world.now())
      return { status: 200, body: issueCommentResource(call.world, pull, comment) }
    },
  },
  'POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions': {
    needs: writes('issues', 'pull_requests'),
    answer: (call) => {
      findTimelineComment(call)
      return react(call)
    },
  },
}

export function checkBody(body: string): string {
  if (body.trim() === '') throw new Refusal(422, 'Validation Failed', invalid('body', 'missing_field'))
  if (body.length > maxBodyCharacters) {
    throw new Refusal(422, 'Validation Failed', invalid('body', 'too_long'))
  }
  return body
}

export function invalid(field: string, code: string) {
  return { errors: [{ resource: 'PullRequestReviewComment', field, code }] }
}

async function createComment(call: Call) {
  const request = bodyOf<CommentRequest & { readonly commit_id: string; readonly in_reply_to?: number }>(call)
  if (request.in_reply_to !== undefined) return reply(call, request.in_reply_to)
  const pull = findPull(call)
  await checkCommit(pull, request.commit_id)
  const review = call.world.nextId()
  const placed = await placeComment(call.world, pull, request)
  if (typeof placed === 'string') {
    const message = `${placed} must be part of the diff`
    const errors = [{ resource: 'PullRequestReviewComment', code: 'custom', field: placed, message }]
    throw new Refusal(422, 'Validation Failed', { errors })
  }
  const comment = addComment(call, pull, review, placed, checkBody(request.body))
  const at = timestamp(call.world.now())
  pull.reviews.push({
    id: review,
    user: call.actor,
    body: '',
    minimized: null,
    state: 'COMMENTED',
    commit: request.commit_id,
    submittedAt: at,
  })
  return { status: 201, body: reviewCommentResource(call.world, pull, comment) }
}

/** A commit of the pull request. An older one than the head is allowed: its comments are outdated from the start. */
export async function checkCommit(pull: Pull, sha: string): Promise<void> {
  if (sha === pull.head.sha) return
  const { git } = pull.base.repository
  if (!(await git.resolve(sha)) || !(await git.isAncestor(sha, pull.head.sha))) {
    throw new Refusal(422, 'Validation Failed', {
      errors: [
        {
          resource: 'PullRequestReviewComment',
          code: 'custom',
          field: 'commit_id',
          message: 'commit_id is not part of the pull request',
        },
      ],
    })
  }
}

export type Placed = Omit<ReviewComment, 'id' | 'user' | 'review' | 'body' | 'minimized' | 'createdAt' | 'updatedAt'>

export function addComment(call: Call, pull: Pull, review: number, placed: Placed, body: string): ReviewComment {
  const at = timestamp(call.world.now())
  const id = call.world.nextId()
  const comment = { ...placed, id, user: call.actor, review, body, minimized: null, createdAt: at, updatedAt: at }
  pull.comments.push(comment)
  return comment
}

function reply(call: Call, to: number) {
  const pull = findPull(call)
  const first = pull.comments.find(({ id }) => id === to)
  if (!first) throw notFound()
  const body = checkBody(bodyOf<{ body: string }>(call).body)
  const comment = addComment(
    call,
    pull,
    call.world.nextId(),
    { ...first, inReplyTo: first.inReplyTo ?? first.id },
    body,
  )
  return { status: 201, body: reviewCommentResource(call.world, pull, comment) }
}

export function findComment({ repository, params }: { repository: Repository; params: Call['params'] }) {
  for (const pull of repository.pulls) {
    const comment = pull.comments.find(({ id }) => id === Number(params.comment_id))
    if (comment) return { pull, comment }
  }
  throw notFound()
}

function findTimelineComment({ repository, params }: Call) {
  for (const pull of repository.pulls) {
    const comment = pull.timeline.find(({ id }) => id === Number(params.comment_id))
    if (comment) return { pull, comment }
  }
  throw notFound()
}

function react({ world, actor, ...call }: Call) {
  const { content } = call.body as { content: string }
  const id = world.nextId()
  const body = {
    id,
    node_id: nodeId('REA', id),
    user: accountResource(world, actor),
    content,
    created_at: timestamp(world.now()),
  }
  return { status: 201, body }
}
