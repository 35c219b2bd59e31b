import { describe, expect, it } from '@jest/globals'
import type { ReportedFinding } from '../../src/report/report.js'
import { loadReplays } from './load-replays.js'
import { attackReplays } from './lockfile-attacks.js'
import type { ExpectedFinding, Replay } from './replay.js'
import { reviewStage } from './review-stage.js'
import { type Stage, setStage } from './stage.js'

const incidents = [...(await loadReplays()), ...attackReplays]

describe('the replays', () => {
  it('are found at all', () => {
    expect(incidents.length).toBeGreaterThan(0)
  })

  for (const { folder, replay } of incidents) {
    it(`find in ${folder} what is expected, and nothing else`, async () => {
      const stage = await setStage(replay)
      const { verdict, findings } = await reviewStage(stage, replay)
      const pointed = new Set(replay.expected.findings.filter(({ evidence }) => evidence).map(subjectOf))
      const seen = findings
        .map((finding) => asExpected(finding, stage))
        .map(({ evidence, ...finding }) => ({ ...finding, ...(pointed.has(subjectOf(finding)) && { evidence }) }))
      expect({ verdict, findings: sorted(seen) }).toEqual({
        verdict: replay.expected.verdict,
        findings: sorted(replay.expected.findings).map(withPattern),
      })
    })
  }
})

/** A finding as a replay words it: its line, and that of its first evidence, by the line's text. */
function asExpected(
  { rule, severity, package: subject, location, evidence }: ReportedFinding,
  { headFiles, packedText }: Stage,
): ExpectedFinding {
  const file = location?.file ?? '(nowhere)'
  const lineOf = (text: string | undefined, line: number): string =>
    text?.split('\n')[line - 1]?.trim() ?? '(no such line)'
  const place = evidence.find((one) => one.file !== undefined)
  const packed = packedText(subject?.name ?? '', subject?.after ?? '', place?.file ?? '')
  return {
    rule,
    severity,
    ...(subject && { package: subject.name }),
    file,
    ...(location?.line !== undefined && { line: lineOf(headFiles[file], location.line) }),
    ...(place?.file !== undefined && {
      evidence: { file: place.file, ...(place.line !== undefined && { line: lineOf(packed, place.line) }) },
    }),
  }
}

const withPattern = ({ evidence, ...finding }: ExpectedFinding) => ({
  ...withLinePattern(finding),
  ...(evidence && { evidence: withLinePattern(evidence) }),
})

const withLinePattern = <T extends { readonly line?: string | RegExp }>({ line, ...place }: T) => ({
  ...place,
  ...(line !== undefined && { line: typeof line === 'string' ? line : expect.stringMatching(line) }),
})

const subjectOf = ({ rule, package: name = '' }: ExpectedFinding): string => `${rule} ${name}`

const keyOf = (finding: ExpectedFinding): string => `${subjectOf(finding)} ${finding.line ?? ''}`

const sorted = (findings: Replay['expected']['findings']): readonly ExpectedFinding[] =>
  [...findings].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
