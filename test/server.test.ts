import { afterEach, describe, expect, it } from '@jest/globals'
import { createLog } from '../src/server/log.js'
import { type RunningServer, serve } from '../src/server.js'
import { aManualClock } from './builders/clock.js'
import { type GitHub, generateKey, startGitHub } from './emulator/github.js'

const privateKey = generateKey()

describe('serve', () => {
  const started: (RunningServer | GitHub)[] = []
  afterEach(async () => {
    for (const one of started.splice(0).toReversed()) await one.close()
  })

  const start = async (secret: string, url: string, lines: string[] = []) => {
    const app = await serve({
      env: {
        APP_ID: '7',
        PRIVATE_KEY: privateKey,
        WEBHOOK_SECRET: secret,
        GITHUB_API_URL: url,
        HOST: '127.0.0.1',
        PORT: '0',
      },
      review: () => Promise.reject(new Error('never called')),
      clock: aManualClock(),
      log: createLog('info', { write: (line) => lines.push(line) }),
    })
    started.push(app)
    return app
  }

  it.each(['', 'development', 'short'])('does not start with the webhook secret "%s"', async (secret) => {
    await expect(start(secret, 'http://127.0.0.1:1')).rejects.toThrow(/^WEBHOOK_SECRET /)
  })

  it('starts without GitHub, says that it is ready, and says so in the log', async () => {
    const lines: string[] = []
    const app = await start('a secret for this test', 'http://127.0.0.1:1', lines)
    await app.started
    expect((await fetch(new URL('/readyz', app.url))).status).toBe(200)
    expect(lines.join('')).toContain('not reconciled')
  })

  it('does not start twice on one port', async () => {
    const app = await start('a secret for this test', 'http://127.0.0.1:1')
    const port = new URL(app.url).port
    const second = serve({
      env: {
        APP_ID: '7',
        PRIVATE_KEY: privateKey,
        WEBHOOK_SECRET: 'a secret for this test',
        HOST: '127.0.0.1',
        PORT: port,
      },
      review: () => Promise.reject(new Error('never called')),
      log: createLog('silent'),
    })
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('answers nobody any more once it is closed, however often it is closed', async () => {
    const github = await startGitHub({ privateKey })
    started.push(github)
    const app = await start('a secret for this test', github.url)
    await app.started
    await Promise.all([app.close(), app.close()])
    await app.closed
    await expect(fetch(new URL('/healthz', app.url))).rejects.toThrow()
  })
})
