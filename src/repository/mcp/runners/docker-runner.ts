import { hasVariable } from '../npm-specifier.js'
import type { Runner, Specified } from './runner.js'

/** Settings of `docker run` that take no value; all others do. */
const dockerSwitches =
  /^(?:-[itdPq]+|--(?:rm|init|interactive|tty|detach|privileged|read-only|publish-all|quiet|no-healthcheck|oom-kill-disable|sig-proxy|disable-content-trust|replace|tls-verify))(?:=(?:true|false))?$/

export const dockerRunner = (name: string): Runner => ({
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

function imageSpecifier(text: string): Specified {
  const [reference = '', digest = ''] = text.split('@')
  const exact = /^sha256:[0-9a-f]{64}$/i.test(digest)
  const colon = reference.lastIndexOf(':')
  const hasTag = colon > reference.lastIndexOf('/')
  const name = hasTag ? reference.slice(0, colon) : reference
  const range = digest !== '' ? digest : hasTag ? reference.slice(colon + 1) : ''
  return { source: 'image', name, range, exact, variable: hasVariable(text) }
}
