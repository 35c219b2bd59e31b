import { describe, expect, it } from '@jest/globals'
import { audit } from '../../src/audit.js'
import type { AuditState } from '../../src/github/audit-desk.js'
import { maxJobMs, maxReportTextBytes, maxRequestedPostureFiles } from '../../src/limits.js'
import { openMemoryStore } from '../../src/store/memory-store.js'
import { inProcessAnalyser } from '../builders/code-analyser.js'
import { aRegistry } from '../builders/fake-registry.js'
import { type CheckRun, faults } from '../emulator/github.js'
import { type AppWorld, basePackages, checksOn, completed, startWorld } from './world.js'

/** The audit as the App asks for it, over a registry in memory. */
const realAudit: AuditState = (state, signal) =>
  audit({
    ...state,
    signal,
    openPackages: false,
    readsAreRequests: true,
    openRegistry: () => aRegistry(),
    store: openMemoryStore(),
    code: inProcessAnalyser,
    now: new Date('2026-11-20T12:00:00Z'),
    concurrency: 2,
  })

async function inWorld(ask: AuditState, test: (world: AppWorld) => Promise<void>): Promise<void> {
  const world = await startWorld({ audit: ask })
  try {
    await test(world)
    expect([world.github.violations, world.github.pendingFaults()]).toEqual([[], []])
  } finally {
    await world.end()
  }
}

const upgraded = { ...basePackages, left: '1.0.1' }

async function deliverPush(world: AppWorld, packages: Readonly<Record<string, string>>): Promise<string> {
  const before = await world.repository.git.resolve('refs/heads/main')
  const sha = await world.commit('main', packages)
  await world.github.deliver(await world.github.events.push(world.repository, 'main', before, sha))
  return sha
}

async function push(
  world: AppWorld,
  packages: Readonly<Record<string, string>>,
): Promise<{ sha: string; run?: CheckRun }> {
  const sha = await deliverPush(world, packages)
  await world.settle()
  const run = checkOf(world, sha)
  return { sha, ...(run && { run }) }
}

const checkOf = ({ repository }: AppWorld, sha: string): CheckRun | undefined =>
  repository.checks.find(({ suite }) => suite.headSha === sha)

const isAudited = (run: CheckRun | undefined): boolean =>
  (run?.summary ?? '').includes('### The repository as it stands')

/** An audit that stands still until it is told to stop; `begun` resolves when it is under way. */
function aStandingAudit() {
  let tell: (() => void) | undefined
  const begun = new Promise<void>((resolve) => {
    tell = resolve
  })
  const ask: AuditState = (_state, signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      tell?.()
    })
  return { ask, begun }
}

