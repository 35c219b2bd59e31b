import { describe, expect, it } from '@jest/globals'
import type { KnownRule } from '../../src/policy/parse-policy.js'
import { type Acceptance, defaultPolicy, type Policy } from '../../src/policy/policy.js'
import { resolvePolicy } from '../../src/policy/resolve-policy.js'
import type { PolicyDocument } from '../../src/policy/schema.js'

const rules: readonly KnownRule[] = [
  { id: 'bin-added', severity: 'low' },
  { id: 'tarball-unsafe', severity: 'high' },
]

type Stated = Omit<PolicyDocument, 'version'>

const document = (stated: Stated | undefined): PolicyDocument | undefined => stated && { version: 1, ...stated }

const resolve = (own?: Stated, floor?: Stated) => resolvePolicy(document(own), document(floor), rules)

const looser = (key: string) =>
  `policy: ${key} is looser in the repository's file than in the organisation's, which holds`

const acceptance = (overrides: Partial<NonNullable<Stated['accept']>[number]> = {}) => ({
  package: 'esbuild',
  version: '1.0.0',
  rule: 'bin-added',
  reason: 'known',
  until: '2026-12-31',
  ...overrides,
})

const accepted = (by: Acceptance['by'], overrides: Partial<Acceptance> = {}): Acceptance => ({
  package: 'esbuild',
  version: '1.0.0',
  covers: { rule: 'bin-added' },
  reason: 'known',
  until: '2026-12-31',
  by,
  ...overrides,
})

/** [key, loose, strict, how to read it from the policy] */
const scales: readonly [string, Stated, Stated, (policy: Policy) => unknown][] = [
  ['failOn', { failOn: 'never' }, { failOn: 'critical' }, ({ failOn }) => failOn],
  ['failOn', { failOn: 'high' }, { failOn: 'low' }, ({ failOn }) => failOn],
  ['onIncomplete', { onIncomplete: 'action_required' }, { onIncomplete: 'failure' }, (p) => p.onIncomplete],
  ['onFlaggedBelow', { onFlaggedBelow: 'success' }, { onFlaggedBelow: 'neutral' }, (p) => p.onFlaggedBelow],
  ['paths.ignore', { paths: { ignore: ['a', 'b'] } }, { paths: { ignore: ['a'] } }, ({ paths }) => paths.ignore],
  ['comments.from', { comments: { from: 'high' } }, { comments: { from: 'low' } }, ({ comments }) => comments.from],
  ['comments.limit', { comments: { limit: 5 } }, { comments: { limit: 6 } }, ({ comments }) => comments.limit],
  ['bots.logins', { bots: { logins: ['x'] } }, { bots: { logins: [] } }, ({ bots }) => bots.logins],
  [
    'bots.commentsFrom',
    { bots: { commentsFrom: 'critical' } },
    { bots: { commentsFrom: 'low' } },
    (p) => p.bots.commentsFrom,
  ],
  [
    'commands.authorMayAccept',
    { commands: { authorMayAccept: true } },
    { commands: { authorMayAccept: false } },
    (p) => p.commands.authorMayAccept,
  ],
  [
    'registries.allowedHosts',
    { registries: { allowedHosts: ['a.example', 'b.example'] } },
    { registries: { allowedHosts: ['a.example'] } },
    (p) => p.registries.allowedHosts,
  ],
  [
    'release.freshDays',
    { release: { freshDays: 1 } },
    { release: { freshDays: 7 } },
    ({ release }) => release.freshDays,
  ],
  [
    'release.provenanceHorizonDays',
    { release: { provenanceHorizonDays: 1 } },
    { release: { provenanceHorizonDays: 9 } },
    (p) => p.release.provenanceHorizonDays,
  ],
  [
    'python.requireHashes',
    { python: { requireHashes: false } },
    { python: { requireHashes: true } },
    (p) => p.python.requireHashes,
  ],
  ['tools.build', { tools: { build: ['esbuild'] } }, { tools: { build: [] } }, ({ tools }) => tools.build],
  ['tools.release', { tools: { release: ['np'] } }, { tools: { release: [] } }, ({ tools }) => tools.release],
  [
    'advisories.source',
    { advisories: { source: 'off' } },
    { advisories: { source: 'osv' } },
    (p) => p.advisories.source,
  ],
  [
    'advisories.required',
    { advisories: { required: false } },
    { advisories: { required: true } },
    (p) => p.advisories.required,
  ],
  [
    'rules.bin-added',
    { rules: { 'bin-added': 'off' } },
    { rules: { 'bin-added': 'medium' } },
    (p) => p.rules['bin-added'],
  ],
]

