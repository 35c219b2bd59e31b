import { foldersAbove } from '../../lockfile/project-files.js'
import type { InstallSurroundings } from '../../repository/commands/install-command.js'
import type { LockedProject } from '../../repository/posture/locked-projects.js'
import type { InstallSettings, PostureChange, PostureState } from '../../repository/posture/posture-state.js'
import { memberOf } from '../../repository/settings/placed-value.js'

/** What tells Yarn's families apart: the lockfile of the folder, its settings, and what package.json asks for; without all of these it is the first. */
export function yarnFamily({ settings }: PostureState, locked: readonly LockedProject[] = []): InstallSurroundings {
  const said = new Map<string, boolean>()
  for (const { folder, manager } of locked) {
    if (manager === 'yarn' || manager === 'yarn-berry') said.set(folder, manager === 'yarn-berry')
  }
  for (const one of settings) {
    const isBerry = familyIn(one)
    if (isBerry !== undefined) said.set(one.file.split('/').slice(0, -1).join('/'), isBerry)
  }
  return {
    berry: (folder) => {
      const nearest = foldersAbove(folder ?? '').find((above) => said.has(above))
      return nearest === undefined ? false : said.get(nearest)
    },
  }
}

function familyIn({ format, values }: InstallSettings): boolean | undefined {
  if (format === 'yarnrc-yml') return true
  if (format === 'yarnrc') return false
  if (format !== 'manifest') return undefined
  const manager = memberOf(values, 'packageManager')?.value
  const major = manager?.kind === 'text' ? /^yarn@(\d{1,4})/.exec(manager.text)?.[1] : undefined
  return major === undefined ? undefined : Number(major) > 1
}

/** Whether a project of the repository has a program, so that what starts it there fetches nothing. */
export function projectPrograms({ after, locked = [] }: PostureChange): (program: string) => boolean {
  const names = new Set([
    ...locked.flatMap((project) => [...project.names]),
    ...after.manifests.flatMap(({ requirements }) => requirements.map(({ name }) => name)),
  ])
  const programs = new Set([...names].flatMap(programsOf))
  return (program) => names.has(program) || programs.has(program) || names.has(ofOtherName.get(program) ?? '')
}

/** By custom: `@acme/tool` and `@tool/cli` have a `tool`. The lockfiles of most managers do not say. */
function programsOf(name: string): readonly string[] {
  const [, scope, last] = /^@([^/]+)\/(.+)$/.exec(name) ?? []
  return scope === undefined || last === undefined
    ? [name.replace(/-cli$/, '')]
    : [scope, last, last.replace(/-cli$/, '')]
}

/** Programs that people start by another name than their package's. */
const ofOtherName: ReadonlyMap<string, string> = new Map([
  ['tsc', 'typescript'],
  ['tsserver', 'typescript'],
  ['ng', '@angular/cli'],
  ['changeset', '@changesets/cli'],
  ['sb', 'storybook'],
  ['ncu', 'npm-check-updates'],
  ['cap', '@capacitor/cli'],
  ['run-s', 'npm-run-all'],
  ['run-p', 'npm-run-all'],
  ['size-limit', '@size-limit/file'],
  ['attw', '@arethetypeswrong/cli'],
  ['ts-node-esm', 'ts-node'],
  ['webpack', 'webpack-cli'],
  ['depcruise', 'dependency-cruiser'],
])
