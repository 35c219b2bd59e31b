import { readServerStarts } from '../mcp/starts/read-server-starts.js'
import { unreadCode } from './bare-code.js'
import { knownAbilities, readCapabilities } from './capabilities/read-capabilities.js'
import type { FileCode } from './file-code.js'
import { readFlows } from './flows/read-flows.js'
import { type ReadCode, readCode } from './read/read-code.js'
import type { SyntaxNode } from './read/syntax-node.js'
import type { Position } from './read/walk.js'
import { TextReader } from './text-facts.js'

export type AnalyseFile = (bytes: Buffer, path: string) => FileCode

/**
 * Gives the function that says all that one file says as code; what it knows of platform and libraries is set up once. Runs inside a child
 * process, on a large stack; never throws: whatever a file does to its reader is told of that file.
 */
export function fileAnalyser(): AnalyseFile {
  const abilities = knownAbilities()
  return (bytes, path) => {
    try {
      return toFileCode(readCode(bytes, path), abilities)
    } catch (error) {
      if (error instanceof RangeError) return unreadCode('too-deep', 'nested deeper than the stack of the analysis')
      return unreadCode('crash', error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'no error')
    }
  }
}

function toFileCode(read: ReadCode, abilities: ReturnType<typeof knownAbilities>): FileCode {
  const { dialect, tree, source, unanalysable } = read
  const anyKeys = dialect === 'typescript' || dialect === 'flow'
  const reader = new TextReader(read)
  const alongside = (node: SyntaxNode, at: Position): void => reader.enter(node, at)
  const code = tree === undefined ? undefined : readCapabilities(tree, source, { anyKeys, abilities, alongside })
  const flows = tree && code && readFlows(code, tree, source, abilities, anyKeys)
  const serverStarts = code === undefined ? [] : readServerStarts(code, source)
  const { cut, ...texts } = reader.facts(code?.folded ?? [], code?.sightings ?? [])
  return {
    dialect,
    ...(unanalysable && { unanalysable }),
    ...((code?.exhausted || flows?.exhausted || cut) && { unanalysable: tooComplex }),
    requests: code?.requests ?? [],
    sightings: code?.sightings ?? [],
    flows: flows?.flows ?? [],
    ...(flows?.cut && { flowsCut: true }),
    ...(flows !== undefined && flows.pieces.length > 0 && { flowPieces: flows.pieces }),
    ...texts,
    ...(serverStarts.length > 0 && { serverStarts }),
  }
}

const tooComplex = { reason: 'too-complex', detail: 'more to compute, or to tell, than the limits allow' } as const
