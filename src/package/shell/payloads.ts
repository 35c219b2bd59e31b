import { fedBy, type Invocation } from './invocation.js'
import { decodes, isLanguage, posixShells, powershells, programName } from './programs.js'
import type { ShellDialect } from './shell-act.js'

/** A text that a command gives to a shell or a language to run. */
export interface Payload {
  readonly kind: 'plain' | 'encoded'
  readonly dialect: ShellDialect | 'code'
  readonly text: string
}

/** What a command runs that is not a file: `sh -c x`, `echo x | sh`, `cmd /c x`, `powershell -enc x`, `node -e x`. */
export const payloadsOf = (...given: Parameters<typeof allPayloads>): readonly Payload[] =>
  allPayloads(...given).filter(({ text }) => /[^…\s]/.test(text))

function allPayloads(invocation: Invocation, program: string, words: readonly string[]): readonly Payload[] {
  if (program === 'eval') return [plain('posix', words.join(' '))]
  if (program === 'iex' || program === 'invoke-expression') return [plain('powershell', words.join(' '))]
  if (posixShells.has(program)) return shellPayloads(invocation, words)
  if (powershells.has(program)) return powershellPayloads(words)
  if (program === 'cmd') {
    const at = words.findIndex((word) => /^\/[ck]$/i.test(word))
    return at < 0 ? [] : [plain('cmd', words.slice(at + 1).join(' '))]
  }
  return isLanguage(program) ? codePayloads(program, words) : []
}

const plain = (dialect: Payload['dialect'], text: string): Payload => ({ kind: 'plain', dialect, text })

function shellPayloads(invocation: Invocation, words: readonly string[]): readonly Payload[] {
  const flag = words.findIndex((word) => /^-[a-z]*c$/.test(word))
  if (flag >= 0) return [plain('posix', words[flag + 1] ?? '')]
  if (invocation.input !== undefined) return [plain('posix', invocation.input)]
  return spoken(invocation).map(({ kind, text }) => ({ kind, dialect: 'posix', text }))
}

/** What `echo` and `printf` say into a pipe, decoded where something on the way does that. */
function spoken(invocation: Invocation): readonly Omit<Payload, 'dialect'>[] {
  const feeders = fedBy(invocation)
  const isEncoded = feeders.some(({ words }) => decodes(programName(words[0] ?? ''), words.slice(1)))
  return feeders
    .filter(({ words }) => /^(?:echo|printf|write-output)$/.test(programName(words[0] ?? '')))
    .map(({ words }) =>
      words
        .slice(1)
        .filter((word) => !/^-[neE]+$/.test(word))
        .join(' '),
    )
    .map((text) =>
      isEncoded ? { kind: 'encoded' as const, text: decoded(text, 'utf8') } : { kind: 'plain' as const, text },
    )
    .filter(({ text }) => text !== '')
}

/** Any beginning of `-EncodedCommand`, and `-ec`. */
const encodedFlag = /^[-/](?:e|ec|en|enc|enco|encod|encode|encoded\w{0,7})$/i

/** `(Get-ItemProperty -Path "HKCU:…").ProgId`, which packages ask for the browser to open: encoded since it has quotes, and nothing else stands there. */
const asksRegistry = /^\s{0,9}\(?Get-ItemProperty(?:Value)?\s[^;|&`$\r\n(){}]{1,500}\)?(?:\.\w{1,60})?\s{0,9}$/i

function powershellPayloads(words: readonly string[]): readonly Payload[] {
  for (const [at, word] of words.entries()) {
    if (encodedFlag.test(word)) {
      const text = decoded(words[at + 1] ?? '', 'utf16le')
      return [{ kind: asksRegistry.test(text) ? 'plain' : 'encoded', dialect: 'powershell', text }]
    }
    if (/^[-/]c(?:o|om|omm|omma|omman|ommand)?$/i.test(word))
      return [plain('powershell', words.slice(at + 1).join(' '))]
    if (/^[-/]f(?:ile)?$/i.test(word)) return []
  }
  // Without a switch, Windows' own takes the rest for a command.
  const at = words.findIndex(
    (word, index) =>
      !/^[-/]/.test(word) && !/^-(?:executionpolicy|ep|ex|exec|windowstyle|w|version)$/i.test(words[index - 1] ?? ''),
  )
  return at < 0 || /\.ps1$/i.test(words[at] ?? '') ? [] : [plain('powershell', words.slice(at).join(' '))]
}

const codeFlag = /^(?:-[a-z]*[ecp]|-pe|--eval|--print|-r)$/

function codePayloads(program: string, words: readonly string[]): readonly Payload[] {
  const isScript = program === 'deno' || program === 'bun'
  for (const [at, word] of words.entries()) {
    const joined = /^--(?:eval|print)=([\s\S]+)$/.exec(word)?.[1]
    if (joined !== undefined) return [plain('code', joined)]
    const isLoader = word === '-r' && program !== 'php'
    if ((codeFlag.test(word) && !isLoader) || (isScript && word === 'eval')) return [plain('code', words[at + 1] ?? '')]
    if (!word.startsWith('-') && !isScript) return []
  }
  return []
}

function decoded(text: string, encoding: 'utf8' | 'utf16le'): string {
  const bytes = Buffer.from(text.replace(/^["']|["']$/g, ''), 'base64')
  return bytes.toString(encoding).replaceAll('\0', '')
}
