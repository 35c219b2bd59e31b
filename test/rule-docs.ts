import type { Rule } from '../src/rules/rule.js'

/** The sections of every rule's doc, in this order. */
export const docHeadings = [
  'What it detects',
  'Why it matters',
  'Flagged / Not flagged',
  'What to do',
  'Known limits',
] as const

export interface GroupedRule {
  /** The folder below `src/rules/`. */
  readonly group: string
  readonly rule: Rule
}

export const docPathOf = ({ group, rule }: GroupedRule): string => `src/rules/${group}/${rule.id}.md`

const listed = (words: readonly string[]): string => (words.length === 0 ? 'nothing' : words.join(', '))

/** The line under a doc's title: what the code says, so that the two cannot disagree. */
export const summaryOf = (rule: Rule): string =>
  [
    `Severity: ${rule.severity}`,
    `Confidence: ${rule.confidence}`,
    `Looks at: ${listed(rule.on)}`,
    `Needs: ${listed(rule.needs)}`,
    ...(rule.wants === undefined ? [] : [`Uses where known: ${listed(rule.wants)}`]),
  ].join(' · ')

/** A doc with its title and its summary as they must be; the sections stay. */
export function withSummary(doc: string, rule: Rule): string {
  const sections = doc.slice(Math.max(doc.search(/^## /m), 0))
  return `# ${rule.id}\n\n${summaryOf(rule)}\n\n${sections}`
}

const tableStart = '<!-- rules:start -->'
const tableEnd = '<!-- rules:end -->'

export function ruleTable(rules: readonly GroupedRule[]): string {
  const rows = rules.map(
    (grouped) =>
      `| [${grouped.rule.id}](${docPathOf(grouped)}) | ${grouped.rule.severity} | ${grouped.group} | ${grouped.rule.title} |`,
  )
  return ['| rule | severity | group | what is wrong |', '|---|---|---|---|', ...rows].join('\n')
}

/** The README with the table between its markers; throws where the markers are missing. */
export function withRuleTable(readme: string, rules: readonly GroupedRule[]): string {
  const start = readme.indexOf(tableStart)
  const end = readme.indexOf(tableEnd)
  if (start === -1 || end < start) throw new Error(`README.md has no ${tableStart} … ${tableEnd}`)
  return `${readme.slice(0, start + tableStart.length)}\n${ruleTable(rules)}\n${readme.slice(end)}`
}