describe('the App, after a push to the default branch', () => {
  it("tells how the repository stands below the push's own result, which alone decides", async () => {
    await inWorld(realAudit, async (world) => {
      const { sha, run } = await push(world, upgraded)

      expect(checksOn(world.repository, sha)).toEqual([completed('success')])
      expect(run?.title).toMatch(/^clear: .*; grade [A-F]/)
      const summary = run?.summary ?? ''
      expect(summary.indexOf('### The repository as it stands')).toBeGreaterThan(0)
      expect(summary).toContain('| medium | `audit-missing` | no advisory gate in CI | 1 |')
      expect(summary).toMatch(/\| −8 \| `audit-missing` \|/)
      expect(summary).toContain('code was not searched for MCP servers')
    })
  })

  it('has the result of the push where the audit breaks, and logs that it did', async () => {
    const broken: AuditState = async () => {
      throw new Error('a bug of ours')
    }
    await inWorld(broken, async (world) => {
      const { sha, run } = await push(world, upgraded)

      expect(checksOn(world.repository, sha)).toEqual([completed('success')])
      expect(run?.summary).not.toContain('The repository as it stands')
      expect(world.log.some((line) => line.includes('the audit failed'))).toBe(true)
    })
  })

  it('has the result of the push while the audit still runs, and keeps it when that takes too long', async () => {
    const { ask, begun } = aStandingAudit()
    await inWorld(ask, async (world) => {
      const sha = await deliverPush(world, upgraded)
      await begun
      expect(checksOn(world.repository, sha)).toEqual([completed('success')])

      await world.clock.advance(maxJobMs + 1_000)
      await world.settle()
      expect([checksOn(world.repository, sha), isAudited(checkOf(world, sha))]).toEqual([[completed('success')], false])
    })
  })

  it('leaves the audit of a push to the newer one, whose check run alone tells it', async () => {
    const { ask, begun } = aStandingAudit()
    let asked = 0
    const firstStands: AuditState = (state, ...rest) => {
      asked += 1
      return asked === 1 ? ask(state, ...rest) : realAudit(state, ...rest)
    }
    await inWorld(firstStands, async (world) => {
      const older = await deliverPush(world, upgraded)
      await begun
      const newer = await push(world, { ...basePackages, left: '1.0.2' })

      expect(checksOn(world.repository, older)).toEqual([completed('success')])
      expect(checksOn(world.repository, newer.sha)).toEqual([completed('success')])
      expect([isAudited(checkOf(world, older)), isAudited(newer.run)]).toEqual([false, true])
    })
  })

  it.each([
    ['an outage', () => faults.unavailable],
    ['a lost answer', () => faults.badGatewayAfterWrite],
    ['a spent rate limit', () => faults.secondaryLimit()],
  ])('tells it once, and leaves the result, when GitHub answers with %s', async (_what, fault) => {
    let world: AppWorld | undefined
    let asked = 0
    const failing: AuditState = async (...state) => {
      asked += 1
      const audited = await realAudit(...state)
      const on = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}'
      if (asked === 1) world?.github.inject({ on, fault: fault() })
      return audited
    }
    await inWorld(failing, async (started) => {
      world = started
      const { sha, run } = await push(world, upgraded)

      expect(checksOn(world.repository, sha)).toEqual([completed('success')])
      expect(run?.summary?.split('### The repository as it stands')).toHaveLength(2)
      expect(run?.title?.split('; grade ')).toHaveLength(2)
      expect(asked).toBe(2)
    })
  })

  it('asks GitHub for few files, however many the repository has, and stays within what a check run holds', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [
        `services/${index}/Dockerfile`,
        `FROM node:24\nRUN npm install -g tool-${index}\n`,
      ]),
    )
    await inWorld(realAudit, async (world) => {
      const before = await world.repository.git.resolve('refs/heads/main')
      const sha = await world.github.commit(world.repository, 'main', files)
      await world.github.deliver(await world.github.events.push(world.repository, 'main', before, sha))
      await world.settle()

      const run = checkOf(world, sha)
      expect([checksOn(world.repository, sha), isAudited(run)]).toEqual([[completed('success')], true])
      expect(run?.summary).toContain('limit-reached')
      expect(Buffer.byteLength(run?.summary ?? '')).toBeLessThanOrEqual(maxReportTextBytes)
      expect(Buffer.byteLength(run?.text ?? '')).toBeLessThanOrEqual(maxReportTextBytes)
      // Beside the files: who we are, the tip, the policies, the tree and the check run, of the review as well.
      expect(world.github.requests.length).toBeLessThan(maxRequestedPostureFiles + 60)
    })
  })

  it('asks nobody about branches and pull requests', async () => {
    let asked = 0
    const counting: AuditState = (state, ...rest) => {
      asked += 1
      return realAudit(state, ...rest)
    }
    await inWorld(counting, async (world) => {
      await world.commit('upgrade', { ...basePackages, left: '1.0.1' })
      const pull = await world.github.openPull(world.repository, { head: 'upgrade' })
      await world.github.deliver(await world.github.events.pull('opened', pull))
      await world.settle()

      expect([checksOn(world.repository, pull.head.sha), asked]).toEqual([[completed('success')], 0])
    })
  })
})
