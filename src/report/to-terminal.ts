import { maxEvidenceCharacters, maxEvidenceShown } from '../limits.js'
import { type AlikeFindings, groupFindings, groupGaps, subjectOfGroup } from './alike.js'
import { pointsText, treeText } from './audit-text.js'
import { plain, plainCopy, plainLines, shorten } from './escape.js'
import {
  describeFinding,
  type FindingText,
  indexPaths,
  namePlace,
  nameVersions,
  type PathIndex,
} from './finding-text.js'
import { commonReason, coverageLine, gapsByCode, headlineOf, openFindings } from './headline.js'
import { listFew, plural } from './plural.js'
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

/** Of findings and gaps that are alike; who wants them all takes the JSON report. */
const listed = 20

const gapsListed = 40

/** Names are foreign text: a lockfile may hold one of 100 KB, and the page has to be read. */
const longestName = 300

const briefly = (text: string): string => shorten(text, longestName)

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
    treeSection(report, page),
    gradeSection(report, page),
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
  return groupFindings(openFindings(report)).map((group) =>
    group.length > 1 ? tellGroup(group, index, page) : tellFinding(group[0], index, page),
  )
}

const treeSection = ({ tree }: Report, { width }: Page): string[] =>
  tree ? wrap('', plain(treeText(tree)), width) : []

/** What each rule costs and what gives it back, the dearest first. */
function gradeSection({ grade }: Report, page: Page): string[] {
  if (grade === undefined || grade.deductions.length === 0) return []
  const rows = grade.deductions.flatMap((deduction) =>
    wrap(`  ${pointsText(deduction).padStart(4)}  `, `${deduction.rule}: ${plain(deduction.fix)}`, page.width),
  )
  return [page.style.bold('To earn points back:'), ...rows]
}

function tellGroup(group: AlikeFindings, index: PathIndex, page: Page): string[] {
  const [first] = group
  const { heading, count, each } = subjectOfGroup(group)
  const subject = each ? 'each' : `in ${count} it`
  const hidden = group.length - listed
  return [
    ...headingLines(first, `${heading}: ${first.title}`, page),
    ...wrap('  ', plain(`${subject} ${first.message}`), page.width),
    ...group.slice(0, listed).flatMap((finding) => tellMember(finding, index, page)),
    ...(hidden > 0 ? [`    and ${hidden.toLocaleString('en-US')} more (see --format json)`] : []),
    ...closingFields(first, page),
  ]
}

/** Which one and where, with what was seen beside or below it, cut to a line. */
function tellMember(finding: ReportedFinding, index: PathIndex, { style, width }: Page): string[] {
  const { evidence, places } = describeFinding(finding, index)
  const subject = finding.package ? nameVersions(finding.package) : ''
  const [start = '', ...rest] = wrap(
    '    ',
    plain(briefly([subject, listFew(places, 1)].filter(Boolean).join('  '))),
    width,
  )
  const seen = plain(evidence.map(({ label, value }) => `${label}: ${value}`).join('; '))
  if (seen === '') return [start, ...rest]
  if (rest.length === 0 && start.length + 2 + seen.length <= width) return [`${start}  ${style.dim(seen)}`]
  return [start, ...rest, style.dim(cut(`      ${seen}`, width))]
}

const cut = (text: string, width: number): string => (text.length > width ? `${text.slice(0, width - 1)}…` : text)

function tellFinding(finding: ReportedFinding, index: PathIndex, page: Page): string[] {
  const text = describeFinding(plainCopy({ ...finding, evidence: [] }), index)
  return [
    ...headingLines(finding, text.versions ? `${text.versions}: ${finding.title}` : finding.title, page),
    ...wrap('  ', briefly(text.sentence), page.width),
    ...(text.places.length > 0 ? field('where', listFew(text.places.map(briefly), 4), page) : []),
    ...evidenceFields(describeFinding(finding, index), page),
    ...text.paths.slice(0, 3).flatMap((path, i) => field(i === 0 ? 'why here' : '', plain(briefly(path)), page)),
    ...closingFields(finding, page),
  ]
}

function headingLines({ severity }: ReportedFinding, heading: string, { style, width }: Page): string[] {
  const word = severity.toUpperCase()
  const [first = '', ...rest] = wrap(`${word}  `, plain(briefly(heading)), width)
  return [
    `${styleSeverity(style, severity, style.bold(word))}${style.bold(first.slice(word.length))}`,
    ...rest.map((line) => style.bold(line)),
  ]
}

const closingFields = ({ fix, rule, confidence }: ReportedFinding, page: Page): string[] => [
  ...field('what to do', plain(fix), page),
  ...field('rule', `${rule} (confidence ${confidence})`, page),
]

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
  return plain(`  ${briefly([subject, finding.location && namePlace(finding.location)].filter(Boolean).join('  '))}`)
}

const nameGap = (gap: ReportedGap): string => briefly([gap.package, gap.file].filter(Boolean).join(' in ') || gap.fact)

function gapSection(report: Report, page: Page): string[] {
  const gaps = report.gaps.filter((gap) => gap.matters && !gap.accepted)
  if (gaps.length === 0) return []
  const groups = groupGaps(gaps)
  const hidden = groups.slice(gapsListed).flat().length
  return [
    ...wrap('', `Not verified (${plural(gaps.length, 'gap')}). Unknown is not clean:`, page.width).map((line) =>
      page.style.bold(page.style.warn(line)),
    ),
    ...groups.slice(0, gapsListed).flatMap((group) => tellGaps(group, page)),
    ...(hidden > 0 ? [`  and ${plural(hidden, 'more gap')} (see --format json)`] : []),
  ]
}

function tellGaps(group: readonly [ReportedGap, ...ReportedGap[]], { width }: Page): string[] {
  const [{ code, detail }] = group
  const names = listFew([...new Set(group.map(nameGap))], listed)
  const said = group.length > 1 ? `${shorten(detail, 300)}: ${names}` : `${names}: ${shorten(detail, 300)}`
  return wrap(`  ${code}  `, plain(said), width)
}

/** Signals that were missing: one line a code, since a mirror without dates would otherwise fill the page. */
function quietGapSection(report: Report, page: Page): string[] {
  const groups = gapsByCode(report.gaps.filter((gap) => !gap.matters))
  if (groups.length === 0) return []
  return [
    ...wrap('', 'Also unknown, without weight in the verdict:', page.width).map(page.style.dim),
    ...groups.flatMap(({ code, gaps }) => wrap(`  ${code}  `, plain(quietReason(gaps)), page.width)),
  ]
}

/** The reason is told that most have in common: what a registry lacks it lacks of every package. */
function quietReason(gaps: readonly ReportedGap[]): string {
  const common = commonReason(gaps)
  if (common === undefined) return listFew([...new Set(gaps.map(nameGap))])
  const rest = common.others.length === 0 ? '' : `; for other reasons ${nameAll(common.others)}`
  // What is about nothing in particular is told by its code.
  const whom = common.same.some((gap) => gap.package ?? gap.file) ? `: ${nameAll(common.same)}` : ''
  return `${shorten(common.reason, 120)}${whom}${rest}`
}

function nameAll(gaps: readonly ReportedGap[]): string {
  const names = [...new Set(gaps.map(nameGap))]
  return names.length > 3 && gaps.every((gap) => gap.package !== undefined)
    ? plural(names.length, 'package')
    : listFew(names)
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
