import { foreign } from '../../src/foreign.js'
import { buildReport, type ReportInput } from '../../src/report/build-report.js'
import type { Report } from '../../src/report/report.js'
import { aDependencyChange } from '../builders/dependency-change.js'
import { anEvidence, aReport, aReportedChange, aReportedFinding, aReportedGap } from '../builders/report.js'

const hostileText =
  '`````\n<!-- lockwarden:x --><script>alert(1)</script> @octo #1 [x](javascript:1) \u202e\u001b[31m\u0007|"\'{0}'

/** A report of every part that `buildReport` can produce. */
export function aWholeReport(): Report {
  const input: ReportInput = {
    verdict: 'incomplete',
    base: { kind: 'git', ref: 'main', sha: 'a'.repeat(40) },
    head: { kind: 'directory', path: '/somewhere' },
    changes: [aDependencyChange(), aDependencyChange({ name: 'gone', after: null })],
    findings: [true, false].map((accepted) => ({
      fingerprint: `${accepted}`,
      rule: 'install-script-added',
      title: 'install script added',
      severity: 'high',
      confidence: 'medium',
      package: { name: 'left-pad', before: '1.0.0', after: '1.0.1' },
      message: 'runs a new postinstall script on install',
      fix: 'Read it.',
      evidence: [{ label: 'postinstall', value: foreign('node x.js'), file: 'x.js', line: 3, column: 1 }],
      anchors: [
        { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' },
        { kind: 'dependency', manifest: 'package.json', name: 'left-pad' },
      ],
      ...(accepted && { accepted: { by: 'policy', reason: 'builds from source', until: '2026-12-31' } }),
    })),
    gaps: [
      { code: 'tarball-unavailable', package: 'a@1.0.0', file: 'package-lock.json', fact: 'package', detail: '503' },
      { code: 'time-unavailable', fact: 'time', detail: 'none' },
    ],
    notes: ['a note'],
    coverage: { changed: 2, expected: 1, analysed: 0, unverified: 1, filesAnalysed: 0, filesSkipped: 0 },
    timings: { total: 12.5 },
    locate: (anchor) =>
      anchor.kind === 'entry' ? { file: anchor.lockfile, line: 7 } : { file: 'package.json', line: 9 },
  }
  return buildReport(input)
}

/** Of one state of a repository: no base, a tree and a grade. */
export function anAuditReport(): Report {
  const {
    base: _,
    timings,
    ...report
  } = aReport({
    verdict: 'flagged',
    changes: [aReportedChange({ kind: 'added' })],
    findings: [
      aReportedFinding({
        rule: 'integrity-weak',
        title: 'integrity weak',
        severity: 'medium',
        package: { name: 'left', after: '1.1.0' },
        message: 'is locked by a hash for which other bytes can be made',
        fix: 'Lock it again.',
        evidence: [],
      }),
    ],
    gaps: [aReportedGap({ code: 'advisories-unavailable', fact: 'advisories', detail: '503', matters: false })],
    coverage: { changed: 3, expected: 0, analysed: 0, unverified: 0, filesAnalysed: 0, filesSkipped: 0 },
  })
  return {
    ...report,
    grade: {
      score: 95,
      letter: 'B',
      provisional: true,
      deductions: [{ rule: 'integrity-weak', points: 5, findings: 1, fix: 'Lock it again.' }],
    },
    tree: {
      packages: 1_300,
      installScripts: ['esbuild@0.25.2'],
      withIntegrity: 1_298,
      withoutIntegrity: 2,
      provenance: { direct: 12, attested: 1, unknown: 3 },
      sbom: { state: 'stale', files: ['bom.json'] },
    },
    timings,
  }
}

/** Hostile text wherever a package, a lockfile, a registry or a policy can put text. */
export const aHostileReport = (): Report =>
  aReport({
    verdict: 'flagged',
    changes: [
      aReportedChange({
        name: hostileText,
        lockfile: `${hostileText}/package-lock.json`,
        after: { version: hostileText, resolved: hostileText },
        paths: [[hostileText, hostileText]],
      }),
    ],
    findings: [
      aReportedFinding({
        package: { name: hostileText, before: hostileText, after: hostileText },
        location: { file: `${hostileText}/package-lock.json`, line: 1 },
        locations: [{ file: hostileText }],
        evidence: [anEvidence(hostileText, hostileText, { file: hostileText, line: 1, column: 2 })],
      }),
      aReportedFinding({ fingerprint: 'b', accepted: { by: hostileText, reason: hostileText } }),
    ],
    gaps: [aReportedGap({ package: hostileText, file: hostileText, detail: hostileText })],
    notes: [hostileText],
    tree: {
      packages: 1,
      installScripts: [hostileText],
      withIntegrity: 0,
      withoutIntegrity: 1,
      provenance: { direct: 1, attested: 0, unknown: 0 },
      sbom: { state: 'current', files: [hostileText] },
    },
  })

/** Many findings and gaps that are alike, and few kinds of them. */
export const aLongReport = (): Report =>
  aReport({
    verdict: 'flagged',
    findings: [
      ...range(409).map((i) =>
        aReportedFinding({
          fingerprint: `a${i}`,
          rule: 'integrity-missing',
          title: 'integrity missing',
          message: 'arrives without a hash',
          fix: 'Lock it again.',
          package: { name: `package-${i}`, after: '1.0.0' },
          location: { file: 'package-lock.json', line: i + 1 },
          evidence: [anEvidence('resolved', `${i}`)],
        }),
      ),
      ...range(4).map((i) => {
        const { package: _, ...finding } = aReportedFinding({
          fingerprint: `b${i}`,
          rule: 'lockfile-out-of-sync',
          title: 'lockfile out of sync',
          message: 'asks for what the lockfile does not hold',
          fix: 'Install.',
          location: { file: 'package.json', line: i + 1 },
          evidence: [anEvidence('dependency', `${i}`)],
        })
        return finding
      }),
    ],
    gaps: [
      ...range(409).map((i) => aReportedGap({ package: `package-${i}@1.0.0`, detail: 'offline' })),
      aReportedGap({ package: 'z@1.0.0', detail: 'HTTP 503' }),
    ],
  })

/** More findings, gaps and changes than any comment can hold. */
export const aHugeReport = (): Report =>
  aReport({
    verdict: 'flagged',
    changes: range(3_000).map((i) => aReportedChange({ name: `package-${i}`, line: i + 1 })),
    findings: range(2_000).map((i) =>
      aReportedFinding({
        fingerprint: `${i}`,
        rule: `rule-${i % 70}`,
        package: { name: `package-${i}`, after: '1.1.0' },
        evidence: range(10).map((n) => anEvidence(`value ${n}`, hostileText.repeat(8))),
      }),
    ),
    gaps: range(500).map((i) =>
      aReportedGap({ package: `package-${i}@1.1.0`, detail: `${i} ${hostileText.repeat(8)}` }),
    ),
    notes: range(50).map((i) => `${i} ${'@'.repeat(1_000)}`),
  })

const range = (length: number): number[] => Array.from({ length }, (_, index) => index)
