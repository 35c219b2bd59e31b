import type { McpWord } from '../mcp-server.js'
import { hasVariable } from '../npm-specifier.js'
import type { Runner, Specified } from './runner.js'

/** Settings of uv's and pipx's runners that take a value. */
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
export const pythonRunner = (name: string, positional: boolean): Runner => ({
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

function pythonSpecifier(text: string): Specified {
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
