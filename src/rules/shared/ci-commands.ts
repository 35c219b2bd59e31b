import { startedProgram } from '../../repository/commands/started-program.js'
import type { PostureState, RepositoryCommand } from '../../repository/posture/posture-state.js'

/** A command that CI comes to, with the program that it starts in the end: `npx audit-ci` is `audit-ci`. */
export interface CiCommand {
  readonly command: RepositoryCommand
  readonly program: string
  readonly words: readonly string[]
}

/** What workflows and composite actions run, and what these start in turn: scripts of manifests, targets of make, files of the shell. */
export function ciCommands({ commands }: PostureState): readonly CiCommand[] {
  const byHost = new Map<string, RepositoryCommand[]>()
  const reached: CiCommand[] = []
  const open: RepositoryCommand[] = []
  for (const command of commands) {
    const host = hostKey(command)
    if (host === undefined) open.push(command)
    else if (byHost.get(host)?.push(command) === undefined) byHost.set(host, [command])
  }
  for (let command = open.pop(); command !== undefined; command = open.pop()) {
    const one = resolveRunner(command)
    reached.push(one)
    for (const host of hostsStarted(one)) {
      for (const started of byHost.get(host) ?? []) open.push(started)
      byHost.delete(host)
    }
  }
  return reached
}

/** By what it is started; undefined for what CI starts by itself, and for what it never starts, which nobody names. */
function hostKey({ host, file }: RepositoryCommand): string | undefined {
  switch (host.kind) {
    case 'workflow':
    case 'action':
      return undefined
    case 'manifest-script':
      return `script ${host.script}`
    case 'makefile':
      return `target ${host.target}`
    case 'shell-script':
      return `file ${file.slice(file.lastIndexOf('/') + 1)}`
    default:
      return 'image'
  }
}

const managers: ReadonlySet<string> = new Set(['npm', 'pnpm', 'yarn', 'bun'])

/** Folders are left aside: a name is taken for any that could be meant. */
function hostsStarted({ program, words }: CiCommand): readonly string[] {
  const named = words.filter((word) => !word.startsWith('-'))
  const files = [program, ...named].map((word) => `file ${word.slice(word.lastIndexOf('/') + 1)}`)
  if (program === 'make') return (named.length === 0 ? ['all'] : named).map((target) => `target ${target}`)
  if (!managers.has(program)) return files
  return named.slice(0, 3).flatMap((script) => [`script ${script}`, `script pre${script}`, `script post${script}`])
}

/** `npx`, `pnpm dlx`, `yarn exec`, `bunx`: the package stands for the program, its version aside. */
function resolveRunner(command: RepositoryCommand): CiCommand {
  const { program, words } = startedProgram(command.invocation)
  const verb = words.findIndex((word) => !word.startsWith('-'))
  const first = words[verb] ?? ''
  if (program === 'npx' || program === 'bunx' || program === 'pnpx') return { command, ...packageAt(words, verb) }
  const runs =
    (/^(?:npm|pnpm|yarn)$/.test(program) && /^(?:exec|x|dlx)$/.test(first)) || (program === 'bun' && first === 'x')
  if (!runs) return { command, program, words }
  const at = words.findIndex((word, index) => index > verb && !word.startsWith('-'))
  return { command, ...packageAt(words, at) }
}

const packageAt = (words: readonly string[], at: number): { program: string; words: readonly string[] } => ({
  program: (words[at] ?? '').replace(/(?<=.)@[^@/]*$/, ''),
  words: at < 0 ? [] : words.slice(at + 1),
})
