import { known, type Outcome, unknown } from '../../gap.js'
import type { DependencyGraph, MalformedEntry } from '../dependency-graph.js'
import type { LockfileInput } from '../formats.js'
import { lineCounter } from '../json-text.js'
import { type Complaint, complaints } from '../npm/malformed.js'
import { isOddText } from '../yarn/lines.js'
import { readOwnPackages } from '../yarn/own-packages.js'
import { collectBerryEntries } from './berry-entries.js'
import { BerryGraph } from './berry-graph.js'
import { type BerryBlock, readBerryText } from './berry-text.js'

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
  const { entries, keys, patched } = collectBerryEntries(
    { blocks, cacheKey: metadata.at(-1)?.cacheKey ?? '', isOdd: isOddText(text) },
    complain,
  )
  const malformed = withLines(text, all, list)
  const own = readOwnPackages(file, manifests)
  return known(new BerryGraph({ file, text, formatVersion: version, malformed, own, blocks, entries, keys, patched }))
}

function withLines(text: string, blocks: readonly BerryBlock[], complaints: readonly Complaint[]): MalformedEntry[] {
  if (complaints.length === 0) return []
  const lineAt = lineCounter(text)
  const offsets = new Map(blocks.map(({ key, offset }) => [key, offset]))
  return complaints.map((one) => {
    const offset = offsets.get(one.key)
    return { ...one, line: offset === undefined ? null : lineAt(offset) }
  })
}
