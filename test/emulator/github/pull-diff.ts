import type { GitRepository } from './git-repository.js'

/** One file of a difference, as GitHub lists it. */
export interface ChangedFile {
  readonly path: string
  readonly previousPath?: string
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed'
  readonly blob: string
  readonly additions: number
  readonly deletions: number
  /** From the first `@@`; absent for binary files and where no line changed. GitHub's omissions by size are not applied here. */
  readonly patch?: string
}

export interface DiffLine {
  readonly side: 'LEFT' | 'RIGHT'
  readonly line: number
  /** Which hunk, from 0. */
  readonly hunk: number
  /** GitHub's `position`: lines below the first `@@`, later headers counted. */
  readonly position: number
  /** From the hunk's header to this line. */
  readonly context: string
}

const statuses: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
}

export async function diffCommits(git: GitRepository, base: string, head: string): Promise<ChangedFile[]> {
  const args = ['diff-tree', '-r', '-M', '--no-color', '--no-ext-diff', '--no-textconv', '--full-index']
  const [raw, patches] = await Promise.all([
    git.ask(...args, '--raw', '-z', base, head),
    git.ask(...args, '--patch', '--unified=3', base, head),
  ])
  const sections = splitSections(patches.toString('utf8'))
  return parseRaw(raw.toString('utf8')).map(({ mark, path, previousPath, blob }) => {
    const section = sections.shift() ?? ''
    // Another type (a file that became a link) is shown as a removal and an addition.
    if (mark === 'T') sections.shift()
    const patch = mark === 'T' ? undefined : readPatch(section)
    const count = (sign: string) => (patch ?? '').split('\n').filter((line) => line.startsWith(sign)).length
    return {
      path,
      ...(previousPath !== undefined && { previousPath }),
      status: statuses[mark] ?? 'changed',
      blob,
      additions: count('+'),
      deletions: count('-'),
      ...(patch !== undefined && { patch }),
    }
  })
}

function parseRaw(raw: string) {
  const fields = raw.split('\0')
  const out: { mark: string; path: string; previousPath?: string; blob: string }[] = []
  for (let at = 0; fields[at]?.startsWith(':'); ) {
    const [, , before = '', after = '', status = ''] = (fields[at] ?? '').split(' ')
    const mark = status.charAt(0)
    const moved = mark === 'R' || mark === 'C'
    const path = fields[at + (moved ? 2 : 1)] ?? ''
    const blob = mark === 'D' ? before : after
    out.push({ mark, path, blob, ...(moved && { previousPath: fields[at + 1] ?? '' }) })
    at += moved ? 3 : 2
  }
  return out
}

/** Inside a hunk each line begins with a space, a sign or a backslash, so this header cannot be content. */
function splitSections(text: string): string[] {
  return text.split(/^(?=diff --git )/m).filter(Boolean)
}

function readPatch(section: string): string | undefined {
  const start = section.search(/^@@ /m)
  return start < 0 ? undefined : section.slice(start).replace(/\n$/, '')
}

/** The lines that can carry a comment: removed ones on the left; added and unchanged ones on the right. */
export function commentableLines(patch: string | undefined): DiffLine[] {
  const out: DiffLine[] = []
  let [left, right, hunk, position] = [0, 0, -1, -1]
  let shown: string[] = []
  for (const line of (patch ?? '').split('\n')) {
    const header = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(line)
    position += 1
    shown.push(line)
    if (header) {
      ;[left, right, hunk, shown] = [Number(header[1]), Number(header[2]), hunk + 1, [line]]
    } else if (line.startsWith('-')) {
      out.push({ side: 'LEFT', line: left++, hunk, position, context: shown.join('\n') })
    } else if (line.startsWith('+')) {
      out.push({ side: 'RIGHT', line: right++, hunk, position, context: shown.join('\n') })
    } else if (line.startsWith(' ')) {
      out.push({ side: 'RIGHT', line: right++, hunk, position, context: shown.join('\n') })
      left += 1
    }
  }
  return out
}

/** Where a line of `before` is in `after`, or undefined when it was changed or removed. */
export async function followLine(
  git: GitRepository,
  before: string,
  after: string,
  path: string,
  line: number,
): Promise<number | undefined> {
  const diff = await git.text('diff', '--unified=0', '--no-color', '--no-ext-diff', before, after, '--', path)
  let shift = 0
  for (const [, start = '', count = '1', , added = '1'] of diff.matchAll(
    /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm,
  )) {
    const [from, removed] = [Number(start), Number(count)]
    // With nothing removed the header names the line before the insertion.
    if (removed === 0 ? line <= from : line < from) break
    if (removed > 0 && line < from + removed) return undefined
    shift += Number(added) - removed
  }
  return line + shift
}
