import { coveringFolder, folderOf, foldersAbove } from './project-files.js'
import type { ProjectReader } from './project-state.js'

/**
 * Manifests that ask for packages and have no lockfile at or above them, where base was not so. Only the topmost: what
 * lies below it lacks the same one lockfile.
 */
export async function missingLockfiles(
  base: ProjectReader,
  head: ProjectReader,
  changedManifests: readonly string[],
): Promise<string[]> {
  const changed = new Set(changedManifests)
  const missing: string[] = []
  const folders = new Set<string>()
  for (const manifest of [...head.files.manifests.keys()].sort(byDepth)) {
    const folder = folderOf(manifest)
    if (coveringFolder(head.files, folder) !== null || foldersAbove(folder).some((above) => folders.has(above)))
      continue
    const wasCovered = coveringFolder(base.files, folder) !== null
    if (!wasCovered && !changed.has(manifest)) continue
    if (!(await asksForPackages(head, manifest))) continue
    if (!wasCovered && (await asksForPackages(base, manifest))) continue
    missing.push(manifest)
    folders.add(folder)
  }
  return missing
}

/** Peers alone are for whoever installs the package to bring. */
async function asksForPackages(reader: ProjectReader, file: string): Promise<boolean> {
  const manifest = await reader.manifest(file)
  return manifest?.requirements.some(({ kind }) => kind === 'prod' || kind === 'dev' || kind === 'optional') === true
}

const byDepth = (a: string, b: string): number => a.split('/').length - b.split('/').length || (a < b ? -1 : 1)
