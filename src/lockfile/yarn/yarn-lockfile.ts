import { type Gap, known, type Outcome, unknown } from '../../gap.js'
import { maxLockfileBytes, maxLockfileEntries } from '../../limits.js'
import type { DependencyGraph, MalformedEntry } from '../dependency-graph.js'
import type { LockfileInput } from '../formats.js'
import { lineCounter } from '../json-text.js'
import { complaints } from '../npm/malformed.js'
import { conflictMarker } from '../npm/npm-lockfile.js'
import { parseBerryText } from '../yarn-berry/berry-lockfile.js'
import { collectClassicEntries } from './classic-entries.js'
import { ClassicGraph } from './classic-graph.js'
import { type ClassicBlock, readClassicText } from './classic-text.js'
import { isOddText, lineEnd, UnreadableAt } from './lines.js'
import { readOwnPackages } from './own-packages.js'

/** Only the formats since Yarn 2 have it, and their YAML may quote it. */
const metadataLine = /^["']?__metadata["']? *:/m

/** Whether a text is of Yarn 2 or later, which states its workspaces itself. */
export const isBerry = (text: string): boolean => text.includes('__metadata') && metadataLine.test(text)

/** What the comments at the beginning call the version; null where they do not. */
function classicVersion(text: string): string | null {
  for (let at = 0; text[at] === '#'; ) {
    const { end, next } = lineEnd(text, at)
    const found = /^#\s+yarn\s+lockfile\s+v(\d+)\s*$/i.exec(text.slice(at, end))
    if (found !== null) return found[1] ?? null
    at = next
  }
  return null
}

/** A yarn.lock of any version: which one it is stands in the text, not in its name. */
export function parseYarnLockfile(input: LockfileInput): Outcome<DependencyGraph> {
  const { file } = input
  const text = input.text.startsWith('\ufeff') ? input.text.slice(1) : input.text
  const refuse = (code: Gap['code'], detail: string): Outcome<never> =>
    unknown({ code, file, fact: 'lockfile', detail })
  if (Buffer.byteLength(text) > maxLockfileBytes) {
    return refuse('limit-reached', `the lockfile is larger than ${maxLockfileBytes} bytes`)
  }
  const header = classicVersion(text)
  const berry = isBerry(text)
  // Later Yarn reads a text with this comment by the grammar of version 1, whatever follows.
  if (berry && header !== null) return refuse('lockfile-unreadable', 'it says to be of Yarn 1 and of a later one')
  if (!berry && header !== null && header !== '1') {
    return refuse('lockfile-unsupported', `version ${header.slice(0, 40)} is not 1`)
  }
  try {
    const graph = berry ? parseBerryText({ ...input, text }) : parseClassicText({ ...input, text })
    if (graph.known && graph.value.entries.size > maxLockfileEntries) {
      return refuse('limit-reached', `more than ${maxLockfileEntries} entries`)
    }
    return graph
  } catch (error) {
    if (!(error instanceof UnreadableAt)) throw error
    const why = conflictMarker(text) === null ? 'it is not as Yarn writes it' : 'it has conflict markers'
    return refuse('lockfile-unreadable', `${why}, line ${lineCounter(text)(error.offset)}`)
  }
}

function parseClassicText({ file, text, manifests }: LockfileInput): Outcome<DependencyGraph> {
  const { list, complain } = complaints()
  const collected = collectClassicEntries(readClassicText(text), isOddText(text), complain)
  const lineAt = lineCounter(text)
  const malformed = list.map((one) => ({ ...one, line: lineOfBlock(collected.blocks.get(one.key), lineAt) }))
  return known(new ClassicGraph({ file, text, malformed, own: readOwnPackages(file, manifests), ...collected }))
}

const lineOfBlock = (block: ClassicBlock | undefined, lineAt: (offset: number) => number): MalformedEntry['line'] =>
  block === undefined ? null : lineAt(block.offset)
