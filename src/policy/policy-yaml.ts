import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments, type YAMLError } from 'yaml'
import { maxPolicyDepth } from '../limits.js'
import { lineNestedTooDeep } from '../repository/yaml-nesting.js'

/** A mistake in a YAML text, before anybody looked at what it means. `line` counts from 1. */
export interface YamlMistake {
  readonly line: number
  readonly path: readonly PropertyKey[]
  readonly seen: string
  readonly wanted: string
}

/** A YAML text as plain data, with the line of each part. */
export interface LocatedYaml {
  readonly value: unknown
  readonly mistakes: readonly YamlMistake[]
  /** The line of the key or the list item at `path`, or of the nearest part above it that the text has. */
  lineOf(path: readonly PropertyKey[]): number
}

/**
 * Reads one YAML 1.2 document of mappings, lists and scalars. What a policy has no use for is a mistake: aliases (which
 * can unfold without bounds), tags, keys that are no text, several documents.
 */
export function readYaml(text: string): LocatedYaml {
  const tooDeep = lineNestedTooDeep(text, { brackets: maxPolicyDepth, levels: maxPolicyDepth })
  if (tooDeep !== undefined) {
    const mistake = { line: tooDeep, path: [], seen: 'deep nesting', wanted: `at most ${maxPolicyDepth} levels` }
    return { value: undefined, mistakes: [mistake], lineOf: () => 1 }
  }
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false, version: '1.2', schema: 'core' })
  const reader = new NodeReader((offset) => lines.linePos(offset).line)
  if (!Array.isArray(documents)) return reader.finish(null)
  const [first, second] = documents
  if (second !== undefined) reader.mistake(second.range[0], [], 'a second document', 'one YAML document')
  if (first === undefined) return reader.finish(null)
  reader.addSyntaxMistakes(first, text)
  return reader.finish(reader.mistakes.length > 0 ? undefined : reader.read(first.contents, [], 0))
}

class NodeReader {
  readonly mistakes: YamlMistake[] = []
  readonly #lines = new Map<string, number>()

  constructor(private readonly lineAt: (offset: number) => number) {}

  mistake(offset: number, path: readonly PropertyKey[], seen: string, wanted: string): undefined {
    this.mistakes.push({ line: this.lineAt(offset), path, seen, wanted })
  }

  addSyntaxMistakes({ errors, warnings }: Document, text: string): void {
    for (const { code, message, pos } of [...errors, ...warnings] as YAMLError[]) {
      const seen = text.slice(pos[0], Math.max(pos[1], pos[0] + 1)).split('\n')[0] ?? ''
      this.mistake(pos[0], [], seen, code === 'DUPLICATE_KEY' ? 'each key once' : `valid YAML: ${message}`)
    }
  }

  read(node: unknown, path: readonly PropertyKey[], depth: number): unknown {
    if (depth > maxPolicyDepth) return this.mistake(offsetOf(node), path, 'deep nesting', `${maxPolicyDepth} levels`)
    if (node === null) return null
    if (isAlias(node)) {
      return this.mistake(offsetOf(node), path, `*${node.source}`, 'the value itself: aliases are not followed')
    }
    if (isScalar(node)) return node.value
    if (isSeq(node)) {
      return node.items.map((item, index) => {
        this.#place([...path, index], item)
        return this.read(item, [...path, index], depth + 1)
      })
    }
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }) => this.#readPair(key, value, path, depth))
      return Object.fromEntries(entries.filter((entry) => entry !== null))
    }
    return this.mistake(offsetOf(node), path, 'an unknown kind of node', 'mappings, lists and scalars')
  }

  #readPair(key: unknown, value: unknown, path: readonly PropertyKey[], depth: number): [string, unknown] | null {
    if (!isScalar(key) || typeof key.value !== 'string') {
      this.mistake(
        offsetOf(key),
        path,
        isScalar(key) ? String(key.value) : 'a key that is no text',
        'a key that is text',
      )
      return null
    }
    // zod drops this key from records without a word, and a word is what an unknown key must get.
    if (key.value === '__proto__') {
      this.mistake(offsetOf(key), path, '__proto__', 'another key')
      return null
    }
    this.#place([...path, key.value], key)
    return [key.value, this.read(value, [...path, key.value], depth + 1)]
  }

  #place(path: readonly PropertyKey[], node: unknown): void {
    this.#lines.set(JSON.stringify(path), this.lineAt(offsetOf(node)))
  }

  finish(value: unknown): LocatedYaml {
    const lineOf = (path: readonly PropertyKey[]): number => {
      for (let length = path.length; length > 0; length -= 1) {
        const line = this.#lines.get(JSON.stringify(path.slice(0, length)))
        if (line !== undefined) return line
      }
      return 1
    }
    return { value, mistakes: this.mistakes, lineOf }
  }
}

function offsetOf(node: unknown): number {
  const range = (node as { range?: readonly [number, number, number] | null } | null)?.range
  return range?.[0] ?? 0
}
