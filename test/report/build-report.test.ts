import { describe, expect, it } from '@jest/globals'
import { foreign } from '../../src/foreign.js'
import type { Anchor, Location } from '../../src/lockfile/anchor.js'
import { type AcceptedFinding, buildReport, type ReportInput } from '../../src/report/build-report.js'
import { toJson } from '../../src/report/to-json.js'
import { aDependencyChange } from '../builders/dependency-change.js'

const locate = (anchor: Anchor): Location | null => {
  if (anchor.kind !== 'entry') return null
  return anchor.key.includes('lost') ? null : { file: anchor.lockfile, line: anchor.lockfile.length }
}

const input = (overrides: Partial<ReportInput> = {}): ReportInput => ({
  verdict: 'clear',
  head: { kind: 'git', sha: 'b'.repeat(40) },
  changes: [],
  findings: [],
  gaps: [],
  notes: [],
  coverage: { changed: 0, expected: 0, analysed: 0, unverified: 0, filesAnalysed: 0, filesSkipped: 0 },
  timings: { total: 3 },
  locate,
  ...overrides,
})

const at = (lockfile: string, key = 'node_modules/left'): Anchor => ({ kind: 'entry', lockfile, key, field: 'version' })

const finding = (overrides: Partial<AcceptedFinding> = {}): AcceptedFinding => ({
  fingerprint: 'f1',
  rule: 'install-script-added',
  title: 'install script added',
  severity: 'high',
  confidence: 'high',
  package: { name: 'left', before: '1.0.0', after: '1.1.0' },
  message: 'runs a new postinstall script on install',
  fix: 'Read it.',
  evidence: [{ label: 'postinstall', value: foreign('node x.js') }],
  anchors: [at('package-lock.json')],
  ...overrides,
})

describe('buildReport', () => {
  it('makes one finding of what several lockfiles show, the repository’s own file first', () => {
    const places = ['apps/b/package-lock.json', 'package-lock.json', 'apps/a/package-lock.json']
    const report = buildReport(input({ findings: places.map((file) => finding({ anchors: [at(file)] })) }))
    expect(report.findings).toEqual([
      {
        fingerprint: 'f1',
        rule: 'install-script-added',
        title: 'install script added',
        severity: 'high',
        confidence: 'high',
        package: { name: 'left', before: '1.0.0', after: '1.1.0' },
        message: 'runs a new postinstall script on install',
        fix: 'Read it.',
        location: { file: 'package-lock.json', line: 17 },
        locations: [
          { file: 'apps/a/package-lock.json', line: 24 },
          { file: 'apps/b/package-lock.json', line: 24 },
        ],
        evidence: [{ label: 'postinstall', value: 'node x.js' }],
      },
    ])
  })

  it('keeps findings apart that differ in the version before', () => {
    const other = finding({ package: { name: 'left', before: '0.9.0', after: '1.1.0' } })
    expect(buildReport(input({ findings: [finding(), other] })).findings).toHaveLength(2)
  })

  it('takes a merged finding for accepted only where every part is', () => {
    const accepted = { by: 'policy', reason: 'builds from source' }
    const parts = [finding({ accepted }), finding({ anchors: [at('a/package-lock.json')] })]
    expect(buildReport(input({ findings: parts })).findings[0]?.accepted).toBeUndefined()
    expect(buildReport(input({ findings: [finding({ accepted })] })).findings[0]?.accepted).toEqual(accepted)
  })

  it('names the file where the line is not to be found', () => {
    const anchors = [at('package-lock.json', 'lost')] as const
    expect(buildReport(input({ findings: [finding({ anchors })] })).findings[0]?.location).toEqual({
      file: 'package-lock.json',
    })
  })

  it('shows a finding at its first anchor and lists the others', () => {
    const anchors = [at('z/package-lock.json'), { kind: 'dependency', manifest: 'package.json', name: 'x' }] as const
    const [shown] = buildReport(input({ findings: [finding({ anchors })] })).findings
    expect([shown?.location, shown?.locations]).toEqual([
      { file: 'z/package-lock.json', line: 19 },
      [{ file: 'package.json' }],
    ])
  })

  it('puts the worst first, then the surest, then by rule and package', () => {
    const findings = [
      finding({ fingerprint: '1', severity: 'low' }),
      finding({ fingerprint: '2', confidence: 'low' }),
      finding({ fingerprint: '3', package: { name: 'b', after: '1.0.0' } }),
      finding({ fingerprint: '4', package: { name: 'a', after: '1.0.0' } }),
      finding({ fingerprint: '5', rule: 'a-rule' }),
      finding({ fingerprint: '6', severity: 'critical', confidence: 'low' }),
    ]
    expect(buildReport(input({ findings })).findings.map(({ fingerprint }) => fingerprint)).toEqual([
      '6',
      '5',
      '4',
      '3',
      '2',
      '1',
    ])
  })

  it('gives a removed package neither line nor paths', () => {
    const removed = aDependencyChange({ after: null, paths: [['left-pad']] })
    const [change] = buildReport(input({ changes: [removed] })).changes
    expect([change?.line, change?.paths, change?.after]).toEqual([null, [], undefined])
  })

  it('says of each gap whether it matters, those first, each once', () => {
    const quiet = { code: 'time-unavailable', package: 'a@1.0.0', fact: 'time', detail: 'none' } as const
    const loud = { code: 'tarball-unavailable', package: 'b@1.0.0', fact: 'package', detail: 'offline' } as const
    expect(buildReport(input({ gaps: [quiet, loud, quiet] })).gaps).toEqual([
      { ...loud, matters: true },
      { ...quiet, matters: false },
    ])
  })

  it('gives the same bytes whatever order its input came in', () => {
    const findings = ['c', 'a', 'b'].flatMap((name, i) =>
      ['package-lock.json', 'x/package-lock.json'].map((file) =>
        finding({ fingerprint: `${i}`, package: { name, after: '1.0.0' }, anchors: [at(file)] }),
      ),
    )
    const changes = ['c', 'a', 'b'].map((name) => aDependencyChange({ name }))
    const one = toJson(buildReport(input({ findings, changes })))
    const other = toJson(buildReport(input({ findings: findings.toReversed(), changes: changes.toReversed() })))
    expect(other).toBe(one)
  })
})
