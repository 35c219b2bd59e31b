import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { repositoryRoot } from '../emulator/github/fixtures.js'
import type { GitHub } from '../emulator/github.js'

export interface AppProcess {
  /** Where its webhooks go. */
  readonly url: string
  /** What it logged, for when something goes wrong. */
  readonly log: readonly string[]
  /** SIGTERM, as a container would be stopped; resolves with the exit code. */
  stop(): Promise<number | null>
}

const startTimeoutMs = 20_000

/** The real App, as `npm start` would run it, with only its base URL pointed at the emulator. */
export async function startApp(github: GitHub, env: Readonly<Record<string, string>>): Promise<AppProcess> {
  const settings: Readonly<Record<string, string>> = {
    APP_ID: String(github.app.id),
    PRIVATE_KEY: github.app.privateKey,
    WEBHOOK_SECRET: github.webhookSecret,
    GITHUB_API_URL: github.url,
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'info',
    LOCKWARDEN_GRACE_SECONDS: '5',
    ...env,
  }
  const child = spawn(process.execPath, [join(repositoryRoot(), 'dist/cli.js'), 'serve'], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const log: string[] = []
  const exited = new Promise<number | null>((resolve) => child.once('close', resolve))
  const stop = () => {
    child.kill('SIGTERM')
    return exited
  }
  const listening = new Promise<string>((resolve) => {
    createInterface(child.stderr).on('line', (line) => {
      log.push(line)
      const url = readUrl(line)
      if (url) resolve(url)
    })
  })
  const lost = exited.then((code) => {
    throw new Error(`the App ended with ${code}:\n${log.join('\n')}`)
  })
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`the App did not start:\n${log.join('\n')}`)), startTimeoutMs).unref()
  })
  try {
    return { url: await Promise.race([listening, lost, late]), log, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The App says where it listens in its first line of log; anything else it prints is for people. */
function readUrl(line: string): string | undefined {
  if (!line.startsWith('{')) return undefined
  const { url } = JSON.parse(line) as { url?: string }
  return url
}
