export type YamlScalar = string | number | boolean | null

export type YamlValue = YamlScalar | YamlMap | readonly YamlValue[]

/** From this many keys on, a map out of order is looked up by an index instead of by a walk. */
const maxWalkedKeys = 12

/**
 * A mapping in file order, with the line of each key. Arrays and not an object: keys come from outside, and most maps
 * are walked once. Of a doubled key the last one counts.
 */
export class YamlMap {
  readonly keys: string[] = []
  readonly values: YamlValue[] = []
  /** Line of each key, from 1. */
  readonly lines: number[] = []
  #index: Map<string, number> | undefined
  #sorted = true

  /** False where the key was there already. */
  add(key: string, value: YamlValue, line: number): boolean {
    const known = this.#positionToAdd(key)
    if (known !== -1) {
      this.values[known] = value
      this.lines[known] = line
      return false
    }
    this.#index?.set(key, this.keys.length)
    this.keys.push(key)
    this.values.push(value)
    this.lines.push(line)
    return true
  }

  get(key: string): YamlValue | undefined {
    const at = this.indexOf(key)
    return at === -1 ? undefined : this.values[at]
  }

  indexOf(key: string): number {
    if (this.keys.length <= maxWalkedKeys) return this.keys.indexOf(key)
    this.#index ??= new Map(this.keys.map((one, at) => [one, at]))
    return this.#index.get(key) ?? -1
  }

  /** pnpm sorts its keys: as long as they grow, none can be there already. */
  #positionToAdd(key: string): number {
    const last = this.keys[this.keys.length - 1]
    if (last === undefined || (this.#sorted && key > last)) return -1
    this.#sorted = false
    return this.indexOf(key)
  }
}

export const isMap = (value: YamlValue | undefined): value is YamlMap => value instanceof YamlMap

export const isText = (value: YamlValue | undefined): value is string => typeof value === 'string'

/** What a value looks like to a person, on one line. */
export function showValue(value: YamlValue | undefined): string {
  if (value === undefined) return 'nothing'
  if (isMap(value)) return `{${value.keys.join(', ')}}`
  return Array.isArray(value) ? `[${value.length}]` : JSON.stringify(value)
}
