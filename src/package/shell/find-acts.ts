import { maxExcerptCharacters, maxShellActs, maxSightingConstantCharacters } from '../../limits.js'
import { addressIn, fileName, savedAs } from './downloads.js'
import { fedBy, type Invocation } from './invocation.js'
import { type Payload, payloadsOf } from './payloads.js'
import * as programs from './programs.js'
import { programName } from './programs.js'
import type { ShellAct, ShellAction } from './shell-act.js'

/** What all shell texts of one script say together: what one downloads another may start. */
export interface ActContext {
  readonly acts: ShellAct[]
  /** Names of files that a download left behind, and where it came from. */
  readonly saved: Map<string, string>
  /** Paths of the files that the script runs: who deletes them deletes itself. */
  readonly own: ReadonlySet<string>
}

/** Notes what invocations do, and returns the texts that they give to other shells or languages. */
export function findActs(invocations: readonly Invocation[], context: ActContext, file?: string): readonly Payload[] {
  const payloads: Payload[] = []
  for (const invocation of invocations) {
    if (context.acts.length >= maxShellActs) break
    const { line, excerpt } = invocation
    const note = (action: ShellAction, detail: string): void => {
      const act = {
        action,
        detail: detail.slice(0, maxSightingConstantCharacters),
        excerpt: excerpt.slice(0, maxExcerptCharacters),
        ...(file !== undefined && { file }),
        line,
      }
      const isKnown = context.acts.some(
        (known) => known.action === action && known.detail === act.detail && known.file === file,
      )
      if (!isKnown) context.acts.push(act)
    }
    payloads.push(...inspect(invocation, context, note))
  }
  return payloads
}

type Note = (action: ShellAction, detail: string) => void

function inspect(invocation: Invocation, context: ActContext, note: Note): readonly Payload[] {
  const { program, words, isDetached } = started(invocation)
  if (program === '') return []
  if (isDetached || invocation.background) note('detached', program)
  if (invocation.silenced) note('silenced', program)
  if (invocation.failureIgnored) note('failure-ignored', program)
  noteNetwork(invocation, { program, words }, context, note)
  noteRun(invocation, { program, words }, context, note)
  noteDeletion({ program, words }, context.own, note)
  const secret = programs.secretReadBy(program, words)
  if (secret !== undefined) note('secret-read', secret)
  const installed = programs.installs(program, words)
  if (installed !== undefined) note(installed.globally ? 'install-globally' : 'install', installed.name)
  if (programs.isUncheckedAgent(program, words)) note('agent-run', program)
  if (/^(?:rundll32|regsvr32)$/.test(program)) note('run-library', words.join(' '))
  const payloads = payloadsOf(invocation, program, words)
  for (const { kind, text } of payloads) note(kind === 'encoded' ? 'encoded-command' : 'inline-code', text)
  return payloads
}

interface Started {
  readonly program: string
  readonly words: readonly string[]
  readonly isDetached?: boolean
}

/** `FOO=1 sudo -E nohup curl x` starts curl, detached. */
export function started({ words }: Pick<Invocation, 'words'>): Started {
  let at = 0
  let isDetached = false
  let last = ''
  for (; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const name = programName(word)
    if (programs.prefixes.has(name)) {
      last = name
      isDetached ||= programs.detachers.has(name)
    } else if (last === 'start' && /^(?:\/b|\/min)$/i.test(word)) isDetached = true
    else if (!/^\w+=/.test(word) && !(last !== '' && /^[-/]|^$|^\d+[smh]?$/.test(word))) break
  }
  // `env` alone tells the environment.
  if (at >= words.length && last !== '') return { program: last, words: [], isDetached: false }
  return { program: programName(words[at] ?? ''), words: words.slice(at + 1), isDetached }
}

