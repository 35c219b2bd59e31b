import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import nock from 'nock'
import { type Annotation, type CheckPlan, toPlan } from '../../src/github/check-plan.js'
import { type CheckTarget, cancelCheck, completeCheck, findCheck, openCheck } from '../../src/github/check-run.js'
import { OctokitWithoutRetries } from '../../src/github/octokit.js'
import { stoppedNotice } from '../../src/report/check-texts.js'

// nock replaces a module of Node that all test files of one worker share.
afterAll(() => nock.restore())

const baseUrl = 'https://github.example/api/v3'
const sha = 'a'.repeat(40)
const target: CheckTarget = {
  client: {
    github: new OctokitWithoutRetries({ baseUrl, auth: { token: 'x' } }),
    owner: 'acme',
    repo: 'shop',
    defaultBranch: 'main',
  },
  appId: 7,
  sha,
  name: 'Lockwarden',
  externalId: 'pull-request',
}

const aRun = (overrides: object = {}) => ({
  id: 1,
  name: 'Lockwarden',
  head_sha: sha,
  external_id: 'pull-request',
  status: 'in_progress',
  conclusion: null,
  app: { id: 7 },
  output: { annotations_count: 0 },
  ...overrides,
})
const run = {
  id: 1,
  name: 'Lockwarden',
  externalId: 'pull-request',
  completed: false,
  conclusion: null,
  annotations: 0,
}

type Sent = { readonly call: string; readonly body: unknown }

/** Answers calls in this order, and keeps what was sent. */
function answer(...answers: readonly [call: string, status: number, body?: unknown][]): Sent[] {
  const sent: Sent[] = []
  for (const [call, status, reply = {}] of answers) {
    const [method = '', path = ''] = call.split(' ')
    nock(`${baseUrl}/repos/acme/shop`)
      .intercept(new RegExp(`${path}(\\?.*)?$`), method)
      .reply(status, (_, body) => {
        sent.push({ call, body })
        return reply as nock.Body
      })
  }
  return sent
}

const list = `GET /commits/${sha}/check-runs`
const create = 'POST /check-runs'
const update = 'PATCH /check-runs/1'
const annotationsOf = 'GET /check-runs/1/annotations'
const listed = (...check_runs: readonly object[]) => ({ total_count: check_runs.length, check_runs })

const someAnnotations = (count: number): Annotation[] =>
  Array.from({ length: count }, (_, index) => ({
    path: 'package-lock.json',
    start_line: index + 1,
    end_line: index + 1,
    annotation_level: 'failure',
    title: 'high: install script added',
    message: `finding ${index + 1}`,
  }))
const aPlan = (annotations: readonly Annotation[] = []): CheckPlan => ({
  conclusion: 'failure',
  output: { title: 'flagged', summary: 'summary', text: 'text' },
  annotations,
})
const batches = (sent: readonly Sent[]) =>
  sent
    .filter(({ call }) => call === update)
    .map(({ body }) => {
      const { status, output } = body as { status?: string; output: { annotations: Annotation[] } }
      return [status ?? 'unchanged', output.annotations.length]
    })

