import { describe, expect, it } from '@jest/globals'
import type { GapCode } from '../../src/gap.js'
import { type Grade, type Graded, gradeOf } from '../../src/policy/grade.js'
import type { Severity } from '../../src/rules/rule.js'

const whole: Graded['coverage'] = { expected: 0, analysed: 0, unverified: 0 }

const times = (count: number, rule: string, severity: Severity): Graded['findings'] =>
  Array.from({ length: count }, () => ({ rule, severity, fix: `Mend ${rule}.` }))

const gapsOf = (...codes: readonly GapCode[]): Graded['gaps'] =>
  codes.map((code) => ({ code, matters: code === 'tarball-unavailable' }))

function grade(findings: Graded['findings'], gaps: Graded['gaps'] = [], coverage = whole): Grade {
  return gradeOf({ findings, gaps, coverage })
}

const costs: readonly (readonly [name: string, findings: Graded['findings'], points: number])[] = [
  ['nothing', [], 0],
  ['one critical', times(1, 'integrity-mismatch', 'critical'), 20],
  ['one high', times(1, 'integrity-missing', 'high'), 10],
  ['one medium', times(1, 'integrity-weak', 'medium'), 5],
  ['one low', times(1, 'provenance-absent', 'low'), 1],
  ['three of one rule', times(3, 'integrity-weak', 'medium'), 15],
  ['three hundred of one rule', times(300, 'integrity-weak', 'medium'), 15],
  [
    'the worst three of one rule',
    [...times(3, 'bin-added', 'low'), ...times(1, 'bin-added', 'critical'), ...times(1, 'bin-added', 'high')],
    31,
  ],
  ['three of each of two rules', [...times(4, 'integrity-weak', 'medium'), ...times(4, 'range-unpinned', 'low')], 18],
  ['a missing lockfile, which is critical, as the article has it', times(1, 'lockfile-missing', 'critical'), 20],
  ['several missing lockfiles, once', times(4, 'lockfile-missing', 'critical'), 20],
  ['unlocked installs, once and as the article has it', times(5, 'install-unlocked', 'high'), 15],
  ['no step that asks for advisories', times(1, 'audit-missing', 'medium'), 8],
  ['no list of components', times(1, 'sbom-missing', 'medium'), 5],
  ['each severe advisory, however many', times(5, 'advisory-known', 'high'), 75],
  [
    'each severe advisory about one package, and not the milder ones beside them',
    [
      {
        rule: 'advisory-known',
        severity: 'critical',
        fix: 'Upgrade.',
        evidence: ['critical advisory', 'also known as', 'high advisory', 'medium advisory'].map((label) => ({
          label,
        })),
      },
    ],
    30,
  ],
  ['malware as any severe advisory', times(1, 'advisory-malicious', 'critical'), 15],
  [
    'milder advisories by severity, three at most',
    [...times(1, 'advisory-known', 'critical'), ...times(4, 'advisory-known', 'medium')],
    30,
  ],
  [
    'the five of the article',
    [
      ...times(1, 'lockfile-missing', 'critical'),
      ...times(1, 'install-unlocked', 'high'),
      ...times(1, 'advisory-known', 'high'),
      ...times(1, 'audit-missing', 'medium'),
      ...times(1, 'sbom-missing', 'medium'),
    ],
    63,
  ],
]

describe('gradeOf', () => {
  for (const [name, findings, points] of costs) {
    it(`deducts ${points} for ${name}`, () => {
      const { score, deductions } = grade(findings)
      expect({ score, sum: deductions.reduce((sum, deduction) => sum + deduction.points, 0) }).toEqual({
        score: 100 - points,
        sum: points,
      })
    })
  }

  it('goes no lower than 0, and still says what each rule costs', () => {
    expect(grade([...times(9, 'advisory-known', 'critical')])).toEqual({
      score: 0,
      letter: 'F',
      provisional: false,
      deductions: [{ rule: 'advisory-known', points: 135, findings: 9, fix: 'Mend advisory-known.' }],
    })
  })

  for (const [lost, letter] of [
    [0, 'A'],
    [10, 'A'],
    [11, 'B'],
    [20, 'B'],
    [21, 'C'],
    [30, 'C'],
    [31, 'D'],
    [40, 'D'],
    [41, 'F'],
  ] as const) {
    it(`calls ${100 - lost} points ${letter}`, () => {
      const tens = Array.from({ length: Math.floor(lost / 10) }, (_, i) => times(1, `rule-${i}`, 'high')).flat()
      expect(grade([...tens, ...times(lost % 10, 'low-rule', 'low')]).letter).toBe(letter)
    })
  }

  it('lists the dearest first, and rules that cost the same by name', () => {
    const findings = [...times(1, 'b-rule', 'medium'), ...times(1, 'c-rule', 'high'), ...times(1, 'a-rule', 'medium')]
    expect(grade(findings).deductions.map(({ rule, points }) => [rule, points])).toEqual([
      ['c-rule', 10],
      ['a-rule', 5],
      ['b-rule', 5],
    ])
  })

  it('names the way to earn back of the worst finding', () => {
    const findings = [
      { rule: 'advisory-known', severity: 'low', fix: 'Wait.' },
      { rule: 'advisory-known', severity: 'high', fix: 'Upgrade.' },
    ] as const
    expect(grade(findings).deductions).toEqual([{ rule: 'advisory-known', points: 16, findings: 2, fix: 'Upgrade.' }])
  })

  it('lets accepted findings cost nothing', () => {
    const [finding] = times(1, 'lockfile-missing', 'critical')
    expect(grade(finding ? [{ ...finding, accepted: {} }] : [])).toEqual({
      score: 100,
      letter: 'A',
      provisional: false,
      deductions: [],
    })
  })

  for (const code of ['tarball-unavailable', 'advisories-unavailable', 'time-untrusted', 'keys-unavailable'] as const) {
    it(`is B at most where ${code} hides what is graded`, () => {
      expect(grade([], gapsOf(code))).toEqual({ score: 100, letter: 'B', provisional: true, deductions: [] })
    })
  }

  it('is provisional, and no better than it is, below B', () => {
    const { letter, provisional } = grade(times(5, 'install-unlocked', 'high'), gapsOf('advisories-unavailable'))
    expect({ letter, provisional }).toEqual({ letter: 'B', provisional: true })
    expect(grade(times(3, 'a-rule', 'high'), gapsOf('advisories-unavailable')).letter).toBe('C')
  })

  it('is provisional where packages were not analysed, whatever the gaps say', () => {
    expect(grade([], [], { expected: 2, analysed: 1, unverified: 1 }).provisional).toBe(true)
  })

  it('is not provisional for accepted gaps, nor for what hides no finding of an audit', () => {
    const [gap] = gapsOf('tarball-unavailable')
    const accepted = gap ? [{ ...gap, accepted: {} }] : []
    const quiet = gapsOf('previous-unavailable', 'git-source-unread', 'ecosystem-unsupported', 'server-unresolved')
    expect(grade([], [...accepted, ...quiet])).toEqual({ score: 100, letter: 'A', provisional: false, deductions: [] })
  })
})
