import { describe, expect, it } from '@jest/globals'
import { HeadDesk } from '../../src/github/head-desk.js'
import { Slots } from '../../src/github/slots.js'

const aLatch = () => {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

describe('HeadDesk', () => {
  it('runs tasks of one commit one after another, also after one that failed, and those of others at once', async () => {
    const desk = new HeadDesk()
    const latch = aLatch()
    const order: string[] = []
    const first = desk.alone('a', async () => {
      await latch.opened
      order.push('a1')
      throw new Error('failed')
    })
    const second = desk.alone('a', async () => order.push('a2'))
    await desk.alone('b', async () => order.push('b'))
    latch.open()
    await expect(first).rejects.toThrow('failed')
    await second
    expect(order).toEqual(['b', 'a1', 'a2'])
  })

  it('counts who is at work, and takes each signing off once', () => {
    const desk = new HeadDesk()
    const [one, two] = [desk.enter('a'), desk.enter('a')]
    one()
    one()
    expect(desk.atWork('a')).toBe(1)
    two()
    expect(desk.atWork('a')).toBe(0)
  })
})

describe('Slots', () => {
  it('runs so many tasks together, and the next when one has ended or failed', async () => {
    const slots = new Slots(2)
    const latches = [aLatch(), aLatch(), aLatch()]
    const begun: number[] = []
    const tasks = latches.map(({ opened }, index) =>
      slots.run(async () => {
        begun.push(index)
        await opened
        if (index === 0) throw new Error('failed')
      }),
    )
    expect(begun).toEqual([0, 1])
    latches[0]?.open()
    await expect(tasks[0]).rejects.toThrow('failed')
    expect(begun).toEqual([0, 1, 2])
    for (const { open } of latches) open()
    await Promise.allSettled(tasks)
    await slots.run(async () => begun.push(3))
    expect(begun).toEqual([0, 1, 2, 3])
  })

  it('lets a task that is not wanted any more leave the queue', async () => {
    const slots = new Slots(1)
    const latch = aLatch()
    const controller = new AbortController()
    const begun: string[] = []
    const first = slots.run(() => latch.opened)
    const second = slots.run(async () => begun.push('second'), controller.signal)
    const third = slots.run(async () => begun.push('third'))
    controller.abort(new Error('a newer head'))
    await expect(second).rejects.toThrow('a newer head')
    latch.open()
    await Promise.all([first, third])
    expect(begun).toEqual(['third'])
    await expect(slots.run(async () => begun.push('fourth'), controller.signal)).rejects.toThrow('a newer head')
  })
})