describe('a check run', () => {
  beforeEach(() => nock.disableNetConnect())
  afterEach(() => {
    const pending = nock.pendingMocks()
    nock.cleanAll()
    nock.enableNetConnect()
    expect(pending).toEqual([])
  })

  it('is found by the App and the commit, never by its name alone', async () => {
    answer([list, 200, listed(aRun({ id: 5, app: { id: 8 } }), aRun({ id: 6, head_sha: 'b'.repeat(40) }), aRun())])
    expect(await findCheck(target)).toEqual(run)
  })

  it('is found by the ref of the pull request when GitHub does not give a fork its commit by sha', async () => {
    answer([list, 404], ['GET /commits/pull%2F5%2Fhead/check-runs', 200, listed(aRun())])
    expect(await findCheck({ ...target, fallbackRef: 'pull/5/head' })).toEqual(run)
  })

  it('is created in progress when there is none', async () => {
    const sent = answer([list, 200, listed()], [create, 201, aRun()])
    expect(await openCheck(target)).toEqual(run)
    expect(sent[1]?.body).toMatchObject({
      name: 'Lockwarden',
      head_sha: sha,
      status: 'in_progress',
      external_id: 'pull-request',
    })
  })

  it('is taken as it is when it is in progress already', async () => {
    answer([list, 200, listed(aRun())])
    expect(await openCheck(target)).toEqual(run)
  })

  it('is set back when it was completed', async () => {
    const done = aRun({ status: 'completed', conclusion: 'success' })
    const sent = answer([list, 200, listed(done)], [update, 200, aRun()])
    expect(await openCheck(target)).toEqual(run)
    expect(sent[1]?.body).toMatchObject({ status: 'in_progress', output: { text: '' } })
  })

  it('is replaced when it was completed with annotations, which cannot be taken away', async () => {
    const done = aRun({ status: 'completed', conclusion: 'failure', output: { annotations_count: 2 } })
    answer([list, 200, listed(done)], [create, 201, aRun({ id: 2 })])
    expect(await openCheck(target)).toEqual({ ...run, id: 2 })
  })

  it('is replaced when GitHub does not set it back', async () => {
    const done = aRun({ status: 'completed', conclusion: 'success' })
    answer([list, 200, listed(done)], [update, 200, done], [create, 201, aRun({ id: 2 })])
    expect(await openCheck(target)).toEqual({ ...run, id: 2 })
  })

  it('is looked for when the answer to its creation was lost, and not created again', async () => {
    answer([list, 200, listed()], [create, 502], [list, 200, listed(aRun())])
    expect(await openCheck(target)).toEqual(run)
  })

  it('is a failure when its creation failed', async () => {
    answer([list, 200, listed()], [create, 502], [list, 200, listed()])
    await expect(openCheck(target)).rejects.toMatchObject({ status: 502 })
  })

  it.each([
    [0, [['completed', 0]]],
    [50, [['completed', 50]]],
    [
      51,
      [
        ['unchanged', 50],
        ['completed', 1],
      ],
    ],
    [
      120,
      [
        ['unchanged', 50],
        ['unchanged', 50],
        ['completed', 20],
      ],
    ],
  ])('gets %s annotations in parts that GitHub takes, the last one with the conclusion', async (count, wanted) => {
    const sent = answer(...wanted.map((): [string, number, unknown] => [update, 200, aRun()]))
    await completeCheck(target, run, aPlan(someAnnotations(count)))
    expect(batches(sent)).toEqual(wanted)
  })

  it('gets each annotation once when an answer was lost after the write', async () => {
    const annotations = someAnnotations(60)
    const sent = answer(
      [update, 200, aRun()],
      [update, 502],
      [annotationsOf, 200, annotations.slice(0, 60)],
      [update, 200, aRun()],
    )
    await completeCheck(target, run, aPlan(annotations))
    expect(batches(sent)).toEqual([
      ['unchanged', 50],
      ['completed', 10],
      ['completed', 0],
    ])
  })

  it('gets the annotations that are missing when the write did not happen', async () => {
    const annotations = someAnnotations(60)
    const sent = answer(
      [update, 200, aRun()],
      [update, 502],
      [annotationsOf, 200, annotations.slice(0, 50)],
      [update, 200, aRun()],
    )
    await completeCheck(target, run, aPlan(annotations))
    expect(batches(sent).at(-1)).toEqual(['completed', 10])
  })

  it('gets what an interrupted job did not send', async () => {
    const annotations = someAnnotations(3)
    const sent = answer([annotationsOf, 200, annotations.slice(0, 1)], [update, 200, aRun()])
    await completeCheck(target, { ...run, annotations: 1 }, aPlan(annotations))
    expect(batches(sent)).toEqual([['completed', 2]])
  })

  it('is completed without annotations when GitHub refuses one of them', async () => {
    const sent = answer([update, 422], [update, 200, aRun()])
    await completeCheck(target, run, aPlan(someAnnotations(2)))
    expect(batches(sent)).toEqual([
      ['completed', 2],
      ['completed', 0],
    ])
  })

  it('is not tried for ever', async () => {
    answer([update, 503], [update, 503], [update, 503])
    await expect(completeCheck(target, run, aPlan())).rejects.toMatchObject({ status: 503 })
  })

  it('is cancelled only while it is in progress, and keeps what it was about', async () => {
    const sent = answer([list, 200, listed(aRun({ external_id: 'push:main:' }))], [update, 200, aRun()])
    await cancelCheck({ ...target, externalId: '' }, stoppedNotice)
    expect(sent[1]?.body).toEqual({
      external_id: 'push:main:',
      status: 'completed',
      conclusion: 'cancelled',
      output: { ...toPlan('cancelled', stoppedNotice).output, annotations: [] },
    })
    answer([list, 200, listed(aRun({ status: 'completed', conclusion: 'success' }))])
    await cancelCheck(target)
  })
})
