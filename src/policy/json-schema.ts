import { z } from 'zod'
import { policySchema } from './schema.js'

/**
 * The JSON Schema of `.github/lockwarden.yml` for editors, as `policy.schema.json` beside this file holds it. It leaves the
 * ids of rules open, so that a new rule changes no published schema; a review still refuses an unknown one.
 */
export function policyJsonSchema(): string {
  const schema = z.toJSONSchema(
    policySchema(() => true),
    { io: 'input' },
  )
  return `${JSON.stringify({ ...schema, title: 'Lockwarden policy (.github/lockwarden.yml)' }, null, 2)}\n`
}
