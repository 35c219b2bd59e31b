import { foreign } from '../../foreign.js'
import { findActs } from '../../package/shell/find-acts.js'
import { isInterpreter } from '../../package/shell/programs.js'
import type { ShellAct } from '../../package/shell/shell-act.js'
import { startedProgram } from '../../repository/commands/started-program.js'
import type { PostureState, RepositoryCommand } from '../../repository/posture/posture-state.js'
import { defineRule } from '../rule.js'
import { broughtIn, type Keyed, keyOf } from '../shared/brought-in.js'
import { mergeByFile } from '../shared/merge-observations.js'

export const remoteScriptPiped = defineRule({
  id: 'remote-script-piped',
  title: 'remote script run unseen',
  severity: 'high',
  confidence: 'high',
  fix: 'Download a fixed version, hold it against a checksum that stands in the repository, and run it only then.',
  on: ['repository'],
  needs: [],

  inspect(repository) {
    return mergeByFile(broughtIn(repository, remoteScripts))
  },
})

function remoteScripts({ commands }: PostureState): readonly Keyed[] {
  return [...byHost(commands).values()].flatMap((own) => {
    const check = own.findIndex(checksWhatItFetched)
    return actsOf(own).flatMap(({ command, act }): Keyed[] => {
      // What was checked before it runs has to be saved first.
      const isChecked = check >= 0 && check < own.indexOf(command)
      if (act.action === 'download-and-run' && (isChecked || !runsScript(command))) return []
      if (isFixedByCommit(act.detail)) return []
      const { file, line, invocation } = command
      return [
        {
          key: keyOf(command.host.kind, act.action, act.detail),
          observation: {
            message: 'runs a script straight from the network, whatever stands there at that moment',
            evidence: [
              { label: 'address', value: foreign(act.detail) },
              { label: 'command', value: foreign(invocation.excerpt) },
            ],
            anchors: [{ kind: 'line', file, line }],
          },
        },
      ]
    })
  })
}

/** Commands that see each other's files: of a job, a stage, a script. */
function byHost(commands: readonly RepositoryCommand[]): ReadonlyMap<string, readonly RepositoryCommand[]> {
  const hosts = new Map<string, RepositoryCommand[]>()
  for (const command of commands) {
    const { host, file } = command
    const key = keyOf(
      file,
      host.kind,
      host.kind === 'workflow'
        ? host.job
        : host.kind === 'dockerfile'
          ? host.stage
          : host.kind === 'manifest-script'
            ? host.script
            : '',
    )
    const own = hosts.get(key) ?? []
    own.push(command)
    hosts.set(key, own)
  }
  return hosts
}

interface RemoteAct {
  readonly command: RepositoryCommand
  readonly act: ShellAct
}

function actsOf(commands: readonly RepositoryCommand[]): readonly RemoteAct[] {
  const saved = new Map<string, string>()
  return commands.flatMap((command) => {
    const acts: ShellAct[] = []
    const { program, words } = startedProgram(command.invocation)
    findActs([{ ...command.invocation, words: [program, ...words] }], { acts, saved, own: new Set() })
    const act = acts.find(({ action }) => action === 'pipe-to-shell' || action === 'download-and-run')
    return act === undefined ? [] : [{ command, act }]
  })
}

const runsScript = ({ invocation }: RepositoryCommand): boolean => {
  const { program } = startedProgram(invocation)
  return (
    isInterpreter(program) || program === 'source' || program === '.' || /\.(?:sh|ps1|py|mjs|cjs|js)$/.test(program)
  )
}

function checksWhatItFetched({ invocation }: RepositoryCommand): boolean {
  // A check that may fail checks nothing.
  if (invocation.failureIgnored) return false
  const { program, words } = startedProgram(invocation)
  if (/^(?:sha(?:1|224|256|384|512)?sum|b2sum|shasum)$/.test(program))
    return words.some((word) => /^(?:-[a-z]*c[a-z]*|--check)$/.test(word))
  if (program === 'gpg' || program === 'gpgv' || program === 'gpg2')
    return program === 'gpgv' || words.includes('--verify')
  return (
    /^(?:cosign|minisign|slsa-verifier|signify|get-filehash)$/.test(program) ||
    (program === 'gh' && words[0] === 'attestation')
  )
}

/** Hosts that name a repository's state by its commit: elsewhere such a number is a folder like any other. */
const gitHosts =
  /^https:\/\/(?:[\w-]+\.)*(?:githubusercontent\.com|github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|jsdelivr\.net)\//i

/** `https://raw.githubusercontent.com/owner/name/<commit>/install.sh`: what a commit holds does not change. */
const isFixedByCommit = (address: string): boolean =>
  gitHosts.test(address) && /[/@][0-9a-f]{40}(?:\/|$)/.test(address.replace(/[?#].*$/, ''))
