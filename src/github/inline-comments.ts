import type { Location } from '../lockfile/anchor.js'
import { outdatedLine } from '../report/check-texts.js'
import { indexPaths, type PathIndex } from '../report/finding-text.js'
import { inlineComment } from '../report/inline-comment.js'
import type { Report, ReportedFinding } from '../report/report.js'
import { type Severity, severities } from '../rules/rule.js'
import { type Marker, readMarker, withoutMarker, writeMarker } from './comment-marker.js'
import { type Diff, placeFinding } from './place-finding.js'

/** A comment that our App wrote on the pull request, as GitHub has it now. */
export interface OwnComment {
  readonly id: number
  readonly nodeId: string
  readonly body: string
  readonly file: string
  /** Absent for a comment on a whole file, and once GitHub calls it outdated. */
  readonly line?: number
  /** Somebody else wrote below it. */
  readonly answered: boolean
}

export interface NewComment extends Location {
  readonly body: string
  readonly fingerprints: readonly string[]
}

export interface CommentUpdate {
  readonly id: number
  readonly body: string
}

export interface CommentPlan {
  readonly create: readonly NewComment[]
  readonly update: readonly CommentUpdate[]
  /** The last words of comments whose findings are gone; `nodeId` is to be minimised, unless somebody answered. */
  readonly retire: readonly (CommentUpdate & { readonly nodeId?: string })[]
  /** Findings are back under these, which were minimised once. */
  readonly restore: readonly string[]
  readonly keep: readonly number[]
  /** Fingerprints that the comments of this plan show on a line of the current diff. */
  readonly shown: ReadonlySet<string>
  /** Findings that deserved a comment and got none: no place, or the limit. */
  readonly left: number
}

export interface CommentPlanInput {
  readonly report: Report
  readonly threshold: { readonly from: Severity; readonly limit: number }
  readonly headSha: string
  readonly diff: Diff
  /** In GitHub's order, the oldest first. */
  readonly existing: readonly OwnComment[]
}

/** A comment of ours with what it showed, and the findings that it shows now. */
interface Kept {
  readonly comment: OwnComment
  readonly marker: Marker
  readonly findings: ReportedFinding[]
}

/**
 * What to do so that each finding from the threshold on has one comment: found again by the fingerprints in its marker,
 * updated in place, never a second copy. Same input, same plan.
 */
export function planComments({ report, threshold, headSha, diff, existing }: CommentPlanInput): CommentPlan {
  const wanted = selectFindings(report, threshold.from)
  const kept = existing.flatMap((comment) => toKept(comment))
  const homeless = wanted.filter((finding) => !joinKept(finding, kept))
  const active = kept.filter(({ findings }) => findings.length > 0)
  const placed = groupByPlace(homeless, report, diff)
  // A new finding on the line of one of our comments goes into that comment.
  const fresh = placed.groups.filter(([place, findings]) => !joinPlace(place, findings, active))
  const created = fresh.slice(0, Math.max(0, threshold.limit - active.length))
  const index = indexPaths(report.changes)
  const create = created.map(([place, findings]) => ({ ...place, ...toBody(findings, index) }))
  const hidden = fresh.slice(created.length).flatMap(([, findings]) => findings)
  return {
    create,
    ...planKept(active, index),
    retire: kept.filter(({ findings, marker }) => findings.length === 0 && !marker.outdated).map(toRetired(headSha)),
    shown: new Set([...create.flatMap(({ fingerprints }) => fingerprints), ...visible(active)]),
    left: hidden.length + placed.unplaced.length,
  }
}

/** The findings that deserve a comment, worst first: nobody accepted them, and they are from the threshold on. */
export const selectFindings = (report: Report, from: Severity): ReportedFinding[] =>
  report.findings.filter(
    ({ accepted, severity }) => !accepted && severities.indexOf(severity) >= severities.indexOf(from),
  )

function toKept(comment: OwnComment): Kept[] {
  const marker = readMarker(comment.body)
  return marker ? [{ comment, marker, findings: [] }] : []
}

/** One that is still current before one that was minimised: both can hold a finding that went and came back. */
function joinKept(finding: ReportedFinding, kept: readonly Kept[]): boolean {
  const holds = ({ marker }: Kept): boolean => marker.fingerprints.includes(finding.fingerprint)
  const home = kept.find((one) => !one.marker.outdated && holds(one)) ?? kept.find(holds)
  home?.findings.push(finding)
  return home !== undefined
}

function joinPlace(place: Location, findings: readonly ReportedFinding[], active: readonly Kept[]): boolean {
  const home = active.find(({ comment, marker }) => {
    return !marker.outdated && comment.file === place.file && comment.line === place.line && place.line !== undefined
  })
  home?.findings.push(...findings)
  return home !== undefined
}

function groupByPlace(findings: readonly ReportedFinding[], report: Report, diff: Diff) {
  const groups = new Map<string, [Location, ReportedFinding[]]>()
  const unplaced: ReportedFinding[] = []
  for (const finding of findings) {
    const place = placeFinding(finding, report.changes, diff)
    if (!place) {
      unplaced.push(finding)
      continue
    }
    const key = JSON.stringify([place.file, place.line])
    const group = groups.get(key)
    if (group) group[1].push(finding)
    else groups.set(key, [place, [finding]])
  }
  // The report's order is worst first, and so is that of the groups.
  return { groups: [...groups.values()], unplaced }
}

function toBody(findings: readonly ReportedFinding[], index: PathIndex): Pick<NewComment, 'body' | 'fingerprints'> {
  const fingerprints = [...new Set(findings.map(({ fingerprint }) => fingerprint))]
  return { fingerprints, body: `${writeMarker({ outdated: false, fingerprints })}\n${inlineComment(findings, index)}` }
}

function planKept(active: readonly Kept[], index: PathIndex): Pick<CommentPlan, 'update' | 'restore' | 'keep'> {
  const bodies = active.map(({ comment, marker, findings }) => {
    const { body } = toBody(findings, index)
    return { comment, body, outdated: marker.outdated, same: sameText(body, comment.body) }
  })
  return {
    update: bodies.filter(({ same }) => !same).map(({ comment: { id }, body }) => ({ id, body })),
    restore: bodies.filter(({ outdated }) => outdated).map(({ comment: { nodeId } }) => nodeId),
    keep: bodies.filter(({ same }) => same).map(({ comment: { id } }) => id),
  }
}

/** GitHub may store other line ends and no blank at the end. */
const sameText = (a: string, b: string): boolean =>
  a.replaceAll('\r\n', '\n').trim() === b.replaceAll('\r\n', '\n').trim()

const toRetired =
  (headSha: string) =>
  ({ comment, marker }: Kept): CommentPlan['retire'][number] => ({
    id: comment.id,
    body: [
      writeMarker({ ...marker, outdated: true }),
      outdatedLine(headSha),
      '',
      withoutMarker(comment.body).slice(0, 60_000),
    ].join('\n'),
    ...(!comment.answered && { nodeId: comment.nodeId }),
  })

const visible = (active: readonly Kept[]): string[] =>
  active
    .filter(({ comment }) => comment.line !== undefined)
    .flatMap(({ findings }) => findings.map(({ fingerprint }) => fingerprint))
