import type { ChangedFile } from './pull-diff.js'
import type { World } from './state.js'

/** Seen on github.com: a file with more changed lines than this has no `patch`. */
const maxChangedLines = 2000
/** Documented: one file's and all files' share of a difference. */
const maxPatchBytes = 500 * 1024
const maxAllPatchBytes = 1024 * 1024

/** The files as GitHub lists them: large ones, and those after a megabyte of patches, without `patch`. */
export function omitPatches(world: World, files: readonly ChangedFile[]): ChangedFile[] {
  let total = 0
  return files.map((file) => {
    const bytes = Buffer.byteLength(file.patch ?? '')
    total += bytes
    const tooLarge =
      file.additions + file.deletions > maxChangedLines || bytes > maxPatchBytes || total > maxAllPatchBytes
    if (!tooLarge && !world.switches.omitPatches) return file
    const { patch: _, ...rest } = file
    return rest
  })
}
