import { posix } from 'node:path'
import type { ChangedFile } from '../../change/changed-files.js'
import type { Snapshot, SnapshotEntry } from '../../change/snapshot.js'
import type { Gap } from '../../gap.js'
import { maxMcpConfigurationBytes } from '../../limits.js'
import { parseSettings } from '../settings/parse-settings.js'
import type { FileServers } from './compare-servers.js'
import { isMcpConfiguration } from './configuration-paths.js'
import { type McpConfiguration, readConfiguration } from './read-configuration.js'

export interface ConfigurationsRead {
  readonly files: readonly FileServers[]
  readonly approvalsBefore: McpConfiguration['approvals']
  readonly approvals: McpConfiguration['approvals']
  readonly gaps: readonly Gap[]
}

/** Both states of each changed configuration. What cannot be read of head's matters; of base's it makes head's new. */
export async function readConfigurations(
  changed: readonly ChangedFile[],
  base: Snapshot,
  head: Snapshot,
  signal: AbortSignal | undefined,
): Promise<ConfigurationsRead> {
  const read = await Promise.all(
    changed
      .filter(({ path }) => isMcpConfiguration(path))
      .map(async (file) => ({
        path: file.path,
        before: file.kind === 'added' ? nothing : await readOne(base, file.before, signal),
        after: file.kind === 'removed' ? nothing : await readOne(head, file.after, signal),
      })),
  )
  return {
    files: read.map(({ path, before, after }) => ({ path, before: before.servers, after: after.servers })),
    approvalsBefore: read.flatMap(({ before }) => before.approvals),
    approvals: read.flatMap(({ after }) => after.approvals),
    gaps: read.flatMap(({ before, after }) => [...before.gaps.map(asPrevious), ...after.gaps]),
  }
}

type Read = Pick<McpConfiguration, 'servers' | 'approvals'> & { readonly gaps: readonly Gap[] }

const nothing: Read = { servers: [], approvals: [], gaps: [] }

async function readOne(snapshot: Snapshot, { path }: SnapshotEntry, signal: AbortSignal | undefined): Promise<Read> {
  const unread = (code: Gap['code'], detail: string): Read => ({ ...nothing, gaps: [gapOf(code, path, detail)] })
  const read = await snapshot.read(path, signal)
  switch (read.kind) {
    case 'absent':
      return nothing
    case 'unreadable':
      return { ...nothing, gaps: [{ ...read.gap, file: path }] }
    case 'symlink':
      // What it leads to is read where it stands, if a client would read it there.
      return isMcpConfiguration(posix.join(posix.dirname(path), read.target))
        ? nothing
        : unread('repository-unreadable', 'the configuration is a symbolic link, which is not followed')
    case 'file':
      break
  }
  const size = read.bytes.length
  if (size > maxMcpConfigurationBytes) {
    return unread('limit-reached', `${size} bytes, at most ${maxMcpConfigurationBytes} are read of a configuration`)
  }
  const { value, broken } = parseSettings(path, read.bytes.toString('utf8'))
  const { servers, approvals, cut } = readConfiguration(path, value)
  const gaps = [
    ...(broken === undefined
      ? []
      : [gapOf('repository-unreadable', path, `the configuration cannot be read to its end, line ${broken}`)]),
    ...(cut === undefined ? [] : [gapOf('limit-reached', path, cut)]),
  ]
  return { servers, approvals, gaps }
}

const gapOf = (code: Gap['code'], file: string, detail: string): Gap => ({ code, file, fact: 'repository', detail })

/** What base's file hides is judged as added, so that nothing of head's stays unseen. */
const asPrevious = (gap: Gap): Gap => ({
  ...gap,
  code: 'previous-unavailable',
  detail: `base's configuration: ${gap.detail}; its servers are judged as added`,
})
