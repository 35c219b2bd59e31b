import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Description, Match } from './description.js'
import { errorBody, type Fault, type FaultPlan } from './faults.js'
import type { AnswerGraphql, GraphqlRequest } from './graphql.js'
import { type Answer, type Call, notFound, Refusal, type Route, type Routes } from './route.js'
import { findRepository, type Repository, type Token, type World } from './state.js'
import { findToken, verifyAppToken } from './tokens.js'

/** One request as it came in, for assertions about how often and with what something was called. */
export interface RequestRecord {
  readonly operation: string
  readonly path: string
  readonly body: unknown
  /** 0 while, or because, nothing was answered. */
  status: number
}

export interface Front {
  readonly world: World
  readonly description: Description
  readonly routes: Routes
  readonly faults: FaultPlan
  readonly graphql: AnswerGraphql
  /** What was against GitHub's description, on either side. */
  readonly violations: string[]
  readonly requests: RequestRecord[]
}

interface Incoming {
  readonly method: string
  readonly url: URL
  readonly headers: IncomingMessage['headers']
  readonly body: unknown
}

export function createFront(front: Front): Server {
  return createServer((request, response) => {
    readIncoming(request)
      .then((incoming) => serve(front, incoming, response))
      .catch((error: unknown) => {
        front.violations.push(`the emulator failed: ${error instanceof Error ? error.stack : String(error)}`)
        send(response, { status: 500, body: errorBody(500, String(error)) })
      })
  })
}

async function readIncoming(request: IncomingMessage): Promise<Incoming> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString('utf8')
  const url = new URL(request.url ?? '/', 'http://emulator.test')
  return {
    method: request.method ?? 'GET',
    url,
    headers: request.headers,
    body: text === '' ? undefined : (JSON.parse(text) as unknown),
  }
}

async function serve(front: Front, incoming: Incoming, response: ServerResponse): Promise<void> {
  const path = aliasPath(front.world, incoming.url.pathname)
  const graphql = incoming.method === 'POST' && path === '/graphql'
  const match = graphql ? { operation: 'POST /graphql', params: {} } : front.description.match(incoming.method, path)
  const record: RequestRecord = {
    operation: match?.operation ?? `${incoming.method} ${path}`,
    path,
    body: incoming.body,
    status: 0,
  }
  front.requests.push(record)
  const fault = front.faults.take(record.operation)
  if (fault?.kind === 'hang') return
  if (fault?.kind === 'tokens-expire') front.world.tokens.clear()
  const answer = await answerOrFault(front, incoming, match, graphql, fault)
  const last = answer.status < 300 ? withEtag(incoming, answer) : answer
  record.status = last.status
  const own = `${front.world.url}${incoming.url.pathname}?`
  const link = last.headers?.link?.replaceAll('{url}', own)
  send(response, { ...last, headers: { ...rateHeaders(front), ...last.headers, ...(link && { link }) } })
}

async function answerOrFault(
  front: Front,
  incoming: Incoming,
  match: Match | undefined,
  graphql: boolean,
  fault: Fault | undefined,
): Promise<Answer> {
  if (fault?.kind === 'answer' && !fault.afterWrite) return fault.answer
  const answer = await (graphql ? answerGraphql(front, incoming) : answerRest(front, incoming, match)).catch(toAnswer)
  return fault?.kind === 'answer' && answer.status < 400 ? fault.answer : answer
}

function toAnswer(error: unknown): Answer {
  if (!(error instanceof Refusal)) throw error
  return {
    status: error.status,
    headers: error.headers,
    body: { ...errorBody(error.status, error.message), ...error.details },
  }
}

/** A violation is answered 500, so that no test passes on it even if it forgets to look at the list. */
function violate(front: Front, what: string): Answer {
  front.violations.push(what)
  return { status: 500, body: errorBody(500, what) }
}

async function answerRest(front: Front, incoming: Incoming, match: Match | undefined): Promise<Answer> {
  const { method, url } = incoming
  if (!match) return violate(front, `${method} ${url.pathname} is not among the operations of the fixture`)
  const query = Object.fromEntries(url.searchParams)
  const wrong = front.description.requestFaults(match, query, incoming.body)
  if (wrong.length > 0) return violate(front, `${match.operation}: ${wrong.join('; ')}`)
  const route = front.routes[match.operation]
  if (!route) return violate(front, `${match.operation} is in the fixture, but nothing answers it`)
  const answer = await callRoute(front, incoming, match, route, query).catch(toAnswer)
  const bad = answer.raw ? [] : front.description.responseFaults(match.operation, answer.status, answer.body)
  return bad.length > 0 ? violate(front, `answer ${answer.status} to ${match.operation}: ${bad.join('; ')}`) : answer
}

