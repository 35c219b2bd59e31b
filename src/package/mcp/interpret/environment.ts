import { unknown, type Value } from './value.js'

/** One name. `read` gives what another module exports, when it is asked for. */
export interface Cell {
  value: Value
  readonly read?: () => Value
}

/** The names of a function or block, `this` among them. */
export class Environment {
  readonly parent: Environment | undefined
  /** Where `var` puts its names. */
  readonly nearestFunction: Environment
  /** How deep within branches that may not be taken it was made. */
  readonly level: number
  readonly #cells = new Map<string, Cell>()

  constructor(parent: Environment | undefined, isFunction: boolean, level: number) {
    this.parent = parent
    this.nearestFunction = isFunction || parent === undefined ? this : parent.nearestFunction
    this.level = level
  }

  declare(name: string, value: Value): Cell {
    const cell = this.#cells.get(name)
    if (cell !== undefined && cell.read === undefined) {
      cell.value = value
      return cell
    }
    const made = { value }
    this.#cells.set(name, made)
    return made
  }

  /** Keeps what is there. */
  ensure(name: string, value: Value): Cell {
    return this.#cells.get(name) ?? this.declare(name, value)
  }

  link(name: string, read: () => Value): void {
    this.#cells.set(name, { value: unknown, read })
  }

  own(name: string): Cell | undefined {
    return this.#cells.get(name)
  }

  find(name: string): { readonly cell: Cell; readonly level: number } | undefined {
    for (let at: Environment | undefined = this; at !== undefined; at = at.parent) {
      const cell = at.#cells.get(name)
      if (cell !== undefined) return { cell, level: at.level }
    }
    return undefined
  }
}
