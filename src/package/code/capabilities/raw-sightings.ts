import { maxSightingConstantCharacters, maxSightingsAlike, maxSightingsOfOneCapability } from '../../../limits.js'
import type { Capability, Scope, Sighting } from '../file-code.js'
import type { FunctionSite } from '../fold/scope.js'
import type { SourceText } from '../read/source-text.js'
import type { Found } from './found.js'

/** A sighting before it is known when its function runs. */
export interface RawSighting extends Found {
  readonly offset: number
  readonly within: FunctionSite | undefined
  /** It is only handed on here: whoever gets it decides when it runs. */
  readonly isHandedOn?: boolean
}

export interface BoundedSightings {
  readonly sightings: readonly Sighting[]
  /** More than fit: what was left out may matter. */
  readonly cut: boolean
}

/** With place, excerpt and time of running, sorted by place; of many that are alike the first ones. */
export function toSightings(
  found: readonly RawSighting[],
  source: SourceText,
  scopeOf: (within: FunctionSite | undefined) => Scope,
): BoundedSightings {
  const alike = new Map<string, number>()
  const ofCapability = new Map<Capability, number>()
  const places = new Set<string>()
  let cut = false
  const sightings: Sighting[] = []
  for (const { capability, detail, constant, offset, within, isHandedOn } of [...found].sort(
    (a, b) => a.offset - b.offset,
  )) {
    const scope = isHandedOn === true ? 'function' : scopeOf(within)
    const { line, column } = source.placeAt(offset)
    // A text and the call that it is given to may tell the same; so may two ways through one expression.
    const place =
      constant === undefined ? `${offset} ${capability} ${detail}` : `line ${line} ${capability} ${detail} ${constant}`
    const kind = `${capability} ${scope} ${detail} ${constant ?? ''}`
    const times = (alike.get(kind) ?? 0) + 1
    if (places.has(place) || times > maxSightingsAlike) continue
    const ofThis = (ofCapability.get(capability) ?? 0) + 1
    if (ofThis > maxSightingsOfOneCapability) {
      cut = true
      continue
    }
    places.add(place)
    alike.set(kind, times)
    ofCapability.set(capability, ofThis)
    sightings.push({
      line,
      column,
      capability,
      scope,
      detail: detail.slice(0, maxDetailCharacters),
      excerpt: source.excerptAt(offset),
      ...(constant !== undefined && { constant: constant.slice(0, maxSightingConstantCharacters) }),
    })
  }
  return { sightings, cut }
}

const maxDetailCharacters = 200
