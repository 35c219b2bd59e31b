import { type FileHunks, findCommentableHunk } from '../change/hunks.js'
import type { Location } from '../lockfile/anchor.js'
import type { ReportedChange, ReportedFinding } from '../report/report.js'

/** A file of the pull request's diff. */
export interface DiffedFile {
  readonly hunks: FileHunks
  /** The head's text by line, of a manifest only. */
  readonly lines?: readonly string[]
}

export type Diff = ReadonlyMap<string, DiffedFile>

export const placesOf = ({ location, locations = [] }: ReportedFinding): readonly Location[] =>
  location ? [location, ...locations] : locations

export const manifestBeside = (file: string): string => `${file.slice(0, file.lastIndexOf('/') + 1)}package.json`

/**
 * Where a finding can be shown: on its own line in the diff, else on the package.json line that brings the package in, else
 * on its file as a whole. Undefined: the pull request does not touch the file, so only the check run can show it.
 */
export function placeFinding(
  finding: ReportedFinding,
  changes: readonly ReportedChange[],
  diff: Diff,
): Location | undefined {
  const places = placesOf(finding)
  const onLine = places.find(({ file, line }) => line !== undefined && canStandOn(diff, file, line))
  if (onLine) return onLine
  const onFile = places.find(({ file }) => diff.has(file))
  return findManifestLine(finding, places, changes, diff) ?? (onFile && { file: onFile.file })
}

function canStandOn(diff: Diff, file: string, line: number): boolean {
  const diffed = diff.get(file)
  return diffed !== undefined && findCommentableHunk(diffed.hunks, 'RIGHT', line) !== undefined
}

/** The line of the manifest beside the lockfile that asks for the package, or for the direct dependency that needs it. */
function findManifestLine(
  { package: subject }: ReportedFinding,
  places: readonly Location[],
  changes: readonly ReportedChange[],
  diff: Diff,
): Location | undefined {
  if (!subject) return undefined
  for (const { file: lockfile } of places) {
    const file = manifestBeside(lockfile)
    for (const name of [subject.name, ...directDependents(subject.name, subject.after, lockfile, changes)]) {
      for (const line of findKey(diff.get(file)?.lines ?? [], name)) {
        if (canStandOn(diff, file, line)) return { file, line }
      }
    }
  }
  return undefined
}

function directDependents(
  name: string,
  version: string | undefined,
  lockfile: string,
  changes: readonly ReportedChange[],
): string[] {
  const paths = changes
    .filter((change) => change.lockfile === lockfile && change.name === name && change.after?.version === version)
    .flatMap((change) => change.paths)
  return [...new Set(paths.flatMap(([first]) => (first === undefined ? [] : [first])))]
}

/** The lines, from 1, on which a JSON key stands. */
function findKey(lines: readonly string[], name: string): number[] {
  const key = JSON.stringify(name)
  return lines.flatMap((text, index) => {
    const line = text.trimStart()
    return line.startsWith(key) && line.slice(key.length).trimStart().startsWith(':') ? [index + 1] : []
  })
}
