/** The words of one simple command, quotes removed. */
export type ShellCommand = readonly string[]

const breaks = /[\s;&|()<>]/

/**
 * The simple commands of a shell line, in order. No parser: it knows quotes, escapes, and what separates commands, and
 * takes substitutions (`$(…)`, backticks) for commands of their own. Never fails: what is not closed ends with the line.
 */
export function readShellCommands(line: string): readonly ShellCommand[] {
  const commands: string[][] = []
  let words: string[] = []
  let word: string | undefined
  const endWord = (): void => {
    if (word !== undefined) words.push(word)
    word = undefined
  }
  const endCommand = (): void => {
    endWord()
    if (words.length > 0) commands.push(words)
    words = []
  }
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? ''
    if (character === "'" || character === '"') {
      const close = closingQuote(line, at)
      word = (word ?? '') + withoutEscapes(line.slice(at + 1, close), character)
      at = close
    } else if (character === '\\' && /[\s"'\\$&|;()<>`]/.test(line[at + 1] ?? '')) {
      if (line[at + 1] !== '\n') word = (word ?? '') + line[at + 1]
      at += 1
    } else if (character === '`' || (breaks.test(character) && !/[ \t<>]/.test(character))) endCommand()
    else if (breaks.test(character)) endWord()
    else if (character === '#' && word === undefined) {
      while (at + 1 < line.length && line[at + 1] !== '\n') at += 1
    } else word = (word ?? '') + character
  }
  endCommand()
  return commands
}

function closingQuote(line: string, open: number): number {
  const quote = line[open]
  for (let at = open + 1; at < line.length; at++) {
    if (quote === '"' && line[at] === '\\') at += 1
    else if (line[at] === quote) return at
  }
  return line.length
}

/** Within double quotes a backslash escapes only these; within single quotes nothing. */
const withoutEscapes = (text: string, quote: string): string =>
  quote === '"' ? text.replace(/\\(["\\$`])/g, '$1') : text
