import { constant, nothing, type Primitive, type Site, unknown, type Value } from './value.js'

/** JSON as values, all of them at one place: whoever reads it goes to the text. */
export function fromJson(text: string, site: Site, level: number): Value {
  let parsed: unknown
  try {
    parsed = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    // No JSON: nobody would get a value out of it.
    return unknown
  }
  return toValue(parsed, site, level, 0)
}

const maxJsonDepth = 60

function toValue(of: unknown, site: Site, level: number, depth: number): Value {
  if (depth > maxJsonDepth) return unknown
  if (Array.isArray(of))
    return {
      kind: 'list',
      items: of.slice(0, 20_000).map((item) => toValue(item, site, level, depth + 1)),
      open: false,
      level,
    }
  if (typeof of === 'object' && of !== null) {
    const properties = new Map(
      Object.entries(of).map(([name, value]) => [name, toValue(value, site, level, depth + 1)] as const),
    )
    return { kind: 'object', properties, open: false, at: site, level }
  }
  return of === undefined ? nothing : constant(of as Primitive, site)
}
