import type { DependencyGraph } from '../../src/lockfile/dependency-graph.js'
import { diffGraphs } from '../../src/lockfile/diff.js'
import { formatOfFile } from '../../src/lockfile/formats.js'
import { readGenerally, type StatedEntry } from './general-reader.js'

/** Of processor time, which a busy machine does not stretch. */
const maxParseMs = 1_000

/** What is wrong with how a text was read; null where nothing is. */
export function examine(file: string, text: string): string | null {
  const format = formatOfFile(file)
  if (format === undefined) return `no format is known for ${file}`
  const start = process.cpuUsage()
  try {
    const outcome = format.parse({ file, text, manifests: new Map() })
    const { user, system } = process.cpuUsage(start)
    if ((user + system) / 1000 > maxParseMs) return `it took ${Math.round((user + system) / 1000)} ms`
    if (!outcome.known) return null
    const graph = outcome.value
    return misplaced(graph, text) ?? lost(graph, file, text) ?? undiffable(graph)
  } catch (error) {
    return `it threw ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' ') : String(error)}`
  }
}

/** Every line that is told must be one of the text, and every entry must have one. */
function misplaced(graph: DependencyGraph, text: string): string | null {
  const lines = text.split(/\r\n|[\n\r]/).length
  const isWrong = (line: number | null): boolean => line !== null && (line < 1 || line > lines)
  const complaint = graph.malformed.find(({ line }) => isWrong(line))
  if (complaint !== undefined) return `${complaint.reason} is said of line ${complaint.line} of ${lines}`
  for (const key of graph.entries.keys()) {
    const line = graph.lineOf(key)
    if (line === null || isWrong(line)) return `${key} is said to stand on line ${line} of ${lines}`
  }
  return null
}

function undiffable(graph: DependencyGraph): string | null {
  const identity = { defaultHosts: ['npm.acme.example'] }
  const alike = diffGraphs(graph, graph, identity)
  if (alike.length > 0) return `it differs from itself in ${alike[0]?.name}`
  diffGraphs(null, graph, identity)
  diffGraphs(graph, null, identity)
  return null
}

/**
 * An entry that the general parser sees, and that we neither have, nor complain of by its key, nor left out of a graph of
 * which we say so: such a report is never clear.
 */
function lost(graph: DependencyGraph, file: string, text: string): string | null {
  if (graph.malformed.some(({ read }) => !read)) return null
  const stated = readGenerally(file, text)
  if (stated === null || stated.length === 0) return null
  const entries = [...graph.entries.values()]
  const integrities = new Set(entries.flatMap(({ integrity }) => (integrity === undefined ? [] : [integrity])))
  const versions = new Set(entries.map(({ version }) => version))
  const complained = new Set(graph.malformed.map(({ key }) => key))
  const isKept = ({ key, version, integrity }: StatedEntry): boolean =>
    complained.has(key) ||
    ((integrity === undefined || integrities.has(integrity)) && (version === undefined || versions.has(version)))
  const gone = stated.find((entry) => !isKept(entry))
  return gone === undefined ? null : `it lost ${JSON.stringify(gone)}`
}
