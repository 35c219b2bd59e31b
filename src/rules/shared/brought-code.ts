import { posix } from 'node:path'
import { maxAlikeFiles } from '../../limits.js'
import type { AnalysedFile } from '../../package/code/package-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { isAside } from './aside.js'
import { type ChangedFile, changedCode } from './changed-code.js'

export interface BroughtFile extends ChangedFile {
  /**
   * What it came from: what stood at its path; for a new one what is gone and was called like it, but for its folder and for the hash of its
   * content that bundlers put into a name. Empty where that had nothing to say, was not there, or stood aside where this one does not.
   */
  readonly predecessors: readonly AnalysedFile[]
}

/**
 * The files that this version changed, and those that it woke: the version before held their bytes too, but among its tests and examples,
 * where nothing led to them. All where there is no version before.
 */
export function broughtCode(now: PackageFacts, previous: PackageFacts | undefined): readonly BroughtFile[] {
  const paths = new Set(now.files.map(({ path }) => path))
  const gone = new Map<string, AnalysedFile[]>()
  for (const file of previous?.code?.files ?? []) {
    if (paths.has(file.path)) continue
    const name = withoutHash(file.path)
    const alike = gone.get(name) ?? []
    if (alike.length < maxAlikeFiles) alike.push(file)
    gone.set(name, alike)
  }
  const cameFrom = ({ path, before, isNew }: ChangedFile): readonly AnalysedFile[] => {
    if (!isNew) return before === undefined ? [] : [before]
    return gone.get(withoutHash(path)) ?? []
  }
  return [...changedCode(now, previous), ...wokenCode(now, previous)].map((file) => ({
    ...file,
    predecessors: cameFrom(file).filter((before) => isAside(file) || !isAside(before)),
  }))
}

function wokenCode(now: PackageFacts, previous: PackageFacts | undefined): readonly ChangedFile[] {
  if (previous === undefined) return []
  const asleep = new Map<string, boolean>()
  const before = bytesOf(previous)
  for (const file of previous.code?.files ?? []) {
    const bytes = before.get(file.path) ?? ''
    asleep.set(bytes, isAside(file) && asleep.get(bytes) !== false)
  }
  const bytes = bytesOf(now)
  return (now.code?.files ?? [])
    .filter((file) => !isAside(file) && asleep.get(bytes.get(file.path) ?? '') === true)
    .map((file) => ({ ...file, isNew: false }))
}

const bytesOf = ({ files }: PackageFacts): ReadonlyMap<string, string> =>
  new Map(files.map(({ path, sha256 }) => [path, sha256]))

/** `assets/index-B4f9_x2Q.min.js` → `index.min.js`. */
const withoutHash = (path: string): string =>
  posix
    .basename(path)
    .replace(
      /[-._](?=[\w-]{0,40}[\dA-Z_])[\w-]{6,40}(?=(?:\.\w{1,12}){0,2}\.[cm]?js$)|^(?=\w{0,40}\d)[\da-f]{8,40}(?=\.)/,
      '',
    )
