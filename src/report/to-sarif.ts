import type { Location } from '../lockfile/anchor.js'
import type { Severity } from '../rules/rule.js'
import { jsonText, sarifText } from './escape.js'
import { describeFinding, indexPaths, type PathIndex } from './finding-text.js'
import { compareText } from './order.js'
import type { Report, ReportedFinding, ReportedGap } from './report.js'

/** GitHub sorts security results by this number as by a CVSS score (its documentation of SARIF support). */
const securitySeverity = { critical: '9.5', high: '8.0', medium: '5.5', low: '2.0' } as const satisfies Record<
  Severity,
  string
>

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note' } as const satisfies Record<
  Severity,
  string
>

/** SARIF 2.1.0 (OASIS), valid against the official schema: findings are results, gaps are notifications of the run. */
export function toSarif(report: Report, toolVersion: string): string {
  const rules = distinctRules(report.findings)
  const index = indexPaths(report.changes)
  return `${jsonText({
    version: '2.1.0',
    $schema: 'https://raw.githubusercontent.com/oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json',
    runs: [
      {
        tool: {
          driver: {
            name: 'Lockwarden',
            semanticVersion: toolVersion,
            rules: rules.map(buildRule),
            notifications: distinctCodes(report.gaps).map((id) => ({ id })),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: report.verdict !== 'incomplete',
            toolExecutionNotifications: report.gaps.map(buildNotification),
          },
        ],
        ...(report.grade && { properties: { grade: report.grade } }),
        results: report.findings.map((finding) => buildResult(finding, rules, index)),
      },
    ],
  })}\n`
}

function distinctRules(findings: readonly ReportedFinding[]): ReportedFinding[] {
  // Findings come worst first, so that each rule is described by its worst.
  const rules = new Map<string, ReportedFinding>()
  for (const finding of findings) if (!rules.has(finding.rule)) rules.set(finding.rule, finding)
  return [...rules.values()].sort((a, b) => compareText(a.rule, b.rule))
}

const distinctCodes = (gaps: readonly ReportedGap[]): string[] => [...new Set(gaps.map(({ code }) => code))].sort()

const buildRule = ({ rule, title, fix, severity, confidence }: ReportedFinding) => ({
  id: rule,
  shortDescription: { text: sarifText(title) },
  help: { text: sarifText(fix) },
  defaultConfiguration: { level: levels[severity] },
  properties: {
    'security-severity': securitySeverity[severity],
    precision: confidence,
    tags: ['security', 'supply-chain'],
  },
})

function buildResult(finding: ReportedFinding, rules: readonly ReportedFinding[], index: PathIndex) {
  const { location, locations = [], accepted } = finding
  return {
    ruleId: finding.rule,
    ruleIndex: rules.findIndex(({ rule }) => rule === finding.rule),
    level: levels[finding.severity],
    message: { text: sarifText(messageOf(finding, index)) },
    ...(location && { locations: [buildLocation(location)] }),
    ...(locations.length > 0 && { relatedLocations: locations.map(buildLocation) }),
    partialFingerprints: { 'lockwarden/v1': finding.fingerprint },
    ...(accepted && {
      suppressions: [{ kind: 'external', status: 'accepted', justification: sarifText(accepted.reason) }],
    }),
    properties: { severity: finding.severity, confidence: finding.confidence },
  }
}

function messageOf(finding: ReportedFinding, index: PathIndex): string {
  const text = describeFinding(finding, index)
  return [
    `${text.sentence}.`,
    ...text.evidence.map(({ label, value, place }) => `${label}: ${value}${place === undefined ? '' : ` (${place})`}`),
    ...text.paths.slice(0, 3).map((path) => `Why it is here: ${path}`),
    `What to do: ${finding.fix}`,
  ].join('\n')
}

const buildLocation = ({ file, line }: Location) => ({
  physicalLocation: {
    artifactLocation: { uri: toUri(file), uriBaseId: '%SRCROOT%' },
    ...(line !== undefined && { region: { startLine: line } }),
  },
})

/** A path as a relative URI reference. Half a surrogate pair has no UTF-8 and cannot be in a URI. */
const toUri = (file: string): string =>
  file
    .split('/')
    .map((part) => encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd')))
    .join('/')

const buildNotification = (gap: ReportedGap) => ({
  descriptor: { id: gap.code },
  level: gap.matters && !gap.accepted ? 'error' : 'note',
  message: { text: sarifText([gap.package, gap.detail].filter((part) => part !== undefined).join(': ')) },
  ...(gap.file !== undefined && { locations: [buildLocation({ file: gap.file })] }),
  properties: { fact: gap.fact, matters: gap.matters },
})
