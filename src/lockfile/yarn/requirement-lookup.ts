import type { Requirement, Root } from '../dependency-graph.js'

/** Finds the requirement of a name. Whoever walks a graph asks one package for all its names in turn, so one is kept. */
export class RequirementLookup {
  #from: string | Root | undefined
  #requirements = new Map<string, Requirement>()

  constructor(readonly requirementsOf: (from: string | Root) => readonly Requirement[]) {}

  find(from: string | Root, name: string): Requirement | undefined {
    if (this.#from !== from) {
      this.#requirements = new Map()
      for (const one of this.requirementsOf(from)) {
        if (!this.#requirements.has(one.name)) this.#requirements.set(one.name, one)
      }
      this.#from = from
    }
    return this.#requirements.get(name)
  }
}
