import { afterAll, describe, expect, it } from '@jest/globals'
import { CodePool } from '../../../src/package/code/pool.js'
import { installedSeeds, writtenSeeds } from './code-seeds.js'
import { codeMutation, runCodeMutation } from './run-code.js'

const count = 1_000
const pool = new CodePool({ worker: new URL('../../../dist/package/code/worker.js', import.meta.url) })
afterAll(() => pool.close())

describe('reading mutated code', () => {
  it('makes the same mutation of the same numbers', () => {
    expect(codeMutation(writtenSeeds, 1, 7)).toEqual(codeMutation(writtenSeeds, 1, 7))
    expect(codeMutation(writtenSeeds, 1, 7)).not.toEqual(codeMutation(writtenSeeds, 1, 8))
  })

  it(`gives ${count} of ${count} texts an answer, and none that is a bug of ours`, async () => {
    const seeds = [...writtenSeeds, ...writtenSeeds, ...installedSeeds(60, 20_000)]
    const outcomes = await Promise.all(
      Array.from({ length: count }, (_, number) => runCodeMutation(pool.lane(), seeds, 1, number)),
    )

    expect(seeds.length).toBeGreaterThan(40)
    expect(outcomes.length).toBe(count)
    expect(
      outcomes.flatMap((fault) => (fault === null ? [] : [`${fault.number} ${fault.path}: ${fault.what}`])),
    ).toEqual([])
  }, 120_000)
})
