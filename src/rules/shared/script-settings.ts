import semver from 'semver'
import { folderOf, foldersAbove } from '../../lockfile/project-files.js'
import type { InstallCommand } from '../../repository/commands/install-command.js'
import type { InstallSettings } from '../../repository/posture/posture-state.js'
import { isTrue, memberAt, membersOf, type PlacedValue, scalarText } from '../../repository/settings/placed-value.js'

/**
 * Whether scripts of any package run in an install, as far as the command, the settings at and above its folder, and the manager's version say so.
 * Without a word, npm before 12, Yarn 1, Yarn before 4.14 and pnpm before 10 run them, and Bun those on its own list.
 */
export function runsAnyScript(install: InstallCommand, settings: readonly InstallSettings[], berry: boolean): boolean {
  const { manager, folder, scripts } = install
  if (scripts !== undefined) return scripts
  // The nearest first.
  const near = foldersAbove(folder ?? '').flatMap((above) => settings.filter(({ file }) => folderOf(file) === above))
  if (hasAllowList(near) || isSet(near, ignoring, true)) return false
  const version = versionOf(near, manager)
  switch (manager) {
    case 'npm':
      return version === undefined || semver.lt(version, '12.0.0')
    case 'pnpm':
      return isSet(near, [['pnpm-workspace', 'dangerouslyAllowAllBuilds']], true) || isBefore(version, '10.0.0')
    case 'yarn':
      if (!berry) return true
      if (isSet(near, [['yarnrc-yml', 'enableScripts']], false)) return false
      return isSet(near, [['yarnrc-yml', 'enableScripts']], true) || isBefore(version, '4.14.0')
    default:
      return false
  }
}

/** Whether no script runs at all, the project's own included. */
export const runsNoScript = ({ folder, scripts }: InstallCommand, settings: readonly InstallSettings[]): boolean => {
  if (scripts !== undefined) return !scripts
  const folders = new Set(foldersAbove(folder ?? ''))
  const near = settings.filter(({ file }) => folders.has(folderOf(file)))
  return isSet(near, ignoring, true)
}

type Spelling = readonly [format: InstallSettings['format'], path: string]

const ignoring: readonly Spelling[] = [
  ['npmrc', 'ignore-scripts'],
  ['pnpm-workspace', 'ignoreScripts'],
  ['yarnrc', 'ignore-scripts'],
  ['yarnrc', '--install.ignore-scripts'],
  ['yarnrc', '--ignore-scripts'],
]

const allowLists: readonly Spelling[] = [
  ['manifest', 'allowScripts'],
  ['manifest', 'lavamoat.allowScripts'],
  ['manifest', 'pnpm.onlyBuiltDependencies'],
  ['manifest', 'pnpm.neverBuiltDependencies'],
  ['pnpm-workspace', 'onlyBuiltDependencies'],
  ['pnpm-workspace', 'allowBuilds'],
]

/** A list that is there and empty lets nothing run, and counts too. */
const hasAllowList = (settings: readonly InstallSettings[]): boolean =>
  allowLists.some((spelling) => valuesOf(settings, spelling).length > 0)

const isSet = (settings: readonly InstallSettings[], spellings: readonly Spelling[], wanted: boolean): boolean =>
  spellings.some((spelling) =>
    valuesOf(settings, spelling).some((value) => (isTrue(value) || scalarText(value) === 'true') === wanted),
  )

const valuesOf = (settings: readonly InstallSettings[], [format, path]: Spelling): readonly PlacedValue[] =>
  settings.flatMap((one) => {
    const member = one.format === format ? memberAt(one.values, path) : undefined
    return member === undefined ? [] : [member.value]
  })

const isBefore = (version: string | undefined, first: string): boolean =>
  version !== undefined && semver.lt(version, first)

/** What `packageManager` or Yarn's own `yarnPath` names. */
function versionOf(settings: readonly InstallSettings[], manager: string): string | undefined {
  for (const { format, values } of settings) {
    for (const [key, { value }] of membersOf(values)) {
      const text = scalarText(value) ?? ''
      const named =
        format === 'manifest' && key === 'packageManager'
          ? /^(npm|pnpm|yarn)@(\d{1,4}\.\d{1,4}\.\d{1,4})/.exec(text)
          : format === 'yarnrc-yml' && key === 'yarnPath'
            ? /(yarn)-(\d{1,4}\.\d{1,4}\.\d{1,4})\.[cm]?js$/.exec(text)
            : null
      if (named?.[1] === manager) return named[2]
    }
  }
  return undefined
}