async function callRoute(
  front: Front,
  incoming: Incoming,
  match: Match,
  route: Route,
  query: Record<string, string>,
): Promise<Answer> {
  const { world } = front
  const authorization = incoming.headers.authorization ?? ''
  if (route.needs === 'app') verifyAppToken(world, authorization)
  const stranger = route.needs === 'nobody' && authorization === ''
  const token = route.needs === 'app' || stranger ? undefined : findToken(world, authorization)
  const { owner, repo } = match.params
  const moved = owner && repo ? world.formerNames.get(`${owner}/${repo}`.toLowerCase()) : undefined
  if (moved) return redirect(world, incoming, moved)
  const repository = owner && repo ? findRepository(world, owner, repo) : undefined
  if (token && owner && !mayRead(token, repository)) throw notFound()
  if (token) checkPermission(token, repository, route)
  const call: Call = {
    world,
    // A route below /repos/ has passed the check above, any other does not look at it.
    repository: repository as Repository,
    params: match.params,
    query,
    body: incoming.body,
    accept: incoming.headers.accept ?? '',
    token,
    actor: world.app.bot,
  }
  return route.answer(call)
}

/** A public repository can be read by any installation; what is not visible does not exist. */
function mayRead(token: Token, repository: Repository | undefined): boolean {
  if (!repository) return false
  return !repository.private || isInstalled(token, repository)
}

function isInstalled(token: Token, repository: Repository): boolean {
  return token.installation.account === repository.owner && (token.repositories?.has(repository.id) ?? true)
}

function checkPermission(token: Token, repository: Repository | undefined, { needs }: Route): void {
  if (typeof needs === 'string') return
  const public_ = repository !== undefined && !repository.private
  const granted = (name: string, level: 'read' | 'write') => {
    if (level === 'read' && public_) return true
    const has = repository && isInstalled(token, repository) ? token.permissions[name] : undefined
    return has === level || (level === 'read' && has === 'write')
  }
  if (needs.some(([name, level]) => granted(name, level))) return
  const accepted = needs.map(([name, level]) => `${name}=${level}`).join('; ')
  throw new Refusal(403, 'Resource not accessible by integration', {}, { 'x-accepted-github-permissions': accepted })
}

/** Renamed and transferred repositories are found under their id. */
function redirect(world: World, { method, url }: Incoming, repository: Repository): Answer {
  const rest = url.pathname.split('/').slice(4).join('/')
  const location = `${world.url}/repositories/${repository.id}${rest === '' ? '' : `/${rest}`}${url.search}`
  const status = method === 'GET' ? 301 : 307
  const message = status === 301 ? 'Moved Permanently' : 'Temporary Redirect'
  return {
    status,
    headers: { location },
    body: { message, url: location, documentation_url: 'https://docs.github.com/rest' },
  }
}

function aliasPath(world: World, path: string): string {
  const id = /^\/repositories\/(\d+)(?=\/|$)/.exec(path)
  const repository = world.repositories.find((one) => one.id === Number(id?.[1]))
  return id && repository ? `/repos/${repository.owner.login}/${repository.name}${path.slice(id[0].length)}` : path
}

async function answerGraphql(front: Front, incoming: Incoming): Promise<Answer> {
  const token = findToken(front.world, incoming.headers.authorization ?? '')
  const { body, faults } = await front.graphql(front.world, token, incoming.body as GraphqlRequest)
  return faults.length > 0 ? violate(front, `POST /graphql: ${faults.join('; ')}`) : { status: 200, body }
}

function withEtag({ method, headers }: Incoming, answer: Answer): Answer {
  if (method !== 'GET') return answer
  const bytes = answer.raw?.bytes ?? JSON.stringify(answer.body)
  const etag = `W/"${createHash('sha256').update(bytes).digest('hex')}"`
  if (headers['if-none-match'] === etag) return { status: 304, headers: { etag } }
  return { ...answer, headers: { ...answer.headers, etag } }
}

const limit = 5000

function rateHeaders({ world, requests }: Front): Record<string, string> {
  const used = Math.min(limit, requests.filter(({ status }) => status !== 304).length)
  return {
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(limit - used),
    'x-ratelimit-used': String(used),
    'x-ratelimit-reset': String(Math.floor(world.now().getTime() / 1000) + 3600),
    'x-ratelimit-resource': 'core',
    'x-github-request-id': String(requests.length),
  }
}

function send(response: ServerResponse, { status, body, raw, headers = {} }: Answer): void {
  const bytes = raw?.bytes ?? (body === undefined ? undefined : Buffer.from(JSON.stringify(body)))
  const type = raw?.type ?? 'application/json; charset=utf-8'
  response.writeHead(status, {
    ...headers,
    ...(bytes && { 'content-type': type, 'content-length': String(bytes.length) }),
  })
  response.end(bytes)
}
