import type { Anchor, Location } from './anchor.js'
import type { DependencyGraph } from './dependency-graph.js'
import { lineCounter, scanJson } from './json-text.js'
import { dependencySections } from './manifest.js'

/** What the head holds, as far as it was read. */
export interface HeadFiles {
  /** Lockfile → graph. */
  readonly graphs: ReadonlyMap<string, DependencyGraph>
  /** Manifest → text. */
  readonly manifests: ReadonlyMap<string, string>
  has(path: string): boolean
}

/**
 * Where an anchor stands at head. The line of a missing field is that of its entry; a missing entry (a removed package)
 * leaves the file; a file that head does not have is null.
 */
export function locate(anchor: Anchor, head: HeadFiles): Location | null {
  switch (anchor.kind) {
    case 'entry': {
      const graph = head.graphs.get(anchor.lockfile)
      const line = graph?.lineOf(anchor.key, anchor.field) ?? graph?.lineOf(anchor.key) ?? null
      return place(head, anchor.lockfile, line)
    }
    case 'dependency':
      return place(head, anchor.manifest, dependencyLine(head.manifests.get(anchor.manifest), anchor.name))
    case 'line':
      return place(head, anchor.file, anchor.line)
    case 'file':
      return place(head, anchor.file, null)
  }
}

function place(head: HeadFiles, file: string, line: number | null): Location | null {
  if (!head.has(file)) return null
  return line === null ? { file } : { file, line }
}

/** The line of the name in the first section that has it; of a doubled key the last one, as npm reads it. */
function dependencyLine(text: string | undefined, name: string): number | null {
  if (text === undefined) return null
  const found = new Map<string, number>()
  scanJson(text.replace(/^\ufeff/, ' '), (key, path, offset) => {
    if (path.length === 1 && key === name) found.set(path[0] ?? '', offset)
  })
  const section = dependencySections.find((one) => found.has(one))
  const offset = section === undefined ? undefined : found.get(section)
  return offset === undefined ? null : lineCounter(text)(offset)
}
