import { readShellCommands } from '../../package/shell-words.js'
import type { McpWord, StartedPackage } from './mcp-server.js'
import { dockerRunner } from './runners/docker-runner.js'
import { denoRunner, npmRunner } from './runners/npm-runner.js'
import { pythonRunner } from './runners/python-runner.js'
import type { Found, Runner } from './runners/runner.js'

/** What a server's command line fetches and runs, and what it hands on by itself. */
export interface Start {
  readonly packages: readonly StartedPackage[]
  /** Variables that `docker run -e` hands on. */
  readonly variables: readonly McpWord[]
  /** Files of variables that `docker run --env-file` hands on. */
  readonly variableFiles: readonly McpWord[]
}

/** Commands within commands that are followed: `cmd /c sh -c "npx …"` are two. */
const maxNesting = 4

/**
 * Whatever stands around it (`cmd /c`, `env NAME=x`, `op run --`, a gateway), a word that is a runner starts what comes
 * after it, and so does one within a text for a shell.
 */
export function readStart(words: readonly McpWord[], nesting = 0): Start {
  const start: Omit<Found, 'readShell'> = { packages: [], variables: [], variableFiles: [] }
  const found: Found = {
    ...start,
    readShell: (word) => {
      if (nesting < maxNesting) addShell(word, found, nesting)
    },
  }
  let at = 0
  while (at < words.length) {
    const word = words[at]
    if (word === undefined) break
    const runner = runnerAt(words, at)
    if (runner !== undefined) at = runner.read(words, at, found)
    else {
      if (/\s/.test(word.text) && mentionsRunner.test(word.text)) found.readShell(word)
      at += 1
    }
  }
  return start
}

const mentionsRunner = /\b(?:npx|bunx|pnpx|uvx|pipx|npm|pnpm|yarn|bun|uv|deno|docker|podman|nerdctl)\b/i

function addShell({ text, line }: McpWord, found: Found, nesting: number): void {
  for (const command of readShellCommands(text)) {
    const inner = readStart(
      command.map((word) => ({ text: word, line })),
      nesting + 1,
    )
    found.packages.push(...inner.packages)
    found.variables.push(...inner.variables)
    found.variableFiles.push(...inner.variableFiles)
  }
}

/** `C:\Program Files\nodejs\npx.cmd` is npx. */
const programOf = (word: string): string =>
  (word.split(/[\\/]/).pop() ?? '').toLowerCase().replace(/\.(?:exe|cmd|bat|ps1)$/, '')

function runnerAt(words: readonly McpWord[], at: number): Runner | undefined {
  const program = programOf(words[at]?.text ?? '')
  const plain = plainRunners.get(program)
  if (plain !== undefined) return plain
  const verbs = verbRunners.get(program)
  if (verbs === undefined) return undefined
  // Settings may stand between the program and what it is to do.
  for (let next = at + 1; next < words.length && next < at + 12; next += 1) {
    const word = words[next]?.text ?? ''
    const runner = verbs.get(word)
    if (runner !== undefined) return behind(runner, next)
    const isValue = (words[next - 1]?.text ?? '').startsWith('-')
    if (!word.startsWith('-') && !isValue && next > at + 1) return undefined
    if (!word.startsWith('-') && next === at + 1) return undefined
  }
  return undefined
}

/** Settings before the verb mean what they mean behind it: `pnpm --package=x dlx command`. */
const behind = (runner: Runner, verb: number): Runner => ({
  read(words, at, found) {
    const [own, settings] = [words.slice(verb, verb + 1), words.slice(at + 1, verb)]
    const ordered = [...words.slice(0, at), ...own, ...settings, ...words.slice(verb + 1)]
    return runner.read(ordered, at, found) + 1
  },
})

const npx = npmRunner({ name: 'npx', looksAtProject: true })
const uvx = pythonRunner('uvx', true)

const plainRunners: ReadonlyMap<string, Runner> = new Map([
  ['npx', npx],
  ['bunx', npmRunner({ name: 'bunx', looksAtProject: true })],
  ['pnpx', npmRunner({ name: 'pnpx', looksAtProject: false })],
  ['uvx', uvx],
])

const npmExec = npmRunner({ name: 'npm exec', looksAtProject: true, settingsAnywhere: true })

const verbRunners: ReadonlyMap<string, ReadonlyMap<string, Runner>> = new Map([
  [
    'npm',
    new Map([
      ['exec', npmExec],
      ['x', npmExec],
    ]),
  ],
  ['pnpm', new Map([['dlx', npmRunner({ name: 'pnpm dlx', looksAtProject: false })]])],
  ['yarn', new Map([['dlx', npmRunner({ name: 'yarn dlx', looksAtProject: false })]])],
  ['bun', new Map([['x', npmRunner({ name: 'bun x', looksAtProject: true })]])],
  ['pipx', new Map([['run', pythonRunner('pipx run', true)]])],
  [
    'uv',
    new Map([
      // `uv tool run`: the verb before it is passed over.
      ['tool', { read: (words, at, found) => pythonRunner('uv tool run', true).read(words, at + 1, found) }],
      ['run', pythonRunner('uv run', false)],
    ]),
  ],
  ['deno', new Map([['run', denoRunner]])],
  ...['docker', 'podman', 'nerdctl'].map(
    (program) => [program, new Map([['run', dockerRunner(`${program} run`)]])] as const,
  ),
])
