import type { Change } from '../change/change.js'
import { diffTexts } from '../change/diff-texts.js'
import { parsePatch } from '../change/parse-patch.js'
import type { Snapshot } from '../change/snapshot.js'
import { maxPullRequestFiles } from '../limits.js'
import type { ReportedFinding } from '../report/report.js'
import { type Diff, type DiffedFile, manifestBeside, placesOf } from './place-finding.js'
import type { PullRequest, RepositoryClient } from './pull-request.js'

interface ListedFile {
  readonly filename: string
  readonly previous_filename?: string | undefined
  readonly status: string
  readonly patch?: string | undefined
}

/**
 * The files of the pull request in which the findings could be shown. GitHub's own `patch` says best which lines can carry a
 * comment; it leaves it out for large files, lockfiles above all, and then the diff is ours.
 */
export async function readDiff(
  client: RepositoryClient,
  pull: PullRequest,
  change: Change,
  findings: readonly ReportedFinding[],
): Promise<Diff> {
  const files = findings.flatMap(placesOf).map(({ file }) => file)
  const wanted = new Set([...files, ...files.map(manifestBeside)])
  const diff = new Map<string, DiffedFile>()
  if (wanted.size === 0) return diff
  for (const file of await listFiles(client, pull.number, wanted)) {
    if (file.status !== 'removed') diff.set(file.filename, await toDiffedFile(file, change))
  }
  return diff
}

async function listFiles(
  { github, owner, repo }: RepositoryClient,
  number: number,
  wanted: ReadonlySet<string>,
): Promise<ListedFile[]> {
  const parameters = { owner, repo, pull_number: number, per_page: 100 }
  const found: ListedFile[] = []
  let seen = 0
  for await (const { data } of github.paginate.iterator(github.rest.pulls.listFiles, parameters)) {
    found.push(...data.filter(({ filename }) => wanted.has(filename)))
    seen += data.length
    if (found.length === wanted.size || seen >= maxPullRequestFiles) break
  }
  return found
}

async function toDiffedFile(
  { filename, previous_filename: previous, patch }: ListedFile,
  { base, head }: Change,
): Promise<DiffedFile> {
  const parsed = patch === undefined ? null : parsePatch(patch)
  const isManifest = filename === manifestBeside(filename)
  const after = parsed && !isManifest ? null : await readText(head, filename)
  const hunks = parsed ?? diffTexts(await readText(base, previous ?? filename), after)
  return { hunks, ...(isManifest && after !== null && { lines: after.split('\n') }) }
}

async function readText(snapshot: Snapshot, path: string): Promise<string | null> {
  const read = await snapshot.read(path)
  return read.kind === 'file' ? read.bytes.toString('utf8') : null
}
