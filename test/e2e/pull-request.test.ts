import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type AppWorld, checksOn, completed, startWorld } from './world.js'

describe('the App, on a pull request', () => {
  let world: AppWorld

  beforeEach(async () => {
    world = await startWorld()
  })

  afterEach(async () => {
    await world.end()
    expect([world.github.violations, world.github.pendingFaults()]).toEqual([[], []])
  })

  it('completes one check run and comments once, on the line', async () => {
    const { github, repository, commit, settle } = world
    const sha = await commit('upgrade', { left: '1.1.0-bad', right: '1.0.0' })
    const pull = await github.openPull(repository, { head: 'upgrade' })

    await github.deliver(await github.events.pull('opened', pull))
    await settle()

    expect(checksOn(repository, sha)).toEqual([completed('failure')])
    expect(pull.comments.map(({ path, line, side }) => ({ path, line, side }))).toEqual([
      { path: 'package-lock.json', line: 5, side: 'RIGHT' },
    ])
    expect(pull.reviews).toHaveLength(1)
  })
})
