import { foreign } from '../../foreign.js'
import type { Anchor } from '../../lockfile/anchor.js'
import { installCommand } from '../../repository/commands/install-command.js'
import type { PostureState, RepositoryCommand } from '../../repository/posture/posture-state.js'
import { defineRule } from '../rule.js'
import { broughtIn, type Keyed, keyOf } from '../shared/brought-in.js'
import { yarnFamily } from '../shared/command-surroundings.js'
import { mergeByFile } from '../shared/merge-observations.js'
import { runsAnyScript } from '../shared/script-settings.js'
import { shownEvidence } from '../shared/shown-evidence.js'

/** Places of one finding: a monorepo installs in each of its jobs. */
const maxPlaces = 20

export const installScriptsEnabled = defineRule({
  id: 'install-scripts-enabled',
  title: 'install scripts of any package run in CI',
  severity: 'medium',
  confidence: 'medium',
  fix: 'Set `ignore-scripts=true` in `.npmrc` (Yarn: `enableScripts: false`), or list the packages that may run scripts in `allowScripts` with npm 12.',
  on: ['repository'],
  needs: [],

  inspect(repository) {
    return mergeByFile(broughtIn(repository, (state) => openInstalls(state, repository.posture?.locked)))
  },
})

/** One for each folder and manager: it is one setting that is missing. */
function openInstalls(state: PostureState, locked: Parameters<typeof yarnFamily>[1]): readonly Keyed[] {
  const surroundings = yarnFamily(state, locked)
  const open = new Map<string, RepositoryCommand[]>()
  for (const command of state.commands) {
    if (command.host.kind !== 'workflow' && command.host.kind !== 'action') continue
    const install = installCommand(command, surroundings)
    if (install === undefined || install.simulated || !installs.has(install.action)) continue
    if (install.action === 'global' && install.packages.every(({ name }) => managers.has(name))) continue
    if (!runsAnyScript(install, state.settings, surroundings.berry?.(install.folder) === true)) continue
    const key = keyOf(install.manager, install.folder)
    if (open.get(key)?.push(command) === undefined) open.set(key, [command])
  }
  return [...open].map(([key, commands]) => {
    const [first, ...others] = commands
      .slice(0, maxPlaces)
      .map(({ file, line }): Anchor => ({ kind: 'line', file, line }))
    return {
      key,
      observation: {
        message: 'installs packages in CI and lets every one of them run its scripts there',
        evidence: shownEvidence(
          commands.map(({ invocation }) => ({ label: 'command', value: foreign(invocation.excerpt) })),
        ),
        anchors: [first ?? { kind: 'file', file: '' }, ...others],
      },
    }
  })
}

const installs: ReadonlySet<string> = new Set(['install', 'add', 'global', 'update'])

/** Package managers without a script of their own and with all that they need in their archive. */
const managers: ReadonlySet<string> = new Set(['npm', 'pnpm', 'corepack'])
