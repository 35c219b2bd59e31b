import { posix } from 'node:path'
import type { Manager } from './dependency-graph.js'
import { folderOf, isSameFile, type LockfileFile } from './project-files.js'

type ByFolder = ReadonlyMap<string, readonly LockfileFile[]>

/** A lockfile of head, and the one of base that says what was locked before. */
export interface LockfilePair {
  readonly folder: string
  readonly before?: LockfileFile
  readonly after: LockfileFile
}

export interface LockfilePairs {
  /** By folder, then in the order in which a folder's managers are preferred. */
  readonly pairs: readonly LockfilePair[]
  /** Folders of base whose lockfiles are gone and lie nowhere else now. */
  readonly removed: readonly (readonly [string, readonly LockfileFile[]])[]
  /** Gone from folders that still have a lockfile, and compared with none. */
  readonly dropped: readonly LockfileFile[]
  readonly notes: readonly string[]
}

/**
 * Which lockfile is compared with which: the same manager's in the same folder, else the one that moved there, else the
 * other manager's that the folder had. Judging all packages as added would bury the few that are new.
 */
export function pairLockfiles(base: ByFolder, head: ByFolder): LockfilePairs {
  const moves = lockfileMoves(base, head)
  const moved = new Set(moves.values())
  const pairs: LockfilePair[] = []
  const notes: string[] = []
  for (const [folder, lockfiles] of sorted(head)) {
    const old = base.get(folder) ?? []
    const preferred = preferredOf(lockfiles)
    for (const after of preferred) {
      const before =
        old.find((lockfile) => managerOf(lockfile) === managerOf(after)) ??
        moves.get(after) ??
        old.find((lockfile) => !preferred.some((other) => managerOf(other) === managerOf(lockfile))) ??
        old[0]
      pairs.push({ folder, ...(before === undefined ? {} : { before }), after })
    }
    notes.push(...folderNotes(folder, old, lockfiles, preferred))
  }
  const removed = sorted(base)
    .filter(([folder]) => !head.has(folder))
    .map(([folder, lockfiles]) => [folder, lockfiles.filter((lockfile) => !moved.has(lockfile))] as const)
    .filter(([, lockfiles]) => lockfiles.length > 0)
  const compared = new Set(pairs.map(({ before }) => before))
  const dropped = sorted(base)
    .filter(([folder]) => head.has(folder))
    .flatMap(([folder, lockfiles]) => goneManagers(preferredOf(lockfiles), head.get(folder) ?? []))
    .filter((lockfile) => !compared.has(lockfile))
  return { pairs, removed, dropped, notes }
}

const sorted = <T>(map: ReadonlyMap<string, T>): [string, T][] => [...map].sort(([a], [b]) => (a < b ? -1 : 1))

const managerOf = ({ format }: LockfileFile): Manager => format.manager

/** One lockfile for each manager: the one that it reads where it has several. */
const preferredOf = (lockfiles: readonly LockfileFile[]): LockfileFile[] =>
  lockfiles.filter((one, at) => lockfiles.findIndex((other) => managerOf(other) === managerOf(one)) === at)

/** Those whose manager has no lockfile any more. */
const goneManagers = (old: readonly LockfileFile[], now: readonly LockfileFile[]): LockfileFile[] =>
  old.filter((lockfile) => !now.some((one) => managerOf(one) === managerOf(lockfile)))

/** How people call the program that owns a format of lockfiles. */
export const programOf: Readonly<Record<Manager, string>> = {
  npm: 'npm',
  yarn: 'Yarn 1',
  'yarn-berry': 'Yarn',
  pnpm: 'pnpm',
  bun: 'Bun',
  mcp: 'an MCP configuration',
}

function folderNotes(
  folder: string,
  old: readonly LockfileFile[],
  now: readonly LockfileFile[],
  preferred: readonly LockfileFile[],
): string[] {
  const changed = (lockfile: LockfileFile): boolean =>
    !isSameFile(old.find(({ path }) => path === lockfile.path)?.entry, lockfile.entry)
  const notes: string[] = []
  for (const shadowed of now.filter((lockfile) => !preferred.includes(lockfile) && changed(lockfile))) {
    const reads = preferred.find((lockfile) => managerOf(lockfile) === managerOf(shadowed))
    notes.push(`${shadowed.path} changed; ${programOf[managerOf(shadowed)]} reads ${reads?.path} instead`)
  }
  for (const gone of goneManagers(old, now)) {
    notes.push(`${gone.path} was removed; ${preferred[0]?.path} is now the lockfile of its folder`)
  }
  if (preferred.length > 1 && (preferred.some(changed) || preferredOf(old).length > preferred.length)) {
    const where = folder === '' ? 'the root of the repository' : folder
    const files = preferred.map(({ path }) => posix.basename(path)).join(', ')
    notes.push(`${where} has lockfiles of several managers (${files}); which one counts depends on who installs`)
  }
  return notes
}

/**
 * Lockfile of head → the one of base that moved there: with the same bytes, else of the same manager and in a folder of
 * the same name, else the only one of its manager that vanished where only one appeared.
 */
function lockfileMoves(base: ByFolder, head: ByFolder): Map<LockfileFile, LockfileFile> {
  const gone = [...base].filter(([folder]) => !head.has(folder)).flatMap(([, lockfiles]) => preferredOf(lockfiles))
  const come = [...head].filter(([folder]) => !base.has(folder)).flatMap(([, lockfiles]) => preferredOf(lockfiles))
  const moves = new Map<LockfileFile, LockfileFile>()
  const taken = new Set<LockfileFile>()
  for (const [stage, keyOf] of sameness.entries()) {
    const from = groupBy(
      gone.filter((one) => !taken.has(one)),
      keyOf,
    )
    const to = groupBy(
      come.filter((one) => !moves.has(one)),
      keyOf,
    )
    for (const [key, arrived] of to) {
      const left = from.get(key) ?? []
      // Equal bytes are equal packages, whichever is taken; anything less must leave no choice.
      if (stage > 0 && (left.length !== 1 || arrived.length !== 1)) continue
      for (const [at, lockfile] of arrived.entries()) {
        const origin = left[at]
        if (origin === undefined) continue
        moves.set(lockfile, origin)
        taken.add(origin)
      }
    }
  }
  return moves
}

/** What a lockfile keeps when it moves, surest first. */
const sameness: readonly ((lockfile: LockfileFile) => string)[] = [
  ({ entry, format }) => JSON.stringify([format.manager, entry.id]),
  ({ path, format }) => JSON.stringify([format.manager, posix.basename(folderOf(path))]),
  ({ format }) => format.manager,
]

function groupBy(
  lockfiles: readonly LockfileFile[],
  keyOf: (one: LockfileFile) => string,
): Map<string, LockfileFile[]> {
  const groups = new Map<string, LockfileFile[]>()
  for (const lockfile of lockfiles) {
    const group = groups.get(keyOf(lockfile))
    if (group === undefined) groups.set(keyOf(lockfile), [lockfile])
    else group.push(lockfile)
  }
  return groups
}
