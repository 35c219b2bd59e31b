import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { openJudges } from '../../src/cli/serve-command.js'
import { inProcessAnalyser } from '../builders/code-analyser.js'
import type { Pull } from '../emulator/github.js'
import { startOsv, type TestOsv } from '../emulator/osv.js'
import { startRegistry, type TestRegistry } from '../emulator/registry.js'
import type { ReplayOfChange, RepositoryState } from '../replays/replay.js'
import { type Stage, setStage } from '../replays/stage.js'
import { type AppWorld, checksOn, completed, startWorld } from './world.js'

const now = '2026-11-20T12:00:00Z'
const ciFile = '.github/workflows/ci.yml'
const policyFile = '.github/lockwarden.yml'

const workflow = (...runs: readonly string[]): string => `on: pull_request
permissions:
  contents: read
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd
${runs.map((run) => `      - run: ${run}\n`).join('')}`

const policy = (source: string): string => `version: 1\ncomments: { from: medium }\nadvisories: { source: ${source} }\n`

const state = (version: string, npmrc: string, ci: string, advisories = 'osv'): RepositoryState => ({
  manifest: { dependencies: { 'plain-queue': `^${version}` } },
  locked: { 'plain-queue': version },
  files: { [ciFile]: ci, '.npmrc': npmrc, [policyFile]: policy(advisories) },
})

const base = state('1.0.0', 'ignore-scripts=true\n', workflow('npm ci', 'npm test'))
const head = state('1.1.0', 'ignore-scripts=false\n', workflow('npm ci', 'npx plain-linter', 'npm test'))

const replay: ReplayOfChange = {
  description: 'An ordinary upgrade of a day ago that brings an advisory with it, and two careless lines.',
  packages: {
    'plain-queue': {
      '1.0.0': { files: { 'index.js': 'module.exports = 1\n' }, published: '2025-03-01T08:00:00Z' },
      '1.1.0': { files: { 'index.js': 'module.exports = 2\n' }, published: '2026-11-19T08:00:00Z' },
    },
  },
  base,
  head,
  expected: { verdict: 'flagged', findings: [] },
}

const osvRecord = {
  id: 'GHSA-aaaa-aaaa-aaaa',
  summary: 'Takes quadratic time',
  affected: [
    {
      package: { ecosystem: 'npm', name: 'plain-queue' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '1.1.0' }, { fixed: '1.1.1' }] }],
    },
  ],
  database_specific: { severity: 'HIGH' },
}

