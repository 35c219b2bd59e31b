import { describe, expect, it } from '@jest/globals'
import { buildExpectations, expectedHosts, mayFetch, routeOf } from '../../src/registry/expectations.js'
import { publicHosts, publicRegistry } from '../../src/registry/public-registry.js'
import { anOperator } from '../builders/registry.js'

/** As an .npmrc writes a variable. */
const variable = `$\{REGISTRY}`

describe('buildExpectations', () => {
  it('knows the default hosts, the scopes by the strongest source, and the allowed hosts', () => {
    const expectations = buildExpectations({
      operator: anOperator({ scopes: { '@a': 'https://operator.example/' }, allowedHosts: ['cdn.example'] }),
      policy: {
        scopes: { '@a': 'https://policy.example/', '@b': 'https://policy.example:8443/npm/' },
        allowedHosts: ['cdn.example', 'files.example'],
      },
      npmrcScopes: new Map([
        ['@b', 'https://npmrc.example/'],
        ['@c', 'https://npmrc.example/'],
        ['@d', variable],
      ]),
    })

    expect(expectations).toEqual({
      defaultHosts: ['registry.example', ...publicHosts],
      scopeHosts: { '@a': 'operator.example', '@b': 'policy.example:8443', '@c': 'npmrc.example', '@d': '' },
      allowedHosts: ['cdn.example', 'files.example'],
    })
  })
})

describe('expectedHosts', () => {
  const expectations = buildExpectations({
    operator: anOperator(),
    policy: { scopes: { '@acme': 'https://npm.acme.example/', '@pub': publicRegistry }, allowedHosts: ['cdn.example'] },
  })

  it('are the default ones for names without a mapped scope', () => {
    const all = ['registry.example', ...publicHosts, 'cdn.example']

    expect(['widget', '@other/widget', '@pub/widget'].map((name) => expectedHosts(expectations, name))).toEqual([
      all,
      all,
      all,
    ])
  })

  it("are the scope's own for a mapped scope, the public one not among them", () => {
    expect(expectedHosts(expectations, '@acme/widget')).toEqual(['npm.acme.example', 'cdn.example'])
  })

  it.each([['__proto__/x'], ['@__proto__/x'], ['@constructor/x'], ['@/x']])('take no host from %s', (name) => {
    expect(expectedHosts(expectations, name)).toEqual(['registry.example', ...publicHosts, 'cdn.example'])
  })
})

describe('routeOf', () => {
  const operator = anOperator({ scopes: { '@op': 'https://operator.example/' }, allowedHosts: ['10.0.0.7'] })
  const policy = {
    scopes: {
      '@op': 'https://policy.example/',
      '@acme': 'https://npm.acme.example',
      '@pub': publicRegistry,
      '@lan': 'http://10.0.0.7/',
      '@metadata': 'http://169.254.169.254/',
      '@text': 'npm.acme.example',
    },
    allowedHosts: ['npmrc.example'],
  }
  const npmrcScopes = new Map([
    ['@acme', 'https://evil.example/'],
    ['@rc', 'https://npmrc.example/'],
    ['@plain', 'http://npmrc.example/'],
    ['@evil', 'https://evil.example/'],
    ['@same', 'https://npm.acme.example/'],
    ['@local', 'http://localhost:4873/'],
    ['@rcpub', publicRegistry],
    ['@variable', variable],
  ])
  const route = (name: string) => routeOf(name, { operator, policy, npmrcScopes })
  const to = (url: string, mapped = true) => ({ kind: 'registry', url, mapped })

  it.each([
    ['widget', to('https://registry.example/', false)],
    ['@unmapped/x', to('https://registry.example/', false)],
    ['@op/x', to('https://operator.example/')],
    ['@acme/x', to('https://npm.acme.example/')],
    ['@pub/x', to('https://registry.example/', false)],
    ['@rcpub/x', to('https://registry.example/', false)],
    ['@lan/x', to('http://10.0.0.7/')],
    ['@rc/x', to('https://npmrc.example/')],
    ['@same/x', to('https://npm.acme.example/')],
  ])('leads %s to its registry', (name, expected) => {
    expect(route(name)).toEqual(expected)
  })

  it.each([
    ['@evil/x', 'the repository maps @evil to evil.example, which nobody allowed'],
    ['@plain/x', 'the repository maps @plain to npmrc.example without https'],
    ['@local/x', 'the registry of @local, localhost:4873, is private and not allowed by the operator'],
    ['@metadata/x', 'the registry of @metadata, 169.254.169.254, is private and not allowed by the operator'],
    ['@variable/x', 'the registry of @variable is no http or https address'],
    ['@text/x', 'the registry of @text is no http or https address'],
  ])('leads %s nowhere and says why', (name, detail) => {
    expect(route(name)).toEqual({ kind: 'not-allowed', detail })
  })

  it.each([
    ['https://registry.example/x', true],
    ['http://registry.example/x', false],
    ['https://npm.acme.example/x', true],
    ['https://npm.acme.example:8443/x', false],
    ['https://npmrc.example/x', true],
    ['http://npmrc.example/x', false],
    ['http://10.0.0.7:8080/x', true],
    ['https://evil.example/x', false],
    ['file:///etc/passwd', false],
  ])('and mayFetch(%s) is %p', (address, allowed) => {
    expect(mayFetch({ operator, policy, npmrcScopes }, new URL(address))).toBe(allowed)
  })
})
