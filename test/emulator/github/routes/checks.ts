import { checkRunResource, checkSuiteResource } from '../resources/check.js'
import { htmlUrl } from '../resources/repository.js'
import { bodyOf, type Call, notFound, page, Refusal, type Routes, reads, writes } from '../route.js'
import {
  type Annotation,
  type App,
  type CheckRun,
  type CheckSuite,
  type Repository,
  timestamp,
  type World,
} from '../state.js'
import { visibleCommit } from './git.js'

interface CheckRequest {
  readonly name?: string
  readonly head_sha?: string
  readonly details_url?: string
  readonly external_id?: string
  readonly status?: string
  readonly conclusion?: string
  readonly started_at?: string
  readonly completed_at?: string
  readonly output?: {
    readonly title?: string
    readonly summary: string
    readonly text?: string
    readonly annotations?: readonly Annotation[]
  }
}

export const checkRoutes: Routes = {
  'POST /repos/{owner}/{repo}/check-runs': { needs: writes('checks'), answer: createCheck },
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}': {
    needs: reads('checks'),
    answer: (call) => ({ status: 200, body: checkRunResource(call.world, call.repository, findCheck(call)) }),
  },
  'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}': {
    needs: writes('checks'),
    answer: (call) => {
      const run = findCheck(call)
      if (run.suite.app !== call.world.app) throw new Refusal(403, 'Invalid app_id')
      updateCheck(call, run, bodyOf<CheckRequest>(call))
      return { status: 200, body: checkRunResource(call.world, call.repository, run) }
    },
  },
  'GET /repos/{owner}/{repo}/check-runs/{check_run_id}/annotations': {
    needs: reads('checks'),
    answer: (call) => {
      const run = findCheck(call)
      const blob = `${htmlUrl(call.world, call.repository)}/blob/${run.suite.headSha}`
      const empty = { start_column: null, end_column: null, title: null, raw_details: null }
      return page(
        call,
        run.annotations.map((one) => ({ ...empty, ...one, blob_href: `${blob}/${encodeURI(one.path)}` })),
      )
    },
  },
  'GET /repos/{owner}/{repo}/commits/{ref}/check-runs': {
    needs: reads('checks'),
    answer: async (call) => {
      const sha = await visibleCommit(call.world, call.repository, call.params.ref ?? '', 422)
      return listChecks(
        call,
        call.repository.checks.filter(({ suite }) => suite.headSha === sha),
      )
    },
  },
  'GET /repos/{owner}/{repo}/check-suites/{check_suite_id}/check-runs': {
    needs: reads('checks'),
    answer: (call) => {
      const suite = findSuite(call)
      return listChecks(
        call,
        call.repository.checks.filter((run) => run.suite === suite),
      )
    },
  },
  'GET /repos/{owner}/{repo}/commits/{ref}/check-suites': {
    needs: reads('checks'),
    answer: async (call) => {
      const { world, repository, params, query } = call
      const sha = await visibleCommit(world, repository, params.ref ?? '', 422)
      const app = query.app_id === undefined ? undefined : Number(query.app_id)
      const suites = repository.suites.filter((one) => one.headSha === sha && (app === undefined || one.app.id === app))
      const shown = await Promise.all(suites.map((one) => checkSuiteResource(world, repository, one)))
      return page(call, shown, (check_suites) => ({ total_count: shown.length, check_suites }))
    },
  },
  'GET /repos/{owner}/{repo}/check-suites/{check_suite_id}': {
    needs: reads('checks'),
    answer: async (call) => ({
      status: 200,
      body: await checkSuiteResource(call.world, call.repository, findSuite(call)),
    }),
  },
}

function findSuite({ repository, params }: Call): CheckSuite {
  const found = repository.suites.find(({ id }) => id === Number(params.check_suite_id))
  if (!found) throw notFound()
  return found
}

function findCheck({ repository, params }: Call): CheckRun {
  const found = repository.checks.find(({ id }) => id === Number(params.check_run_id))
  if (!found) throw notFound()
  return found
}

