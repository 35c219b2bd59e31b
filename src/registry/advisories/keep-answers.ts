import { createHash } from 'node:crypto'
import type { Clock } from '../../clock.js'
import { advisoryLifeMs } from '../../limits.js'
import type { KeptResponses } from '../kept-responses.js'
import type { Ask, Question } from './ask.js'

/**
 * Asks again only for what is older than an hour; a record that was asked for by its state stands for ever. For services that tell everyone
 * the same: answers are kept for whoever comes next.
 */
export function keepAnswers(ask: Ask, kept: KeptResponses, clock: Pick<Clock, 'now'>): Ask {
  return async (question, parse, signal) => {
    const key = keyOf(question)
    const had = readKept(await kept.get(key), question, clock.now())
    const known = had && parse(had.answer)
    if (known !== undefined) return known
    let answer: unknown
    const fresh = await ask(
      question,
      (given) => {
        answer = given
        return parse(given)
      },
      signal,
    )
    await kept.put(key, JSON.stringify({ at: clock.now(), answer }))
    return fresh
  }
}

/** What is asked about stays out of the cache's keys, whose file anyone may read who may read the cache. */
const keyOf = ({ url, body, revision }: Question): string =>
  `advisories:${createHash('sha256')
    .update(JSON.stringify([url.href, body ?? null, revision ?? null]))
    .digest('hex')}`

function readKept(text: string | undefined, { revision }: Question, now: number): { answer: unknown } | undefined {
  if (text === undefined) return undefined
  try {
    const { at, answer } = JSON.parse(text) as { at?: unknown; answer?: unknown }
    if (typeof at !== 'number') return undefined
    // What comes from the future was written under another clock.
    return revision !== undefined || (at <= now && now - at < advisoryLifeMs) ? { answer } : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
