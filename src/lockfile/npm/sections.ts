import { posix } from 'node:path'
import type { LockfileEntry } from '../dependency-graph.js'
import { legacyEntries } from './dependencies-section.js'
import type { Complain } from './malformed.js'
import { isRecord, type RawEntry } from './raw-entry.js'

/**
 * Format 2 states every package in `packages` (npm 7 and later) and again in `dependencies` (npm 6). Who edits only one
 * half shows a reviewer, or another npm, something else than what is installed.
 */
export function complainOfDisagreement(
  document: RawEntry,
  entries: ReadonlyMap<string, LockfileEntry>,
  complain: Complain,
): void {
  for (const { key, raw } of legacyEntries(document)) {
    const entry = entries.get(throughLinks(key, entries))
    if (!isRecord(raw) || entry?.source === 'link') continue
    const seen = entry === undefined ? `only in dependencies: ${key}` : disagreement(raw, entry)
    if (seen !== null) complain(entry?.key ?? key, 'sections-disagree', seen, true)
  }
}

function disagreement(raw: RawEntry, entry: LockfileEntry): string | null {
  for (const field of ['integrity', 'resolved'] as const) {
    const other = raw[field]
    if (typeof other === 'string' && entry[field] !== undefined && other !== entry[field]) {
      return `${field}: ${other} in dependencies, ${entry[field]} in packages`
    }
  }
  if (entry.source !== 'registry' || typeof raw.version !== 'string') return null
  const version = raw.version.startsWith('npm:') ? raw.version.slice(raw.version.lastIndexOf('@') + 1) : raw.version
  return version === entry.version ? null : `version: ${raw.version} in dependencies, ${entry.version} in packages`
}

/** `dependencies` nests what a workspace has below the workspace's name, `packages` below its folder. */
function throughLinks(key: string, entries: ReadonlyMap<string, LockfileEntry>): string {
  const at = key.indexOf('/node_modules/')
  if (at === -1) return key
  const top = entries.get(key.slice(0, at))
  return top?.source === 'link' && top.resolved !== undefined ? posix.normalize(top.resolved) + key.slice(at) : key
}
