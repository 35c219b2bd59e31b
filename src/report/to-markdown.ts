import { maxReportTextBytes } from '../limits.js'
import { type AlikeFindings, groupFindings, groupGaps } from './alike.js'
import { pointsText, treeText } from './audit-text.js'
import { byteLength, renderWithin } from './byte-budget.js'
import { countByKind } from './count-kinds.js'
import { code, joinMarkdown, type Markdown, md, mdSentence, plain, shorten, tableRow } from './escape.js'
import { findingMarkdown, groupMarkdown, listCode } from './finding-markdown.js'
import { indexPaths, namePlace, nameVersions } from './finding-text.js'
import { commonReason, coverageLine, gapsByCode, headlineOf, openFindings } from './headline.js'
import { plural } from './plural.js'
import type { Report, ReportedChange, ReportedFinding, ReportedGap, Threshold } from './report.js'

/** The output of a check run: each part within `maxReportTextBytes`, and every rule id and count in `summary`. */
export interface CheckOutput {
  readonly title: string
  readonly summary: string
  readonly text: string
}

/** The whole report as one document within `maxBytes`. */
export function toMarkdown(report: Report, threshold: Threshold, maxBytes = maxReportTextBytes): string {
  const title = md`## Lockwarden: ${titleOf(report, threshold)}`
  const summary = summaryMarkdown(report)
  const text = textMarkdown(report, maxBytes - byteLength(title) - byteLength(summary) - 10)
  return `${paragraphs([title, summary, text]).markdown}\n`
}

export function toCheckOutput(report: Report, threshold: Threshold, maxBytes = maxReportTextBytes): CheckOutput {
  return {
    title: titleOf(report, threshold),
    summary: summaryMarkdown(report).markdown,
    text: textMarkdown(report, maxBytes).markdown,
  }
}

/** Plain text without a word of foreign text. */
export function titleOf(report: Report, threshold: Threshold): string {
  const { verdict, sentence } = headlineOf(report, threshold)
  return `${verdict}: ${sentence}`
}

const paragraphs = (parts: readonly Markdown[]): Markdown =>
  joinMarkdown(
    parts.filter(({ markdown }) => markdown !== ''),
    '\n\n',
  )

const table = (head: Markdown, rows: readonly Markdown[]): Markdown => {
  const columns = head.markdown.split('|').length - 2
  return joinMarkdown([head, tableRow(Array.from({ length: columns }, () => md`---`)), ...rows], '\n')
}

/** Bounded by the number of rules and gap codes that exist, so no row is ever left out. */
function summaryMarkdown(report: Report): Markdown {
  const rules = countFindings(openFindings(report))
  const gaps = gapsByCode(report.gaps)
  return paragraphs([
    md`${shorten(plain(coverageLine(report)), 1_500)}`,
    rules.length === 0 ? md`` : table(md`| Severity | Rule | What | Findings |`, rules),
    treeMarkdown(report),
    gradeMarkdown(report),
    gaps.length === 0 ? md`` : table(md`| Not known | Why | Weighs | Gaps |`, gaps.map(gapRow)),
    report.notes.length === 0 ? md`` : notesMarkdown(report.notes),
  ])
}

const treeMarkdown = ({ tree }: Report): Markdown => (tree ? md`${shorten(plain(treeText(tree)), 3_000)}` : md``)

/** What each rule costs and what gives it back: as many rows as there are rules. */
function gradeMarkdown({ grade }: Report): Markdown {
  if (grade === undefined || grade.deductions.length === 0) return md``
  const rows = grade.deductions.map((deduction) =>
    tableRow([md`${pointsText(deduction)}`, code(deduction.rule), mdSentence(deduction.fix)]),
  )
  return table(md`| Points | Rule | To earn them back |`, rows)
}

function countFindings(findings: readonly ReportedFinding[]): Markdown[] {
  const groups = new Map<string, { readonly finding: ReportedFinding; count: number }>()
  for (const finding of findings) {
    const group = groups.get(`${finding.severity} ${finding.rule}`)
    if (group) group.count += 1
    else groups.set(`${finding.severity} ${finding.rule}`, { finding, count: 1 })
  }
  return [...groups.values()].map(({ finding: { severity, rule, title }, count }) =>
    tableRow([md`${severity}`, code(rule), md`${title}`, md`${count}`]),
  )
}

const gapRow = ({ code: gapCode, gaps }: { code: string; gaps: readonly ReportedGap[] }): Markdown => {
  const accepted = gaps.filter((gap) => gap.accepted).length
  const count = accepted > 0 ? `${gaps.length} (${accepted} accepted)` : `${gaps.length}`
  const weighs = gaps.some((gap) => gap.matters) ? 'yes' : 'no'
  const { reason = 'several reasons', others = [] } = commonReason(gaps) ?? {}
  const rest = others.length === 0 ? '' : `; ${others.length} for other reasons`
  const why = `${shorten(plain(reason), 120)}${rest}`
  return tableRow([code(gapCode), md`${why}`, md`${weighs}`, md`${count}`])
}

