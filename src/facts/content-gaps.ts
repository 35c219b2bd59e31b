import type { Gap } from '../gap.js'
import type { AnalysedFile } from '../package/code/package-code.js'
import type { PackageFacts } from '../package/package-facts.js'

/** Listed of one package; the count of the rest follows. */
const maxUnreadFiles = 20

/** What hides a part of a package's content though its facts are known: limits that its tarball hit, and code that runs and was not read. */
export function contentGaps(subject: string, { limits, code }: PackageFacts): readonly Gap[] {
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
    ...(rest > 0 ? [gap('file-unanalysed', `and ${rest} more files`)] : []),
  ]
}

/** What is no code for any of our grammars is none for Node either: it ends with an error, and the rules tell of it. */
const isUnreadAndRuns = ({ reach, code: { unanalysable } }: AnalysedFile): boolean =>
  reach !== 'unreached' && unanalysable !== undefined && unanalysable.reason !== 'syntax'
