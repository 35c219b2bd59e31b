import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'

/** What is wrong with a webhook's payload according to GitHub's own schemas; empty when nothing is. */
export type PayloadFaults = (event: string, payload: unknown) => string[]

export function openWebhookSchemas(): PayloadFaults {
  let ajv: Ajv | undefined
  const load = () => {
    const file = createRequire(import.meta.url).resolve('@octokit/webhooks-schemas')
    const opened = addFormats.default(new Ajv({ strict: false, allErrors: true, logger: false }))
    return opened.addSchema(JSON.parse(readFileSync(file, 'utf8')) as object, 'webhooks')
  }
  return (event, payload) => {
    ajv ??= load()
    const action = (payload as { action?: string }).action ?? 'event'
    const check = ajv.getSchema(`webhooks#/definitions/${event}$${action}`)
    if (!check) return [`${event} ${action} is not in the webhook schemas`]
    if (check(payload)) return []
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    )
  }
}
