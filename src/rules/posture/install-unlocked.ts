import { foreign } from '../../foreign.js'
import { folderOf, foldersAbove } from '../../lockfile/project-files.js'
import type { CommandPackage } from '../../repository/commands/command-package.js'
import { type InstallCommand, installCommand } from '../../repository/commands/install-command.js'
import type { InstallSettings, PostureState, RepositoryCommand } from '../../repository/posture/posture-state.js'
import { memberOf, scalarText } from '../../repository/settings/placed-value.js'
import { defineRule, type Severity } from '../rule.js'
import { broughtIn, type Keyed, keyOf } from '../shared/brought-in.js'
import { ciCommands } from '../shared/ci-commands.js'
import { yarnFamily } from '../shared/command-surroundings.js'
import { mergeByFile } from '../shared/merge-observations.js'

export const installUnlocked = defineRule({
  id: 'install-unlocked',
  title: 'install without the lockfile',
  severity: 'high',
  confidence: 'high',
  fix: 'Install what the lockfile has: `npm ci`, `pnpm install --frozen-lockfile`, `yarn install --immutable` (Yarn 1: `--frozen-lockfile`) or `bun ci`.',
  on: ['repository'],
  needs: [],

  inspect(repository) {
    return mergeByFile(broughtIn(repository, (state) => unlockedInstalls(state, repository.posture?.locked)))
  },
})

type Locked = Parameters<typeof yarnFamily>[1]

function unlockedInstalls(state: PostureState, locked: Locked): readonly Keyed[] {
  const surroundings = yarnFamily(state, locked)
  const inCi = new Set(ciCommands(state).map(({ command }) => command))
  return state.commands.flatMap((command): Keyed[] => {
    const install = installCommand(command, surroundings)
    const opening = install && openingOf(install, keepsNoLockfile(install, state.settings))
    if (install === undefined || opening === undefined) return []
    const { file, line, invocation } = command
    const severity = runsByItself(command, inCi) ? opening.severity : 'medium'
    return [
      {
        // Neither the switches nor the versions: the newest of next year is no more of a risk than this year's.
        key: keyOf(command.host.kind, opening.message, ...whatIsOpen(install)),
        observation: {
          message: opening.message,
          evidence: [{ label: 'command', value: foreign(invocation.excerpt) }],
          anchors: [{ kind: 'line', file, line }],
          ...(opening.fix !== undefined && { fix: opening.fix }),
          ...(severity !== undefined && { severity }),
        },
      },
    ]
  })
}

interface Opening {
  readonly message: string
  readonly severity?: Severity
  readonly fix?: string
}

const managers: ReadonlySet<string> = new Set(['npm', 'yarn', 'pnpm', 'bun'])

/** What a command leaves to the moment in which it runs; undefined where that is nothing. */
function openingOf(
  { manager, action, frozen, simulated, packages }: InstallCommand,
  isWithoutLockfile: boolean,
): Opening | undefined {
  if (!managers.has(manager) || simulated) return undefined
  switch (action) {
    case 'install':
      if (frozen !== false) return undefined
      return isWithoutLockfile
        ? withoutLockfile
        : { message: 'installs what the manifests allow today, not what the lockfile has' }
    case 'update':
      return packages.length > 0 && packages.every(isSettled)
        ? undefined
        : {
            message: 'installs newer versions than the lockfile has, which nobody has reviewed',
            fix: 'Update in a pull request of its own, so that what changes is reviewed before it is installed where secrets are.',
          }
    case 'add':
    case 'global':
      return packages.every(isSettled)
        ? undefined
        : {
            message: 'installs a package of no exact version, which no lockfile holds',
            fix: 'Name one exact version, or make the package a dev dependency, so that the lockfile holds it.',
          }
    default:
      return undefined
  }
}

/** Somebody decided so, most often for a library that wants to meet what its users get. */
const withoutLockfile: Opening = {
  message: 'installs what the manifests allow today: the settings say that no lockfile is kept',
  severity: 'medium',
  fix: 'Give jobs that install so no secrets and nothing to write, or take `package-lock=false` back and use `npm ci`.',
}

/** npm's `package-lock=false` in the folder or above. */
function keepsNoLockfile({ manager, folder }: InstallCommand, settings: readonly InstallSettings[]): boolean {
  if (manager !== 'npm') return false
  const folders = new Set(foldersAbove(folder ?? ''))
  return settings.some(
    ({ file, format, values }) =>
      format === 'npmrc' &&
      folders.has(folderOf(file)) &&
      scalarText(memberOf(values, 'package-lock')?.value) === 'false',
  )
}

/** Packages by their names; a whole project by its package manager, which has a lockfile of its own. */
function whatIsOpen({ manager, packages }: InstallCommand): readonly string[] {
  const names = packages.flatMap((one) => (isSettled(one) ? [] : [one.name]))
  return names.length === 0 ? [manager] : names.sort()
}

/** One version; or one that the file computes, a folder, an address: other rules and other readers are about these. */
const isSettled = ({ source, exact }: CommandPackage): boolean => source !== 'registry' || exact

/** Scripts that npm runs by itself when the project is installed or published. */
const lifecycle = /^(?:pre|post)?(?:install|prepare|pack|publish|publishOnly)$|^prepublishOnly$|^dependencies$/

/** What a person starts by hand is seen by that person; all else runs where nobody looks. */
function runsByItself(command: RepositoryCommand, inCi: ReadonlySet<RepositoryCommand>): boolean {
  const { host } = command
  if (host.kind === 'workflow' || host.kind === 'action' || host.kind === 'dockerfile') return true
  return inCi.has(command) || (host.kind === 'manifest-script' && lifecycle.test(host.script))
}