describe('the service, with all that it asks', () => {
  let folder: string
  let stage: Stage
  let registry: TestRegistry
  let osv: TestOsv
  let world: AppWorld

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'lockwarden-service-'))
    stage = await setStage(replay)
    registry = await startRegistry({ packages: stage.published })
    osv = await startOsv({ records: [osvRecord] })
    const judges = await openJudges(
      { registry: registry.url, allowHost: [], cache: join(folder, 'cache'), concurrency: 2 },
      {
        env: { HOME: folder, LOCKWARDEN_OSV_URL: osv.url },
        cwd: folder,
        stdout: { write: () => undefined },
        stderr: { write: () => undefined },
        now: () => new Date(now),
        code: inProcessAnalyser,
      },
    )
    world = await startWorld(judges)
  })

  afterEach(async () => {
    await world.end()
    await Promise.all([registry.close(), osv.close()])
    rmSync(folder, { recursive: true })
    expect([world.github.violations, world.github.pendingFaults()]).toEqual([[], []])
  })

  /** Files of a state as they are to be committed. */
  const filesOf = async (one: RepositoryState): Promise<Record<string, string>> => ({
    ...(await setStage({ ...replay, head: one })).headFiles,
  })

  async function open(source = 'osv'): Promise<Pull> {
    const files = { ...(await filesOf(base)), [policyFile]: policy(source) }
    await world.github.commit(world.repository, 'main', files)
    await world.github.commit(world.repository, 'upgrade', { ...(await filesOf(head)), [policyFile]: policy(source) })
    const pull = await world.github.openPull(world.repository, { head: 'upgrade' })
    await world.github.deliver(await world.github.events.pull('opened', pull))
    // The review that comes again when the release is three days old still waits.
    await world.app.idle()
    return pull
  }

  /** Path, text of the line, and the rules that the comment names. */
  const commentsOf = async (pull: Pull, files: Readonly<Record<string, string>>) =>
    pull.comments.map(({ path, line, body, minimized }) => ({
      path,
      line: line === null ? null : (files[path] ?? '').split('\n')[line - 1]?.trim(),
      rules: [...body.matchAll(/^.*?`([a-z]+(?:-[a-z]+)+)`/gm)].map(([, rule]) => rule),
      minimized,
    }))

  const onThePackage = { path: 'package-lock.json', line: '"version": "1.1.0",', minimized: null }
  const onTheSetting = { path: '.npmrc', line: 'ignore-scripts=false', minimized: null }
  const onTheRunner = { path: ciFile, line: '- run: npx plain-linter', minimized: null }
  const onTheInstall = { path: ciFile, line: '- run: npm ci', minimized: null }
  const told = (advisory: boolean) => [
    {
      ...onThePackage,
      rules: [...(advisory ? ['advisory-known'] : []), 'release-fresh', 'release-after-silence'],
    },
    { ...onTheSetting, rules: ['install-policy-weakened'] },
    { ...onTheRunner, rules: ['package-runner-unpinned'] },
    { ...onTheInstall, rules: ['install-scripts-enabled'] },
  ]

  const byPath = (a: { path: string; rules: unknown }, b: typeof a) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)

  it('shows what is wrong with a package, a workflow and a setting on their lines, once each', async () => {
    const pull = await open()

    expect(await commentsOf(pull, stage.headFiles)).toEqual(told(true))
    expect([pull.reviews.length, checksOn(world.repository, pull.head.sha)]).toEqual([1, [completed('failure')]])
    const run = world.repository.checks.at(-1)
    expect([run?.title, run?.annotations]).toEqual(['flagged: 6 findings: 2 high, 4 medium', []])
    expect(pull.comments[0]?.body).toContain('What to do: Take 1.1.1 or later.')
    expect(pull.comments[3]?.body).toContain('What to do: Set `ignore-scripts=true` in `.npmrc`')
  })

  it('brings its comments up to date with the next push, and writes no second one', async () => {
    const pull = await open()
    const before = pull.head.sha
    const better = state('1.1.0', 'ignore-scripts=true\n', workflow('npm ci', 'npm test', 'npx plain-linter'))
    await world.github.commit(world.repository, 'upgrade', await filesOf(better))
    await world.github.deliver(await world.github.events.pull('synchronize', pull, before))
    await world.app.idle()

    const [aPackage, setting, runner, install] = await commentsOf(pull, await filesOf(better))
    expect(pull.comments).toHaveLength(4)
    expect([aPackage?.line, aPackage?.minimized]).toEqual(['"version": "1.1.0",', null])
    expect([setting?.minimized, install?.minimized]).toEqual(['outdated', 'outdated'])
    expect([runner?.path, runner?.minimized]).toEqual([ciFile, null])
  })

  it('asks GitHub for advisories, with its own access, where the policy says so', async () => {
    world.github.world.advisories.push({
      id: 'GHSA-aaaa-aaaa-aaaa',
      type: 'reviewed',
      severity: 'high',
      summary: 'Takes quadratic time',
      affected: [{ name: 'plain-queue', range: '>= 1.1.0, < 1.1.1', patched: '1.1.1' }],
    })
    const pull = await open('github')

    expect(await commentsOf(pull, stage.headFiles)).toEqual(told(true))
    expect(world.github.requests.some(({ operation }) => operation === 'GET /advisories')).toBe(true)
    expect(osv.requests).toEqual([])
  })

  it('asks nobody for advisories where the policy turns them off, and says so', async () => {
    const pull = await open('off')

    expect((await commentsOf(pull, stage.headFiles)).toSorted(byPath)).toEqual(told(false).toSorted(byPath))
    expect(osv.requests).toEqual([])
    expect(world.repository.checks.at(-1)?.summary).toContain('turned off by the policy')
  })

  it('audits the push to the default branch with the same sources', async () => {
    const before = await world.github.commit(world.repository, 'main', await filesOf(base))
    const sha = await world.github.commit(world.repository, 'main', { ...stage.headFiles, [policyFile]: policy('osv') })
    await world.github.deliver(await world.github.events.push(world.repository, 'main', before, sha))
    await world.app.idle()

    const [run] = world.repository.checks
    const [own = '', audited = ''] = (run?.summary ?? '').split('### The repository as it stands')
    expect(own).toContain('`advisory-known`')
    expect(audited).toContain('`advisory-known`')
    expect(run?.title).toMatch(/; grade [A-F]/)
    // Only the tarballs that the review opened: the audit opens none.
    expect(registry.count('/plain-queue/-/plain-queue-1.1.0.tgz')).toBe(1)
  })
})
