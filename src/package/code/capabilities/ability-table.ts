import type { Capability } from '../file-code.js'
import { unwrapKey } from './canonical-key.js'
import type { Call } from './found.js'

/** A module all of whose calls are the ability, but for these. */
export interface ModuleAbility {
  readonly module: string
  readonly except?: readonly string[]
}

export const moduleAbility = (module: string): ModuleAbility => ({ module })

/** What has one ability, by the keys of references. */
export interface AbilityTable {
  readonly capability: Capability
  readonly keys: readonly string[]
  readonly modules?: readonly ModuleAbility[]
  /** The command, path, address or code that a call names. */
  readonly constant?: (call: Call) => string | undefined
}

export interface Ability {
  readonly capability: Capability
  readonly constant: ((call: Call) => string | undefined) | undefined
}

/** All tables in one, so that a call costs one look-up. A key may stand for several abilities. */
export class Abilities {
  readonly #keys = new Map<string, Ability[]>()
  readonly #modules = new Map<string, { readonly ability: Ability; readonly except: ReadonlySet<string> }[]>()

  constructor(tables: readonly AbilityTable[]) {
    for (const { capability, keys, modules = [], constant } of tables) {
      const ability = { capability, constant }
      for (const key of keys) this.#keys.set(key, [...(this.#keys.get(key) ?? []), ability])
      for (const { module, except = [] } of modules) {
        const known = this.#modules.get(module) ?? []
        this.#modules.set(module, [...known, { ability, except: new Set(except) }])
      }
    }
  }

  of(key: string): readonly Ability[] {
    const canonical = unwrapKey(key)
    const byKey = this.#keys.get(canonical)
    if (byKey !== undefined) return byKey
    const colon = canonical.lastIndexOf(':')
    if (colon <= 0) return none
    const byModule = this.#modules.get(canonical.slice(0, colon))
    if (byModule === undefined) return none
    const path = canonical.slice(colon + 1)
    // What is done with a result (`.then`, `.pipe`) is not asked for once more.
    if (
      path.includes('()') &&
      !/^(?:create|extend|defaults|instance|Client|Agent|Pool|Octokit)[A-Za-z]*\(\)/.test(path)
    )
      return none
    return byModule.filter(({ except }) => !except.has(path)).map(({ ability }) => ability)
  }
}

const none: readonly Ability[] = []
