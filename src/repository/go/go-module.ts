import { posix } from 'node:path'
import type { PostureReader } from '../posture/posture-reader.js'
import type { GoModule, Place } from '../posture/posture-state.js'
import { numberedLines } from '../text-lines.js'

/** go.mod, and whether its go.sum is there. */
export const goModuleReader: PostureReader = {
  explains: true,
  matches: (path) => posix.basename(path) === 'go.mod',
  read(file, text, has) {
    const { module, broken } = parseGoModule(file, text, has(posix.join(posix.dirname(file), 'go.sum')))
    return { go: [module], ...(broken !== undefined && { broken }) }
  },
}

/** A go.sum says nothing by itself, but that it came or went does: its go.mod is then read in both states. */
export const goChecksumsReader: PostureReader = {
  matches: (path) => posix.basename(path) === 'go.sum',
  read: () => ({}),
}

/** By Go's grammar: a directive and its words on a line, or a block of such lines in parentheses. */
export function parseGoModule(
  file: string,
  text: string,
  checksums: boolean,
): { readonly module: GoModule; readonly broken?: number } {
  const requirements: (Place & { module: string; version: string })[] = []
  const replaced: string[] = []
  let block: string | undefined
  let broken: number | undefined
  for (const [line, raw] of numberedLines(text)) {
    const words = wordsOf(raw)
    if (words.length === 0) continue
    if (block !== undefined && words[0] === ')') {
      block = undefined
      continue
    }
    const [verb = '', ...rest] = block === undefined ? words : [block, ...words]
    if (block === undefined && !directives.has(verb)) {
      broken ??= line
      continue
    }
    if (rest[0] === '(' && block === undefined) {
      block = verb
      continue
    }
    if (verb === 'require' && rest[0] !== undefined) {
      requirements.push({ file, line, module: rest[0], version: rest[1] ?? '' })
    } else if (verb === 'replace') {
      const target = rest[rest.indexOf('=>') + 1] ?? ''
      if (rest.includes('=>') && /^\.{0,2}\//.test(target)) replaced.push(rest[0] ?? '')
    }
  }
  return {
    module: { file, requirements, checksums, replaced },
    ...((broken ?? (block === undefined ? undefined : 1)) !== undefined && { broken: broken ?? 1 }),
  }
}

const directives: ReadonlySet<string> = new Set([
  'module',
  'go',
  'toolchain',
  'godebug',
  'require',
  'replace',
  'exclude',
  'retract',
  'tool',
  'ignore',
])

function wordsOf(raw: string): readonly string[] {
  const code = raw.replace(/(?:^|\s)\/\/.*$/, '')
  return (code.match(/"[^"]*"|`[^`]*`|\(|\)|[^\s()]+/g) ?? []).map((word) => word.replace(/^["`]|["`]$/g, ''))
}
