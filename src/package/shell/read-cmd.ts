import { maxExcerptCharacters, maxShellCharacters, maxShellInvocations } from '../../limits.js'
import { homeVariables, type Invocation, type PipelineStage } from './invocation.js'

/**
 * What a text for Windows' cmd.exe starts. A tokenizer, for there is no grammar: it knows quotes, `^`, `%variables%`, and what
 * separates commands. Blocks in parentheses are taken as a sequence.
 */
export function readCmd(text: string): readonly Invocation[] {
  const found: Invocation[] = []
  const variables: Variables = { values: new Map(), room: maxShellCharacters }
  for (const [at, line] of joinedLines(text)) {
    let before: PipelineStage | undefined
    for (const { words, separator } of commandsOf(fill(line, variables))) {
      if (found.length >= maxShellInvocations) return found
      const stage: PipelineStage = { invocations: [], ...(before && { before }) }
      const invocation = invocationOf(words, variables.values, { line: at, excerpt: line.trim(), upstream: before })
      if (invocation !== undefined) {
        found.push(invocation)
        stage.invocations.push(invocation)
      }
      before = separator === '|' ? stage : undefined
    }
  }
  return found
}

interface Variables {
  readonly values: Map<string, string>
  /** What may still be put in for names: a text of variables that hold others grows with every line. */
  room: number
}

/** A `^` at its end continues a line. */
function* joinedLines(text: string): Generator<readonly [number, string]> {
  let [start, joined] = [1, '']
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (joined === '') start = index + 1
    if (line.endsWith('^')) joined += line.slice(0, -1)
    else {
      yield [start, joined + line]
      joined = ''
    }
  }
  if (joined !== '') yield [start, joined]
}

interface RawCommand {
  readonly words: readonly string[]
  readonly separator: string
}

function commandsOf(line: string): readonly RawCommand[] {
  if (/^\s*@?\s*(?:rem(?:\s|$)|::)/i.test(line)) return []
  const commands: RawCommand[] = []
  let words: string[] = []
  let word = ''
  let isQuoted = false
  const endWord = (): void => {
    if (word !== '') words.push(word)
    word = ''
  }
  const endCommand = (separator: string): void => {
    endWord()
    if (words.length > 0) commands.push({ words, separator })
    words = []
  }
  for (let at = 0; at < line.length; at += 1) {
    const character = line[at] ?? ''
    if (character === '"') isQuoted = !isQuoted
    else if (isQuoted) word += character
    else if (character === '^') word += line[++at] ?? ''
    else if (character === '>' || character === '<') {
      endWord()
      word = character
      if (line[at + 1] === '>' || line[at + 1] === '&') word += line[++at] ?? ''
      if (!word.endsWith('&')) endWord()
    } else if ((character === '&' && line[at + 1] !== '&') || character === '(' || character === ')') endCommand(';')
    else if (character === '&') {
      at += 1
      endCommand('&&')
    } else if (character === '|') {
      const isOr = line[at + 1] === '|'
      if (isOr) at += 1
      endCommand(isOr ? '||' : '|')
    } else if (/[\s,;=]/.test(character) && !(character === '=' && /^\w+$/.test(word))) endWord()
    else word += character
  }
  endCommand(';')
  return commands
}

interface Where {
  readonly line: number
  readonly excerpt: string
  readonly upstream: PipelineStage | undefined
}

function invocationOf(
  raw: readonly string[],
  variables: Map<string, string>,
  { line, excerpt, upstream }: Where,
): Invocation | undefined {
  const filled = withoutConditions(raw)
  const [program = '', ...rest] = filled
  if (/^set$/i.test(program)) {
    const [, name, value] = /^(\w{1,64})=([^\0]{0,4096})$/.exec(rest.join(' ')) ?? []
    if (name !== undefined && value !== undefined) variables.set(name.toLowerCase(), value)
    if (rest.length > 0) return undefined
  }
  if (program === '') return undefined
  const redirect = filled.findIndex((word) => /^>{1,2}$/.test(word))
  const output = redirect < 0 ? undefined : filled[redirect + 1]
  const isNothing = output !== undefined && /^nul$/i.test(output)
  return {
    words: redirect < 0 ? filled : [...filled.slice(0, redirect), ...filled.slice(redirect + 2)],
    line,
    excerpt: excerpt.slice(0, maxExcerptCharacters),
    background: false,
    silenced: isNothing,
    failureIgnored: false,
    ...(output !== undefined && !isNothing && { output }),
    substitutions: [],
    ...(upstream && { upstream }),
  }
}

/** `if not exist x`, `if a==b`, `for … do`, `else` and `@` go before a command. */
function withoutConditions(words: readonly string[]): readonly string[] {
  let rest = words.map((word, at) => (at === 0 ? word.replace(/^@+/, '') : word)).filter((word) => word !== '')
  for (let turn = 0; turn < 8; turn += 1) {
    const first = rest[0]?.toLowerCase()
    if (first === 'else' || first === 'do' || first === 'call') rest = rest.slice(1)
    else if (first === 'for') {
      const at = rest.findIndex((word) => word.toLowerCase() === 'do')
      rest = at < 0 ? [] : rest.slice(at + 1)
    } else if (first === 'if') {
      let at = 1
      while (/^(?:\/i|not)$/i.test(rest[at] ?? '')) at += 1
      const isUnary = /^(?:exist|defined|errorlevel)$/i.test(rest[at] ?? '')
      rest = rest.slice(at + (isUnary || !(rest[at] ?? '').includes('==') ? 2 : 1))
    } else return rest
  }
  return rest
}

/** `%name%` and `%name:~start,length%`, put in before a line is split into words, as cmd.exe does. */
function fill(line: string, variables: Variables): string {
  return line.replace(/%(\w{1,64})(?::~(-?\d{1,6})(?:,(-?\d{1,6}))?)?%/g, (reference, name: string, start, count) => {
    if (homeVariables.has(name.toLowerCase())) return '~'
    const value = variables.values.get(name.toLowerCase())
    const part =
      value === undefined || start === undefined
        ? (value ?? `$${name}`)
        : cut(value, Number(start), count === undefined ? undefined : Number(count))
    if (part.length > variables.room) return reference
    variables.room -= part.length
    return part
  })
}

/** A start below nothing counts from the end, and so does an end. */
function cut(value: string, start: number, count: number | undefined): string {
  const from = start < 0 ? Math.max(0, value.length + start) : start
  if (count === undefined) return value.slice(from)
  return value.slice(from, count < 0 ? value.length + count : from + count)
}
