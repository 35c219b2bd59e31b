import { describe, expect, it } from '@jest/globals'
import { ownNames } from '../../src/policy/own-names.js'

const policy = {
  internal: { scopes: ['@acme'], patterns: ['acme-*', 'github.com/acme/*'] },
  registries: { scopes: { '@mapped': 'https://npm.acme.example/' }, allowedHosts: [] },
}
const routed = new Map([
  ['@routed', 'https://npm.acme.example/'],
  ['@open', 'https://public.example/'],
])

describe('the names of an organisation', () => {
  const names = ownNames(policy, routed, (address) => address === 'https://public.example/')

  it("are those of the policy, and of scopes that settings send to a registry which is not everybody's", () => {
    expect(names.scopes).toEqual(['@acme', '@routed', '@mapped'])
  })

  it.each([
    ['@acme/core', true, false],
    ['@acmes/core', false, false],
    ['@routed/x', true, false],
    ['@mapped/x', true, false],
    ['@open/x', false, false],
    ['acme-utils', true, true],
    ['acme', false, false],
    ['github.com/acme/tool', true, true],
    ['github.com/other/tool', false, false],
  ])('tell whether %s is one of them', (name, includes, matches) => {
    expect([names.includes(name), names.matches(name)]).toEqual([includes, matches])
  })
})
