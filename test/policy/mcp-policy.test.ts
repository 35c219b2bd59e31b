import { describe, expect, it } from '@jest/globals'
import { serverAllowances, serviceOwners } from '../../src/policy/mcp-policy.js'
import { defaultPolicy, type Policy } from '../../src/policy/policy.js'

const policyWith = (mcp: Partial<Policy['mcp']>): Policy => ({
  ...defaultPolicy,
  mcp: { ...defaultPolicy.mcp, ...mcp },
})

describe('serverAllowances', () => {
  it('gives what the policy says of a package by its name, and lets all others declare anything', () => {
    const mail = { allow: ['sendEmail'], blockedPatterns: ['auth_context'] }
    const allowanceOf = serverAllowances(policyWith({ servers: { 'postmark-mcp': mail } }))

    expect(['postmark-mcp', 'other', 'constructor', '__proto__'].map(allowanceOf)).toEqual([
      mail,
      { blockedPatterns: [] },
      { blockedPatterns: [] },
      { blockedPatterns: [] },
    ])
  })
})

describe('serviceOwners', () => {
  it('spells services as names of packages do', () => {
    const owner = { scopes: ['@acme'], repositories: ['git.acme.example/mail'] }

    expect(serviceOwners(policyWith({ services: { 'Acme Mail': owner } }))).toEqual([
      { service: 'acme-mail', ...owner },
    ])
  })
})
