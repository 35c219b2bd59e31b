import {
  maxWorkspaceCandidates,
  maxWorkspaceManifests,
  maxWorkspacePatternCharacters,
  maxWorkspacePatterns,
} from '../limits.js'
import { type FolderPattern, parseFolderPattern } from './folder-pattern.js'

export interface WorkspaceFolders {
  /** Relative to the repository's root, in the order of `candidates`. */
  readonly folders: readonly string[]
  /** Why the list may not be whole; absent where it is. */
  readonly cut?: string
}

/** The folders below `folder` that its patterns name. */
export function findWorkspaces(
  folder: string,
  patterns: readonly string[],
  candidates: Iterable<string>,
): WorkspaceFolders {
  const positive = parseAll(patterns.filter((pattern) => !pattern.startsWith('!')))
  const negative = parseAll(patterns.filter((pattern) => pattern.startsWith('!')).map((pattern) => pattern.slice(1)))
  const cut = positive.whole && negative.whole ? {} : { cut: 'patterns of workspaces that could not be read' }
  const prefix = folder === '' ? '' : `${folder}/`
  const folders: string[] = []
  let looked = 0
  for (const candidate of positive.parsed.length === 0 ? [] : candidates) {
    looked += 1
    if (looked > maxWorkspaceCandidates) return { folders, cut: `more than ${maxWorkspaceCandidates} manifests` }
    if (candidate === folder || !candidate.startsWith(prefix)) continue
    const segments = candidate.slice(prefix.length).split('/')
    if (!positive.parsed.some((matches) => matches(segments))) continue
    if (negative.parsed.some((matches) => matches(segments))) continue
    if (folders.length === maxWorkspaceManifests) {
      return { folders, cut: `more than ${maxWorkspaceManifests} workspaces` }
    }
    folders.push(candidate)
  }
  return { folders, ...cut }
}

function parseAll(patterns: readonly string[]): { readonly parsed: readonly FolderPattern[]; readonly whole: boolean } {
  const parsed = patterns
    .slice(0, maxWorkspacePatterns)
    .filter((pattern) => pattern.length <= maxWorkspacePatternCharacters)
    .map(parseFolderPattern)
    .filter((pattern) => pattern !== null)
  return { parsed, whole: parsed.length === patterns.length }
}
