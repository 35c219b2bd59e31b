import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'

/** What is wrong with a webhook's payload according to GitHub's own schemas; empty when nothing is. */
export type PayloadFaults = (event: string, payload: unknown) => string[]

export function openWebhookSchemas(): PayloadFaults {
  let compile: Compile | undefined
  const compiled = new Map<string, ValidateFunction>()
  return (event, payload) => {
    compile ??= openSchemas()
    const action = (payload as { action?: string }).action ?? 'event'
    const name = `${event}$${action}`
    const check = compiled.get(name) ?? compile(name)
    if (!check) return [`${event} ${action} is not in the webhook schemas`]
    compiled.set(name, check)
    if (check(payload)) return []
    return (check.errors ?? []).map((one) => `${one.instancePath} ${one.message} ${JSON.stringify(one.params)}`)
  }
}

type Compile = (name: string) => ValidateFunction | undefined

/** References are left as calls and the code as it comes: putting everything in place takes ten times as long. */
function openSchemas(): Compile {
  const file = createRequire(import.meta.url).resolve('@octokit/webhooks-schemas')
  const { definitions } = JSON.parse(readFileSync(file, 'utf8')) as { definitions: Record<string, object> }
  const settings = { strict: false, allErrors: true, logger: false, validateSchema: false } as const
  const ajv = addFormats.default(new Ajv({ ...settings, inlineRefs: false, code: { optimize: false } }))
  ajv.addSchema({ $id: 'webhooks', definitions })
  return (name) => (definitions[name] ? ajv.compile({ $ref: `webhooks#/definitions/${name}` }) : undefined)
}
