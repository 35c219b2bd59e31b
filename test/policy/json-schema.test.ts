import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { policyJsonSchema } from '../../src/policy/json-schema.js'
import { parsePolicy } from '../../src/policy/parse-policy.js'

const committed = new URL('../../src/policy/policy.schema.json', import.meta.url)

const isValidForEditors = new Ajv2020({ strict: true, strictRequired: false, strictTypes: false }).compile(
  JSON.parse(policyJsonSchema()),
)

const rules = [{ id: 'bin-added', severity: 'low' as const }]

describe('policyJsonSchema', () => {
  // To write it anew: npm run build && node -e "import('./dist/policy/json-schema.js').then((m) => process.stdout.write(m.policyJsonSchema()))" > src/policy/policy.schema.json
  it('is what policy.schema.json holds', () => {
    expect(readFileSync(committed, 'utf8')).toBe(policyJsonSchema())
  })

  it.each([
    'version: 1',
    'version: 1\nfailOn: never\nrules: { bin-added: off }',
    'version: 1\nregistries: { scopes: { "@acme": https://npm.acme.example } }',
    'version: 1\naccept: [{ package: a, version: "*", rule: bin-added, reason: r, until: 2026-12-31 }]',
  ])('takes what a review takes: %j', (text) => {
    expect(parsePolicy(text, 'policy', rules).valid).toBe(true)
    expect(isValidForEditors(parse(text))).toBe(true)
  })

  it.each([
    'failOn: high',
    'version: 2',
    'version: 1\nfailOn: maybe',
    'version: 1\nfailon: high',
    'version: 1\ncomments: { limit: 21 }',
    'version: 1\nregistries: { scopes: { acme: https://npm.acme.example } }',
    'version: 1\naccept: [{ package: a, version: "*", rule: bin-added, reason: r }]',
    'version: 1\naccept: [{ package: a, version: "*", reason: r, until: 2026-12-31 }]',
    'version: 1\naccept: [{ package: a, version: "*", rule: bin-added, gap: limit-reached, reason: r, until: 2026-12-31 }]',
  ])('refuses what a review refuses: %j', (text) => {
    expect(parsePolicy(text, 'policy', rules).valid).toBe(false)
    expect(isValidForEditors(parse(text))).toBe(false)
  })
})