function noteNetwork(invocation: Invocation, { program, words }: Started, context: ActContext, note: Note): void {
  const isDownload = programs.isDownload(program, words)
  if (isDownload) {
    const address = addressIn(invocation) ?? '…'
    note('download', address)
    const name = savedAs(invocation)
    if (name !== undefined) context.saved.set(name, address)
  }
  if (!isDownload && !programs.sendsOnly.has(program)) return
  const fed = fedBy(invocation).map(started)
  if (fed.some((feeder) => programs.dumpsEnvironment(feeder.program, feeder.words)))
    note('secret-sent', 'the environment')
  for (const feeder of fed) {
    const secret = programs.secretReadBy(feeder.program, feeder.words)
    if (secret !== undefined) note('secret-sent', secret)
    else if (programs.isHostTeller(feeder.program)) note('host-sent', feeder.program)
  }
  const variable = variablesSent(words).find((word) => secretVariable.test(word))
  if (variable !== undefined) note('secret-sent', variable)
}

const secretVariable = /\$\{?(?:\w*_)?(?:TOKEN|SECRET|PASSWORD|PASSWD|PRIVATE_KEY|ACCESS_KEY|MNEMONIC)(?:_\w*)?\b/i

/** A token in a header is how a private download is paid for; one in an address or a body is given away. */
const variablesSent = (words: readonly string[]): readonly string[] =>
  words.filter((_, at) => !/^(?:-H|--header|-u|--user|--oauth2-bearer|-Headers)$/.test(words[at - 1] ?? ''))

function noteRun(invocation: Invocation, { program, words }: Started, context: ActContext, note: Note): void {
  if (readsProgram(program, words)) {
    const feeders = fedBy(invocation).map((feeder) => ({ feeder, ...started(feeder) }))
    const source = programs.isDownload(program, words)
      ? invocation
      : feeders.find((feeder) => programs.isDownload(feeder.program, feeder.words))?.feeder
    if (source !== undefined) note('pipe-to-shell', addressIn(source) ?? '…')
    if (feeders.some((feeder) => programs.decodes(feeder.program, feeder.words))) note('decode-and-run', program)
  }
  if (program === 'mshta' && programs.isDownload(program, words)) note('pipe-to-shell', words.join(' '))
  const candidates =
    programs.isInterpreter(program) ||
    program === 'open' ||
    program === 'start-process' ||
    program === '.' ||
    program === 'source'
      ? words.filter((word) => !word.startsWith('-')).slice(0, 2)
      : []
  for (const name of [program, ...candidates.map(fileName)]) {
    const address = name === undefined ? undefined : context.saved.get(name)
    if (address !== undefined) note('download-and-run', address)
  }
}

/** Whether what is piped or substituted into a program is run by it. */
function readsProgram(program: string, words: readonly string[]): boolean {
  if (programs.evaluators.has(program)) return true
  // `[scriptblock]::Create(…)` and `& (…)`.
  if (/scriptblock\]::create/.test(program)) return true
  if (!programs.isInterpreter(program)) return false
  const flags = words.filter((word) => /^[-/]\w/.test(word))
  if (flags.some((word) => /^(?:-[a-z]*c|-e|-pe?|--eval|-command|-encodedcommand|\/c)$/i.test(word))) {
    return words.some((word, at) => word.includes('…') && at > 0)
  }
  const plain = words.filter((word) => !/^-/.test(word))
  const isStdin = words.some((word) => word === '-' || word === '-s' || word === '/dev/stdin')
  return isStdin || plain.length === 0 || plain[0] === '…'
}

function noteDeletion({ program, words }: Started, own: ReadonlySet<string>, note: Note): void {
  if (!programs.isDeleter(program)) return
  const targets = words.filter((word) => !/^[-/][a-z-]+$/i.test(word))
  for (const target of targets.slice(0, 20)) {
    const path = target.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
    if (programs.isHome(target)) note('delete-home', target)
    else if (programs.isSelf(target) || own.has(path) || path === 'package.json') note('delete-itself', target)
    else note('delete', target)
  }
}
