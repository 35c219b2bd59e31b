/** Lines of at most `width` characters: `first` and the text, further lines below the text's beginning. */
export function wrap(first: string, text: string, width: number): string[] {
  // A long beginning would leave no room beside it, so there the text flows around.
  if (first.length > width / 3) return wrap('  ', `${first}${text}`.trimStart(), width)
  const indent = ' '.repeat(first.length)
  const lines = text.split('\n').flatMap((line) => wrapLine(line, width - indent.length))
  return lines.map((line, index) => `${index === 0 ? first : indent}${line}`)
}

/** Breaks at blanks, and inside a word only where the word alone is too long. */
function wrapLine(text: string, room: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((part) => chop(part, room))) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line.trimEnd())
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

function chop(word: string, room: number): string[] {
  const characters = [...word]
  const pieces: string[] = []
  for (let start = 0; start < characters.length; start += room) {
    pieces.push(characters.slice(start, start + room).join(''))
  }
  return pieces.length > 0 ? pieces : ['']
}
