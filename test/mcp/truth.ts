import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'

/** What a person found in the sources of one server, without our reading of it. */
const Truth = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** How the tools are declared, and where that was read. */
  read: z.string(),
  /** Names of tools, each with its parameters; null where nobody wrote these down. */
  tools: z.record(z.string(), z.array(z.string()).nullable()),
})
export type Truth = z.infer<typeof Truth>

export function readTruths(folder: string): readonly Truth[] {
  return readdirSync(folder)
    .sort()
    .map((file) => Truth.parse(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))))
}
