import type { Locked } from '../../lockfile/dependency-change.js'
import type { InstallScript, PackageFacts } from '../../package/package-facts.js'

/**
 * The scripts that an installer runs by itself. `prepare` is one of them only where the package does not come packed by
 * a registry: npm builds git and file sources with it.
 */
export function hooksThatRun({ installScripts }: PackageFacts, { source }: Locked): readonly InstallScript[] {
  return installScripts.filter(
    ({ hook, command }) => command.trim() !== '' && (hook !== 'prepare' || source === 'git' || source === 'file'),
  )
}

/** Whether npm builds the package by itself, which it does for a `binding.gyp` where no script of the package's own does. */
export const isBuiltImplicitly = ({ bindingGyp, manifest: { scripts, gypfile } }: PackageFacts): boolean =>
  bindingGyp !== undefined &&
  gypfile !== false &&
  !['install', 'preinstall'].some((hook) => Object.hasOwn(scripts, hook) && scripts[hook]?.trim())

/**
 * What the version before ran, npm's own build included: publishing writes that into the registry's manifest as an
 * install script, so that a package which then states it, or builds otherwise, has changed its script and brought none.
 */
export function hooksThatRan(previous: PackageFacts, before: Locked): readonly InstallScript[] {
  const hooks = hooksThatRun(previous, before)
  return isBuiltImplicitly(previous) ? [...hooks, { hook: 'install', command: 'node-gyp rebuild', files: [] }] : hooks
}

/** `a new preinstall script`, `an install script`, `preinstall and postinstall scripts`. */
export function scriptsInWords(scripts: readonly InstallScript[], adjective?: 'new'): string {
  const hooks = scripts.map(({ hook }) => hook)
  const names = [...(adjective === undefined ? [] : [adjective]), inWords(hooks)].join(' ')
  if (hooks.length > 1) return `${names} scripts`
  return `${/^[aeiou]/.test(names) ? 'an' : 'a'} ${names} script`
}

const inWords = (words: readonly string[]): string =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' and ')
