import type { Gap } from '../gap.js'
import type { AnalysedFile } from '../package/code/package-code.js'
import type { FileKind, PackageFacts } from '../package/package-facts.js'

/** Listed of one package; the count of the rest follows. */
const maxUnreadFiles = 20

/** What hides a part of a package's content though its facts are known: limits that its tarball hit, and code that runs and was not read. */
export function contentGaps(subject: string, facts: PackageFacts): readonly Gap[] {
  const { limits, code, mcp } = facts
  const gap = (code: Gap['code'], detail: string): Gap => ({ code, package: subject, fact: 'package', detail })
  const unread = (code?.files ?? []).filter(isUnreadAndRuns)
  const rest = unread.length - maxUnreadFiles
  return [
    ...limits.map(({ limit, detail }) => gap('limit-reached', `${limit}: ${detail}`)),
    ...unread
      .slice(0, maxUnreadFiles)
      .map(({ path, code: { unanalysable } }) =>
        gap('file-unanalysed', `${path}: ${unanalysable?.reason}: ${unanalysable?.detail}`),
      ),
    ...(mcp?.unread === undefined
      ? []
      : [gap('file-unanalysed', `what it tells a model: ${mcp.unread.reason}: ${mcp.unread.detail}`)]),
    ...foreignPrograms(facts)
      .slice(0, maxUnreadFiles)
      .map((path) => gap('file-unanalysed', `${path}: runs on install, and is no JavaScript and no shell script`)),
    ...(rest > 0 ? [gap('file-unanalysed', `and ${rest} more files`)] : []),
  ]
}

/**
 * What a server tells a model and only the running program knows, as one gap: it weighs nothing, since the code that does so was read, but what the rules
 * about its texts were not shown must not look as if there were none.
 */
export function serverGaps(subject: string, { mcp }: PackageFacts): readonly Gap[] {
  const [first, ...rest] = mcp?.unresolved ?? []
  if (first === undefined) return []
  const { what, reason, at } = first
  const more = rest.length > 0 ? `, and ${rest.length} more` : ''
  const detail = `what it tells a model was not read to its end: ${what}: ${reason} (${at.file}:${at.line})${more}`
  return [{ code: 'server-unresolved', package: subject, fact: 'package', detail }]
}

/** What is no code for any of our grammars is none for Node either: it ends with an error, and the rules tell of it. */
const isUnreadAndRuns = ({ reach, code: { unanalysable } }: AnalysedFile): boolean =>
  reach !== 'unreached' && unanalysable !== undefined && unanalysable.reason !== 'syntax'

const programs: ReadonlySet<FileKind> = new Set(['elf', 'pe', 'mach-o'])

/** Languages that systems and other tools run, and that nobody here reads. */
const otherLanguage = /\.(?:py|pyc|pyw|pl|rb|php|lua|tcl|go|rs|swift|java|jar|class|vbs|vbe|wsf|hta|scpt|applescript)$/i

/** The files that install scripts name and that are neither code nor a shell's. */
function foreignPrograms({ installScripts, files }: PackageFacts): readonly string[] {
  const kinds = new Map(files.map(({ path, kind }) => [path, kind]))
  // `prepare` runs only of a git source, which is not read at all.
  const named = installScripts.filter(({ hook }) => hook !== 'prepare').flatMap((script) => script.files)
  return [...new Set(named.map(({ path }) => path))].filter(
    (path) => otherLanguage.test(path) || programs.has(kinds.get(path) ?? 'text'),
  )
}
