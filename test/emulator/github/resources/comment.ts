import type { IssueComment, Pull, Review, ReviewComment, World } from '../state.js'
import { accountResource, nodeId } from './account.js'
import { links } from './pull.js'
import { apiUrl, htmlUrl } from './repository.js'

const urlsOf = (world: World, pull: Pull) => ({
  api: apiUrl(world, pull.base.repository),
  pull: `${apiUrl(world, pull.base.repository)}/pulls/${pull.number}`,
  html: `${htmlUrl(world, pull.base.repository)}/pull/${pull.number}`,
})

export function reviewResource(world: World, pull: Pull, review: Review) {
  const urls = urlsOf(world, pull)
  const html = `${urls.html}#pullrequestreview-${review.id}`
  return {
    id: review.id,
    node_id: nodeId('PRR', review.id),
    user: accountResource(world, review.user),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: urls.pull,
    author_association: 'NONE',
    _links: links({ html, pull_request: urls.pull }),
    submitted_at: review.submittedAt,
    commit_id: review.commit,
  }
}

export function reviewCommentResource(world: World, pull: Pull, comment: ReviewComment) {
  const urls = urlsOf(world, pull)
  const [url, html] = [`${urls.api}/pulls/comments/${comment.id}`, `${urls.html}#discussion_r${comment.id}`]
  return {
    url,
    id: comment.id,
    node_id: nodeId('PRRC', comment.id),
    pull_request_review_id: comment.review,
    diff_hunk: comment.hunk,
    path: comment.path,
    commit_id: comment.commit,
    original_commit_id: comment.originalCommit,
    ...(comment.inReplyTo !== undefined && { in_reply_to_id: comment.inReplyTo }),
    user: accountResource(world, comment.user),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    html_url: html,
    pull_request_url: urls.pull,
    author_association: 'NONE',
    _links: links({ self: url, html, pull_request: urls.pull }),
    ...place(comment),
    subject_type: comment.subject,
  }
}

function place(comment: ReviewComment) {
  return {
    ...listedPlace(comment),
    start_line: comment.startLine,
    original_start_line: comment.originalStartLine,
    start_side: comment.startSide,
    side: comment.side,
  }
}

/** A file comment has no lines at all: absent where the schema knows no null. */
function listedPlace(comment: ReviewComment) {
  return {
    position: comment.subject === 'file' ? 1 : comment.position,
    original_position: comment.originalPosition ?? 1,
    line: comment.line,
    original_line: comment.originalLine,
  }
}

export function issueCommentResource(world: World, pull: Pull, comment: IssueComment) {
  const urls = urlsOf(world, pull)
  return {
    id: comment.id,
    node_id: nodeId('IC', comment.id),
    url: `${urls.api}/issues/comments/${comment.id}`,
    html_url: `${urls.html}#issuecomment-${comment.id}`,
    issue_url: `${urls.api}/issues/${pull.number}`,
    user: accountResource(world, comment.user),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: 'NONE',
    body: comment.body,
    performed_via_github_app: null,
  }
}

export const reactionCounts = (url: string) => ({
  url,
  total_count: 0,
  '+1': 0,
  '-1': 0,
  laugh: 0,
  hooray: 0,
  confused: 0,
  heart: 0,
  rocket: 0,
  eyes: 0,
})
