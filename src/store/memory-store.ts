import type { PackageFacts } from '../package/package-facts.js'
import type { PackageStore } from './package-store.js'

/** A store that lasts as long as its owner: for tests, and where there is no folder to write to. */
export function openMemoryStore(): PackageStore {
  const kept = new Map<string, PackageFacts>()
  return {
    async get(integrity) {
      return kept.get(integrity)
    },
    async put(facts) {
      kept.set(facts.integrity, facts)
    },
  }
}
