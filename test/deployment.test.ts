import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'
import { plannedEvents } from '../src/github/plan-event.js'
import { webhookPath } from '../src/server/webhook-front.js'

const read = (path: string): string => readFileSync(join(import.meta.dirname, '..', path), 'utf8')

const manifest = z
  .object({
    default_permissions: z.record(z.string(), z.string()),
    default_events: z.array(z.string()),
    hook_attributes: z.object({ url: z.url() }),
  })
  .parse(parse(read('app.yml')))

describe('app.yml', () => {
  it('asks for the permissions that Lockwarden uses, and for nothing more', () => {
    expect(manifest.default_permissions).toEqual({
      checks: 'write',
      pull_requests: 'write',
      contents: 'read',
      metadata: 'read',
      merge_queues: 'read',
      issues: 'read',
    })
  })

  it('subscribes to every event that is planned for', () => {
    expect(plannedEvents.length).toBeGreaterThan(0)
    expect(manifest.default_events).toEqual(expect.arrayContaining([...plannedEvents]))
  })

  it('sends webhooks to the path that the server listens on', () => {
    expect(new URL(manifest.hook_attributes.url).pathname).toBe(webhookPath)
  })
})

describe('the image', () => {
  const lines = read('Dockerfile').split('\n')

  it('runs as a user without rights, Node as its first process, from production dependencies', () => {
    const last = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))
    expect(last).toContain('USER node')
    expect(last.at(-2)).toBe('CMD ["node", "dist/cli.js", "serve", "--cache", "/var/cache/lockwarden"]')
    expect(lines).toContain('RUN npm ci --ignore-scripts --omit=dev')
    expect(last.some((line) => line.includes('npm ci'))).toBe(false)
  })

  it('runs no install script, as the rest of the project does not', () => {
    const installs = lines.filter((line) => /npm (ci|i|install)\b/.test(line))
    expect(installs.length).toBeGreaterThan(0)
    expect(installs.every((line) => line.includes('--ignore-scripts'))).toBe(true)
  })
})
