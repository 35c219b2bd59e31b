import { afterEach, describe, expect, it } from '@jest/globals'
import { maxAdvisoryPages, maxAdvisoryQueries } from '../../../src/limits.js'
import type { AdvisoryLookup } from '../../../src/registry/advisories/advisory.js'
import { openOsv } from '../../../src/registry/advisories/osv-source.js'
import { askLoopback } from '../../builders/advisories.js'
import { type OsvRecordFixture, startOsv, type TestOsv, type TestOsvOptions } from '../../emulator/osv.js'

let osv: TestOsv | undefined

afterEach(async () => {
  await osv?.close()
  osv = undefined
})

async function lookup(
  options: TestOsvOptions,
  references: readonly (readonly [string, string])[],
  prepare: (server: TestOsv) => void = () => {},
): Promise<AdvisoryLookup & { readonly server: TestOsv }> {
  const server = await startOsv(options)
  osv = server
  prepare(server)
  const source = openOsv({ ask: askLoopback(), url: server.url })
  const found = await source.lookup(references.map(([name, version]) => ({ name, version })))
  return { ...found, server }
}

const about = (name: string, ...events: readonly Readonly<Record<string, string>>[]) => ({
  package: { ecosystem: 'npm', name },
  ranges: [{ type: 'SEMVER', events }],
})

const quadratic: OsvRecordFixture = {
  id: 'GHSA-aaaa-aaaa-aaaa',
  aliases: ['CVE-0000-0001'],
  summary: 'Takes quadratic time',
  affected: [
    about('left-pad', { introduced: '0' }, { fixed: '1.0.3' }),
    about('left-pad', { introduced: '2.0.0' }, { fixed: '2.1.0' }),
    // Another ecosystem has packages of the same names.
    { package: { ecosystem: 'PyPI', name: 'left-pad' }, versions: ['3.0.0'] },
  ],
  database_specific: { severity: 'MODERATE', cwe_ids: ['CWE-1333'] },
}

const malware: OsvRecordFixture = {
  id: 'MAL-0000-1',
  summary: 'Malicious code in span-text (npm)',
  affected: [{ package: { ecosystem: 'npm', name: 'span-text' }, versions: ['2.3.1'] }],
}

