import { known, type Outcome, unknown } from '../../gap.js'
import type { DependencyGraph } from '../dependency-graph.js'
import type { LockfileInput } from '../formats.js'
import { lineCounter } from '../json-text.js'
import { complaints } from '../npm/malformed.js'
import { readOwnPackages } from '../yarn/own-packages.js'
import { collectBerryEntries } from './berry-entries.js'
import { BerryGraph } from './berry-graph.js'
import { readBerryText } from './berry-text.js'

/** The newest `version` of `__metadata` that was seen in use. Formats that Yarn may write one day are not guessed at. */
const newestVersion = 10

const metadataKey = '__metadata'

/** A yarn.lock of Yarn 2 and later. Throws UnreadableAt for text that is not as Yarn writes it. */
export function parseBerryText({ file, text, manifests }: LockfileInput): Outcome<DependencyGraph> {
  const all = readBerryText(text)
  const metadata = all.filter(({ key }) => key === metadataKey)
  const version = metadata.at(-1)?.version ?? ''
  if (!/^[1-9]\d?$/.test(version) || Number(version) > newestVersion) {
    const detail = `version ${JSON.stringify(version.slice(0, 40))} of its __metadata is not one of 1 to ${newestVersion}`
    return unknown({ code: 'lockfile-unsupported', file, fact: 'lockfile', detail })
  }
  const { list, complain } = complaints()
  if (metadata.length > 1) complain(metadataKey, 'duplicate-key', metadataKey, true)
  const blocks = all.filter(({ key }) => key !== metadataKey)
  const collected = collectBerryEntries(blocks, metadata.at(-1)?.cacheKey ?? '', complain)
  const lineAt = lineCounter(text)
  const lineOf = (key: string): number | null => {
    const block = key === metadataKey ? metadata.at(-1) : collected.blocks.get(key)
    return block === undefined ? null : lineAt(block.offset)
  }
  const malformed = list.map((one) => ({ ...one, line: lineOf(one.key) }))
  const own = readOwnPackages(file, manifests)
  return known(new BerryGraph({ file, text, formatVersion: version, malformed, own, ...entriesOf(collected) }))
}

const entriesOf = ({ entries, blocks, keys, resolutions, patched }: ReturnType<typeof collectBerryEntries>) => ({
  entries,
  blocks,
  keys,
  resolutions,
  patched,
})
