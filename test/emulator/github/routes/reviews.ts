import { reviewCommentResource, reviewResource } from '../resources/comment.js'
import { bodyOf, type Call, findPull, notFound, page, Refusal, type Routes, reads, writes } from '../route.js'
import { type Pull, type Review, timestamp } from '../state.js'
import { addComment, checkBody, checkCommit, maxBodyCharacters, type Placed } from './comments.js'
import { type CommentRequest, placeComment } from './place-comment.js'

interface ReviewRequest {
  readonly commit_id?: string
  readonly body?: string
  readonly event?: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT'
  readonly comments?: readonly CommentRequest[]
}

const states = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const

export const reviewRoutes: Routes = {
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews': {
    needs: reads('pull_requests'),
    answer: (call) => {
      const pull = findPull(call)
      return page(
        call,
        pull.reviews.map((one) => reviewResource(call.world, pull, one)),
      )
    },
  },
  'POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews': { needs: writes('pull_requests'), answer: createReview },
  'PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}': {
    needs: writes('pull_requests'),
    answer: (call) => {
      const { pull, review } = findReview(call)
      review.body = checkBody(bodyOf<{ body: string }>(call).body)
      return { status: 200, body: reviewResource(call.world, pull, review) }
    },
  },
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/comments': {
    needs: reads('pull_requests'),
    answer: (call) => {
      const { pull, review } = findReview(call)
      const own = pull.comments.filter((one) => one.review === review.id)
      return page(
        call,
        own.map((one) => reviewCommentResource(call.world, pull, one)),
      )
    },
  },
}

function findReview(call: Call): { pull: Pull; review: Review } {
  const pull = findPull(call)
  const review = pull.reviews.find(({ id }) => id === Number(call.params.review_id))
  if (!review) throw notFound()
  return { pull, review }
}

/** All or nothing: one comment off the diff refuses the review, and the answer does not say which one it was. */
async function createReview(call: Call) {
  const request = bodyOf<ReviewRequest>(call)
  const pull = findPull(call)
  const commit = request.commit_id ?? pull.head.sha
  await checkCommit(pull, commit)
  checkReview(request)
  const placed: { place: Placed; body: string }[] = []
  for (const comment of request.comments ?? []) {
    const place = await placeComment(call.world, pull, comment)
    if (typeof place === 'string') throw refusal(place)
    placed.push({ place, body: checkBody(comment.body) })
  }
  const review: Review = {
    id: call.world.nextId(),
    user: call.actor,
    body: request.body ?? '',
    minimized: null,
    state: request.event ? states[request.event] : 'PENDING',
    commit,
    submittedAt: timestamp(call.world.now()),
  }
  pull.reviews.push(review)
  for (const { place, body } of placed) addComment(call, pull, review.id, place, body)
  return { status: 200, body: reviewResource(call.world, pull, review) }
}

function checkReview({ event, body = '', comments = [] }: ReviewRequest): void {
  const words = event === 'COMMENT' || event === 'REQUEST_CHANGES'
  if (words && body.trim() === '' && comments.length === 0) {
    throw new Refusal(422, 'Unprocessable Entity', { errors: ["Review body can't be blank"] })
  }
  if (body.length > maxBodyCharacters) {
    throw new Refusal(422, 'Unprocessable Entity', { errors: ['Body is too long (maximum is 65536 characters)'] })
  }
}

function refusal(field: string): Refusal {
  const what: Readonly<Record<string, string>> = {
    'pull_request_review_thread.path': 'Path could not be resolved',
    'pull_request_review_thread.line': 'Line could not be resolved',
    'pull_request_review_thread.start_line':
      'Pull request review thread start line must be part of the same hunk as the line.',
  }
  return new Refusal(422, 'Unprocessable Entity', { errors: [what[field] ?? field] })
}
