import type { Capability } from '../../package/code/file-code.js'
import type { PackageFacts } from '../../package/package-facts.js'
import { type SightingAt, sightingsOf } from './changed-code.js'

/** What does harm by itself when it runs as soon as somebody loads the package. */
const active: ReadonlySet<Capability> = new Set(['shell', 'network', 'dns', 'eval', 'file-write'])

/** `(0, eval)('this')` asks for the global object, as old polyfills do. */
const asksForGlobal = /^(?:this|globalThis|self|window|global)$/

/** Places at the top level of loaded modules that have an ability which no loaded module of the version before had there. */
export function addedAtLoad(now: PackageFacts, previous: PackageFacts): readonly SightingAt[] {
  const known = new Set(atLoad(previous).map(({ capability }) => capability))
  return atLoad(now).filter(({ capability }) => !known.has(capability))
}

const atLoad = (facts: PackageFacts): readonly SightingAt[] =>
  sightingsOf(facts, active).filter(
    ({ when, capability, constant }) =>
      when === 'load' && !(capability === 'eval' && constant !== undefined && asksForGlobal.test(constant)),
  )
