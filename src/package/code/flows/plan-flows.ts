import type { CodeAbilities } from '../capabilities/read-capabilities.js'
import type { Capability, ModuleRequest } from '../file-code.js'
import { isOwnModule } from '../fold/reference.js'
import { mayNameEnvironment, mayNameKeys, type SourceSeen, sourcesOf } from './sources.js'

/** Ways out of the machine, for what is followed. */
export const waysOut: readonly Capability[] = ['network', 'dns', 'socket', 'shell']
const waysIn: readonly Capability[] = ['eval', 'vm', 'shell']
const requests: readonly Capability[] = ['network', 'dns', 'socket']

/** What a file is looked through for. */
export interface Plan {
  readonly seeds: readonly SourceSeen[]
  readonly keys: boolean
  /** It has something that another module may complete. */
  readonly ports: boolean
}

/** One character after the other: all that handles texts does so. */
export const isCharacter = ({ kind, detail }: Pick<SourceSeen, 'kind' | 'detail'>): boolean =>
  kind === 'decoded' && detail.startsWith('String.')

const isOwnRequest = ({ specifier = '' }: ModuleRequest): boolean => isOwnModule(specifier)

/** Of larger files the pieces of flows are left out: what is split over modules to hide it is small, and bundles have everything in one. */
const maxPortCharacters = 65_536

/** Costs next to nothing: the abilities and a look at the text tell what there is to follow. */
export function planFor(code: CodeAbilities, text: string): Plan {
  const had = new Set(code.sightings.map(({ capability }) => capability))
  const has = (wanted: readonly Capability[]): boolean => wanted.some((capability) => had.has(capability))
  const ports = text.length <= maxPortCharacters
  const leaks = has(waysOut)
  // A file that is written first may be loaded by any path that is no name of a package.
  const loads =
    has(['dynamic-require', 'worker', 'native-addon']) ||
    code.requests.some(({ specifier }) => specifier?.startsWith('/'))
  const isThread = had.has('worker') && /\beval["']?\s{0,9}:\s{0,9}(?:true|!0)/.test(text)
  const runs =
    has(waysIn) || (had.has('file-write') && loads) || isThread || /createElement\(\s{0,9}["'`]script/.test(text)
  const evaluates = had.has('eval') || had.has('vm')
  const seeds = sourcesOf(code).filter(({ kind, detail }) => {
    if (kind === 'download') return runs || ports
    if (kind === 'decoded') return isCharacter({ kind, detail }) ? evaluates : runs
    return leaks || ports
  })
  const named = (leaks || ports) && mayNameEnvironment(text)
  return {
    seeds,
    keys: mayNameKeys(text) && (has(requests) || (ports && code.requests.some(isOwnRequest))),
    ports: named || (ports && (seeds.length > 0 || leaks || has(['eval', 'vm']))),
  }
}
