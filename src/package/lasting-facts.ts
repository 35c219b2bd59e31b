import { isRepeatable } from './code/repeatable.js'
import type { PackageFacts } from './package-facts.js'

/**
 * Whether the same tarball would give the same facts again, so that they may be kept for ever: what a limit, the clock or the memory cut short may be
 * read further another time.
 */
export const areLasting = ({ integrity, limits, code, mcp }: PackageFacts): boolean =>
  integrity !== '' &&
  limits.length === 0 &&
  (code?.files ?? []).every((file) => isRepeatable(file.code)) &&
  (mcp?.unread === undefined || isRepeatable({ unanalysable: mcp.unread }))
