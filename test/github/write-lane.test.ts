import { describe, expect, it } from '@jest/globals'
import { WriteLane } from '../../src/github/write-lane.js'
import { aManualClock } from '../builders/clock.js'

describe('WriteLane', () => {
  it('writes one after another, with the space between the end of one and the start of the next', async () => {
    const clock = aManualClock(0)
    const lane = new WriteLane(clock, 1000)
    const at: number[] = []
    const write = async (): Promise<void> => {
      at.push(clock.now())
      await new Promise<void>((resolve) => clock.after(300, resolve))
    }
    const all = Promise.all([lane.run(write), lane.run(write), lane.run(write)])
    await clock.advance(10_000)
    await all
    expect(at).toEqual([0, 1300, 2600])
  })

  it('goes on after a write that failed, and hands its error to the caller only', async () => {
    const lane = new WriteLane(aManualClock(), 0)
    const failed = lane.run(() => Promise.reject(new Error('refused')))
    const next = lane.run(async () => 'written')
    await expect(failed).rejects.toThrow('refused')
    expect(await next).toBe('written')
  })

  it('does not send what was aborted while it waited', async () => {
    const clock = aManualClock()
    const lane = new WriteLane(clock, 1000)
    const controller = new AbortController()
    const sent: string[] = []
    const first = lane.run(async () => sent.push('first'))
    const second = lane.run(async () => sent.push('second'), controller.signal)
    const refused = expect(second).rejects.toThrow('stop')
    await first
    controller.abort(new Error('stop'))
    await clock.advance(5000)
    await refused
    expect(sent).toEqual(['first'])
    expect(clock.waiting()).toBe(0)
  })
})
