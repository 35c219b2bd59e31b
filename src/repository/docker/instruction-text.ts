import type { Instruction } from 'dockerfile-ast'
import { PlacedText } from '../commands/placed-text.js'

interface Source {
  /** Of the whole file. */
  readonly lines: readonly string[]
  /** What continues a line: `\`, or what the file's first comment names. */
  readonly continuation: string
  /** Of the exec form. */
  readonly words: readonly string[] | undefined
}

const keyword = /^\s*(?:ONBUILD\s+)?(?:RUN|CMD|ENTRYPOINT)\s+/i
const flags = /^(?:(?:\s|\\\n)*--[\w-]+(?:=\S*)?(?:\s|\\\n)+)+/
const heredoc = /<<-?\s{0,10}(?:"(\w+)"|'(\w+)'|(\w+))/g

/** What an instruction gives to a shell: comments and empty lines within a continued line left out, as Docker does. */
export function instructionText(instruction: Instruction, source: Source): PlacedText | undefined {
  const { start, end } = instruction.getRange()
  const first = start.line + 1
  const lines = source.lines.slice(start.line, end.line + 1)
  lines[0] = (lines[0] ?? '').slice(start.character).replace(keyword, '')
  if (source.words !== undefined) return PlacedText.line(source.words.map(quote).join(' '), first)
  const command = continuedLines(lines, source.continuation)
  const pieces: { offset: number; line: number }[] = []
  let text = ''
  for (const line of command) {
    pieces.push({ offset: text.length, line: first + line.at })
    text += line.text
  }
  const withoutSwitches = text.replace(flags, '')
  const shift = text.length - withoutSwitches.length
  const names = [...withoutSwitches.matchAll(heredoc)].map((matched) => matched[1] ?? matched[2] ?? matched[3] ?? '')
  const body = lines.slice((command.at(-1)?.at ?? 0) + 1)
  if (names.length === 0 || body.length === 0) {
    return new PlacedText(
      withoutSwitches,
      pieces.map(({ offset, line }) => ({ offset: Math.max(0, offset - shift), line })),
    )
  }
  return withDocuments(withoutSwitches, { names, body, first, bodyAt: first + (command.at(-1)?.at ?? 0) + 1 })
}

interface Documents {
  readonly names: readonly string[]
  readonly body: readonly string[]
  /** Lines in the file of the command and of what is below it. */
  readonly first: number
  readonly bodyAt: number
}

/** A here-document by itself is the script; one behind a program is what that reads. */
function withDocuments(command: string, { names, body, first, bodyAt }: Documents): PlacedText | undefined {
  const [name = ''] = names
  if (command.replace(heredoc, '').trim() === '') {
    const end = body.findIndex((line) => line.replace(/^\t+/, '') === name)
    const script = body.slice(0, end < 0 ? body.length : end)
    const shebang = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(script[0] ?? '')
    const isShell = shebang === null || /(?:^|\/)(?:env|(?:ba|da|z|k|a)?sh)$/.test(shebang[1] ?? '')
    const isEnvOfOther = /\/env$/.test(shebang?.[1] ?? '') && !/^(?:-S|(?:ba|da|z|k|a)?sh)$/.test(shebang?.[2] ?? '')
    return isShell && !isEnvOfOther ? PlacedText.lines(script.join('\n'), bodyAt) : undefined
  }
  const text = `${command.trimEnd()}\n`
  const pieces = body.reduce(
    ({ all, offset }, line, index) => {
      all.push({ offset, line: bodyAt + index })
      return { all, offset: offset + line.length + 1 }
    },
    { all: [{ offset: 0, line: first }], offset: text.length },
  )
  return new PlacedText(text + body.join('\n'), pieces.all)
}

/** The lines of the command itself, up to the first one that is not continued; each with a shell's own way of continuing it. */
function continuedLines(
  lines: readonly string[],
  continuation: string,
): { readonly text: string; readonly at: number }[] {
  const found: { text: string; at: number }[] = []
  for (const [at, line] of lines.entries()) {
    const isLeftOut = at > 0 && /^\s*(?:#.*)?$/.test(line)
    if (isLeftOut) continue
    const trimmed = line.trimEnd()
    const isContinued = trimmed.endsWith(continuation)
    found.push({ text: isContinued ? `${trimmed.slice(0, -1)}\\\n` : line, at })
    if (!isContinued) break
  }
  return found
}

const quote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)
