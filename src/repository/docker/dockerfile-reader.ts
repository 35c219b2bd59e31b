import { posix } from 'node:path'
import { Copy, DockerfileParser, type Dockerfile as DockerfileTree, type Instruction, Onbuild } from 'dockerfile-ast'
import { maxCommandFileBytes } from '../../limits.js'
import { programName } from '../../package/shell/programs.js'
import type { ShellDialect } from '../../package/shell/shell-act.js'
import { ShellBudget } from '../../package/shell/shell-budget.js'
import { type CommandText, readCommands } from '../commands/read-commands.js'
import type { PostureRead, PostureReader } from '../posture/posture-reader.js'
import type { Reference } from '../posture/posture-state.js'
import { instructionText } from './instruction-text.js'

/** `Dockerfile`, `Dockerfile.dev`, `web.Dockerfile`, and Podman's name for it. */
const dockerfileName = /^(?:(?:Docker|Container)file(?:\.[\w.-]{1,100})?|.{1,200}\.(?:docker|container)file)$/i

/** Rules for what Docker copies, not for what it runs. */
const ignoreFile = /\.dockerignore$|\.md$/i

export const dockerfileReader: PostureReader = {
  matches: (path) => dockerfileName.test(posix.basename(path)) && !ignoreFile.test(path),
  read: (file, text, _, budget = new ShellBudget()) => readDockerfile(file, text, budget),
  maxBytes: maxCommandFileBytes,
}

function readDockerfile(file: string, text: string, budget: ShellBudget): PostureRead {
  const tree = parse(text)
  if (tree === undefined) return { broken: 1 }
  const lines = text.split(/\r?\n/)
  const reader = new StageReader(file, lines, tree.getEscapeCharacter())
  for (const instruction of tree.getInstructions()) reader.take(instruction)
  const { commands, cut } = readCommands(reader.texts, budget)
  return { dockerfiles: [{ file, images: reader.images }], commands, ...(cut !== undefined && { cut }) }
}

function parse(text: string): DockerfileTree | undefined {
  try {
    return DockerfileParser.parse(text)
  } catch (error) {
    // Whatever a text makes the parser stumble over leaves the file unread.
    if (error instanceof RangeError || error instanceof TypeError) return undefined
    throw error
  }
}

class StageReader {
  readonly texts: CommandText[] = []
  readonly images: Reference[] = []
  readonly #file: string
  readonly #lines: readonly string[]
  readonly #continuation: string
  readonly #stages = new Set<string>()
  /** What ARGs before the first stage hold; a stage knows those that it names again. */
  readonly #global = new Map<string, string>()
  #stage = -1
  #variables = new Map<string, string>()
  #dialect: ShellDialect | undefined = 'posix'

  constructor(file: string, lines: readonly string[], continuation: string) {
    this.#file = file
    this.#lines = lines
    this.#continuation = continuation
  }

  take(instruction: Instruction): void {
    const words = (): readonly string[] => instruction.getArguments().map((argument) => argument.getValue())
    switch (instruction.getKeyword().toUpperCase()) {
      case 'FROM':
        this.#enterStage(instruction, words())
        break
      case 'ARG':
      case 'ENV':
        this.#set(instruction.getKeyword().toUpperCase(), assignmentsIn(instruction, this.#continuation))
        break
      case 'SHELL':
        this.#dialect = dialectOf(execForm(instruction) ?? [])
        break
      case 'COPY':
        this.#image(instruction, copiedFrom(instruction))
        break
      case 'RUN':
        this.#imagesOfMounts(instruction)
        this.#run(instruction)
        break
      case 'CMD':
      case 'ENTRYPOINT':
        this.#run(instruction)
        break
      case 'ONBUILD': {
        const trigger = triggerOf(instruction)
        // Docker takes none within another.
        if (trigger !== undefined && trigger.getKeyword().toUpperCase() !== 'ONBUILD') this.take(trigger)
      }
    }
  }

