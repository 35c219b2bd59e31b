/** Markdown as it would be read: without the marks that a browser turns into looks, folded text unfolded, tables in columns. */
export function toLines(markdown: string, width: number): string[] {
  const text = markdown
    .replace(/<!--.*?-->/gs, '')
    .replace(/<\/?(details|summary|sub|b|br)[^>]*>/g, '')
    .replace(/^```.*$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  // A table is the lines that follow each other with a bar in front.
  return text.split(/((?:^\|.*\n?)+)/m).flatMap((part, at, all) => {
    if (part.startsWith('|')) return toTable(part.trimEnd().split('\n'))
    const lines = at < all.length - 1 ? part.replace(/\n$/, '') : part
    return part === '' ? [] : lines.split('\n').flatMap((line) => wrap(unmark(line), width))
  })
}

function unmark(line: string): string {
  return (
    line
      .replace(/\*\*|`/g, '')
      .replace(/\\([\\*_{}[\]()#+\-.!|<>@~:/])/g, '$1')
      // Written so that a browser shows the sign and GitHub sends nobody a message.
      .replace(/&#8203;/g, '')
      .replace(/&#(\d{1,6});/g, (_, code: string) => String.fromCodePoint(Number(code)))
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&amp;/g, '&')
  )
}

function toTable(lines: readonly string[]): string[] {
  const rows = lines
    .filter((line) => /[^ |:-]/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => unmark(cell.trim())),
    )
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)))
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

function wrap(line: string, width: number): string[] {
  const out: string[] = ['']
  for (const word of line.split(' ')) {
    const last = out.at(-1) ?? ''
    const joined = last === '' ? word : `${last} ${word}`
    if (joined.length <= width || last === '') out[out.length - 1] = joined
    else out.push(word)
  }
  return out
}
