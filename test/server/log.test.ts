import { describe, expect, it } from '@jest/globals'
import { createLog } from '../../src/server/log.js'

describe('the log', () => {
  it('keeps an error short: no payload, no request, no token', () => {
    const lines: string[] = []
    const log = createLog('info', { write: (line) => lines.push(line) })
    const token = `ghs_${'a'.repeat(40)}`
    const error = Object.assign(new Error(`refused ${token}`), {
      event: { payload: 'the payload' },
      request: { headers: { authorization: `token ${token}` } },
      response: { data: 'the answer' },
    })
    log.error({ err: error }, 'failed')
    log.error(error)
    log.error({ err: `bare ${token}` }, 'failed')
    const text = lines.join('')
    expect(lines).toHaveLength(3)
    expect(text).toContain('refused [token]')
    expect(text).toContain('bare [token]')
    for (const hidden of [token, 'the payload', 'the answer', 'authorization']) expect(text).not.toContain(hidden)
  })
})
