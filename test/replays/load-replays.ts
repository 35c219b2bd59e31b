import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Replay } from './replay.js'

export interface Incident {
  /** The replay's folder below `test/replays/`. */
  readonly folder: string
  readonly replay: Replay
}

export async function loadReplays(): Promise<readonly Incident[]> {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const incidents: Incident[] = []
  // One after the other: Jest loses its way where modules that share an import are loaded at once.
  for (const { name } of folders) {
    const { replay } = (await import(join(import.meta.dirname, name, 'replay.ts'))) as { replay: Replay }
    incidents.push({ folder: name, replay })
  }
  return incidents
}
