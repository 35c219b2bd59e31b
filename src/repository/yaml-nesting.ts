export interface YamlNesting {
  /** Open at a time. Brackets also stand in texts and comments, where none closes. */
  readonly brackets: number
  /** Opened by one line: a block sequence or an explicit key can do so several times, as in `- - - x`. */
  readonly levels: number
}

/** Brackets that a file of people leaves open, in its texts too. */
export const maxOpenBrackets = 200

/**
 * The first line that nests deeper. For before the parser sees the text: it recurses once a level, takes seconds for some 100,000 brackets that none
 * closes, and with a small stack ends the process.
 */
export function lineNestedTooDeep(text: string, { brackets, levels }: YamlNesting): number | undefined {
  let depth = 0
  let line = 0
  for (const row of text.split('\n')) {
    line += 1
    for (const character of row) {
      if (character === '[' || character === '{') depth += 1
      if ((character === ']' || character === '}') && depth > 0) depth -= 1
    }
    const opened = /^[ \t]*(?:[-?:][ \t]+)*/.exec(row)?.[0].match(/[-?:]/g)?.length ?? 0
    if (depth > brackets || opened > levels) return line
  }
  return undefined
}
