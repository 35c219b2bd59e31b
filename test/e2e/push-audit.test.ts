import { describe, expect, it } from '@jest/globals'
import { audit } from '../../src/audit.js'
import type { ReviewChange } from '../../src/github/reviewer.js'
import { openMemoryStore } from '../../src/store/memory-store.js'
import { inProcessAnalyser } from '../builders/code-analyser.js'
import { aRegistry } from '../builders/fake-registry.js'
import type { CheckRun } from '../emulator/github.js'
import { type AppWorld, basePackages, checksOn, completed, startWorld } from './world.js'

/** The audit as the App asks for it, over a registry in memory. */
const realAudit: ReviewChange = ({ head }, signal) =>
  audit({
    head,
    signal,
    openPackages: false,
    readsAreRequests: true,
    openRegistry: () => aRegistry(),
    store: openMemoryStore(),
    code: inProcessAnalyser,
    now: new Date('2026-11-20T12:00:00Z'),
    concurrency: 2,
  })

async function inWorld(ask: ReviewChange, test: (world: AppWorld) => Promise<void>): Promise<void> {
  const world = await startWorld({ audit: ask })
  try {
    await test(world)
    expect([world.github.violations, world.github.pendingFaults()]).toEqual([[], []])
  } finally {
    await world.end()
  }
}

async function push(
  world: AppWorld,
  packages: Readonly<Record<string, string>>,
): Promise<{ sha: string; run?: CheckRun }> {
  const before = await world.repository.git.resolve('refs/heads/main')
  const sha = await world.commit('main', packages)
  await world.github.deliver(await world.github.events.push(world.repository, 'main', before, sha))
  await world.settle()
  const [run] = world.repository.checks
  return { sha, ...(run && { run }) }
}

describe('the App, after a push to the default branch', () => {
  it("tells how the repository stands below the push's own result, which alone decides", async () => {
    await inWorld(realAudit, async (world) => {
      const { sha, run } = await push(world, { ...basePackages, left: '1.0.1' })

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
    const broken: ReviewChange = async () => {
      throw new Error('a bug of ours')
    }
    await inWorld(broken, async (world) => {
      const { sha, run } = await push(world, { ...basePackages, left: '1.0.1' })

      expect(checksOn(world.repository, sha)).toEqual([completed('success')])
      expect(run?.summary).not.toContain('The repository as it stands')
      expect(world.log.some((line) => line.includes('the audit failed'))).toBe(true)
    })
  })

  it('asks nobody about branches and pull requests', async () => {
    let asked = 0
    const counting: ReviewChange = (change, ...rest) => {
      asked += 1
      return realAudit(change, ...rest)
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
