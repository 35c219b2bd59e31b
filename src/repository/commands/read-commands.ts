import { maxCommandVariables, maxExcerptCharacters, maxFileCommands, maxScriptDepth } from '../../limits.js'
import type { Invocation } from '../../package/shell/invocation.js'
import { type Payload, payloadsOf } from '../../package/shell/payloads.js'
import { programName } from '../../package/shell/programs.js'
import { readCmd } from '../../package/shell/read-cmd.js'
import { readPosix } from '../../package/shell/read-posix.js'
import { readPowershell } from '../../package/shell/read-powershell.js'
import type { ShellDialect } from '../../package/shell/shell-act.js'
import type { ShellBudget } from '../../package/shell/shell-budget.js'
import type { CommandHost, RepositoryCommand } from '../posture/posture-state.js'
import { PlacedText } from './placed-text.js'
import { startedProgram } from './started-program.js'
import { type Folder, WorkingFolder } from './working-folder.js'

/** A text of the repository that a shell would run. */
export interface CommandText {
  readonly file: string
  readonly host: CommandHost
  readonly placed: PlacedText
  readonly dialect: ShellDialect
  readonly folder: Folder
  /** What the file sets for it. */
  readonly environment: ReadonlyMap<string, string>
  /** The lines of the file as they stand, to quote from where the text has something else in place of an expression. */
  readonly source?: readonly string[]
}

export interface CommandsRead {
  readonly commands: readonly RepositoryCommand[]
  /** Some text was not read, being too much. */
  readonly cut?: string
}

/** What texts of one file start, one after the other; those that a shell within them would start included. */
export function readCommands(texts: readonly CommandText[], budget: ShellBudget): CommandsRead {
  const commands: RepositoryCommand[] = []
  let cut: string | undefined
  const waiting = texts.map((text) => ({ text, depth: 0 })).reverse()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { text, depth } = next
    if (depth > maxScriptDepth || commands.length >= maxFileCommands || !budget.spend(text.placed.text)) {
      cut = tooMuch
      continue
    }
    const found = readOne(text)
    const room = maxFileCommands - commands.length
    if (found.commands.length > room || found.inner.length > maxInnerTexts) cut = tooMuch
    commands.push(...found.commands.slice(0, room))
    for (const inner of found.inner.slice(0, maxInnerTexts).reverse()) waiting.push({ text: inner, depth: depth + 1 })
  }
  return { commands, ...(cut !== undefined && { cut }) }
}

const tooMuch = 'it holds more, longer or deeper nested commands than are read'

/** Texts that one text gives to other shells: each costs a reading. */
const maxInnerTexts = 200

function readOne(text: CommandText): { readonly commands: RepositoryCommand[]; readonly inner: CommandText[] } {
  const folder = new WorkingFolder(text.folder)
  let environment = text.environment
  const commands: RepositoryCommand[] = []
  const inner: CommandText[] = []
  for (const invocation of invocationsOf(text).map(split)) {
    const { program, words, assigned } = startedProgram(invocation)
    const here = folder.of(invocation.scope)
    const command: RepositoryCommand = {
      file: text.file,
      line: invocation.line,
      host: text.host,
      invocation: quoted(invocation, text.source),
      ...(here !== undefined && { folder: here }),
      environment: withMore(environment, assigned),
    }
    commands.push(command)
    for (const { dialect, text: given } of payloadsOf(invocation, program, words).concat(asOther(program, words))) {
      if (dialect === 'code' || given === text.placed.text) continue
      inner.push({ ...text, ...command, folder: here, dialect, placed: placedWithin(text, invocation, given) })
    }
    if (program === 'export') environment = withMore(environment, words.flatMap(assignmentIn))
    folder.follow(invocation)
  }
  return { commands, inner }
}

/** A variable without quotes is as many words as its value: `$INSTALL` is `npm install`. No program has a name with a space in it, outside a path. */
function split(invocation: Invocation): Invocation {
  const [first = '', second = '', ...others] = invocation.words
  // `env -S` splits its text by itself.
  if (programName(first) === 'env' && /^-[a-z]*S$/.test(second))
    return { ...invocation, words: [first, ...others.flatMap(wordsIn)] }
  const program = wordsIn(first)
  const rest = program.length === 1 && !manager.test(first) ? [second] : wordsIn(second)
  if (program.length + rest.length <= 2) return invocation
  return { ...invocation, words: [...program, ...(invocation.words.length > 1 ? rest : []), ...others] }
}

const wordsIn = (text: string): readonly string[] =>
  /^[\w.@=-]{1,100}\s/.test(text) ? text.trim().split(/\s+/).slice(0, maxWordsOfOne) : [text]

const manager = /^(?:npm|npx|yarn|pnpm|bun|pip3?|uv)$/

/** Longer values are data. */
const maxWordsOfOne = 100

const plain = (text: string): Payload => ({ kind: 'plain', dialect: 'posix', text })

/** `su node -c "npm ci"`, `script -c …`: other programs that give a text to a shell. */
function asOther(program: string, words: readonly string[]): readonly Payload[] {
  if (program === 'trap') return [plain(words[0] ?? '')]
  const isRunner = /^(?:npx|pnpx)$/.test(program) || (program === 'npm' && /^(?:exec|x)$/.test(words[0] ?? ''))
  const at =
    isRunner || /^(?:su|runuser|script|nix-shell|flock|watch)$/.test(program)
      ? words.findIndex((word) => /^(?:-[a-z]*c|--command|--run|--call)$/.test(word))
      : -1
  return at < 0 ? [] : [plain(words[at + 1] ?? '')]
}

const withMore = (
  environment: ReadonlyMap<string, string>,
  more: readonly (readonly [string, string])[],
): ReadonlyMap<string, string> =>
  more.length === 0 || environment.size > maxCommandVariables ? environment : new Map([...environment, ...more])

function assignmentIn(word: string): readonly (readonly [string, string])[] {
  const at = word.indexOf('=')
  return at <= 0 ? [] : [[word.slice(0, at), word.slice(at + 1)]]
}

function invocationsOf({ placed, dialect, environment }: CommandText): readonly Invocation[] {
  if (dialect === 'posix') return readPosix(placed.text, { variables: environment, lines: placed })
  const starts = [0]
  for (let at = placed.text.indexOf('\n'); at >= 0; at = placed.text.indexOf('\n', at + 1)) starts.push(at + 1)
  const invocations = dialect === 'cmd' ? readCmd(placed.text) : readPowershell(placed.text)
  return invocations.map((one) => ({ ...one, line: placed.lineAt(starts[one.line - 1] ?? 0) }))
}

/** A here-document begins below its command, a quoted text on its line. Where these lines were folded into one, all of it stands on that. */
function placedWithin(around: CommandText, { line, input }: Invocation, text: string): PlacedText {
  const isBelow = input === text
  const first = isBelow ? line + 1 : line
  return around.placed.text.includes('\n') ? PlacedText.lines(text, first) : PlacedText.line(text, line)
}

function quoted(invocation: Invocation, source: readonly string[] | undefined): Invocation {
  const written = invocation.excerpt.includes('…') ? source?.[invocation.line - 1] : undefined
  return written === undefined ? invocation : { ...invocation, excerpt: written.trim().slice(0, maxExcerptCharacters) }
}
