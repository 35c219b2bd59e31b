import { omitPatches } from '../patch-limits.js'
import { commentableLines, type DiffLine } from '../pull-diff.js'
import type { Pull, World } from '../state.js'
import type { Placed } from './comments.js'
import { pullFiles } from './pulls.js'

export interface CommentRequest {
  readonly path: string
  readonly body: string
  readonly line?: number
  readonly side?: string
  readonly start_line?: number
  readonly start_side?: string
  readonly position?: number
  readonly subject_type?: 'line' | 'file'
}

/**
 * Where the comment stands, or the name of the field that GitHub refuses. A line must be in the diff, and the line that a range
 * starts with in the same hunk.
 */
export async function placeComment(world: World, pull: Pull, request: CommentRequest): Promise<Placed | string> {
  const file = (await pullFiles(pull)).find(({ path }) => path === request.path)
  if (!file) return 'pull_request_review_thread.path'
  if (request.subject_type === 'file') return placed(pull, request, undefined, undefined)
  const [listed] = world.switches.omittedLinesRefused ? omitPatches(world, [file]) : [file]
  const lines = commentableLines(listed?.patch)
  const end = findLine(lines, request)
  if (!end) return 'pull_request_review_thread.line'
  if (request.start_line === undefined) return placed(pull, request, end, undefined)
  const side = request.start_side ?? request.side ?? 'RIGHT'
  const start = lines.find((one) => one.side === side && one.line === request.start_line && one.hunk === end.hunk)
  if (!start || start.position >= end.position) return 'pull_request_review_thread.start_line'
  return placed(pull, request, end, start)
}

function findLine(
  lines: readonly DiffLine[],
  { line, side = 'RIGHT', position }: CommentRequest,
): DiffLine | undefined {
  if (line === undefined) return lines.find((one) => one.position === position)
  return lines.find((one) => one.side === side && one.line === line)
}

function placed(pull: Pull, request: CommentRequest, end: DiffLine | undefined, start: DiffLine | undefined): Placed {
  return {
    path: request.path,
    subject: end ? 'line' : 'file',
    hunk: end?.context ?? '',
    side: end?.side ?? 'RIGHT',
    startSide: start?.side ?? null,
    originalCommit: pull.head.sha,
    originalLine: end?.line ?? null,
    originalStartLine: start?.line ?? null,
    originalPosition: end?.position ?? null,
    commit: pull.head.sha,
    line: end?.line ?? null,
    startLine: start?.line ?? null,
    position: end?.position ?? null,
  }
}
