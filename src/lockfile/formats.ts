import { posix } from 'node:path'
import type { Outcome } from '../gap.js'
import { parseBunLockfile } from './bun/bun-lockfile.js'
import type { DependencyGraph, Manager } from './dependency-graph.js'
import { parseNpmLockfile } from './npm/npm-lockfile.js'
import { parsePnpmLockfile } from './pnpm/pnpm-lockfile.js'
import { isBerry, parseYarnLockfile } from './yarn/yarn-lockfile.js'

export interface LockfileInput {
  /** Path in the repository. */
  readonly file: string
  readonly text: string
  /** The repository's manifests, path → text, for formats that do not state what the roots ask for. */
  readonly manifests: ReadonlyMap<string, string>
}

/** One lockfile format. A new one is a module that parses it and a line in `lockfileFormats`. */
export interface LockfileFormat {
  readonly manager: Manager
  /** In the order in which the manager prefers them where a folder has several. */
  readonly filenames: readonly string[]
  /** The text does not say what its workspaces ask for, so the manifests of all of them are handed over. */
  readonly needsWorkspaces?: (text: string) => boolean
  /** Never throws for what the text holds: that is a gap. */
  parse(input: LockfileInput): Outcome<DependencyGraph>
}

export const lockfileFormats: readonly LockfileFormat[] = [
  { manager: 'npm', filenames: ['npm-shrinkwrap.json', 'package-lock.json'], parse: parseNpmLockfile },
  {
    manager: 'yarn',
    filenames: ['yarn.lock'],
    needsWorkspaces: (text) => !isBerry(text),
    parse: parseYarnLockfile,
  },
  // `shrinkwrap.yaml` is what pnpm wrote before its version 3.
  { manager: 'pnpm', filenames: ['pnpm-lock.yaml', 'shrinkwrap.yaml'], parse: parsePnpmLockfile },
  { manager: 'bun', filenames: ['bun.lock', 'bun.lockb'], parse: parseBunLockfile },
]

/** The format that a path belongs to by its file name. */
export function formatOfFile(path: string): LockfileFormat | undefined {
  const name = posix.basename(path)
  return lockfileFormats.find(({ filenames }) => filenames.includes(name))
}
