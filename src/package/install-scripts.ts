import type { Manifest } from '../registry/registry-facts.js'
import type { InstallScript, LifecycleHook, LimitHit } from './package-facts.js'
import { PackageFiles } from './package-files.js'
import type { PackageLimits } from './package-limits.js'
import { ScriptClosure } from './script-closure.js'
import { readShell } from './shell/read-shell.js'
import { ShellBudget } from './shell/shell-budget.js'
import type { UnpackedPackage } from './unpacked-package.js'

const hooks = ['preinstall', 'install', 'postinstall', 'prepare'] as const satisfies readonly LifecycleHook[]

export interface InstallScripts {
  readonly installScripts: readonly InstallScript[]
  /** A file that runs and could not be followed, or more files than are followed. */
  readonly limits: readonly LimitHit[]
}

/**
 * The lifecycle scripts of a manifest with the files that they run. The build that npm adds by itself where there is a
 * `binding.gyp` is no script here: `bindingGyp` stands for it.
 */
export function readInstallScripts(
  manifest: Manifest,
  unpacked: UnpackedPackage,
  limits: PackageLimits,
): InstallScripts {
  const files = new PackageFiles(unpacked)
  const installScripts: InstallScript[] = []
  const hits = new Map<string, LimitHit>()
  const budget = new ShellBudget()
  for (const hook of hooks) {
    if (!Object.hasOwn(manifest.scripts, hook)) continue
    const command = manifest.scripts[hook] ?? ''
    const closure = new ScriptClosure(files, manifest.scripts, limits)
    closure.runCommand(command)
    for (const hit of closure.limits) hits.set(`${hit.limit} ${hit.detail}`, hit)
    const scriptFiles = closure.files()
    const ownPaths = scriptFiles.filter(({ sha256 }) => sha256 !== undefined).map(({ path }) => path)
    const shell = readShell(closure.shellTexts, ownPaths, budget)
    const unread = shell.find(({ action }) => action === 'unread')
    if (unread !== undefined) hits.set('maxShellWork', { limit: 'maxShellWork', detail: unread.detail })
    installScripts.push({ hook, command, files: scriptFiles, ...(shell.length > 0 && { shell }) })
  }
  return { installScripts, limits: [...hits.values()] }
}
