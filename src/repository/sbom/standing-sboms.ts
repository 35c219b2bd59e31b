import type { Snapshot } from '../../change/snapshot.js'
import { installedFolder } from '../../lockfile/project-files.js'
import { sbomReader } from './read-sbom.js'

/** Bills of materials, told by their names alone, that a change leaves as they were. Whether they are true is for an audit to say. */
export async function standingSboms(base: Snapshot, head: Snapshot, signal?: AbortSignal): Promise<readonly string[]> {
  const [before, after] = await Promise.all([base.list(signal), head.list(signal)])
  const had = new Map(before.entries.map(({ path, id }) => [path, id]))
  return after.entries
    .filter(({ path, id, kind }) => kind === 'file' && had.get(path) === id)
    .map(({ path }) => path)
    .filter((path) => installedFolder(path) === null && sbomReader.matches(path))
}
