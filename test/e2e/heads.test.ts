import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { CheckRun, Pull } from '../emulator/github.js'
import { aGate } from './gate.js'
import { aLockfile, lockfile } from './scripted-review.js'
import { type AppWorld, basePackages, checksOn, completed, startWorld } from './world.js'

describe('the App, on heads of all kinds', () => {
  let world: AppWorld
  let gate: ReturnType<typeof aGate>

  beforeEach(async () => {
    gate = aGate()
    world = await startWorld({ review: gate.review })
    gate.open()
  })

  afterEach(async () => {
    await world.end()
    expect([world.github.violations, world.github.pendingFaults()]).toEqual([[], []])
  })

  const bad = { left: '1.1.0-bad', right: '1.0.0' }
  const opened = async (pull: Pull) => world.github.deliver(await world.github.events.pull('opened', pull))
  const onlyCheck = (): CheckRun => {
    const [run, ...others] = world.repository.checks
    if (!run || others.length > 0) throw new Error(`there are ${others.length + 1} check runs`)
    return run
  }

  async function openTwoWithOneHead(): Promise<[Pull, Pull]> {
    // Into `release`, which holds the very commit, the upgrade is nothing new; into `main` it is.
    const sha = await world.commit('upgrade', bad)
    await world.github.moveBranch(world.repository, 'release', sha)
    await world.github.moveBranch(world.repository, 'same', sha)
    const clear = await world.github.openPull(world.repository, { head: 'same', base: 'release' })
    const flagged = await world.github.openPull(world.repository, { head: 'upgrade' })
    return [clear, flagged]
  }

  it('gives a commit that is the head of several pull requests the worst of their results, each named', async () => {
    const [clear, flagged] = await openTwoWithOneHead()
    await opened(flagged)
    await opened(clear)
    await world.settle()
    const run = onlyCheck()
    expect(checksOn(world.repository, flagged.head.sha)).toEqual([completed('failure')])
    expect(run.summary).toContain(`- \`#${flagged.number} into main\`: failure`)
    expect(run.summary).toContain(`- \`#${clear.number} into release\`: success`)
    expect([clear.comments.length, flagged.comments.length]).toEqual([0, 1])
  })

  it('completes that check once, when the last of the reviews at work on it has ended', async () => {
    gate.close()
    const [clear, flagged] = await openTwoWithOneHead()
    await opened(flagged)
    await opened(clear)
    await gate.begun(2)
    gate.open()
    await world.settle()
    const updates = world.github.requests.filter(({ operation }) => /^PATCH .*check-runs/.test(operation))
    expect(updates.map(({ body }) => (body as { conclusion?: string }).conclusion)).toEqual(['failure'])
    expect(checksOn(world.repository, flagged.head.sha)).toEqual([completed('failure')])
  })

  it('does not let a pull request that passes hide one that does not, whichever comes last', async () => {
    const [clear, flagged] = await openTwoWithOneHead()
    await opened(flagged)
    await world.settle()
    await opened(clear)
    await world.settle()
    expect(checksOn(world.repository, clear.head.sha)).toEqual([completed('failure')])
  })

  it('judges the others anew when one of them is closed', async () => {
    const [clear, flagged] = await openTwoWithOneHead()
    await opened(flagged)
    await opened(clear)
    await world.settle()
    world.github.closePull(flagged)
    await world.github.deliver(await world.github.events.pull('closed', flagged))
    await world.settle()
    expect(checksOn(world.repository, clear.head.sha).at(-1)).toEqual(completed('success'))
  })

  it('finds the pull request of a fork again when its check run or its suite is to be run again', async () => {
    const fork = await world.github.fork(world.repository, 'mallory')
    await world.github.commit(fork, 'upgrade', { [lockfile]: aLockfile(basePackages) })
    const pull = await world.github.openPull(world.repository, { head: 'upgrade', from: fork })
    await opened(pull)
    await world.settle()
    const run = onlyCheck()
    const begun = gate.count()
    await world.github.deliver(world.github.events.checkRun(world.repository, run, world.github.account('ada')))
    await world.settle()
    await world.github.deliver(
      await world.github.events.checkSuite(world.repository, run.suite, world.github.account('ada')),
    )
    await world.settle()
    expect(gate.count() - begun).toBe(2)
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('success')])
  })

  it('ignores a suite that GitHub only offers, and check runs of others', async () => {
    await world.commit('upgrade', basePackages)
    const pull = await world.github.openPull(world.repository, { head: 'upgrade' })
    await opened(pull)
    await world.settle()
    const calls = world.github.requests.length
    await world.github.deliver(
      await world.github.events.checkSuite(
        world.repository,
        onlyCheck().suite,
        world.github.account('ada'),
        'requested',
      ),
    )
    await world.settle()
    expect(world.github.requests.length).toBe(calls)
  })

  it('reviews a push to the default branch from what was before', async () => {
    const before = await world.repository.git.resolve('refs/heads/main')
    const after = await world.commit('main', bad)
    await world.github.deliver(await world.github.events.push(world.repository, 'main', before, after))
    await world.settle()
    expect(checksOn(world.repository, after)).toEqual([completed('failure')])
    expect(onlyCheck().externalId).toBe(`push:main:${before}`)
  })

  it('reviews each of several pushes to the default branch, because none covers what another brought in', async () => {
    const first = await world.repository.git.resolve('refs/heads/main')
    const second = await world.commit('main', bad)
    const third = await world.commit('main', { ...bad, right: '1.0.1' })
    await world.github.deliver(await world.github.events.push(world.repository, 'main', first, second))
    await world.github.deliver(await world.github.events.push(world.repository, 'main', second, third))
    await world.settle()
    expect(checksOn(world.repository, second)).toEqual([completed('failure')])
    expect(checksOn(world.repository, third)).toEqual([completed('success')])
  })

  it('runs a push again from what it compared then', async () => {
    const before = await world.repository.git.resolve('refs/heads/main')
    const after = await world.commit('main', bad)
    await world.github.deliver(await world.github.events.push(world.repository, 'main', before, after))
    await world.settle()
    const begun = gate.count()
    await world.github.deliver(world.github.events.checkRun(world.repository, onlyCheck(), world.github.account('ada')))
    await world.settle()
    expect(gate.count() - begun).toBe(1)
    expect(checksOn(world.repository, after).at(-1)).toEqual(completed('failure'))
  })

  it('reviews a branch without a pull request under a name that can never be required', async () => {
    await world.commit('upgrade', bad)
    const before = await world.repository.git.resolve('refs/heads/upgrade')
    const after = await world.github.commit(world.repository, 'upgrade', { 'README.md': 'x\n' })
    await world.github.deliver(await world.github.events.push(world.repository, 'upgrade', before, after))
    await world.settle()
    // Against the merge base with main, not against what the branch was before.
    expect(checksOn(world.repository, after)).toEqual([completed('failure', 'Lockwarden (push)')])
  })

  it('leaves a branch to its pull request when it has one', async () => {
    await world.commit('upgrade', bad)
    const pull = await world.github.openPull(world.repository, { head: 'upgrade' })
    await world.github.deliver(await world.github.events.push(world.repository, 'upgrade', undefined, pull.head.sha))
    await opened(pull)
    await world.settle()
    expect(checksOn(world.repository, pull.head.sha)).toEqual([completed('failure')])
  })

  it('cancels the check of a branch that is deleted during its review', async () => {
    gate.close()
    const after = await world.commit('upgrade', bad)
    await world.github.deliver(await world.github.events.push(world.repository, 'upgrade', undefined, after))
    await gate.begun(1)
    await world.github.moveBranch(world.repository, 'upgrade', undefined)
    await world.github.deliver(await world.github.events.push(world.repository, 'upgrade', after, undefined))
    await world.settle()
    expect(checksOn(world.repository, after)).toEqual([completed('cancelled', 'Lockwarden (push)')])
  })

  it('reviews a merge group from its base to its head, under the required name', async () => {
    await world.commit('upgrade', bad)
    const group = await world.github.createMergeGroup([
      await world.github.openPull(world.repository, { head: 'upgrade' }),
    ])
    await world.github.deliver(await world.github.events.mergeGroup('checks_requested', group))
    await world.settle()
    expect(checksOn(world.repository, group.headSha)).toEqual([completed('failure')])
    expect(onlyCheck().externalId).toBe(`merge-group:main:${group.baseSha}`)
  })

  it('cancels the check of a merge group that is destroyed', async () => {
    gate.close()
    await world.commit('upgrade', bad)
    const group = await world.github.createMergeGroup([
      await world.github.openPull(world.repository, { head: 'upgrade' }),
    ])
    await world.github.deliver(await world.github.events.mergeGroup('checks_requested', group))
    await gate.begun(1)
    await world.github.deliver(await world.github.events.mergeGroup('destroyed', group))
    await world.settle()
    expect(checksOn(world.repository, group.headSha)).toEqual([completed('cancelled')])
  })

  it('finds on a start the merge group and the pushes that a crash left in progress', async () => {
    gate.close()
    const before = await world.repository.git.resolve('refs/heads/main')
    await world.commit('upgrade', bad)
    const pull = await world.github.openPull(world.repository, { head: 'upgrade' })
    const group = await world.github.createMergeGroup([pull])
    world.github.closePull(pull)
    const pushed = await world.commit('main', basePackages)
    await world.github.deliver(await world.github.events.mergeGroup('checks_requested', group))
    await world.github.deliver(await world.github.events.push(world.repository, 'main', before, pushed))
    await gate.begun(2)
    await world.start()
    await world.settle()
    expect(checksOn(world.repository, group.headSha)).toEqual([completed('failure')])
    expect(checksOn(world.repository, pushed)).toEqual([completed('success')])
  })
})
