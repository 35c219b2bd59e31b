import type { Anchor, Location } from '../lockfile/anchor.js'
import { type Confidence, severities } from '../rules/rule.js'
import type { AcceptedFinding } from './build-report.js'
import { byFirst, compareNumbers, comparePaths, compareText } from './order.js'
import type { ReportedFinding } from './report.js'

type Locate = (anchor: Anchor) => Location | null

/** A finding with the places of its anchors, the first of which is its own. */
interface Placed {
  readonly finding: AcceptedFinding
  readonly places: readonly [Location, ...Location[]]
}

const confidences = ['low', 'medium', 'high'] as const satisfies readonly Confidence[]

/** One finding a package and versions: what several lockfiles show is one, with the other places listed. Worst first. */
export function mergeFindings(findings: readonly AcceptedFinding[], locate: Locate): ReportedFinding[] {
  const groups = new Map<string, Placed[]>()
  for (const finding of findings) {
    const placed: Placed = { finding, places: placesOf(finding, locate) }
    const key = JSON.stringify([finding.rule, finding.fingerprint, finding.package?.before ?? null])
    const group = groups.get(key)
    if (group) group.push(placed)
    else groups.set(key, [placed])
  }
  return [...groups.values()].map(mergeGroup).sort(compareFindings)
}

function placesOf(finding: AcceptedFinding, locate: Locate): [Location, ...Location[]] {
  // A place that the text does not hold is still in a known file.
  const [first, ...others] = finding.anchors.map((anchor) => locate(anchor) ?? { file: fileOf(anchor) })
  return [first ?? { file: fileOf(finding.anchors[0]) }, ...others]
}

function fileOf(anchor: Anchor): string {
  if (anchor.kind === 'entry') return anchor.lockfile
  return anchor.kind === 'dependency' ? anchor.manifest : anchor.file
}

const comparePlaced = (a: Placed, b: Placed): number =>
  byFirst(
    compareSeverity(a.finding, b.finding),
    compareLocations(a.places[0], b.places[0]),
    compareText(JSON.stringify(a.finding), JSON.stringify(b.finding)),
  )

function mergeGroup(group: readonly Placed[]): ReportedFinding {
  const sorted = [...group].sort(comparePlaced)
  const [{ finding }] = sorted as [Placed, ...Placed[]]
  const [location, ...locations] = distinctPlaces(sorted)
  // Accepted in one place and not in another is not accepted.
  const accepted = sorted.every((placed) => placed.finding.accepted) ? finding.accepted : undefined
  return {
    fingerprint: finding.fingerprint,
    rule: finding.rule,
    title: finding.title,
    severity: finding.severity,
    confidence: finding.confidence,
    ...(finding.package && { package: buildPackage(finding.package) }),
    message: finding.message,
    fix: finding.fix,
    ...(location && { location }),
    ...(locations.length > 0 && { locations }),
    evidence: finding.evidence.map(({ label, value, file, line, column }) => ({
      label,
      value,
      ...(file !== undefined && { file }),
      ...(line !== undefined && { line }),
      ...(column !== undefined && { column }),
    })),
    ...(accepted && { accepted }),
  }
}

const buildPackage = ({ name, before, after }: NonNullable<AcceptedFinding['package']>) => ({
  name,
  ...(before !== undefined && { before }),
  ...(after !== undefined && { after }),
})

/** The first stays first: it is where the finding is shown. */
function distinctPlaces(sorted: readonly Placed[]): Location[] {
  const places = sorted.flatMap(({ places }) => places)
  const distinct = new Map(
    places.map(({ file, line }) => [JSON.stringify([file, line]), { file, ...(line !== undefined && { line }) }]),
  )
  const [first, ...others] = distinct.values()
  return first ? [first, ...others.sort(compareLocations)] : []
}

const compareLocations = (a: Location, b: Location): number =>
  byFirst(comparePaths(a.file, b.file), compareNumbers(a.line ?? 0, b.line ?? 0))

const compareSeverity = (
  a: Pick<ReportedFinding, 'severity' | 'confidence'>,
  b: Pick<ReportedFinding, 'severity' | 'confidence'>,
): number =>
  byFirst(
    compareNumbers(severities.indexOf(b.severity), severities.indexOf(a.severity)),
    compareNumbers(confidences.indexOf(b.confidence), confidences.indexOf(a.confidence)),
  )

const compareFindings = (a: ReportedFinding, b: ReportedFinding): number =>
  byFirst(
    compareSeverity(a, b),
    compareText(a.rule, b.rule),
    compareText(a.package?.name ?? '', b.package?.name ?? ''),
    compareText(a.package?.after ?? '', b.package?.after ?? ''),
    compareText(a.package?.before ?? '', b.package?.before ?? ''),
    a.location && b.location ? compareLocations(a.location, b.location) : 0,
    compareText(a.fingerprint, b.fingerprint),
  )
