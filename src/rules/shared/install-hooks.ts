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
