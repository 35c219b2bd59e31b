import type { Invocation } from './invocation.js'
import { programName } from './programs.js'

const outputFlags = /^(?:-o|--output|--output-document|-outfile|-destination|--out)(?:=(.+))?$/i

/** The address that is fetched, as far as it is written down. */
export function addressIn({ words, substitutions }: Invocation): string | undefined {
  const all = [...words.slice(1), ...substitutions.flatMap((inner) => inner.words)]
  return (
    all.find((word) => /^[a-z]{2,8}:\/\//i.test(word)) ??
    all.find((word) => /^[\w-]+(?:\.[\w-]+)+(?:[:/]|$)/.test(word))
  )
}

/** The name of the file that a download leaves behind. */
export function savedAs(invocation: Invocation): string | undefined {
  const { words, output, substitutions } = invocation
  const program = programName(words[0] ?? '')
  if (output !== undefined) return fileName(output)
  for (const [at, word] of words.entries()) {
    const match = outputFlags.exec(word)
    const isWgetsLog = program === 'wget' && word === '-o'
    if (match !== null && !isWgetsLog) return fileName(match[1] ?? words[at + 1] ?? '')
    if (program.startsWith('wget') && /^-[a-z]*O$/.test(word)) return fileName(words[at + 1] ?? '')
    if (program === 'curl' && /^-[a-zA-Z]*o$/.test(word)) return fileName(words[at + 1] ?? '')
  }
  if (program === 'certutil' || program === 'bitsadmin') return fileName(words.at(-1) ?? '')
  if (words.some((word) => /DownloadFile/i.test(word))) return fileName(substitutions.at(-1)?.words.at(-1) ?? '')
  const keepsName =
    program.startsWith('wget') || words.some((word) => /^(?:-[a-zA-Z]*O[a-zA-Z]*|--remote-name)$/.test(word))
  return keepsName ? fileName((addressIn(invocation) ?? '').replace(/[?#].*$/, '')) : undefined
}

/** To compare what is written with what is started: `./x.exe` and `x` are one. */
export function fileName(path: string): string | undefined {
  const name = programName(path.replace(/^["']|["']$/g, ''))
  return name === '' || name === '-' || name === 'nul' || name === 'null' || name.includes('…') ? undefined : name
}
