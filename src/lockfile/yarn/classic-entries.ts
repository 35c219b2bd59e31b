import { maxNamesPerEntry } from '../../limits.js'
import type { LockfileEntry, SourceKind } from '../dependency-graph.js'
import { nameMistake } from '../npm/entry-key.js'
import { type Complain, hasInvisible, type MalformedReason } from '../npm/malformed.js'
import { complainOfGit, type MutableEntry } from '../npm/raw-entry.js'
import { sourceOfAddress } from '../source.js'
import type { ClassicBlock } from './classic-text.js'
import { aliasTarget, isNoName, isOrdinaryName, splitPattern } from './pattern.js'

export interface ClassicEntries {
  readonly entries: ReadonlyMap<string, LockfileEntry>
  readonly blocks: ReadonlyMap<string, ClassicBlock>
  /** Pattern → key of the entry that Yarn takes for it. */
  readonly keys: ReadonlyMap<string, string>
}

/** The patterns of one block that install the same package under the same name: one entry. */
interface Group {
  /** The package's own name, as far as the patterns tell. */
  readonly name: string
  readonly installedAs: string
  readonly patterns: string[]
  readonly ranges: string[]
}

/** `isOdd`: the text holds escapes, or characters that not all people read alike. */
export function collectClassicEntries(
  blocks: readonly ClassicBlock[],
  isOdd: boolean,
  complain: Complain,
): ClassicEntries {
  const entries = new Map<string, LockfileEntry>()
  const byKey = new Map<string, ClassicBlock>()
  const keys = new Map<string, string>()
  for (const block of blocks) {
    const groups = groupsOf(block.patterns)
    if (groups.length > maxNamesPerEntry) {
      const key = block.patterns[0] ?? ''
      byKey.set(key, block)
      complain(key, 'wrong-type', `${groups.length} names for one entry`, false)
      continue
    }
    for (const group of groups) {
      const key = group.patterns.join(', ')
      const taken = group.patterns.find((pattern) => keys.has(pattern))
      // Yarn takes the last one, a reader of the diff may look at the first.
      if (taken !== undefined) complain(key, 'duplicate-key', taken, true)
      for (const pattern of group.patterns) keys.set(pattern, key)
      byKey.set(key, block)
      const entry = readEntry(key, group, block, isOdd, complain)
      if (entry === null) entries.delete(key)
      else entries.set(key, entry)
    }
  }
  return { entries, blocks: byKey, keys }
}

/**
 * Yarn writes patterns with the same bytes together, so `a@^1` and `b@npm:a@^1` share a block: two entries here. Patterns
 * of two names that are not aliases of each other are somebody's work, and give each name an entry of its own too.
 */
function groupsOf(patterns: readonly string[]): readonly Group[] {
  const groups = new Map<string, Group>()
  for (const text of patterns) {
    const { name: installedAs, range } = splitPattern(text)
    const name = aliasTarget(range)?.name ?? installedAs
    const id = `${name} ${installedAs}`
    const group = groups.get(id)
    if (group === undefined) groups.set(id, { name, installedAs, patterns: [text], ranges: [range] })
    else {
      group.patterns.push(text)
      group.ranges.push(range)
    }
  }
  return [...groups.values()]
}

function readEntry(
  key: string,
  group: Group,
  block: ClassicBlock,
  isOdd: boolean,
  complain: Complain,
): LockfileEntry | null {
  const source = sourceOf(group.ranges, block.resolved)
  // Of a registry's package the field only repeats the name under which Yarn met it first, an alias included.
  const name = source === 'registry' ? group.name : (block.name ?? group.name)
  const ordinary = isOrdinaryName(name) && name === group.installedAs
  // A quoted pattern with what stands between patterns would look like two, here and in every report.
  const mistake = group.ranges.some((range) => range.includes(', '))
    ? 'wrong-type'
    : ordinary
      ? null
      : mistakeIn(name, group.installedAs)
  if (mistake !== null) {
    complain(key, mistake, key, false)
    return null
  }
  for (const field of block.doubled ?? []) complain(key, 'duplicate-key', field, true)
  for (const field of block.misshapen ?? []) complain(key, 'wrong-type', field, !isIdentity(field))
  if (block.misshapen?.some(isIdentity) === true) return null
  const { version, resolved, integrity } = block
  if (version === undefined) {
    // Yarn would fill the hole with whatever version its manifest states.
    complain(key, 'wrong-type', 'version: nothing', false)
    return null
  }
  if (isOdd) complainOfTexts(key, { key, version, resolved, integrity }, complain)
  const entry: MutableEntry = { key, name, source, dev: false, optional: false, peer: false, bundled: false }
  if (group.installedAs !== name) entry.alias = group.installedAs
  if (source !== 'link') entry.version = version
  const place = resolved ?? pathIn(group.ranges)
  if (place !== undefined) entry.resolved = place
  if (source === 'git') complainOfGit(key, place ?? '', complain)
  const bytes = integrity ?? (source === 'git' ? undefined : sha1In(resolved))
  if (bytes !== undefined) entry.integrity = bytes
  return entry
}

function mistakeIn(name: string, installedAs: string): MalformedReason | null {
  if (isNoName(name) || isNoName(installedAs)) return 'wrong-type'
  return nameMistake(installedAs) ?? nameMistake(name)
}

function complainOfTexts(key: string, texts: Readonly<Record<string, string | undefined>>, complain: Complain): void {
  for (const [field, value] of Object.entries(texts)) {
    if (value !== undefined && hasInvisible(value)) complain(key, 'control-character', `${field}: ${value}`, true)
  }
}

const isIdentity = (field: string): boolean => field === 'version' || field === 'resolved' || field === 'integrity'

/**
 * What is not a registry's own kind of range: an address, a path, or `owner/repository`. A registry was asked for
 * everything else, whatever the entry then claims to be its bytes.
 */
const isExotic = (range: string): boolean => /[:/]/.test(range) && !range.startsWith('npm:')

function sourceOf(ranges: readonly string[], resolved: string | undefined): SourceKind {
  if (resolved === undefined) return pathIn(ranges) === undefined ? 'registry' : 'link'
  const exotic = ranges.some(isExotic)
  // Nearly every address: of a registry, and so no git source in whatever spelling.
  if (!exotic && resolved.startsWith('https://') && !resolved.includes('.git')) return 'registry'
  const source = sourceOfAddress(resolved)
  // An offline mirror of old is named by the file alone.
  if (source === 'file' && !exotic) return 'registry'
  return source ?? (exotic ? 'url' : 'registry')
}

/** A folder of the repository, `link:../a` or `file:../a`: Yarn writes no `resolved` for it. */
function pathIn(ranges: readonly string[]): string | undefined {
  const range = ranges.find((one) => /^(?:link:|file:|\.{0,2}\/)/.test(one))
  return range?.replace(/^(?:link|file):/, '')
}

/** Before it knew `integrity`, Yarn pinned the bytes by a sha1 behind the address. */
function sha1In(resolved: string | undefined): string | undefined {
  const hash = /#([0-9a-f]{40})$/.exec(resolved ?? '')?.[1]
  return hash === undefined ? undefined : `sha1-${Buffer.from(hash, 'hex').toString('base64')}`
}
