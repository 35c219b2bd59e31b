import { maxExcerptCharacters, maxScriptDepth, maxShellInvocations } from '../../limits.js'
import { homeVariables, type Invocation, type PipelineStage } from './invocation.js'

/** A command while it is read. */
interface Open {
  readonly words: string[]
  readonly substitutions: Invocation[]
  /** What closes it; undefined for the text itself. */
  readonly close: string | undefined
  upstream: PipelineStage | undefined
  start: number
  startLine: number
}

/**
 * What a PowerShell text starts. A tokenizer: it knows quotes, backticks, comments, plain variables, and takes whatever stands
 * in parentheses or braces for commands that feed the one around them.
 */
export function readPowershell(text: string): readonly Invocation[] {
  return new PowershellReader(text).read()
}

class PowershellReader {
  readonly #text: string
  readonly #found: Invocation[] = []
  readonly #variables = new Map<string, string>()
  readonly #stack: { readonly open: Open; readonly word: string | undefined }[] = []
  #open: Open = { words: [], substitutions: [], close: undefined, upstream: undefined, start: 0, startLine: 1 }
  #word: string | undefined
  #line = 1

  constructor(text: string) {
    this.#text = text
  }

  read(): readonly Invocation[] {
    const text = this.#text
    for (let at = 0; at < text.length && this.#found.length < maxShellInvocations; at += 1) {
      const character = text[at] ?? ''
      if (character === '\n') this.#line += 1
      if (character === "'" || character === '"') at = this.#quoted(at)
      else if (character === '`') this.#add(text[++at] ?? '', at)
      else if (character === '#' && this.#word === undefined) at = endOf(text, '\n', at) - 1
      else if (text.startsWith('<#', at)) at = endOf(text, '#>', at + 2) + 1
      else if (character === '(' || character === '{') this.#enter(character === '(' ? ')' : '}', at)
      else if (character === this.#open.close) this.#leave(at)
      else if (character === '|' && text[at + 1] !== '|') this.#endCommand(at, true)
      else if (character === ';' || character === '\n' || character === '|') this.#endCommand(at, false)
      else if (character === '&' && this.#word === undefined && text[at + 1] !== '&') continue
      else if (/[\s,&]/.test(character)) this.#endWord()
      else this.#add(character, at)
    }
    while (this.#stack.length > 0) this.#leave(text.length)
    this.#endCommand(text.length, false)
    return this.#found
  }

  #add(text: string, at: number): void {
    if (this.#word === undefined && this.#open.words.length === 0) {
      this.#open.start = at
      this.#open.startLine = this.#line
    }
    this.#word = (this.#word ?? '') + text
  }

  #quoted(open: number): number {
    const quote = this.#text[open] ?? ''
    const close = endOf(this.#text, quote, open + 1)
    const inner = this.#text.slice(open + 1, close)
    this.#line += inner.split('\n').length - 1
    this.#add(quote === '"' ? inner.replaceAll('`', '') : inner, open)
    return close
  }

  #endWord(): void {
    if (this.#word !== undefined) this.#open.words.push(fill(this.#word, this.#variables))
    this.#word = undefined
  }

  #enter(close: string, at: number): void {
    if (this.#stack.length >= maxScriptDepth) {
      this.#endWord()
      return
    }
    // `IEX(…)` is a command and its argument, `.DownloadString(…)` one word. Only short words are looked at: each look costs their length.
    const word = this.#word !== undefined && this.#word.length <= 64 ? this.#word : ''
    if (/^[A-Za-z-]+$/.test(word)) this.#endWord()
    if (/^[$@]$/.test(word)) this.#word = undefined
    this.#add('…', at)
    this.#stack.push({ open: this.#open, word: this.#word })
    this.#word = undefined
    this.#open = { words: [], substitutions: [], close, upstream: undefined, start: at, startLine: this.#line }
  }

  #leave(at: number): void {
    this.#endCommand(at, false)
    const outer = this.#stack.pop()
    if (outer === undefined) return
    this.#open = outer.open
    this.#word = outer.word
  }

  #endCommand(at: number, isPipe: boolean): void {
    this.#endWord()
    const { words, substitutions, upstream, start, startLine, close } = this.#open
    const stage: PipelineStage = { invocations: [], ...(upstream && { before: upstream }) }
    if (words.length > 0 && !this.#assigns(words)) {
      const invocation: Invocation = {
        words: withoutAssignment(words),
        line: startLine,
        excerpt: this.#text.slice(start, Math.min(at, start + maxExcerptCharacters)).trim(),
        background: false,
        silenced: words.some((word) => /^out-null$/i.test(word)),
        failureIgnored: false,
        substitutions: [...substitutions],
        ...(upstream && { upstream }),
      }
      this.#found.push(invocation)
      stage.invocations.push(invocation)
      for (const { open } of this.#stack) open.substitutions.push(invocation)
    }
    this.#open = {
      words: [],
      substitutions: [],
      close,
      upstream: isPipe ? stage : undefined,
      start: at + 1,
      startLine: this.#line,
    }
  }

  /** `$url = 'https://…'`; anything else behind the sign is a command whose output is kept. */
  #assigns([first = '', sign, second, ...rest]: readonly string[]): boolean {
    const joined =
      second === undefined && first.length <= maxVariableCharacters ? /^\$([\w:]+)=([\s\S]*)$/.exec(first) : null
    const [name, value] = joined === null ? [first.slice(1), second ?? ''] : [joined[1] ?? '', joined[2] ?? '']
    const isPlain = joined !== null || (sign === '=' && first.startsWith('$') && rest.length === 0)
    if (!isPlain || value.includes('…') || value.length > maxVariableCharacters) return false
    this.#variables.set(name.toLowerCase(), value)
    return true
  }
}

/** Longer values are data. */
const maxVariableCharacters = 4096

const withoutAssignment = (words: readonly string[]): readonly string[] =>
  words[1] === '=' && words.length > 2 ? words.slice(2) : [...words]

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from)
  return found < 0 ? text.length : found
}

const fill = (word: string, variables: ReadonlyMap<string, string>): string =>
  word.replace(/\$\{?([\w:]{1,64})\}?/g, (written, name: string) =>
    homeVariables.has(name.toLowerCase()) ? '~' : (variables.get(name.toLowerCase()) ?? written),
  )
