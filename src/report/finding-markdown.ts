import { maxEvidenceCharacters, maxEvidenceShown } from '../limits.js'
import { type AlikeFindings, subjectOfGroup } from './alike.js'
import { code, codeBlock, joinMarkdown, type Markdown, md, mdSentence, plainLines, shorten } from './escape.js'
import { describeFinding, type FindingText, nameVersions, type PathIndex } from './finding-text.js'
import type { ReportedFinding } from './report.js'

/** One finding in full: what, evidence, why it is here, what to do. The places are listed only where asked for. */
export function findingMarkdown(finding: ReportedFinding, index: PathIndex, withPlaces: boolean): Markdown {
  const text = describeFinding(finding, index)
  const subject = text.versions === undefined ? md`` : md` · ${code(text.versions)}`
  return joinMarkdown(
    [
      md`**${capital(finding.severity)}**${subject} · ${finding.title}`,
      md`${code(subjectOf(finding))} ${finding.message}.`,
      ...(withPlaces ? [placesMarkdown(text)] : []),
      ...(text.evidence.length > 0 ? [codeBlock(evidenceLines(text))] : []),
      ...(text.paths.length > 0 ? [md`Why it is here: ${listCode(text.paths, 3)}`] : []),
      md`What to do: ${mdSentence(finding.fix)}`,
      md`<sub>Rule ${code(finding.rule)}, confidence ${finding.confidence}</sub>`,
    ],
    '\n\n',
  )
}

/** Of findings that are alike; the JSON report has them all. */
const listed = 50

/** What they have in common, once, and a line for each with where it is and what was seen. */
export function groupMarkdown(group: AlikeFindings, index: PathIndex): Markdown {
  const [first] = group
  const { count, file } = subjectOfGroup(group)
  const subject = file === undefined ? md`Each` : md`In ${count}, ${code(file)}`
  const hidden = group.length - listed
  const rows = group.slice(0, listed).map((finding) => memberRow(finding, index))
  return joinMarkdown(
    [
      md`**${capital(first.severity)}** · ${count} · ${first.title}`,
      md`${subject} ${first.message}:`,
      joinMarkdown(hidden > 0 ? [...rows, md`- and ${hidden} more, in the JSON report`] : rows, '\n'),
      md`What to do: ${mdSentence(first.fix)}`,
      md`<sub>Rule ${code(first.rule)}, confidence ${first.confidence}</sub>`,
    ],
    '\n\n',
  )
}

function memberRow(finding: ReportedFinding, index: PathIndex): Markdown {
  const { evidence, places } = describeFinding(finding, index)
  const parts = [...(finding.package ? [nameVersions(finding.package)] : []), ...places.slice(0, 1)]
  const seen = evidence.map(({ label, value }) => `${label}: ${value}`).join('; ')
  const more = places.length > 1 ? md` and ${places.length - 1} more` : md``
  const row = md`- ${joinMarkdown(
    parts.map((part) => code(part)),
    ' ',
  )}${more}`
  return seen === '' ? row : md`${row}: ${code(seen)}`
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

const subjectOf = (finding: ReportedFinding): string =>
  finding.package
    ? [finding.package.name, finding.package.after].filter((part) => part !== undefined && part !== '').join(' ')
    : (finding.location?.file ?? 'the repository')

const placesMarkdown = ({ places }: FindingText): Markdown => md`Where: ${listCode(places, 5)}`

export function listCode(texts: readonly string[], few: number): Markdown {
  const shown = joinMarkdown(
    texts.slice(0, few).map((text) => code(text)),
    ', ',
  )
  const hidden = texts.length - few
  return hidden > 0 ? md`${shown} and ${hidden} more` : shown
}

/** `label: value`, further lines of a value below it; a value and a list that are too long say how much is hidden. */
export function evidenceLines({ evidence }: FindingText): string[] {
  const shown = evidence.slice(0, maxEvidenceShown).flatMap(({ label, value, place }) => {
    const [first = '', ...rest] = plainLines(shorten(value, maxEvidenceCharacters))
    const at = place === undefined ? '' : `  [${place}]`
    const hidden = rest.length > 20 ? [`  …(${rest.length - 20} more lines)`] : []
    return [`${label}: ${first}${at}`, ...rest.slice(0, 20).map((line) => `  ${line}`), ...hidden]
  })
  const hidden = evidence.length - maxEvidenceShown
  return hidden > 0 ? [...shown, `… and ${hidden} more, in the JSON report`] : shown
}
