import { posix } from 'node:path'
import type { Complain } from '../npm/malformed.js'
import type { Importer, Reference } from './importers.js'
import { type EntryTable, leavesProject } from './packages-section.js'

/** The graph's key for a `link:` of a project; null for any other reference. pnpm itself gives links no entry. */
export function linkKey({ path }: Importer, { name, reference }: Reference): string | null {
  const target = linkTarget(path, reference)
  return target === null ? null : `${name}@link:${target}`
}

/** As seen from the lockfile's folder. */
function linkTarget(path: string, reference: string): string | null {
  if (!reference.startsWith('link:')) return null
  const target = reference.slice('link:'.length)
  return leavesProject(target) ? target : posix.join(path, target)
}

export function addLinks(importers: readonly Importer[], { entries, lines }: EntryTable, complain: Complain): void {
  for (const importer of importers) {
    for (const reference of importer.references.values()) {
      const key = linkKey(importer, reference)
      if (key === null) continue
      const resolved = linkTarget(importer.path, reference.reference) ?? ''
      if (leavesProject(resolved)) complain(key, 'path-traversal', reference.reference, true)
      const dev = reference.kind === 'dev'
      const known = entries.get(key)
      if (known !== undefined) known.dev &&= dev
      else {
        const flags = { dev, optional: reference.kind === 'optional', peer: false, bundled: false }
        entries.set(key, { key, name: reference.name, source: 'link', resolved, ...flags })
        lines.set(key, { entry: reference.line, resolved: reference.line })
      }
    }
  }
}
