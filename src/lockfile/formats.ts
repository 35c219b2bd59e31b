import { posix } from 'node:path'
import { type Outcome, unknown } from '../gap.js'
import { parseBunLockfile } from './bun/bun-lockfile.js'
import type { DependencyGraph, Manager } from './dependency-graph.js'
import { parseNpmLockfile } from './npm/npm-lockfile.js'

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

/** Recognised, so that a change to it is never passed over in silence, but not read. */
function unsupported(manager: Manager, filenames: readonly string[], program: string): LockfileFormat {
  return {
    manager,
    filenames,
    parse: ({ file }) =>
      unknown({
        code: 'lockfile-unsupported',
        file,
        fact: 'lockfile',
        detail: `lockfiles of ${program} cannot be read yet, so what this one would install was not reviewed`,
      }),
  }
}

export const lockfileFormats: readonly LockfileFormat[] = [
  { manager: 'npm', filenames: ['npm-shrinkwrap.json', 'package-lock.json'], parse: parseNpmLockfile },
  unsupported('yarn', ['yarn.lock'], 'Yarn'),
  // `shrinkwrap.yaml` is what pnpm wrote before its version 3.
  unsupported('pnpm', ['pnpm-lock.yaml', 'shrinkwrap.yaml'], 'pnpm'),
  { manager: 'bun', filenames: ['bun.lock', 'bun.lockb'], parse: parseBunLockfile },
]

/** The format that a path belongs to by its file name. */
export function formatOfFile(path: string): LockfileFormat | undefined {
  const name = posix.basename(path)
  return lockfileFormats.find(({ filenames }) => filenames.includes(name))
}
