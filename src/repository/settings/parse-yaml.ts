import { isAlias, isMap, isScalar, isSeq, LineCounter, parseAllDocuments } from 'yaml'
import { maxSettingsDepth, maxSettingsValues } from '../../limits.js'
import { lineNestedTooDeep, maxOpenBrackets } from '../yaml-nesting.js'
import type { ParsedSettings } from './parse-settings.js'
import type { Member, PlacedValue } from './placed-value.js'

/**
 * The first document of a YAML 1.2 text. What an alias stands for is put in its place as long as the whole stays small; merge keys (`<<`) are
 * keys like others. Never throws but for nesting (RangeError).
 */
export function parseYaml(text: string): ParsedSettings {
  if (text.trim() === '') return {}
  const tooDeep = lineNestedTooDeep(text, { brackets: maxOpenBrackets, levels: maxSettingsDepth })
  if (tooDeep !== undefined) return { broken: tooDeep }
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, {
    lineCounter: lines,
    prettyErrors: false,
    version: '1.2',
    schema: 'core',
    uniqueKeys: false,
    strict: false,
    logLevel: 'silent',
  })
  const first = Array.isArray(documents) ? documents[0] : undefined
  if (first === undefined) return {}
  const placer = new YamlPlacer((offset) => lines.linePos(offset).line)
  const value = placer.place(first.contents, 0)
  const [error] = first.errors
  const broken = error === undefined ? placer.broken : lines.linePos(error.pos[0]).line
  return { value, ...(broken !== undefined && { broken }) }
}

class YamlPlacer {
  broken: number | undefined
  readonly #anchors = new Map<string, { readonly value: PlacedValue; readonly size: number }>()
  #size = 0

  constructor(private readonly lineAt: (offset: number) => number) {}

  place(node: unknown, depth: number): PlacedValue {
    const line = this.lineAt(offsetOf(node))
    const nothing: PlacedValue = { kind: 'other', line, value: null }
    this.#size += 1
    if (this.#size > maxSettingsValues || depth > maxSettingsDepth) {
      this.broken ??= line
      return nothing
    }
    if (isAlias(node)) {
      const known = this.#anchors.get(node.source)
      // Counted at its full size, so that a few aliases of aliases cannot stand for millions of values.
      this.#size += known?.size ?? 0
      if (known === undefined || this.#size > maxSettingsValues) this.broken ??= line
      return known === undefined || this.#size > maxSettingsValues ? nothing : known.value
    }
    const before = this.#size
    const value = this.#placeOwn(node, line, depth) ?? nothing
    const anchor = (node as { anchor?: unknown } | null)?.anchor
    if (typeof anchor === 'string') this.#anchors.set(anchor, { value, size: this.#size - before + 1 })
    return value
  }

  #placeOwn(node: unknown, line: number, depth: number): PlacedValue | undefined {
    if (isMap(node)) {
      const members = new Map<string, Member>()
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : undefined
        const at = this.lineAt(offsetOf(key))
        // A key without a value has no node of its own to stand on a line.
        const placed: PlacedValue =
          value === null ? { kind: 'other', line: at, value: null } : this.place(value, depth + 1)
        if (name !== undefined) members.set(name, { line: at, value: placed })
      }
      return { kind: 'object', line, members }
    }
    if (isSeq(node)) return { kind: 'list', line, items: node.items.map((item) => this.place(item, depth + 1)) }
    if (!isScalar(node)) return undefined
    const { value } = node
    if (typeof value === 'string') return { kind: 'text', line, text: value }
    return { kind: 'other', line, value: typeof value === 'boolean' || typeof value === 'number' ? value : null }
  }
}

function offsetOf(node: unknown): number {
  const range = (node as { range?: readonly [number, number, number] | null } | null)?.range
  return range?.[0] ?? 0
}
