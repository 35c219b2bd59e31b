import { posix } from 'node:path'
import type { Snapshot } from '../../change/snapshot.js'
import { maxSettingsBytes } from '../../limits.js'
import type { InstallSettings } from '../posture/posture-state.js'
import { installSettingsReader } from './install-settings.js'
import { itemsOf, memberOf, membersOf, type PlacedValue, scalarText } from './placed-value.js'

/** A setting that names one version of a package: its leave to run install scripts, or its patch. */
export interface VersionApproval {
  readonly file: string
  readonly line: number
  /** `allowScripts`, `pnpm.onlyBuiltDependencies` and so on. */
  readonly setting: string
  readonly name: string
  /** The exact versions that it names. */
  readonly versions: readonly string[]
  /** As written: `esbuild@0.25.1 || 0.25.2`. */
  readonly text: string
}

const lists = ['onlyBuiltDependencies']
const maps = ['allowBuilds', 'allowScripts', 'patchedDependencies']

/** Those entries of a file's allow-lists that name versions; a name alone holds for every version and never goes stale. */
export function versionApprovals({ file, format, values }: InstallSettings): readonly VersionApproval[] {
  const read = (within: PlacedValue | undefined, prefix: string): VersionApproval[] => [
    ...lists.flatMap((setting) =>
      itemsOf(memberOf(within, setting)?.value).flatMap((item) =>
        approval(file, prefix + setting, scalarText(item), item.line),
      ),
    ),
    ...maps.flatMap((setting) =>
      membersOf(memberOf(within, setting)?.value).flatMap(([key, { line, value }]) =>
        // A refusal of one version says nothing of the next one.
        value.kind === 'other' && value.value === false ? [] : approval(file, prefix + setting, key, line),
      ),
    ),
  ]
  if (format === 'pnpm-workspace') return read(values, '')
  return format === 'manifest' ? [...read(values, ''), ...read(memberOf(values, 'pnpm')?.value, 'pnpm.')] : []
}

function approval(file: string, setting: string, text: string | undefined, line: number): VersionApproval[] {
  const match = /^((?:@[^@/]+\/)?[^@/]+)@(.+)$/.exec(text ?? '')
  const versions = (match?.[2] ?? '').split('||').map((version) => version.trim())
  const name = match?.[1]
  if (text === undefined || name === undefined || !versions.every((version) => /^\d+\.\d+\.\d+/.test(version)))
    return []
  return [{ file, line, setting, name, versions, text }]
}

/** Those of the files beside lockfiles: package managers read them in the folder that they install. */
export async function readVersionApprovals(
  snapshot: Snapshot,
  lockfiles: Iterable<string>,
  signal?: AbortSignal,
): Promise<readonly VersionApproval[]> {
  const folders = new Set([...lockfiles].map((lockfile) => posix.dirname(lockfile)))
  const files = [...folders].flatMap((folder) =>
    ['package.json', 'pnpm-workspace.yaml'].map((name) => posix.join(folder, name)),
  )
  const found: VersionApproval[] = []
  for (const file of files) {
    const read = await snapshot.read(file, signal)
    if (read.kind !== 'file' || read.bytes.length > maxSettingsBytes) continue
    const { settings = [] } = installSettingsReader.read(file, read.bytes.toString('utf8'), () => false)
    found.push(...settings.flatMap(versionApprovals))
  }
  return found
}
