import { type AlikeFindings, groupFindings, groupGaps, subjectOfGroup } from './alike.js'
import { pointsText, treeText } from './audit-text.js'
import { countByKind } from './count-kinds.js'
import { type Html, html, htmlSentence } from './escape.js'
import { describeFinding, indexPaths, namePlace, nameVersions, type PathIndex } from './finding-text.js'
import { coverageLine, headlineOf, openFindings } from './headline.js'
import { listFew } from './plural.js'
import type { Report, ReportedChange, ReportedFinding, ReportedGap, Threshold } from './report.js'

const style = html`body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
pre{background:#f4f4f4;padding:.75rem;white-space:pre-wrap;overflow-wrap:anywhere}
article{border-left:.3rem solid #999;padding-left:1rem;margin:1.5rem 0}
.critical,.high{border-color:#c00}.medium{border-color:#c80}
table{border-collapse:collapse}td,th{text-align:left;padding:.2rem .8rem .2rem 0;overflow-wrap:anywhere}th{white-space:nowrap}`

/** One page that stands alone: no script, and a policy of its own under which none could run and nothing is fetched. */
export function toHtml(report: Report, threshold: Threshold): string {
  const { verdict, sentence } = headlineOf(report, threshold)
  const index = indexPaths(report.changes)
  const accepted = report.findings.filter((finding) => finding.accepted)
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="referrer" content="no-referrer">
<title>Lockwarden: ${verdict}</title>
<style>${style}</style>
</head>
<body>
<h1>${verdict}: ${sentence}</h1>
<p>${coverageLine(report)}</p>
${treeHtml(report)}
${groupFindings(openFindings(report)).map((group) => (group.length > 1 ? groupHtml(group, index) : findingHtml(group[0], index)))}
${list('Not known', groupGaps(report.gaps).map(gapsHtml))}
${list('Accepted', accepted.map(acceptedHtml))}
${list(
  'Notes',
  report.notes.map((note) => html`<li>${note}</li>`),
)}
${report.tree ? html`` : changesHtml(report.changes)}
</body>
</html>
`
  return page.html
}

/** Of an audit: what is installed, and what each rule costs. Its packages are listed by the JSON report alone, for they are all there are. */
function treeHtml({ tree, grade }: Report): Html {
  const rows = (grade?.deductions ?? []).map(
    (deduction) =>
      html`<tr><td>${pointsText(deduction)}</td><td>${deduction.rule}</td><td>${deduction.findings}</td><td>${htmlSentence(deduction.fix)}</td></tr>`,
  )
  const earned = html`<h2>To earn points back</h2>
<table><tr><th>Points</th><th>Rule</th><th>Findings</th><th>What to do</th></tr>${rows}</table>`
  return html`${tree ? html`<h2>What is installed</h2>\n<p>${treeText(tree)}</p>\n` : html``}${rows.length > 0 ? earned : html``}`
}

function findingHtml(finding: ReportedFinding, index: PathIndex): Html {
  const { sentence, places, paths, evidence } = describeFinding(finding, index)
  const shown = evidence.map(
    ({ label, value, place }) => `${label}: ${value}${place === undefined ? '' : `  [${place}]`}`,
  )
  return html`<article class="${finding.severity}">
<h2>${finding.severity}: ${finding.title}</h2>
<p>${sentence}. (${places.join(', ')})</p>
${shown.length > 0 ? html`<pre>${shown.join('\n')}</pre>` : html``}
${paths.slice(0, 3).map((path) => html`<p>Why it is here: ${path}</p>`)}
<p>What to do: ${htmlSentence(finding.fix)}</p>
<p><small>Rule ${finding.rule}, confidence ${finding.confidence}</small></p>
</article>
`
}

/** What findings that are alike have in common, and each one below it. */
function groupHtml(group: AlikeFindings, index: PathIndex): Html {
  const [{ severity, title, message, fix, rule, confidence }] = group
  const { count, file } = subjectOfGroup(group)
  const members = group.map((finding) => {
    const { evidence, places } = describeFinding(finding, index)
    const seen = evidence.map(({ label, value }) => `${label}: ${value}`).join('; ')
    const where = places.join(', ')
    const subject = finding.package ? `${nameVersions(finding.package)} (${where})` : where
    return html`<li>${subject}${seen === '' ? '' : `: ${seen}`}</li>\n`
  })
  return html`<article class="${severity}">
<h2>${severity}: ${title} (${count})</h2>
<p>${file === undefined ? 'Each' : `In ${count}, ${file}`} ${message}.</p>
<ul>${members}</ul>
<p>What to do: ${htmlSentence(fix)}</p>
<p><small>Rule ${rule}, confidence ${confidence}</small></p>
</article>
`
}

const list = (title: string, items: readonly Html[]): Html =>
  items.length === 0 ? html`` : html`<h2>${title}</h2>\n<ul>${items}</ul>`

/** The JSON report has them all. */
const gapsNamed = 20

function gapsHtml(group: readonly [ReportedGap, ...ReportedGap[]]): Html {
  const [{ code, detail, matters }] = group
  const names = [...new Set(group.map(nameGap))]
  return html`<li>${code}${matters ? '' : ' (no weight)'}: ${listFew(names, gapsNamed)}: ${detail}</li>`
}

const nameGap = ({ package: of, file, fact, accepted }: ReportedGap): string =>
  `${of ?? file ?? fact}${accepted ? ' (accepted)' : ''}`

const acceptedHtml = (finding: ReportedFinding): Html =>
  html`<li>${finding.rule}: ${finding.package?.name ?? ''}: ${finding.accepted?.reason ?? ''} (${finding.accepted?.by ?? ''})</li>`

function changesHtml(changes: readonly ReportedChange[]): Html {
  if (changes.length === 0) return html``
  const rows = changes.map(
    ({ name, kind, before, after, lockfile, line }) =>
      html`<tr><td>${name}</td><td>${kind}</td><td>${before?.version ?? ''}</td><td>${after?.version ?? ''}</td><td>${namePlace({ file: lockfile, ...(line !== null && { line }) })}</td></tr>`,
  )
  return html`<h2>Changes: ${countByKind(changes)}</h2>
<table><tr><th>Package</th><th>Change</th><th>Before</th><th>After</th><th>Where</th></tr>${rows}</table>`
}
