import type { LockfileEntry, SourceKind } from '../dependency-graph.js'

/** What the file states of an entry. */
export interface EntryFields {
  readonly key: string
  readonly name: string
  readonly source: SourceKind
  readonly alias: string | undefined
  readonly version: string | undefined
  readonly resolved: string | undefined
  readonly integrity: string | undefined
  readonly statedBundled: boolean
}

/** How the roots reach an entry; asked only where a change is shown. */
export interface Reach {
  isDev(key: string): boolean
  isOptional(key: string): boolean
  isBundled(key: string): boolean
}

/** An entry of bun.lock. Bun states no `dev` and no `optional`: both are what the ways from the roots say, found when asked. */
export class BunEntry implements LockfileEntry {
  readonly key: string
  readonly name: string
  readonly source: SourceKind
  readonly peer = false
  declare readonly alias?: string
  declare readonly version?: string
  declare readonly resolved?: string
  declare readonly integrity?: string
  readonly #reach: Reach
  readonly #statedBundled: boolean

  constructor(fields: EntryFields, reach: Reach) {
    this.key = fields.key
    this.name = fields.name
    this.source = fields.source
    if (fields.alias !== undefined) this.alias = fields.alias
    if (fields.version !== undefined) this.version = fields.version
    if (fields.resolved !== undefined) this.resolved = fields.resolved
    if (fields.integrity !== undefined) this.integrity = fields.integrity
    this.#reach = reach
    this.#statedBundled = fields.statedBundled
  }

  get dev(): boolean {
    return this.#reach.isDev(this.key)
  }

  get optional(): boolean {
    return this.#reach.isOptional(this.key)
  }

  get bundled(): boolean {
    return this.#statedBundled && this.#reach.isBundled(this.key)
  }
}
