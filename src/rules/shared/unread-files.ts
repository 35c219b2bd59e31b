import type { AnalysedFile } from '../../package/code/package-code.js'
import type { PackageFacts } from '../../package/package-facts.js'

/**
 * The files of code that could not be read, but for those of which most was. Where these are the version before's, what stands in their place now is no more
 * than perhaps new.
 */
export const unreadFiles = ({ code }: PackageFacts): ReadonlySet<string> =>
  new Set((code?.files ?? []).filter(isUnread).map(({ path }) => path))

const isUnread = ({ code: { unanalysable } }: AnalysedFile): boolean =>
  unanalysable !== undefined && unanalysable.reason !== 'too-complex'
