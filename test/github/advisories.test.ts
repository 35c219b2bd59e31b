import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { askGitHub, type Lister, openGitHubAdvisories, openPublicGitHub } from '../../src/github/advisories.js'
import { RateLimited } from '../../src/github/rate-limit.js'
import { maxAdvisoryPages } from '../../src/limits.js'
import type { AdvisoryLookup } from '../../src/registry/advisories/advisory.js'
import { faults, type GitHub, openSchemas, startGitHub } from '../emulator/github.js'

const schemas = openSchemas()
let github: GitHub

beforeAll(async () => {
  github = await startGitHub({ schemas })
})

afterAll(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

const lookup = (references: readonly (readonly [string, string])[], token?: string): Promise<AdvisoryLookup> => {
  const client = openPublicGitHub({ apiUrl: github.url, ...(token !== undefined && { token }) })
  const source = openGitHubAdvisories({ ask: askGitHub(client), apiUrl: github.url })
  return source.lookup(references.map(([name, version]) => ({ name, version })))
}

const quadratic = {
  id: 'GHSA-aaaa-aaaa-aaaa',
  cve: 'CVE-0000-0001',
  type: 'reviewed',
  severity: 'medium',
  summary: 'Takes quadratic time',
  affected: [
    { name: 'left-pad', range: '< 1.0.3', patched: '1.0.3' },
    { name: 'left-pad', range: '>= 2.0.0, < 2.1.0', patched: '2.1.0' },
  ],
} as const

describe("GitHub's database of advisories", () => {
  it('tells of vulnerabilities with the fixed version of the same line, and of malware, which it lists apart', async () => {
    github.world.advisories.splice(
      0,
      Number.POSITIVE_INFINITY,
      quadratic,
      {
        id: 'GHSA-bbbb-bbbb-bbbb',
        type: 'malware',
        severity: 'critical',
        summary: 'Malware in span-text',
        affected: [{ name: 'span-text', range: '= 2.3.1' }],
      },
      {
        id: 'GHSA-cccc-cccc-cccc',
        type: 'reviewed',
        severity: 'high',
        summary: 'Was none',
        withdrawn: '2025-02-01T00:00:00Z',
        affected: [{ name: 'left-pad', range: '>= 0' }],
      },
    )
    const { found, gap } = await lookup([
      ['left-pad', '2.0.1'],
      ['left-pad', '1.0.3'],
      ['span-text', '2.3.1'],
    ])
    expect(gap).toBeUndefined()
    expect(Object.fromEntries(found)).toEqual({
      'left-pad@2.0.1': [
        {
          id: 'GHSA-aaaa-aaaa-aaaa',
          aliases: ['CVE-0000-0001'],
          summary: 'Takes quadratic time',
          severity: 'moderate',
          malicious: false,
          fixed: '2.1.0',
          fixes: ['1.0.3', '2.1.0'],
          link: 'https://github.example/advisories/GHSA-aaaa-aaaa-aaaa',
        },
      ],
      'left-pad@1.0.3': [],
      'span-text@2.3.1': [
        {
          id: 'GHSA-bbbb-bbbb-bbbb',
          aliases: [],
          summary: 'Malware in span-text',
          severity: 'critical',
          malicious: true,
          fixes: [],
          link: 'https://github.example/advisories/GHSA-bbbb-bbbb-bbbb',
        },
      ],
    })
  })

  it('reads a list to its last page, and asks about many packages in a few addresses', async () => {
    const names = Array.from({ length: 230 }, (_, index) => `package-${String(index).padStart(3, '0')}`)
    github.world.advisories.splice(
      0,
      Number.POSITIVE_INFINITY,
      ...names.map((name, index) => ({
        ...quadratic,
        id: `GHSA-aaaa-aaaa-${String(index).padStart(4, '0')}`,
        cve: `CVE-0000-${1000 + index}`,
        affected: [{ name, range: '<2.0.0', patched: '2.0.0' }],
      })),
    )
    const before = github.requests.length
    const { found, gap } = await lookup(names.map((name) => [name, '1.0.0']))
    expect([gap, found.size, [...found.values()].every(({ length }) => length === 1)]).toEqual([undefined, 230, true])
    const asked = github.requests.slice(before).map(({ operation }) => operation)
    expect(new Set(asked)).toEqual(new Set(['GET /advisories']))
    expect(asked.length).toBeLessThan(12)
  })

  it('is one gap for all packages where GitHub refuses, is out of order, or does not know the token', async () => {
    const gaps: unknown[] = []
    for (const fault of [faults.forbidden, faults.unavailable]) {
      github.inject({ on: 'GET /advisories', fault, times: 2 })
      gaps.push((await lookup([['left-pad', '1.0.0']])).gap)
    }
    gaps.push((await lookup([['left-pad', '1.0.0']], 'ghs_nobody')).gap)
    const { host } = new URL(github.url)
    expect(gaps).toEqual(
      [403, 503, 401].map((status) => ({
        code: 'advisories-unavailable',
        fact: 'advisories',
        detail: `HTTP ${status} from ${host}`,
      })),
    )
  })

  it('does not make a review wait for a rate limit, reads no list without an end, and hides no bug', async () => {
    const lister = (pages: () => AsyncIterable<unknown>) => ({ paginate: { iterator: pages } }) as unknown as Lister
    const limited = lister(async function* () {
      yield* []
      throw new RateLimited(0)
    })
    const endless = lister(async function* () {
      for (;;) yield { data: [] }
    })
    const broken = lister(async function* () {
      yield* []
      throw new TypeError('a bug')
    })
    const ask = (client: Lister) =>
      openGitHubAdvisories({ ask: askGitHub(client), apiUrl: 'https://api.github.example' }).lookup([
        { name: 'left-pad', version: '1.0.0' },
      ])
    expect([(await ask(limited)).gap?.detail, (await ask(endless)).gap?.detail]).toEqual([
      'HTTP 429 from api.github.example: the rate limit is reached',
      `maxAdvisoryPages: api.github.example has more than ${maxAdvisoryPages} pages`,
    ])
    await expect(ask(broken)).rejects.toThrow('a bug')
  })
})
