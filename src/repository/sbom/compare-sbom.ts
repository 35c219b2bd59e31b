import { folderOf, foldersAbove } from '../../lockfile/project-files.js'
import type { Installed } from '../installed.js'
import type { Sbom } from '../posture/posture-state.js'

/** Where a bill of materials and the lockfiles disagree, each as `name@version`, sorted. */
export interface SbomDisagreement {
  /** Listed, and no lockfile installs it. */
  readonly gone: readonly string[]
  /** Installed by the lockfile that it lies beside or below, whatever the platform, and not listed. */
  readonly unlisted: readonly string[]
}

/** One that lists no package of npm's is not about them. */
export const listsPackages = ({ components }: Sbom): boolean => components.size > 0

export function compareSbom({ file, components }: Sbom, installed: readonly Installed[]): SbomDisagreement {
  const listed = [...components]
  const isOwn = (component: string): boolean =>
    installed.some(({ own }) => own.has(component.slice(0, component.lastIndexOf('@'))))
  return {
    gone: listed.filter((one) => !installed.some(({ all }) => all.has(one)) && !isOwn(one)).sort(),
    unlisted: [...(nearest(file, installed)?.always ?? [])].filter((one) => !components.has(one)).sort(),
  }
}

/** An inventory of one project says nothing of the lockfile of another. */
function nearest(file: string, installed: readonly Installed[]): Installed | undefined {
  const byFolder = new Map(installed.map((one) => [folderOf(one.lockfile), one]))
  const folder = foldersAbove(folderOf(file)).find((above) => byFolder.has(above))
  return folder === undefined ? undefined : byFolder.get(folder)
}
