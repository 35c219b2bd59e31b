import type { Snapshot } from '../../change/snapshot.js'
import { parseSettings } from '../settings/parse-settings.js'
import { memberOf, scalarText } from '../settings/placed-value.js'

/** The repository's account in lower case: as its host has it, or else as the root manifest calls it; undefined where that names none on GitHub. */
export async function repositoryOwner(
  snapshot: Snapshot,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (snapshot.owner !== undefined) return snapshot.owner.toLowerCase()
  const read = await snapshot.read('package.json', signal)
  if (read.kind !== 'file') return undefined
  const { value } = parseSettings('package.json', read.bytes.toString('utf8'))
  const repository = memberOf(value, 'repository')?.value
  const text = scalarText(memberOf(repository, 'url')?.value) ?? scalarText(repository) ?? ''
  const [, owner] =
    /(?:^|[/@.])github\.com[/:]([\w-]{1,100})\//.exec(text) ??
    /^(?:github:)?([\w-]{1,100})\/[\w.-]{1,100}$/.exec(text) ??
    []
  return owner?.toLowerCase()
}
