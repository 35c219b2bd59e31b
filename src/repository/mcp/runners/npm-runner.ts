import type { McpWord } from '../mcp-server.js'
import { hasVariable, npmSpecifier } from '../npm-specifier.js'
import type { Runner } from './runner.js'

export interface NpmRunner {
  readonly name: string
  /** Looks among the project's own dependencies before it fetches. */
  readonly looksAtProject: boolean
  /** Takes its own settings from behind the package's name too, up to `--`. */
  readonly settingsAnywhere?: boolean
}

/** Settings of npm's and others' runners that take a value. */
const valued: ReadonlySet<string> = new Set([
  ...['--registry', '--cache', '--userconfig', '--loglevel', '--node-options', '--shell', '--script-shell', '--prefix'],
  ...['-w', '--workspace', '-n', '--node-arg', '--allow-build', '--reporter', '-C', '--dir', '--cwd'],
])

export const npmRunner = ({ name, looksAtProject, settingsAnywhere = false }: NpmRunner): Runner => ({
  read(words, at, found) {
    const { packages, call, end } = readLine(words, at)
    if (call !== undefined) found.readShell(call)
    const registry = registryIn(words.slice(at + 1, settingsAnywhere ? undefined : end))
    for (const { text, line } of packages) {
      const specified = npmSpecifier(text)
      if (specified === undefined) continue
      const named = registry === undefined || specified.source !== 'npm' ? {} : { registry }
      found.packages.push({ ...specified, runner: name, line, looksAtProject, ...named })
    }
    return end
  },
})

interface Line {
  readonly packages: readonly McpWord[]
  /** What `-c` hands to a shell. */
  readonly call?: McpWord
  /** Behind the command's name. */
  readonly end: number
}

function readLine(words: readonly McpWord[], at: number): Line {
  const packages: McpWord[] = []
  for (let next = at + 1; next < words.length; next += 1) {
    const word = words[next]
    if (word === undefined) break
    const { text, line } = word
    const value = words[next + 1]
    const inline = /^(?:--package|-p)=(.+)$/.exec(text)?.[1]
    if (text === '--no' || text === '--no-install') return { packages: [], end: words.length }
    if (inline !== undefined) packages.push({ text: inline, line })
    else if (text === '-p' || text === '--package') {
      if (value !== undefined) packages.push(value)
      next += 1
    } else if (text === '-c' || text === '--call') return { packages, ...(value && { call: value }), end: next + 2 }
    else if (valued.has(text)) next += 1
    else if (!text.startsWith('-')) return { packages: packages.length > 0 ? packages : [word], end: next + 1 }
  }
  return { packages, end: words.length }
}

function registryIn(words: readonly McpWord[]): string | undefined {
  const at = words.findIndex(({ text }) => text === '--registry' || text.startsWith('--registry='))
  const setting = words[at]?.text
  if (setting === undefined) return undefined
  return setting === '--registry' ? words[at + 1]?.text : setting.slice('--registry='.length)
}

/** `deno run -A npm:name@1 …`, `deno run https://…`. */
export const denoRunner: Runner = {
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
