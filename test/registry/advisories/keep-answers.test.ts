import { describe, expect, it } from '@jest/globals'
import { advisoryLifeMs } from '../../../src/limits.js'
import type { Ask, Question } from '../../../src/registry/advisories/ask.js'
import { keepAnswers } from '../../../src/registry/advisories/keep-answers.js'
import { openMemoryResponses } from '../../../src/store/memory-responses.js'

const url = new URL('https://osv.example/v1/querybatch')

/** A service that answers with how often it was asked, and a clock that is set by hand. */
function setUp() {
  const clock = { time: 1_000_000, now: () => clock.time }
  const asked: Question[] = []
  const ask: Ask = async (question, parse) => {
    asked.push(question)
    const answer = parse(asked.length)
    if (answer === undefined) throw new Error('no answer')
    return answer
  }
  const kept = openMemoryResponses()
  const keeping = keepAnswers(ask, kept, clock)
  const put = (question: Partial<Question>) => keeping({ url, ...question }, (answer) => answer)
  return { clock, asked, kept, keeping, put }
}

describe('kept answers', () => {
  it('stand for an hour for the same question, and those about a known state for ever', async () => {
    const { clock, put } = setUp()
    const answers = [await put({ body: 'a' }), await put({ body: 'b' }), await put({ revision: 'r' })]
    clock.time += advisoryLifeMs - 1
    answers.push(await put({ body: 'a' }))
    clock.time += 1
    answers.push(await put({ body: 'a' }), await put({ revision: 'r' }), await put({ revision: 's' }))
    expect(answers).toEqual([1, 2, 3, 1, 4, 3, 5])
  })

  it('count for nothing where they come from the future or cannot be read', async () => {
    const { clock, kept, put } = setUp()
    await put({})
    clock.time -= 1
    const future = await put({})
    const [key = ''] = kept.texts.keys()
    const answers = [future]
    for (const text of ['not JSON', '{}', '{"at":"x"}']) {
      kept.texts.set(key, text)
      answers.push(await put({}))
    }
    expect(answers).toEqual([2, 3, 4, 5])
  })

  it('are kept only where they answer the question, under a key that does not tell what was asked', async () => {
    const { kept, keeping, put } = setUp()
    await expect(keeping({ url }, () => undefined)).rejects.toThrow('no answer')
    expect(kept.texts.size).toBe(0)
    await put({ body: { name: 'left-pad' } })
    expect([...kept.texts.keys()]).toEqual([expect.stringMatching(/^advisories:[0-9a-f]{64}$/)])
  })
})
