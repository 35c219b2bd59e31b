export type YamlScalar = string | number | boolean | null

export type YamlValue = YamlScalar | YamlMap | readonly YamlValue[]

/** From this many keys on, a map is looked up by an index instead of by a walk. */
const maxWalkedKeys = 12

/**
 * A mapping in file order, with the line of each key. One array and not an object: keys come from outside, most maps are
 * walked once, and a lockfile has tens of thousands of them.
 */
export class YamlMap {
  #index: Map<string, number> | undefined

  /** Key, value and line of each pair, one after the other; no key comes twice. */
  constructor(readonly cells: readonly unknown[]) {}

  get size(): number {
    return this.cells.length / 3
  }

  keyAt(at: number): string {
    return this.cells[at * 3] as string
  }

  valueAt(at: number): YamlValue {
    return this.cells[at * 3 + 1] as YamlValue
  }

  /** From 1. */
  lineAt(at: number): number {
    return this.cells[at * 3 + 2] as number
  }

  get(key: string): YamlValue | undefined {
    const at = this.indexOf(key)
    return at === -1 ? undefined : this.valueAt(at)
  }

  lineOf(key: string): number | undefined {
    const at = this.indexOf(key)
    return at === -1 ? undefined : this.lineAt(at)
  }

  indexOf(key: string): number {
    if (this.size > maxWalkedKeys) return this.#indexed().get(key) ?? -1
    for (let at = 0; at < this.cells.length; at += 3) if (this.cells[at] === key) return at / 3
    return -1
  }

  #indexed(): Map<string, number> {
    if (this.#index === undefined) {
      this.#index = new Map()
      for (let at = 0; at < this.size; at += 1) this.#index.set(this.keyAt(at), at)
    }
    return this.#index
  }
}

export const isMap = (value: YamlValue | undefined): value is YamlMap => value instanceof YamlMap

export const isText = (value: YamlValue | undefined): value is string => typeof value === 'string'

/** What a value looks like to a person, on one line. */
export function showValue(value: YamlValue | undefined): string {
  if (value === undefined) return 'nothing'
  if (isMap(value)) return `{${value.cells.filter((_, at) => at % 3 === 0).join(', ')}}`
  return Array.isArray(value) ? `[${value.length}]` : JSON.stringify(value)
}