describe('OSV', () => {
  it('tells of all packages in one request, and of each record in one more', async () => {
    const { found, gap, server } = await lookup({ records: [quadratic, malware] }, [
      ['left-pad', '1.0.0'],
      ['left-pad', '2.0.5'],
      ['left-pad', '1.0.3'],
      ['span-text', '2.3.1'],
    ])
    expect(gap).toBeUndefined()
    const one = {
      id: 'GHSA-aaaa-aaaa-aaaa',
      aliases: ['CVE-0000-0001'],
      summary: 'Takes quadratic time',
      severity: 'moderate',
      malicious: false,
      fixes: ['1.0.3', '2.1.0'],
      link: 'https://osv.dev/vulnerability/GHSA-aaaa-aaaa-aaaa',
    }
    expect(Object.fromEntries(found)).toEqual({
      'left-pad@1.0.0': [{ ...one, fixed: '1.0.3' }],
      'left-pad@2.0.5': [{ ...one, fixed: '2.1.0' }],
      'left-pad@1.0.3': [],
      'span-text@2.3.1': [
        {
          id: 'MAL-0000-1',
          aliases: [],
          summary: 'Malicious code in span-text (npm)',
          severity: 'critical',
          malicious: true,
          fixes: [],
          link: 'https://osv.dev/vulnerability/MAL-0000-1',
        },
      ],
    })
    expect(server.requests.map(({ path }) => path).sort()).toEqual([
      '/v1/querybatch',
      '/v1/vulns/GHSA-aaaa-aaaa-aaaa',
      '/v1/vulns/MAL-0000-1',
    ])
    expect(server.requests[0]?.body).toEqual({
      queries: [
        { package: { name: 'left-pad', ecosystem: 'npm' }, version: '1.0.0' },
        { package: { name: 'left-pad', ecosystem: 'npm' }, version: '2.0.5' },
        { package: { name: 'left-pad', ecosystem: 'npm' }, version: '1.0.3' },
        { package: { name: 'span-text', ecosystem: 'npm' }, version: '2.3.1' },
      ],
    })
  })

  it('splits a thousand packages and more, and reads every page of what they are listed in', async () => {
    const records = Array.from({ length: 5 }, (_, index) => ({ ...quadratic, id: `DB-${index}`, aliases: [] }))
    const references = Array.from(
      { length: maxAdvisoryQueries + 1 },
      (_, index) => ['left-pad', `1.0.${index}`] as const,
    )
    const { found, gap, server } = await lookup({ records, pageSize: 2 }, references)
    expect(gap).toBeUndefined()
    expect(found.size).toBe(maxAdvisoryQueries + 1)
    expect(['1.0.0', '1.0.2', '1.0.3'].map((version) => found.get(`left-pad@${version}`)?.length)).toEqual([5, 5, 0])
    // Three pages for the versions that are listed, and the thousand-and-first package.
    expect(server.requests.filter(({ path }) => path === '/v1/querybatch').map(sizeOf)).toEqual([1000, 3, 3, 1])
  })

  it('takes a withdrawn record for none, and one that was corrected as it now stands', async () => {
    const withdrawn = { ...malware, id: 'MAL-0000-2', withdrawn: '2025-02-01T00:00:00Z' }
    const { found, gap } = await lookup({ records: [withdrawn, malware] }, [['span-text', '2.3.1']], (server) => {
      server.faults.set('/v1/vulns/MAL-0000-1', {
        status: 200,
        body: JSON.stringify({ ...malware, affected: [about('span-text', { introduced: '0' }, { fixed: '2.0.0' })] }),
      })
    })
    expect([gap, [...found]]).toEqual([undefined, [['span-text@2.3.1', []]]])
  })

  it('makes one advisory of the records of several databases, malware by its weakness among them', async () => {
    const ghsa = {
      ...malware,
      id: 'GHSA-bbbb-bbbb-bbbb',
      database_specific: { severity: 'HIGH', cwe_ids: ['CWE-506'] },
    }
    const { found } = await lookup({ records: [{ ...malware, aliases: [ghsa.id] }, ghsa] }, [['span-text', '2.3.1']])
    const listed = found.get('span-text@2.3.1')
    expect(listed?.map(({ id, aliases, severity, malicious }) => [id, aliases, severity, malicious])).toEqual([
      ['GHSA-bbbb-bbbb-bbbb', ['MAL-0000-1'], 'critical', true],
    ])
  })

  it('reads ranges as the schema does: events in the order of versions, last affected ones, and what it cannot evaluate as the service has it', async () => {
    const events = [{ fixed: '1.5.0' }, { introduced: '1.0.0' }, { introduced: '2.0.0' }, { last_affected: '2.0.0' }]
    const ranges: OsvRecordFixture = { id: 'DB-1', affected: [about('left-pad', ...events)] }
    const odd: OsvRecordFixture = {
      id: 'DB-2',
      affected: [about('odd', { introduced: '0' }, { fixed: 'next spring' })],
    }
    const versions = ['0.9.0', '1.0.0', '1.5.0', '2.0.0', '2.0.1']
    const { found } = await lookup(
      { records: [ranges, odd] },
      [...versions.map((version) => ['left-pad', version] as const), ['odd', '1.0.0']],
      (server) => {
        const vulns = [{ id: 'DB-1', modified: '1' }]
        const results = [...versions.map(() => ({ vulns })), { vulns: [{ id: 'DB-2', modified: '1' }] }]
        server.faults.set('/v1/querybatch', { status: 200, body: JSON.stringify({ results }) })
      },
    )
    expect([...found].map(([key, list]) => [key, list.map(({ severity, fixes }) => [severity, fixes])])).toEqual([
      ['left-pad@0.9.0', []],
      ['left-pad@1.0.0', [['unknown', ['1.5.0']]]],
      ['left-pad@1.5.0', []],
      ['left-pad@2.0.0', [['unknown', ['1.5.0']]]],
      ['left-pad@2.0.1', []],
      ['odd@1.0.0', [['unknown', []]]],
    ])
  })

  it('answers for the other packages where one record cannot be had, or read', async () => {
    for (const fault of [{ status: 404 }, { status: 200, body: '{"id":"MAL-0000-1","aliases":{}}' }]) {
      const { found, gap, server } = await lookup(
        { records: [quadratic, malware] },
        [
          ['left-pad', '1.0.0'],
          ['span-text', '2.3.1'],
          ['other', '1.0.0'],
        ],
        ({ faults }) => faults.set('/v1/vulns/MAL-0000-1', fault),
      )
      expect([...found.keys()]).toEqual(['left-pad@1.0.0', 'other@1.0.0'])
      expect(gap).toEqual(unavailable(`${server.host} names a record and does not have it in a form that is known`))
      await server.close()
    }
  })

  it('takes no word for a withdrawal that is not the date of one', async () => {
    const { found } = await lookup({ records: [{ ...malware, withdrawn: '' }] }, [['span-text', '2.3.1']])
    expect(found.get('span-text@2.3.1')?.map(({ id }) => id)).toEqual(['MAL-0000-1'])
  })

  it('is one gap where it is out of order, answers nonsense, answers too few, or pages without an end', async () => {
    const details: unknown[] = []
    const endless = { results: [{ next_page_token: 'more' }] }
    for (const fault of [
      { status: 500 },
      { status: 200, body: '<html>' },
      { status: 200, body: JSON.stringify({ results: [] }) },
      { status: 200, body: JSON.stringify({ results: [{ vulns: [{ id: '../../x', modified: '1' }] }] }) },
      { status: 200, body: JSON.stringify(endless) },
    ]) {
      const { found, gap, server } = await lookup({}, [['left-pad', '1.0.0']], ({ faults }) =>
        faults.set('/v1/querybatch', fault),
      )
      details.push([found.size, gap?.code, gap?.detail.replaceAll(server.host, 'osv')])
      await server.close()
    }
    expect(details).toEqual([
      [0, 'advisories-unavailable', 'HTTP 500 from osv'],
      [0, 'advisories-unavailable', 'osv answers with something that is not JSON'],
      [0, 'advisories-unavailable', 'osv answers with something that is no answer to the question'],
      [0, 'advisories-unavailable', 'osv answers with something that is no answer to the question'],
      // Whoever brings in what is listed that often must not hide by it what else he brings in.
      [0, 'limit-reached', `maxAdvisoryPages: osv has more than ${maxAdvisoryPages} pages`],
    ])
  })

  it('stops asking when it fails, and rejects only when it is told to stop', async () => {
    const references = Array.from({ length: 3 * maxAdvisoryQueries }, (_, index) => ['a', `1.0.${index}`] as const)
    const { server } = await lookup({}, references, ({ faults }) => faults.set('/v1/querybatch', { status: 403 }))
    expect(server.requests.length).toBe(1)

    const stop = new AbortController()
    server.faults.set('/v1/querybatch', 'hang')
    const lookedUp = openOsv({ ask: askLoopback(), url: server.url }).lookup(
      [{ name: 'a', version: '1.0.0' }],
      stop.signal,
    )
    stop.abort(new Error('told to stop'))
    await expect(lookedUp).rejects.toThrow('told to stop')
  })
})

const sizeOf = ({ body }: { readonly body: unknown }): number =>
  (body as { queries: readonly unknown[] }).queries.length

const unavailable = (detail: string) => ({ code: 'advisories-unavailable', fact: 'advisories', detail })
