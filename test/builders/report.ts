import { foreign } from '../../src/foreign.js'
import type { Report, ReportedChange, ReportedFinding, ReportedGap } from '../../src/report/report.js'
import type { Evidence } from '../../src/rules/rule.js'

/** A clear report of one upgraded package. */
export const aReport = (overrides: Partial<Report> = {}): Report => ({
  schemaVersion: 1,
  verdict: 'clear',
  base: { kind: 'git', ref: 'main', sha: 'a'.repeat(40) },
  head: { kind: 'git', sha: 'b'.repeat(40) },
  changes: [aReportedChange()],
  findings: [],
  gaps: [],
  notes: [],
  coverage: { changed: 1, expected: 1, analysed: 1, unverified: 0, filesAnalysed: 0, filesSkipped: 0 },
  timings: { total: 1 },
  ...overrides,
})

export const aReportedChange = (overrides: Partial<ReportedChange> = {}): ReportedChange => ({
  lockfile: 'package-lock.json',
  manager: 'npm',
  kind: 'upgraded',
  name: 'left',
  before: { version: '1.0.0' },
  after: { version: '1.1.0' },
  direct: false,
  dev: false,
  optional: false,
  paths: [['web', 'left']],
  line: 12,
  ...overrides,
})

export const aReportedFinding = (overrides: Partial<ReportedFinding> = {}): ReportedFinding => ({
  fingerprint: 'f'.repeat(64),
  rule: 'install-script-added',
  title: 'install script added',
  severity: 'high',
  confidence: 'high',
  package: { name: 'left', before: '1.0.0', after: '1.1.0' },
  message: 'runs a new postinstall script on install',
  fix: 'Read the script before you merge.',
  location: { file: 'package-lock.json', line: 12 },
  evidence: [anEvidence('postinstall', 'node setup.js')],
  ...overrides,
})

export const anEvidence = (label: string, value: string, place: Omit<Evidence, 'label' | 'value'> = {}): Evidence => ({
  label,
  value: foreign(value),
  ...place,
})

export const aReportedGap = (overrides: Partial<ReportedGap> = {}): ReportedGap => ({
  code: 'tarball-unavailable',
  package: 'left@1.1.0',
  fact: 'package',
  detail: 'npm.example answered 503',
  matters: true,
  ...overrides,
})
