import type { FileHunks, Hunk, LineRange } from './hunks.js'

const hunkHeader = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/

/**
 * GitHub's `patch` of one file → its hunks; null where the text is not a whole patch, for example because it was cut, so
 * that the caller computes the hunks from both texts instead.
 */
export function parsePatch(patch: string): FileHunks | null {
  const lines = patch.split('\n')
  if (lines.at(-1) === '') lines.pop()
  const hunks: Hunk[] = []
  let index = 0
  while (index < lines.length) {
    const header = hunkHeader.exec(lines[index] ?? '')
    if (header === null) return null
    const hunk = new HunkReader(header)
    index += 1
    while (index < lines.length && (!hunk.isComplete || lines[index]?.startsWith('\\'))) {
      if (!hunk.take(lines[index] ?? '')) return null
      index += 1
    }
    if (!hunk.isComplete) return null
    hunks.push(hunk.toHunk())
  }
  return { source: 'github', hunks }
}

class HunkReader {
  readonly #removed: LineRange[] = []
  readonly #added: LineRange[] = []
  readonly #start: Pick<Hunk, 'oldStart' | 'oldCount' | 'newStart' | 'newCount'>
  #oldLeft: number
  #newLeft: number

  constructor([, oldStart, oldCount = '1', newStart, newCount = '1']: RegExpExecArray) {
    this.#oldLeft = Number(oldCount)
    this.#newLeft = Number(newCount)
    this.#start = {
      oldStart: Number(oldStart),
      oldCount: this.#oldLeft,
      newStart: Number(newStart),
      newCount: this.#newLeft,
    }
  }

  get isComplete(): boolean {
    return this.#oldLeft === 0 && this.#newLeft === 0
  }

  /** False where the line does not belong into the hunk. */
  take(line: string): boolean {
    const { oldStart, oldCount, newStart, newCount } = this.#start
    const [oldLine, newLine] = [oldStart + oldCount - this.#oldLeft, newStart + newCount - this.#newLeft]
    switch (line[0]) {
      case '-':
        extend(this.#removed, oldLine)
        this.#oldLeft -= 1
        break
      case '+':
        extend(this.#added, newLine)
        this.#newLeft -= 1
        break
      // An empty line of context, whose leading blank was lost on the way.
      case undefined:
      case ' ':
        this.#oldLeft -= 1
        this.#newLeft -= 1
        break
      // "\ No newline at end of file" is about the line before it.
      case '\\':
        break
      default:
        return false
    }
    return this.#oldLeft >= 0 && this.#newLeft >= 0
  }

  toHunk(): Hunk {
    return { ...this.#start, removed: this.#removed, added: this.#added }
  }
}

function extend(ranges: LineRange[], line: number): void {
  const last = ranges.at(-1)
  if (last !== undefined && last.start + last.count === line)
    ranges[ranges.length - 1] = { ...last, count: last.count + 1 }
  else ranges.push({ start: line, count: 1 })
}
