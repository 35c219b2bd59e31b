import { maxEvidenceCharacters, maxEvidenceShown } from '../limits.js'
import { plain, plainCopy, plainLines, shorten } from './escape.js'
import {
  describeFinding,
  type FindingText,
  indexPaths,
  namePlace,
  nameVersions,
  type PathIndex,
} from './finding-text.js'
import { coverageLine, gapsByCode, headlineOf, listFew, openFindings, plural } from './headline.js'
import type { Report, ReportedFinding, ReportedGap, Threshold } from './report.js'
import { styleSeverity, type TerminalStyle, terminalStyle } from './terminal-style.js'
import { wrap } from './wrap.js'

export interface TerminalOptions extends Threshold {
  readonly colour: boolean
  /** Columns; what is wider than 110 is hard to read. */
  readonly width: number
}

interface Page extends TerminalOptions {
  readonly style: TerminalStyle
}

/** Of one rule this many are told in full, then a line each: the reader has understood what it is about. */
const toldInFull = 3

const gapsListed = 40

/** For a person at a terminal: the verdict, then the worst first, then what stayed unknown, then one line of coverage. */
export function toTerminal(report: Report, options: TerminalOptions): string {
  const page: Page = {
    ...options,
    width: Math.min(110, Math.max(40, options.width)),
    style: terminalStyle(options.colour),
  }
  const sections = [
    headlineSection(report, page),
    ...findingSections(report, page),
    gapSection(report, page),
    quietGapSection(report, page),
    acceptedSection(report, page),
    report.notes.flatMap((note) => wrap('note: ', plain(note), page.width)),
    wrap('', plain(coverageLine(report)), page.width),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function headlineSection(report: Report, { style, ...page }: Page): string[] {
  const { verdict, sentence } = headlineOf(report, page)
  const paint = { clear: style.good, flagged: style.bad, incomplete: style.warn }[verdict]
  const [first = '', ...rest] = wrap(`${verdict.toUpperCase()}  `, sentence, page.width)
  return [style.bold(paint(first)), ...rest.map((line) => style.bold(paint(line)))]
}

function findingSections(report: Report, page: Page): string[][] {
  const index = indexPaths(report.changes)
  const told = new Map<string, number>()
  const sections: string[][] = []
  for (const finding of openFindings(report)) {
    const group = `${finding.severity} ${finding.rule}`
    const count = (told.get(group) ?? 0) + 1
    told.set(group, count)
    if (count <= toldInFull) sections.push(tellFinding(finding, index, page))
    else if (count === toldInFull + 1)
      sections.push([page.style.dim(`more of ${finding.rule}:`), briefFinding(finding)])
    else sections.at(-1)?.push(briefFinding(finding))
  }
  return sections
}

function tellFinding(finding: ReportedFinding, index: PathIndex, page: Page): string[] {
  const text = describeFinding(plainCopy({ ...finding, evidence: [] }), index)
  const heading = text.versions ? `${text.versions}: ${finding.title}` : finding.title
  const severity = finding.severity.toUpperCase()
  const [first = '', ...rest] = wrap(`${severity}  `, plain(heading), page.width)
  return [
    `${styleSeverity(page.style, finding.severity, page.style.bold(severity))}${page.style.bold(first.slice(severity.length))}`,
    ...rest.map((line) => page.style.bold(line)),
    ...wrap('  ', text.sentence, page.width),
    ...field('where', listFew(text.places, 4), page),
    ...evidenceFields(describeFinding(finding, index), page),
    ...text.paths.slice(0, 3).flatMap((path, i) => field(i === 0 ? 'why here' : '', plain(path), page)),
    ...field('what to do', plain(finding.fix), page),
    ...field('rule', `${finding.rule} (confidence ${finding.confidence})`, page),
  ]
}

function field(label: string, text: string, { style, width }: Page): string[] {
  const start = `  ${label.padEnd(12)}`
  const [first = '', ...rest] = wrap(start, text, width)
  return [`${style.dim(start)}${first.slice(start.length)}`, ...rest]
}

function evidenceFields({ evidence }: FindingText, page: Page): string[] {
  const shown = evidence.slice(0, maxEvidenceShown).flatMap(({ label, value, place }, index) => {
    const lines = plainLines(shorten(value, maxEvidenceCharacters)).slice(0, 12)
    const at = place === undefined ? '' : `  [${plain(place)}]`
    const said = `${plain(label)}: ${lines.join('\n')}${at}`
    return field(index === 0 ? 'evidence' : '', said, page)
  })
  const hidden = evidence.length - maxEvidenceShown
  return hidden > 0 ? [...shown, ...field('', `and ${hidden} more (see --format json)`, page)] : shown
}

function briefFinding(finding: ReportedFinding): string {
  const subject = finding.package ? nameVersions(finding.package) : finding.title
  return plain(`  ${[subject, finding.location && namePlace(finding.location)].filter(Boolean).join('  ')}`)
}

const nameGap = (gap: ReportedGap): string => [gap.package, gap.file].filter(Boolean).join(' in ') || gap.fact

function gapSection(report: Report, page: Page): string[] {
  const gaps = report.gaps.filter((gap) => gap.matters && !gap.accepted)
  if (gaps.length === 0) return []
  const listed = gaps
    .slice(0, gapsListed)
    .flatMap((gap) => wrap(`  ${gap.code}  `, plain(`${nameGap(gap)}: ${shorten(gap.detail, 300)}`), page.width))
  const hidden = gaps.length - gapsListed
  return [
    ...wrap('', `Not verified (${plural(gaps.length, 'gap')}). Unknown is not clean:`, page.width).map((line) =>
      page.style.bold(page.style.warn(line)),
    ),
    ...listed,
    ...(hidden > 0 ? [`  and ${plural(hidden, 'more gap')} (see --format json)`] : []),
  ]
}

/** Signals that were missing: one line a code, since a mirror without dates would otherwise fill the page. */
function quietGapSection(report: Report, page: Page): string[] {
  const groups = gapsByCode(report.gaps.filter((gap) => !gap.matters))
  if (groups.length === 0) return []
  return [
    ...wrap('', 'Also unknown, without weight in the verdict:', page.width).map(page.style.dim),
    ...groups.flatMap(({ code, gaps }) =>
      wrap(`  ${code}  `, plain(listFew([...new Set(gaps.map(nameGap))])), page.width),
    ),
  ]
}

function acceptedSection(report: Report, page: Page): string[] {
  const lines = [
    ...report.findings.map((finding) => ({ subject: briefFinding(finding).trim(), of: finding.rule, ...finding })),
    ...report.gaps.map((gap) => ({ subject: nameGap(gap), of: gap.code, ...gap })),
  ].flatMap(({ subject, of, accepted }) => {
    if (!accepted) return []
    const until = accepted.until === undefined ? '' : ` until ${accepted.until}`
    return wrap('  ', plain(`${of}  ${subject}  by ${accepted.by}${until}: ${accepted.reason}`), page.width)
  })
  return lines.length === 0 ? [] : [page.style.bold('Accepted:'), ...lines]
}
