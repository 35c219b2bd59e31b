import { posix } from 'node:path'
import { maxCommandFileBytes } from '../../limits.js'
import { folderOf } from '../../lockfile/project-files.js'
import { ShellBudget } from '../../package/shell/shell-budget.js'
import { PlacedText } from '../commands/placed-text.js'
import { type CommandText, readCommands } from '../commands/read-commands.js'
import type { PostureReader } from '../posture/posture-reader.js'
import { MakefileVariables } from './makefile-variables.js'

export const makefileReader: PostureReader = {
  matches: (path) => /^(?:GNU|BSD)?[Mm]akefile(?:\.[\w-]{1,100})?$|\.(?:mk|mak)$/.test(posix.basename(path)),
  read: (file, text, _, budget = new ShellBudget()) => {
    const { recipes, variables } = readRecipes(text.split(/\r?\n/))
    const environment = variables.environment()
    const texts = recipes.map(
      ({ target, placed }): CommandText => ({
        file,
        host: { kind: 'makefile', target },
        placed: placed.replaced(variables.reference, (matched) => variables.valueOf(matched)),
        dialect: 'posix',
        folder: folderOf(file),
        environment,
      }),
    )
    return readCommands(texts, budget)
  },
  maxBytes: maxCommandFileBytes,
}

interface Recipe {
  readonly target: string
  /** One shell's worth: a line with what continues it. */
  readonly placed: PlacedText
}

interface Recipes {
  readonly recipes: readonly Recipe[]
  readonly variables: MakefileVariables
}

const assignment =
  /^\s{0,100}((?:export|override|private)\s{1,20}){0,3}([\w.-]{1,200})\s{0,100}(:{1,3}=|\?=|\+=|!=|=)\s*(.*)$/
const rule = /^([^\s#:=][^#:=]{0,1000})::?(?![:=])([^;#]*)(?:;(.*))?/

function readRecipes(lines: readonly string[]): Recipes {
  const variables = new MakefileVariables()
  const recipes: Recipe[] = []
  let target: string | undefined
  for (let at = 0; at < lines.length; at += 1) {
    const logical = logicalLine(lines, at)
    const [line = ''] = logical
    const first = at + 1
    at += logical.length - 1
    if (/^define\s/.test(line)) at = endOfDefinition(lines, at)
    else if (line.startsWith('\t') && target !== undefined) {
      recipes.push({ target, placed: placedRecipe(logical, first) })
    } else if (/^\s*(?:#|$)/.test(line)) continue
    else target = readStatement(logical, first, { variables, recipes }) ?? target
  }
  return { recipes, variables }
}

/** The target that the recipe lines below belong to; undefined for what leaves it as it is: a variable, `ifeq`, `include`. */
function readStatement(
  logical: readonly string[],
  line: number,
  { variables, recipes }: { readonly variables: MakefileVariables; readonly recipes: Recipe[] },
): string | undefined {
  const joined = logical.map((part) => part.replace(/\\$/, '').trim()).join(' ')
  const assigned = assignment.exec(joined)
  if (assigned !== null) {
    const [, prefix = '', name = '', sign = '', value = ''] = assigned
    variables.assign(name, sign, value.replace(/(?:^|\s)#.*$/, '').trim())
    if (prefix.includes('export')) variables.export(name)
    return undefined
  }
  const matched = rule.exec(joined)
  if (matched === null) return undefined
  const [, names = '', , command] = matched
  const target = names.trim()
  if (command !== undefined) recipes.push({ target, placed: PlacedText.line(command.replace(/^[\s@+-]*/, ''), line) })
  return target
}

/** A line and those that a backslash at its end adds. */
function logicalLine(lines: readonly string[], from: number): readonly string[] {
  let end = from
  while (/(?:^|[^\\])(?:\\\\)*\\$/.test((lines[end] ?? '').slice(-20)) && end + 1 < lines.length) end += 1
  return lines.slice(from, end + 1)
}

function endOfDefinition(lines: readonly string[], from: number): number {
  let end = from + 1
  while (end < lines.length && !/^\s{0,100}endef\b/.test(lines[end] ?? '')) end += 1
  return end
}

/** `@`, `-` and `+` are make's own. */
const placedRecipe = (logical: readonly string[], first: number): PlacedText =>
  PlacedText.lines(
    logical.map((line, at) => (at === 0 ? line.replace(/^\t[\s@+-]*/, '') : line.replace(/^\t/, ''))).join('\n'),
    first,
  )