function notesMarkdown(notes: readonly string[]): Markdown {
  const shown = notes.slice(0, 8).map((note) => md`- ${shorten(plain(note), 200)}`)
  const hidden = notes.length - shown.length
  return joinMarkdown(hidden > 0 ? [...shown, md`- and ${plural(hidden, 'more note')}`] : shown, '\n')
}

/** Findings first, in their order; then gaps, what was accepted, and the changes. What does not fit is counted. */
function textMarkdown(report: Report, maxBytes: number): Markdown {
  const index = indexPaths(report.changes)
  // A tenth is kept for the counts of what is left out.
  const sections = [
    listSection({
      items: groupFindings(openFindings(report)),
      render: (group) => (group.length > 1 ? groupMarkdown(group, index) : findingMarkdown(group[0], index, true)),
      separator: '\n\n---\n\n',
      maxBytes: maxBytes * 0.9,
      describeHidden: hiddenFindings,
    }),
  ]
  // Of an audit every package is new: that list is the JSON report's.
  for (const section of [gapSection, acceptedSection, ...(report.tree ? [] : [changeSection])]) {
    const left = maxBytes * 0.98 - byteLength(paragraphs(sections))
    sections.push(section(report, left))
  }
  return paragraphs(sections)
}

interface List<T> {
  readonly items: readonly T[]
  readonly render: (item: T) => Markdown
  readonly separator: string
  readonly maxBytes: number
  readonly describeHidden: (hidden: readonly T[]) => Markdown
}

function listSection<T>({ items, render, separator, maxBytes, describeHidden }: List<T>): Markdown {
  const shown = renderWithin(items, render, maxBytes, separator.length)
  const hidden = items.slice(shown.length)
  return joinMarkdown(hidden.length > 0 ? [...shown, describeHidden(hidden)] : shown, separator)
}

function hiddenFindings(groups: readonly AlikeFindings[]): Markdown {
  const findings = groups.flat()
  const counts = new Map<string, number>()
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  const rules = joinMarkdown(
    [...counts].map(([rule, count]) => md`${code(rule)} ${count}`),
    ', ',
  )
  return md`${plural(findings.length, 'further finding')} not shown here, all in the JSON report: ${rules}.`
}

function gapSection(report: Report, maxBytes: number): Markdown {
  const gaps = report.gaps.filter((gap) => gap.matters && !gap.accepted)
  const rows = groupGaps(gaps).map((group) => {
    const [{ code: gapCode, detail }] = group
    return md`- ${code(gapCode)} ${listCode([...new Set(group.map(subjectOf))], gapsNamed)}: ${shorten(detail, 300)}`
  })
  return titled(md`**Not verified.** Unknown is not clean.`, rows, maxBytes, 'gap')
}

const subjectOf = (gap: ReportedGap): string =>
  [gap.package, gap.file].filter((part) => part !== undefined).join(' in ') || gap.fact

/** Of gaps with one reason. */
const gapsNamed = 20

function acceptedSection(report: Report, maxBytes: number): Markdown {
  const rows = [
    ...report.findings.map((f) => ({
      id: f.rule,
      on: f.package ? nameVersions(f.package) : '',
      by: f.accepted,
      at: f,
    })),
    ...report.gaps.map((gap) => ({ id: gap.code, on: gap.package ?? '', by: gap.accepted, at: gap })),
  ].flatMap(({ id, on, by }) => {
    if (!by) return []
    const until = by.until === undefined ? md`` : md` until ${by.until}`
    return [md`- ${code(id)} ${on === '' ? md`` : code(on)} by ${code(by.by)}${until}: ${shorten(by.reason, 300)}`]
  })
  return titled(md`**Accepted**`, rows, maxBytes, 'acceptance')
}

const titled = (title: Markdown, rows: readonly Markdown[], maxBytes: number, word: string): Markdown => {
  if (rows.length === 0) return md``
  const list = listSection({
    items: rows,
    render: (row) => row,
    separator: '\n',
    maxBytes: maxBytes - 200,
    describeHidden: (hidden) => md`- and ${plural(hidden.length, `more ${word}`)}`,
  })
  return paragraphs([title, list])
}

function changeSection(report: Report, maxBytes: number): Markdown {
  const { changes } = report
  if (changes.length === 0) return md``
  const rows = renderWithin(changes, changeRow, maxBytes - 400, 1)
  const hidden = changes.length - rows.length
  return paragraphs([
    md`<details><summary>${plural(changes.length, 'change')}: ${countByKind(changes)}</summary>`,
    table(md`| Package | Change | Before | After | Where |`, rows),
    hidden > 0 ? md`and ${plural(hidden, 'more change')}, all in the JSON report` : md``,
    md`</details>`,
  ])
}

const changeRow = ({ name, kind, before, after, lockfile, line }: ReportedChange): Markdown =>
  tableRow([
    code(name),
    md`${kind}`,
    before ? code(before.version) : md``,
    after ? code(after.version) : md``,
    code(namePlace({ file: lockfile, ...(line !== null && { line }) })),
  ])
