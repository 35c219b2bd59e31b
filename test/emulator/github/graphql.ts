import { buildSchema, type GraphQLSchema, graphql, parse, specifiedRules, validate } from 'graphql'
import { readFixture } from './fixtures.js'
import { nodeId } from './resources/account.js'
import type { Account, IssueComment, Pull, Review, ReviewComment, Token, World } from './state.js'

export interface GraphqlRequest {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>>
}

export interface GraphqlAnswer {
  readonly body: unknown
  /** What GitHub's schema refuses in the request. */
  readonly faults: readonly string[]
}

export type AnswerGraphql = (world: World, token: Token, request: GraphqlRequest) => Promise<GraphqlAnswer>

/** The part of GitHub's GraphQL schema that test/emulator/schema/extract.js took, executed by the reference implementation. */
export function openGraphql(): AnswerGraphql {
  let schema: GraphQLSchema | undefined
  return async (world, token, { query, variables }) => {
    schema ??= buildSchema(readFixture('schema.graphql'))
    const faults = findFaults(schema, query)
    const rootValue = resolvers(world, token)
    const typeResolver = (value: unknown) => (value as { __typename: string }).__typename
    const result = await graphql({ schema, source: query, rootValue, typeResolver, variableValues: variables ?? null })
    // Missing or wrong variables are errors without a path: the request's fault, not an answer's.
    const refused = (result.errors ?? []).filter(({ path }) => path === undefined).map(({ message }) => message)
    return { body: result, faults: faults.length > 0 ? faults : refused }
  }
}

function findFaults(schema: GraphQLSchema, query: string): string[] {
  try {
    return validate(schema, parse(query), specifiedRules).map(({ message }) => message)
  } catch (error) {
    return [`the query does not parse: ${String(error)}`]
  }
}

function resolvers(world: World, token: Token) {
  const minimize = (subject: string, classifier: string | null) => {
    const found = findNode(world, subject)
    if (!found || !('minimized' in found.value))
      throw new Error(`Could not resolve to a node with the global id of '${subject}'`)
    if (world.switches.minimizeForbidden || token.permissions.pull_requests !== 'write') throw new Error('FORBIDDEN')
    found.value.minimized = classifier
    return found.show()
  }
  type Input = { input: { subjectId: string; classifier: string; clientMutationId?: string } }
  return {
    id: 'Q_1',
    node: ({ id }: { id: string }) => findNode(world, id)?.show() ?? null,
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const found = world.repositories.find((one) => one.owner.login === owner && one.name === name)
      if (!found) throw new Error(`Could not resolve to a Repository with the name '${owner}/${name}'.`)
      const pullRequest = ({ number }: { number: number }) => {
        const pull = found.pulls.find((one) => one.number === number)
        return pull ? showPull(pull) : null
      }
      return { __typename: 'Repository', id: nodeId('R', found.id), nameWithOwner: `${owner}/${name}`, pullRequest }
    },
    minimizeComment: ({ input }: Input) => ({
      clientMutationId: input.clientMutationId,
      minimizedComment: minimize(input.subjectId, input.classifier.toLowerCase()),
    }),
    unminimizeComment: ({ input }: Input) => ({
      clientMutationId: input.clientMutationId,
      unminimizedComment: minimize(input.subjectId, null),
    }),
  }
}

function findNode(world: World, id: string) {
  for (const pull of world.repositories.flatMap(({ pulls }) => pulls)) {
    if (nodeId('PR', pull.id) === id) return { value: pull, show: () => showPull(pull) }
    for (const value of pull.comments)
      if (nodeId('PRRC', value.id) === id) return { value, show: () => showComment(value) }
    for (const value of pull.reviews)
      if (nodeId('PRR', value.id) === id) return { value, show: () => showReview(pull, value) }
    for (const value of pull.timeline)
      if (nodeId('IC', value.id) === id) return { value, show: () => showIssueComment(value) }
  }
  return undefined
}

interface Slice {
  readonly first?: number
  readonly last?: number
  readonly after?: string
}

/** Cursors are the number of items that came before. */
function connection<T>(items: readonly T[], { first, last, after }: Slice, show: (item: T) => unknown) {
  if (first === undefined && last === undefined)
    throw new Error('You must provide a `first` or `last` value to properly paginate the connection.')
  const start = last === undefined ? Number(after ?? 0) : Math.max(0, items.length - last)
  const end = Math.min(items.length, start + (first ?? last ?? 0))
  const pageInfo = { hasNextPage: end < items.length, endCursor: end > start ? String(end) : null }
  return { nodes: items.slice(start, end).map(show), pageInfo, totalCount: items.length }
}

function showPull(pull: Pull) {
  const threads = pull.comments.filter(({ inReplyTo }) => inReplyTo === undefined)
  return {
    __typename: 'PullRequest',
    id: nodeId('PR', pull.id),
    number: pull.number,
    author: showAuthor(pull.user),
    body: pull.body ?? '',
    comments: (slice: Slice) => connection(pull.timeline, slice, showIssueComment),
    reviews: (slice: Slice) => connection(pull.reviews, slice, (one) => showReview(pull, one)),
    reviewThreads: (slice: Slice) => connection(threads, slice, (one) => showThread(pull, one)),
  }
}

function showThread(pull: Pull, first: ReviewComment) {
  return {
    __typename: 'PullRequestReviewThread',
    id: nodeId('PRRT', first.id),
    isResolved: pull.resolved.has(first.id),
    isOutdated: first.subject === 'line' && first.position === null,
    path: first.path,
    line: first.line,
    subjectType: first.subject.toUpperCase(),
    comments: (slice: Slice) =>
      connection(
        pull.comments.filter(({ id, inReplyTo }) => id === first.id || inReplyTo === first.id),
        slice,
        showComment,
      ),
  }
}

function showComment(comment: ReviewComment) {
  return { __typename: 'PullRequestReviewComment', ...shared('PRRC', comment), path: comment.path }
}

function showReview(pull: Pull, review: Review) {
  const own = pull.comments.filter((one) => one.review === review.id)
  const comments = (slice: Slice) => connection(own, slice, showComment)
  return { __typename: 'PullRequestReview', ...shared('PRR', review), comments }
}

function showIssueComment(comment: IssueComment) {
  return { __typename: 'IssueComment', ...shared('IC', comment) }
}

function shared(kind: string, one: { id: number; user: Account; body: string; minimized: string | null }) {
  return {
    id: nodeId(kind, one.id),
    databaseId: one.id,
    fullDatabaseId: String(one.id),
    author: showAuthor(one.user),
    body: one.body,
    isMinimized: one.minimized !== null,
    minimizedReason: one.minimized,
  }
}

/** GraphQL calls a bot by its name alone: only REST adds `[bot]`. */
function showAuthor({ id, login, type }: Account) {
  return {
    __typename: type === 'Bot' ? 'Bot' : 'User',
    id: nodeId('U', id),
    databaseId: id,
    login: login.replace(/\[bot\]$/, ''),
  }
}
