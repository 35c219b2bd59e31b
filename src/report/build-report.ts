import type { SnapshotOrigin } from '../change/snapshot.js'
import { type Gap, matters } from '../gap.js'
import type { Anchor, Location } from '../lockfile/anchor.js'
import type { DependencyChange, Locked } from '../lockfile/dependency-change.js'
import type { Finding } from '../rules/finding.js'
import { mergeFindings } from './merge-findings.js'
import { byFirst, compareNumbers, comparePaths, compareText } from './order.js'
import type {
  Coverage,
  Report,
  ReportedChange,
  ReportedFinding,
  ReportedGap,
  ReportedVersion,
  Verdict,
} from './report.js'

export type AcceptedFinding = Finding & Pick<ReportedFinding, 'accepted'>
export type AcceptedGap = Gap & Pick<ReportedGap, 'accepted'>

export interface ReportInput {
  /** By the policy, over the same findings and gaps. */
  readonly verdict: Verdict
  readonly base?: SnapshotOrigin
  readonly head: SnapshotOrigin
  readonly changes: readonly DependencyChange[]
  readonly findings: readonly AcceptedFinding[]
  readonly gaps: readonly AcceptedGap[]
  readonly notes: readonly string[]
  readonly coverage: Coverage
  readonly timings: Readonly<Record<string, number>>
  /** A symbolic place at head, or null where the text does not hold it. */
  readonly locate: (anchor: Anchor) => Location | null
}

/** Everything in the order and with the keys of the frozen JSON, so that equal input gives equal bytes. */
export function buildReport(input: ReportInput): Report {
  return {
    schemaVersion: 1,
    verdict: input.verdict,
    ...(input.base && { base: buildOrigin(input.base) }),
    head: buildOrigin(input.head),
    changes: input.changes.map((change) => buildChange(change, input.locate)).sort(compareChanges),
    findings: mergeFindings(input.findings, input.locate),
    gaps: buildGaps(input.gaps),
    notes: [...new Set(input.notes)],
    coverage: input.coverage,
    timings: input.timings,
  }
}

function buildOrigin(origin: SnapshotOrigin): SnapshotOrigin {
  if (origin.kind === 'directory') return { kind: 'directory', path: origin.path }
  return { kind: 'git', ...(origin.ref !== undefined && { ref: origin.ref }), sha: origin.sha }
}

const buildVersion = ({ version, resolved, integrity }: Locked): ReportedVersion => ({
  version,
  ...(resolved !== undefined && { resolved }),
  ...(integrity !== undefined && { integrity }),
})

function buildChange(change: DependencyChange, locate: ReportInput['locate']): ReportedChange {
  const { lockfile, manager, kind, name, before, after, direct, dev, optional, paths } = change
  const place = after && locate({ kind: 'entry', lockfile, key: after.key, field: 'version' })
  return {
    lockfile,
    manager,
    kind,
    name,
    ...(before && { before: buildVersion(before) }),
    ...(after && { after: buildVersion(after) }),
    direct,
    dev,
    optional,
    paths: after ? paths : [],
    line: place?.line ?? null,
  }
}

const compareChanges = (a: ReportedChange, b: ReportedChange): number =>
  byFirst(
    comparePaths(a.lockfile, b.lockfile),
    compareText(a.name, b.name),
    compareText(a.after?.version ?? '', b.after?.version ?? ''),
    compareText(a.before?.version ?? '', b.before?.version ?? ''),
    compareText(a.kind, b.kind),
    compareNumbers(a.line ?? 0, b.line ?? 0),
  )

function buildGaps(gaps: readonly AcceptedGap[]): ReportedGap[] {
  const reported = gaps.map(
    (gap): ReportedGap => ({
      code: gap.code,
      ...(gap.package !== undefined && { package: gap.package }),
      ...(gap.file !== undefined && { file: gap.file }),
      fact: gap.fact,
      detail: gap.detail,
      matters: matters(gap),
      ...(gap.accepted && { accepted: gap.accepted }),
    }),
  )
  // Two facts of one package can be missing for one reason, and several lockfiles can hold one package.
  const distinct = new Map(reported.map((gap) => [JSON.stringify(gap), gap]))
  return [...distinct.values()].sort(compareGaps)
}

const compareGaps = (a: ReportedGap, b: ReportedGap): number =>
  byFirst(
    compareNumbers(Number(b.matters), Number(a.matters)),
    compareText(a.code, b.code),
    compareText(a.package ?? '', b.package ?? ''),
    compareText(a.file ?? '', b.file ?? ''),
    compareText(a.fact, b.fact),
    compareText(a.detail, b.detail),
  )