  #enterStage(instruction: Instruction, words: readonly string[]): void {
    const [image, as, name] = words.filter((word) => !word.startsWith('--'))
    this.#stage += 1
    this.#variables = new Map()
    // Who writes for Windows chooses the backtick; who chooses the backtick need not write for Windows.
    this.#dialect = this.#continuation === '`' && windows.test(image ?? '') ? 'cmd' : 'posix'
    this.#image(instruction, image)
    if (as?.toLowerCase() === 'as' && name !== undefined) this.#stages.add(name.toLowerCase())
  }

  #image(instruction: Instruction, image: string | undefined): void {
    if (image === undefined || image === 'scratch' || /^\d+$/.test(image)) return
    if (this.#stages.has(image.toLowerCase())) return
    this.images.push({ file: this.#file, line: lineOf(instruction), text: image })
  }

  #imagesOfMounts(instruction: Instruction): void {
    const first = this.#lines
      .slice(lineOf(instruction) - 1, endOf(instruction))
      .join('\n')
      .slice(0, 10_000)
    for (const [flag] of first.matchAll(/--mount=\S{1,1000}/g)) {
      this.#image(instruction, /[=,]from=([^,\s]{1,500})/.exec(flag)?.[1])
    }
  }

  /** `NAME=value …`, and the old `ENV NAME the rest`. */
  #set(keyword: string, words: readonly string[]): void {
    const [first = '', ...others] = words
    if (keyword === 'ENV' && !first.includes('=')) {
      this.#assign(first, others.join(' '))
      return
    }
    for (const word of words) {
      const at = word.indexOf('=')
      if (at > 0) this.#assign(word.slice(0, at), word.slice(at + 1).replace(/^(["'])([^"']*)\1$/, '$2'))
      else if (keyword === 'ARG') this.#assign(word, this.#global.get(word))
    }
  }

  #assign(name: string, value: string | undefined): void {
    if (name === '' || value === undefined) return
    if (this.#stage < 0) this.#global.set(name, value)
    else this.#variables = new Map([...this.#variables, [name, value] as const].slice(-maxVariables))
  }

  #run(instruction: Instruction): void {
    const words = execForm(instruction)
    const placed = instructionText(instruction, { lines: this.#lines, continuation: this.#continuation, words })
    const dialect = words === undefined ? this.#dialect : 'posix'
    if (placed === undefined || dialect === undefined) return
    this.texts.push({
      file: this.#file,
      host: { kind: 'dockerfile', stage: Math.max(0, this.#stage) },
      // Only a shell of POSIX knows what continues a line.
      placed: dialect === 'posix' ? placed : placed.replaced(/\\\n/g, () => ' '),
      dialect,
      folder: undefined,
      environment: this.#variables,
    })
  }
}

/** Each `ENV` makes a map of its own, which the commands after it share. */
const maxVariables = 300

const windows = /windows|nanoserver|servercore/i

/** Words of assignments, whose values may hold spaces between quotes. */
function assignmentsIn(instruction: Instruction, continuation: string): readonly string[] {
  const content = (instruction.getArgumentsContent() ?? '').slice(0, maxAssignmentsCharacters)
  const joined = continuation === '`' ? content.replace(/`\r?\n/g, ' ') : content.replace(/\\\r?\n/g, ' ')
  return joined.match(/(?:[^\s"'\\]|\\.|"(?:[^"\\]|\\.)*"|'[^']*'|["'])+/g) ?? []
}

/** Longer ones are data. */
const maxAssignmentsCharacters = 20_000

/** The stage or image of `COPY --from=`. */
function copiedFrom(instruction: Instruction): string | undefined {
  return instruction instanceof Copy ? (instruction.getFromFlag()?.getValue() ?? undefined) : undefined
}

const triggerOf = (instruction: Instruction): Instruction | undefined =>
  instruction instanceof Onbuild ? (instruction.getTriggerInstruction() ?? undefined) : undefined

const lineOf = (instruction: Instruction): number => instruction.getRange().start.line + 1
const endOf = (instruction: Instruction): number => instruction.getRange().end.line + 1

/** `["npm", "ci"]`, which Docker gives to no shell; what is no list of texts it takes for the words of a shell. */
function execForm(instruction: Instruction): readonly string[] | undefined {
  const content =
    instruction
      .getArgumentsContent()
      ?.trim()
      .replace(/^(?:--[\w-]+=\S+\s+)+/, '') ?? ''
  if (!content.startsWith('[')) return undefined
  try {
    const words: unknown = JSON.parse(content)
    return Array.isArray(words) && words.every((word) => typeof word === 'string') ? words : undefined
  } catch {
    // A SyntaxError: no list, and therefore words for a shell (`[ -f x ] && npm ci`).
    return undefined
  }
}

/** Of `SHELL`; undefined for a language. */
function dialectOf([shell = '', ...switches]: readonly string[]): ShellDialect | undefined {
  const program = programName(shell)
  if (program === 'cmd') return 'cmd'
  if (program === 'powershell' || program === 'pwsh') return 'powershell'
  return switches.length > 0 && /^(?:python[\d.]*|node|perl|ruby)$/.test(program) ? undefined : 'posix'
}
