import { afterEach, describe, expect, it } from '@jest/globals'
import { aManifest, aPackageLock } from '../builders/lockfile.js'
import { bulkPath } from '../emulator/bulk-advisories.js'
import { type GitHub, startGitHub } from '../emulator/github.js'
import { startOsv, type TestOsv } from '../emulator/osv.js'
import { startRegistry, type TestRegistry } from '../emulator/registry.js'
import { inFolder, run } from './run.js'

const closing: { close(): Promise<void> }[] = []

afterEach(async () => {
  await Promise.all(closing.splice(0).map((server) => server.close()))
})

const kept = <T extends { close(): Promise<void> }>(server: T): T => {
  closing.push(server)
  return server
}

interface Reported {
  readonly verdict: string
  readonly findings: readonly {
    readonly rule: string
    readonly package?: { readonly name: string }
    readonly fix: string
  }[]
  readonly gaps: readonly { readonly code: string; readonly detail: string; readonly matters: boolean }[]
}

interface Setting {
  readonly packages: Readonly<Record<string, string>>
  readonly policy?: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly twice?: boolean
}

/** A change that adds these packages, which the registry at `registry` does not know: what is tested is said besides. */
async function review(registry: TestRegistry, { packages, policy = '', args = [], env = {}, twice = false }: Setting) {
  const base = { 'base/package.json': '{}', 'base/.github/lockwarden.yml': `version: 1\n${policy}` }
  const head = { 'head/package.json': aManifest({ packages }), 'head/package-lock.json': aPackageLock({ packages }) }
  return inFolder({ ...base, ...head }, async (folder) => {
    const once = async () => {
      const dirs = ['--base-dir', 'base', '--head-dir', 'head', '--format', 'json', '--cache', 'cache']
      const { out } = await run(folder, ['review', ...dirs, ...args], { npm_config_registry: registry.url, ...env })
      const { verdict, findings, gaps } = JSON.parse(out) as Reported
      return {
        verdict,
        found: findings.filter(({ rule }) => rule.startsWith('advisory-')),
        gaps: gaps.filter(({ code }) => code === 'advisories-unavailable'),
      }
    }
    const first = await once()
    return { first, second: twice ? await once() : first }
  })
}

const namesIn = ({ requests }: TestOsv): readonly string[] =>
  requests.flatMap(({ body }) =>
    body === undefined
      ? []
      : (body as { queries: { package: { name: string } }[] }).queries.map((one) => one.package.name),
  )

const malware = {
  id: 'MAL-0000-1',
  summary: 'Malicious code in it',
  affected: [{ package: { ecosystem: 'npm', name: 'span-text' }, versions: ['1.0.0'] }],
}

describe('advisories on the command line', () => {
  it('come from OSV, once an hour, and without a word about private packages', async () => {
    const [registry, osv] = [kept(await startRegistry()), kept(await startOsv({ records: [malware] }))]
    const { first, second } = await review(registry, {
      packages: {
        'span-text': '1.0.0',
        other: '2.0.0',
        '@acme/log': '1.0.0',
        'acme-tool': '1.0.0',
        '@inside/x': '1.0.0',
      },
      policy: [
        `registries: { scopes: { '@acme': https://npm.acme.example } }`,
        `internal: { scopes: ['@inside'], patterns: ['acme-*'] }`,
      ].join('\n'),
      env: { LOCKWARDEN_OSV_URL: osv.url },
      twice: true,
    })
    expect([first.found.map(({ rule, package: of }) => [rule, of?.name]), first.gaps]).toEqual([
      [['advisory-malicious', 'span-text']],
      [],
    ])
    expect(second).toEqual(first)
    expect([namesIn(osv), osv.requests.length]).toEqual([['other', 'span-text'], 2])
    expect(registry.count(bulkPath)).toBe(0)
  })

  it('come from the registry where one is named, and from nowhere else', async () => {
    const [registry, osv] = [kept(await startRegistry()), kept(await startOsv({ records: [malware] }))]
    registry.advisories.set('span-text', [
      {
        id: 1,
        url: 'https://advisories.example/1',
        title: 'Takes quadratic time',
        severity: 'high',
        vulnerable_versions: '<1.2.0',
      },
    ])
    const { first } = await review(registry, {
      packages: { 'span-text': '1.0.0' },
      args: ['--registry', registry.url],
      env: { LOCKWARDEN_OSV_URL: osv.url },
    })
    expect([first.found.map(({ rule, fix }) => [rule, fix]), first.gaps, osv.requests]).toEqual([
      [['advisory-known', 'Take 1.2.0 or later.']],
      [],
      [],
    ])
  })

  it('come from GitHub where the policy says so', async () => {
    const registry = kept(await startRegistry())
    const github: GitHub = kept(await startGitHub())
    github.world.advisories.push({
      id: 'GHSA-aaaa-aaaa-aaaa',
      type: 'malware',
      severity: 'critical',
      summary: 'Malware in it',
      affected: [{ name: 'span-text', range: '>= 0' }],
    })
    const { first, second } = await review(registry, {
      packages: { 'span-text': '1.0.0' },
      policy: 'advisories: { source: github }',
      env: { GITHUB_API_URL: github.url },
      twice: true,
    })
    expect([first.found.map(({ rule }) => rule), first.gaps, github.violations]).toEqual([
      ['advisory-malicious'],
      [],
      [],
    ])
    expect([second, github.requests.length]).toEqual([first, 2])
  })

  it('are one gap for all packages where nobody answers, where the policy turns them off, and offline', async () => {
    const [registry, osv] = [kept(await startRegistry()), kept(await startOsv())]
    osv.faults.set('/v1/querybatch', { status: 403 })
    const packages = { a: '1.0.0', b: '1.0.0', c: '1.0.0' }
    const env = { LOCKWARDEN_OSV_URL: osv.url }
    const gapsOf = async (setting: Partial<Setting>) =>
      (await review(registry, { packages, env, ...setting })).first.gaps
    const gap = (detail: string) => ({ code: 'advisories-unavailable', fact: 'advisories', detail, matters: false })
    expect([
      await gapsOf({}),
      await gapsOf({ policy: "advisories: { source: 'off' }" }),
      await gapsOf({ args: ['--offline'] }),
      await gapsOf({ policy: 'advisories: { required: true }' }),
    ]).toEqual([
      [gap(`HTTP 403 from ${osv.host}`)],
      [gap('turned off by the policy')],
      [gap('offline')],
      [{ ...gap(`HTTP 403 from ${osv.host}`), matters: true }],
    ])
  })

  it('refuse an address that is none, without repeating it', async () => {
    await inFolder({}, async (folder) => {
      const { code, err } = await run(folder, ['review'], { LOCKWARDEN_OSV_URL: 'ftp://user:secret@osv.example' })
      expect([code, err]).toEqual([3, expect.stringContaining('LOCKWARDEN_OSV_URL is not an http or https address')])
      expect(err).not.toContain('secret')
    })
  })
})