function listChecks(call: Call, runs: readonly CheckRun[]) {
  const { check_name: name, app_id: app, status, filter = 'latest' } = call.query
  const wanted = runs.filter(
    (run) =>
      (name === undefined || run.name === name) &&
      (app === undefined || run.suite.app.id === Number(app)) &&
      (status === undefined || run.status === status),
  )
  const newest = wanted.toReversed()
  const latest = (run: CheckRun) => newest.find((one) => one.name === run.name && one.suite === run.suite) === run
  const shown = filter === 'all' ? newest : newest.filter(latest)
  const resources = shown.map((run) => checkRunResource(call.world, call.repository, run))
  return page(call, resources, (check_runs) => ({ total_count: shown.length, check_runs }))
}

async function createCheck(call: Call) {
  const request = bodyOf<CheckRequest>(call)
  const { world, repository } = call
  const sha = await repository.git.resolve(request.head_sha ?? '')
  if (sha === undefined || sha !== request.head_sha)
    throw new Refusal(422, `No commit found for SHA: ${request.head_sha}`)
  const run = addCheck(world, repository, world.app, sha, request.name ?? '')
  updateCheck(call, run, request)
  return { status: 201, body: checkRunResource(world, repository, run) }
}

/** A new run, in the App's suite for that commit: there is one for each App. */
export function addCheck(world: World, repository: Repository, app: App, sha: string, name: string): CheckRun {
  const run: CheckRun = {
    id: world.nextId(),
    suite: suiteFor(world, repository, app, sha),
    name,
    externalId: '',
    detailsUrl: null,
    status: 'queued',
    conclusion: null,
    startedAt: timestamp(world.now()),
    completedAt: null,
    title: null,
    summary: null,
    text: null,
    annotations: [],
  }
  repository.checks.push(run)
  return run
}

export function suiteFor(world: World, repository: Repository, app: App, sha: string): CheckSuite {
  const known = repository.suites.find((one) => one.headSha === sha && one.app === app)
  if (known) return known
  // A head that is in a fork has no branch here.
  const own = repository.pulls.find(({ head }) => head.repository === repository && head.sha === sha)
  const headBranch = own?.head.ref ?? null
  const suite = { id: world.nextId(), app, headSha: sha, headBranch, createdAt: timestamp(world.now()) }
  repository.suites.push(suite)
  return suite
}

/** Annotations are added to those already there: sending them twice shows them twice. A conclusion completes. */
function updateCheck({ world }: Call, run: CheckRun, request: CheckRequest): void {
  if (request.status === 'completed' && request.conclusion === undefined) {
    throw new Refusal(422, 'Invalid request.\n\n"conclusion" is required when "status" is "completed".')
  }
  checkAnnotations(request.output?.annotations ?? [])
  run.name = request.name ?? run.name
  run.externalId = request.external_id ?? run.externalId
  run.detailsUrl = request.details_url ?? run.detailsUrl
  run.startedAt = request.started_at ?? run.startedAt
  run.title = request.output?.title ?? run.title
  run.summary = request.output?.summary ?? run.summary
  run.text = request.output?.text ?? run.text
  run.annotations.push(...(request.output?.annotations ?? []))
  if (request.conclusion !== undefined) {
    run.status = 'completed'
    run.conclusion = request.conclusion
    run.completedAt = request.completed_at ?? timestamp(world.now())
  } else if (request.status !== undefined) {
    run.status = request.status
    run.conclusion = null
    run.completedAt = null
  }
}

/** What the schema only says in words. */
function checkAnnotations(annotations: readonly Annotation[]): void {
  const maxBytes = 64 * 1024
  for (const one of annotations) {
    const columns = one.start_column !== undefined || one.end_column !== undefined
    const wrong =
      Buffer.byteLength(one.message) > maxBytes ||
      Buffer.byteLength(one.raw_details ?? '') > maxBytes ||
      (one.title ?? '').length > 255 ||
      one.end_line < one.start_line ||
      (columns && one.start_line !== one.end_line)
    if (wrong) throw new Refusal(422, 'Invalid request.\n\nAn annotation is out of bounds.')
  }
}
