import { foreign } from '../../foreign.js'
import type { CommandPackage } from '../../repository/commands/command-package.js'
import { installCommand } from '../../repository/commands/install-command.js'
import type { PostureState } from '../../repository/posture/posture-state.js'
import { defineRule } from '../rule.js'
import { broughtIn, type Keyed, keyOf } from '../shared/brought-in.js'
import { projectPrograms } from '../shared/command-surroundings.js'
import { mergeByFile } from '../shared/merge-observations.js'

export const packageRunnerUnpinned = defineRule({
  id: 'package-runner-unpinned',
  title: 'package started without a version',
  severity: 'medium',
  confidence: 'high',
  fix: 'Name one exact version behind the package, or make it a dev dependency, so that the lockfile says what is started.',
  on: ['repository'],
  needs: [],

  inspect(repository) {
    const { posture } = repository
    if (posture === undefined) return []
    const isInProject = projectPrograms(posture)
    return mergeByFile(broughtIn(repository, (state) => unpinnedRuns(state, isInProject)))
  },
})

function unpinnedRuns({ commands }: PostureState, isInProject: (program: string) => boolean): readonly Keyed[] {
  return commands.flatMap((command): Keyed[] => {
    const install = installCommand(command)
    if (install?.action !== 'runner' || install.simulated) return []
    const open = install.packages.filter((one) => isOpen(one) && !(one.ecosystem === 'npm' && isInProject(one.name)))
    if (open.length === 0) return []
    const { file, line, invocation } = command
    return [
      {
        key: keyOf(command.host.kind, ...open.map(({ text }) => text)),
        observation: {
          message: 'starts whatever version of a package is the newest when it runs',
          evidence: [
            ...open.map(({ text }) => ({ label: 'package', value: foreign(text) })),
            { label: 'command', value: foreign(invocation.excerpt) },
          ],
          anchors: [{ kind: 'line', file, line }],
        },
      },
    ]
  })
}

/** A version that the file computes is one version; a folder is the repository's own. A Go module without one is go.mod's. */
function isOpen({ ecosystem, source, exact, range }: CommandPackage): boolean {
  if (source === 'unknown' || source === 'folder' || exact) return false
  return ecosystem !== 'go' || range !== ''
}
