import { posix } from 'node:path'
import { maxSettingsBytes } from '../../limits.js'
import type { PostureReader } from '../posture/posture-reader.js'
import type { Place, PythonLock } from '../posture/posture-state.js'
import { parseSettings } from '../settings/parse-settings.js'
import { itemsOf, memberAt, memberOf, membersOf, type PlacedValue, scalarText } from '../settings/placed-value.js'
import { type ScannedPackage, scanPythonLock } from './scan-lock.js'

const names: ReadonlySet<string> = new Set(['poetry.lock', 'uv.lock', 'pdm.lock'])

/** Which packages of a Python lockfile are there with hashes. */
export const pythonLockReader: PostureReader = {
  matches: (path) => names.has(posix.basename(path)) || /(?:^|\/)pylock(?:\.[^/]+)?\.toml$/.test(path),
  read(file, text) {
    const scanned = scanPythonLock(text)
    if (scanned !== null) return { pythonLocks: [toLock(file, scanned)] }
    if (text.length > maxSettingsBytes) {
      return { cut: `${text.length} characters of a form that its tool does not write` }
    }
    const { value, broken } = parseSettings(file, text)
    return broken === undefined ? { pythonLocks: [readLock(file, value)] } : { broken }
  },
}

function toLock(file: string, scanned: readonly ScannedPackage[]): PythonLock {
  const indexed = scanned.filter(({ fromIndex }) => fromIndex)
  const withoutHashes = indexed.filter(({ files, hashes }) => files === 0 || hashes < files)
  return {
    file,
    withHashes: indexed.length - withoutHashes.length,
    withoutHashes: withoutHashes.map(({ line, name }) => ({ file, line, name })),
  }
}

function readLock(file: string, root: PlacedValue | undefined): PythonLock {
  // Poetry before 1.5 keeps all files in one table, by name.
  const byName = memberAt(root, 'metadata.files')?.value
  const packages = membersOf(memberOf(root, 'package')?.value ?? memberOf(root, 'packages')?.value)
  const withoutHashes: (Place & { name: string })[] = []
  let withHashes = 0
  for (const [, { line, value }] of packages) {
    if (!isFromIndex(value)) continue
    const name = scalarText(memberOf(value, 'name')?.value) ?? ''
    const files = [
      ...itemsOf(memberOf(value, 'files')?.value),
      ...itemsOf(memberOf(value, 'wheels')?.value),
      ...[memberOf(value, 'sdist')?.value].filter((one) => one !== undefined),
      ...itemsOf(memberOf(byName, name)?.value),
    ]
    if (files.length > 0 && files.every(hasHash)) withHashes += 1
    else withoutHashes.push({ file, line: memberOf(value, 'name')?.line ?? line, name })
  }
  return { file, withHashes, withoutHashes }
}

const hasHash = (file: PlacedValue): boolean =>
  memberOf(file, 'hash') !== undefined || membersOf(memberOf(file, 'hashes')?.value).length > 0

/** Poetry's `source.type`, uv's `source` by its key, PDM's and PEP 751's fields; without any of them it comes from an index. */
function isFromIndex(entry: PlacedValue): boolean {
  const source = memberOf(entry, 'source')?.value
  const type = scalarText(memberOf(source, 'type')?.value)
  if (type !== undefined) return type === 'legacy' || type === 'pypi'
  const others = ['git', 'path', 'url', 'editable', 'directory', 'virtual', 'vcs', 'archive']
  return !others.some((key) => memberOf(source, key) !== undefined || memberOf(entry, key) !== undefined)
}
