import { readShellCommands } from '../../package/shell-words.js'
import type { McpWord, StartedPackage } from './mcp-server.js'
import { hasVariable, npmSpecifier } from './npm-specifier.js'

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
  const found: Found = { packages: [], variables: [], variableFiles: [] }
  let at = 0
  while (at < words.length) {
    const word = words[at]
    if (word === undefined) break
    const runner = runnerAt(words, at)
    if (runner !== undefined) at = runner.read(words, at, found)
    else {
      if (/\s/.test(word.text) && nesting < maxNesting && mentionsRunner.test(word.text)) addShell(word, found, nesting)
      at += 1
    }
  }
  return found
}

interface Found {
  readonly packages: StartedPackage[]
  readonly variables: McpWord[]
  readonly variableFiles: McpWord[]
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

interface Runner {
  /** Adds what is started; the index of the first word behind it. */
  read(words: readonly McpWord[], at: number, found: Found): number
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

interface NpmRunner {
  readonly name: string
  /** Looks among the project's own dependencies before it fetches. */
  readonly looksAtProject: boolean
}

/** Settings of npm's and others' runners that take a value. */
const npmValues: ReadonlySet<string> = new Set([
  ...['--registry', '--cache', '--userconfig', '--loglevel', '--node-options', '--shell', '--script-shell', '--prefix'],
  ...['-w', '--workspace', '-n', '--node-arg', '--allow-build', '--reporter', '-C', '--dir', '--cwd'],
])

const npmRunner = ({ name, looksAtProject }: NpmRunner): Runner => ({
  read(words, at, found) {
    const add = ({ text, line }: McpWord): void => {
      const specified = npmSpecifier(text)
      if (specified !== undefined) found.packages.push({ ...specified, runner: name, line, looksAtProject })
    }
    // `pnpm --package=x dlx command` has its packages before the verb.
    let named = 0
    for (let next = at + 1; next < words.length; next += 1) {
      const word = words[next]
      if (word === undefined) break
      const { text, line } = word
      const inline = /^(?:--package|-p)=(.+)$/.exec(text)?.[1]
      const value = words[next + 1]
      if (text === '--no' || text === '--no-install') return words.length
      if (inline !== undefined) {
        add({ text: inline, line })
        named += 1
      } else if (text === '-p' || text === '--package') {
        if (value !== undefined) add(value)
        named += 1
        next += 1
      } else if (text === '-c' || text === '--call') {
        if (value !== undefined) addShell(value, found, 1)
        return next + 2
      } else if (npmValues.has(text)) next += 1
      else if (!text.startsWith('-')) {
        if (named === 0) add(word)
        return next + 1
      }
    }
    return words.length
  },
})

const pythonValues: ReadonlySet<string> = new Set([
  ...['--python', '-p', '--index', '--index-url', '-i', '--extra-index-url', '--default-index', '--cache-dir'],
  ...[
    '--directory',
    '--project',
    '--config-file',
    '--env-file',
    '--pip-args',
    '--with-editable',
    '--with-requirements',
  ],
])

/** `--from` and `--spec` name what a command is taken from, `--with` what is fetched besides. `positional`: whether a word without them is a package. */
const pythonRunner = (name: string, positional: boolean): Runner => ({
  read(words, at, found) {
    const add = ({ text, line }: McpWord): void => {
      found.packages.push({ ...pythonSpecifier(text), runner: name, line, looksAtProject: false })
    }
    let named = false
    for (let next = at + 1; next < words.length; next += 1) {
      const word = words[next]
      if (word === undefined) break
      const { text, line } = word
      const [, flag = '', inline] = /^(--from|--spec|--with)=(.+)$/.exec(text) ?? []
      const value = words[next + 1]
      if (inline !== undefined) {
        add({ text: inline, line })
        named ||= flag !== '--with'
      } else if (text === '--from' || text === '--spec' || text === '--with') {
        if (value !== undefined) add(value)
        named ||= text !== '--with'
        next += 1
      } else if (pythonValues.has(text)) next += 1
      else if (!text.startsWith('-')) {
        if (positional && !named && !/^\.{0,2}\//.test(text)) add(word)
        return next + 1
      }
    }
    return words.length
  },
})

function pythonSpecifier(text: string): Pick<StartedPackage, 'source' | 'name' | 'range' | 'exact' | 'variable'> {
  const variable = hasVariable(text)
  const address = /^(?:[\w.[\],-]{1,200}\s{0,4}@\s{0,4})?((?:git\+)?[a-z]{2,10}:\/\/.+)$/i.exec(text)?.[1]
  if (address !== undefined) {
    const commit = /@([0-9a-f]{40})(?:#|$)/i.exec(address)?.[1] ?? ''
    return { source: 'address', name: text, range: commit, exact: commit !== '', variable }
  }
  const [, name = text, range = ''] = /^([\w.-]{1,200}(?:\[[\w,.\s-]{0,200}\])?)\s{0,4}([@=<>~!].*)?$/.exec(text) ?? []
  const exact = /^(?:==|@)\s{0,4}v?\d[\w.!+-]*$/.test(range)
  return { source: 'pypi', name, range: range.replace(/^@/, ''), exact, variable }
}

/** Settings of `docker run` that take no value; all others do. */
const dockerSwitches =
  /^(?:-[itdPq]+|--(?:rm|init|interactive|tty|detach|privileged|read-only|publish-all|quiet|no-healthcheck|oom-kill-disable|sig-proxy|disable-content-trust|replace|tls-verify))(?:=(?:true|false))?$/

const dockerRunner = (name: string): Runner => ({
  read(words, at, found) {
    for (let next = at + 1; next < words.length; next += 1) {
      const word = words[next]
      if (word === undefined) break
      const { text, line } = word
      const value = words[next + 1]
      const [, variable] = /^(?:-e|--env=)(\w.*)$/.exec(text) ?? []
      if (variable !== undefined) found.variables.push({ text: nameOf(variable), line })
      else if (text === '-e' || text === '--env') {
        if (value !== undefined) found.variables.push({ text: nameOf(value.text), line: value.line })
        next += 1
      } else if (text === '--env-file' || text.startsWith('--env-file=')) {
        const file = text.includes('=') ? { text: text.slice(text.indexOf('=') + 1), line } : value
        if (file !== undefined) found.variableFiles.push(file)
        if (!text.includes('=')) next += 1
      } else if (!text.startsWith('-')) {
        found.packages.push({ ...imageSpecifier(text), runner: name, line, looksAtProject: false })
        return next + 1
      } else if (!dockerSwitches.test(text) && !text.includes('=')) next += 1
    }
    return words.length
  },
})

const nameOf = (assignment: string): string => assignment.split('=')[0] ?? ''

function imageSpecifier(text: string): Pick<StartedPackage, 'source' | 'name' | 'range' | 'exact' | 'variable'> {
  const [reference = '', digest = ''] = text.split('@')
  const exact = /^sha256:[0-9a-f]{64}$/i.test(digest)
  const colon = reference.lastIndexOf(':')
  const hasTag = colon > reference.lastIndexOf('/')
  const name = hasTag ? reference.slice(0, colon) : reference
  const range = digest !== '' ? digest : hasTag ? reference.slice(colon + 1) : ''
  return { source: 'image', name, range, exact, variable: hasVariable(text) }
}

/** `deno run -A npm:name@1 …`, `deno run https://…`. */
const denoRunner: Runner = {
  read(words, at, found) {
    const index = words.findIndex(({ text }, place) => place > at && !text.startsWith('-'))
    const word = words[index]
    if (word === undefined) return words.length
    const { text, line } = word
    const named = { runner: 'deno run', line, looksAtProject: false }
    const specified = text.startsWith('npm:') ? npmSpecifier(text.slice('npm:'.length).replace(/^\//, '')) : undefined
    if (specified !== undefined) found.packages.push({ ...specified, ...named })
    else if (/^(?:jsr:|https?:)/i.test(text)) {
      const exact = /^jsr:\/?@[^@]+@\d+\.\d+\.\d+$/.test(text)
      const variable = hasVariable(text)
      found.packages.push({ source: 'address', name: text, range: '', exact, variable, ...named })
    }
    return index + 1
  },
}

const npx = npmRunner({ name: 'npx', looksAtProject: true })
const uvx = pythonRunner('uvx', true)

const plainRunners: ReadonlyMap<string, Runner> = new Map([
  ['npx', npx],
  ['bunx', npmRunner({ name: 'bunx', looksAtProject: true })],
  ['pnpx', npmRunner({ name: 'pnpx', looksAtProject: false })],
  ['uvx', uvx],
])

const npmExec = npmRunner({ name: 'npm exec', looksAtProject: true })

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
