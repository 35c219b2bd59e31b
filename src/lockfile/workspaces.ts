import { Minimatch } from 'minimatch'
import {
  maxWorkspaceManifests,
  maxWorkspacePatternCharacters,
  maxWorkspacePatternStars,
  maxWorkspacePatterns,
} from '../limits.js'

export interface WorkspaceFolders {
  /** Relative to the repository's root, in the order of `candidates`. */
  readonly folders: readonly string[]
  /** Why the list is not whole; absent where it is. */
  readonly cut?: string
}

/**
 * The folders below `folder` that its patterns name. The patterns are the pull request's: what would take long to match
 * is left out and said.
 */
export function findWorkspaces(
  folder: string,
  patterns: readonly string[],
  candidates: Iterable<string>,
): WorkspaceFolders {
  const usable = patterns.slice(0, maxWorkspacePatterns).filter(isUsable)
  const [negative, positive] = [true, false].map((wanted) =>
    usable
      .filter((pattern) => pattern.startsWith('!') === wanted)
      .map((pattern) => pattern.replace(/^!/, ''))
      // Managers look for the manifest, so that `a/**` names the folder `a` as well.
      .map((pattern) => pattern.replace(/^\.\//, '').replace(/\/$/, ''))
      .map((pattern) => new Minimatch(`${pattern}/package.json`, { nonegate: true })),
  ) as [Minimatch[], Minimatch[]]
  if (positive.length === 0)
    return usable.length < patterns.length ? { folders: [], cut: cutPatterns } : { folders: [] }
  const prefix = folder === '' ? '' : `${folder}/`
  const folders: string[] = []
  for (const candidate of candidates) {
    if (candidate === folder || !candidate.startsWith(prefix)) continue
    const manifest = `${candidate.slice(prefix.length)}/package.json`
    const matches = (pattern: Minimatch): boolean => pattern.match(manifest)
    if (!positive.some(matches) || negative.some(matches)) continue
    if (folders.length === maxWorkspaceManifests)
      return { folders, cut: `more than ${maxWorkspaceManifests} workspaces` }
    folders.push(candidate)
  }
  return usable.length < patterns.length ? { folders, cut: cutPatterns } : { folders }
}

const cutPatterns = 'patterns of workspaces that are too many or too long'

const isUsable = (pattern: string): boolean =>
  pattern.length <= maxWorkspacePatternCharacters &&
  pattern.split('*').length - 1 <= maxWorkspacePatternStars &&
  // Braces multiply: a short pattern can stand for a million.
  pattern.split(',').length <= maxWorkspacePatternStars