describe('resolvePolicy', () => {
  it('is the default policy without any file', () => {
    expect(resolve()).toEqual({ policy: defaultPolicy, notes: [] })
  })

  it.each(scales)('lets a repository be stricter in %s and not looser', (key, loose, strict, read) => {
    const [held, open] = [read(resolve(strict).policy), read(resolve(loose).policy)]

    expect(held).not.toEqual(open)
    expect(read(resolve(strict, loose).policy)).toEqual(held)
    expect(resolve(strict, loose).notes).toEqual([])
    expect(read(resolve(loose, strict).policy)).toEqual(held)
    expect(resolve(loose, strict).notes).toEqual([looser(key)])
  })

  it.each(scales)(
    "takes the organisation's %s where the repository says nothing, and the repository's where the organisation does",
    (_, loose, strict, read) => {
      for (const stated of [loose, strict]) {
        expect(read(resolve({}, stated).policy)).toEqual(read(resolve(stated).policy))
        expect(resolve(stated, {})).toEqual(resolve(stated))
      }
    },
  )

  it('adds up what forbids', () => {
    const own: Stated = { internal: { scopes: ['@b'], patterns: ['b-*'] }, mcp: { pin: ['y'] } }
    const { policy, notes } = resolve(own, { internal: { scopes: ['@a'], patterns: ['a-*'] }, mcp: { pin: ['x'] } })

    expect(policy.internal).toEqual({ scopes: ['@a', '@b'], patterns: ['a-*', 'b-*'] })
    expect(policy.mcp.pin).toEqual(['x', 'y'])
    expect(notes).toEqual([])
  })

  it("keeps the organisation's addresses", () => {
    const floor: Stated = { registries: { scopes: { '@acme': 'https://npm.acme.example' } }, python: { index: 'none' } }
    const own: Stated = {
      registries: { scopes: { '@acme': 'https://npm.evil.example' } },
      python: { index: 'https://evil.example' },
    }
    const { policy, notes } = resolve(own, floor)

    expect(policy.registries.scopes).toEqual({ '@acme': 'https://npm.acme.example' })
    expect(policy.python.index).toBe('none')
    expect(notes).toEqual([looser('registries.scopes'), looser('python.index')])
    expect(resolve(floor, floor).notes).toEqual([])
  })

  it('lets a server have fewer tools and more blocked patterns than the organisation allows', () => {
    const floor: Stated = { mcp: { servers: { mail: { allow: ['send', 'list'], blockedPatterns: ['bcc'] } } } }
    const { policy, notes } = resolve(
      { mcp: { servers: { mail: { allow: ['send', 'delete'], blockedPatterns: ['token'] }, other: {} } } },
      floor,
    )

    expect(policy.mcp.servers).toEqual({
      mail: { allow: ['send'], blockedPatterns: ['bcc', 'token'] },
      other: { blockedPatterns: [] },
    })
    expect(notes).toEqual([looser('mcp.servers.mail.allow')])
  })

  it('lets a service have fewer publishers than the organisation names, and a new service its own', () => {
    const { policy, notes } = resolve(
      {
        mcp: { services: { mail: { scopes: ['@evil'], repositories: ['x.example/o'] }, chat: { scopes: ['@chat'] } } },
      },
      { mcp: { services: { mail: { scopes: ['@mail'] } } } },
    )

    expect(policy.mcp.services).toEqual({
      mail: { scopes: [], repositories: [] },
      chat: { scopes: ['@chat'], repositories: [] },
    })
    expect(notes).toEqual([looser('mcp.services.mail.scopes'), looser('mcp.services.mail.repositories')])
  })

  it("holds a rule that the organisation's rules do not list at its own severity", () => {
    expect(resolve({ rules: { 'tarball-unsafe': 'low', 'bin-added': 'high' } }, { rules: {} })).toEqual({
      policy: { ...defaultPolicy, rules: { 'bin-added': 'high' } },
      notes: [looser('rules.tarball-unsafe')],
    })
  })

  it('lets a repository change any rule where the organisation states none', () => {
    expect(resolve({ rules: { 'tarball-unsafe': 'off' } }, { failOn: 'high' })).toEqual({
      policy: { ...defaultPolicy, rules: { 'tarball-unsafe': 'off' } },
      notes: [],
    })
  })

  it('adds acceptances up and says whose they are', () => {
    const own = acceptance({ package: '@acme/*', version: '*', rule: undefined, gap: 'scope-not-allowed' })
    const { policy, notes } = resolve({ accept: [own] }, { accept: [acceptance()] })

    expect(policy.accept).toEqual([
      accepted('organisation policy'),
      accepted('policy', { package: '@acme/*', version: '*', covers: { gap: 'scope-not-allowed' } }),
    ])
    expect(notes).toEqual([])
  })

  it('drops wide acceptances of findings where the organisation states rules', () => {
    const own = [
      acceptance(),
      acceptance({ version: '^1.0.0' }),
      acceptance({ package: 'es*' }),
      acceptance({ version: '*', rule: undefined, gap: 'scope-not-allowed' }),
    ]
    const { policy, notes } = resolve({ accept: own }, { rules: {} })

    expect(policy.accept).toEqual([
      accepted('policy'),
      accepted('policy', { version: '*', covers: { gap: 'scope-not-allowed' } }),
    ])
    expect(notes).toEqual([expect.stringMatching(/^policy: accept\[1\].*rules/), expect.stringMatching(/accept\[2\]/)])
  })

  it('drops wide acceptances of gaps where the organisation states onIncomplete', () => {
    const own = [acceptance({ version: '*', rule: undefined, gap: 'scope-not-allowed' }), acceptance({ version: '*' })]
    const { policy, notes } = resolve({ accept: own }, { onIncomplete: 'action_required' })

    expect(policy.accept).toEqual([accepted('policy', { version: '*' })])
    expect(notes).toEqual([expect.stringMatching(/^policy: accept\[0\].*onIncomplete/)])
  })
})
