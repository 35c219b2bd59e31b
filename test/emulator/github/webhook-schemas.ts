import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

/** What is wrong with a webhook's payload according to GitHub's own schemas; empty when nothing is. */
export type PayloadFaults = (event: string, payload: unknown) => string[]

export function openWebhookSchemas(): PayloadFaults {
  let definitions: Readonly<Record<string, object>> | undefined
  const compiled = new Map<string, ValidateFunction>()
  return (event, payload) => {
    definitions ??= readDefinitions()
    const action = (payload as { action?: string }).action ?? 'event'
    const name = `${event}$${action}`
    if (!definitions[name]) return [`${event} ${action} is not in the webhook schemas`]
    const check = compiled.get(name) ?? compile(name, definitions)
    compiled.set(name, check)
    if (check(payload)) return []
    return (check.errors ?? []).map((one) => `${one.instancePath} ${one.message} ${JSON.stringify(one.params)}`)
  }
}

function readDefinitions(): Readonly<Record<string, object>> {
  const file = createRequire(import.meta.url).resolve('@octokit/webhooks-schemas')
  return (JSON.parse(readFileSync(file, 'utf8')) as { definitions: Record<string, object> }).definitions
}

/** References are left as calls and the code as it comes: putting everything in place takes ten times as long. */
function compile(name: string, definitions: Readonly<Record<string, object>>): ValidateFunction {
  const settings = { strict: false, allErrors: true, logger: false, validateSchema: false } as const
  const ajv = addFormats.default(new Ajv({ ...settings, inlineRefs: false, code: { optimize: false } }))
  return ajv.compile({ $ref: `#/definitions/${name}`, definitions })
}
