import { type Declared, type Offered, siteOf } from './declared.js'
import type { Handlers } from './handlers.js'
import type { Interpreter } from './interpret/interpreter.js'
import { entriesOf } from './interpret/members.js'
import { known, nothing, type ObjectValue, type Site, type Value } from './interpret/value.js'
import type { McpOffer, McpTool } from './mcp-facts.js'
import { placeOf, readParameters, readText } from './parameters.js'

/** What is declared, under one of the names that it may have. */
export interface Named {
  readonly name: string
  readonly declared: Declared
}

/** By name: what is declared more than once stands together. */
export function merged(named: readonly Named[]): readonly (readonly [string, readonly Declared[]])[] {
  const byNames = new Map<string, Declared[]>()
  for (const { name, declared } of named) {
    const known = byNames.get(name)
    if (known === undefined) byNames.set(name, [declared])
    else known.push(declared)
  }
  return [...byNames]
}

export const byName = (one: { readonly name: string }, other: { readonly name: string }): number =>
  one.name < other.name ? -1 : 1

/** Declared more than once: all that a model may be told counts. */
export function toTool(run: Interpreter, handlers: Handlers, name: string, all: readonly Declared[]): McpTool {
  const [first] = all
  const site = first?.site ?? nowhere(run)
  const described = all.find(({ description }) => readText(description) !== undefined)
  const texts = new Set(all.map(({ description }) => readText(description)).filter((text) => text !== undefined))
  const title = readText(all.find((one) => one.title !== undefined)?.title)
  const parameters = new Map(
    all
      .flatMap(({ schema, site: at }) => readParameters(run, schema, at).parameters)
      .map((one) => [one.name, one] as const)
      .reverse(),
  )
  const annotations = annotationsOf(run, all.find((one) => one.annotations !== undefined)?.annotations)
  const descriptionSite = siteOf(described?.description)
  return {
    name,
    ...(title === undefined ? {} : { title }),
    ...(texts.size === 0 ? {} : { description: [...texts].join('\n') }),
    parameters: [...parameters.values()].sort(byName),
    ...(annotations && { annotations }),
    at: placeOf(site),
    ...(descriptionSite && { descriptionAt: placeOf(descriptionSite) }),
    handlers: handlers.of(
      name,
      all.flatMap((one) => one.handlers),
      site,
    ),
  }
}

function annotationsOf(run: Interpreter, value: Value | undefined): Record<string, boolean | string> | undefined {
  if (value === undefined) return undefined
  const found: [string, boolean | string][] = []
  for (const [name, item] of entriesOf(run, value).entries.slice(0, 20)) {
    const [one = nothing] = known(item)
    if (one.kind === 'constant' && (typeof one.value === 'boolean' || typeof one.value === 'string'))
      found.push([name, one.value])
  }
  return found.length === 0 ? undefined : Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Prompts or resources. */
export function offers(run: Interpreter, named: readonly Named[], what: Offered): readonly McpOffer[] {
  return merged(named.filter(({ declared }) => declared.what === what))
    .map(([name, all]) => {
      const site = all[0]?.site ?? nowhere(run)
      const description = all.map((one) => one.description).find((one) => readText(one) !== undefined)
      const text = readText(description)
      const at = siteOf(description)
      return {
        name,
        ...(text === undefined ? {} : { description: text }),
        parameters: what === 'prompt' ? promptParameters(run, all, site) : [],
        at: placeOf(site),
        ...(at && { descriptionAt: placeOf(at) }),
      }
    })
    .sort(byName)
}

/** Prompts list their arguments as objects with a name each. */
function promptParameters(run: Interpreter, all: readonly Declared[], site: Site): McpOffer['parameters'] {
  const [schema] = all.flatMap((one) => (one.schema === undefined ? [] : known(one.schema)))
  if (schema?.kind !== 'list') return readParameters(run, schema, site).parameters
  return schema.items
    .filter((item): item is ObjectValue => item.kind === 'object')
    .flatMap((item) => {
      const name = readText(run.read(item, 'name'))
      const description = readText(run.read(item, 'description'))
      const required = run.read(item, 'required')
      const isRequired = required.kind === 'constant' && required.value === true
      const at = placeOf(item.at ?? site)
      return name === undefined
        ? []
        : [{ name, ...(description === undefined ? {} : { description }), required: isRequired, at }]
    })
}

/** The first file that was read, where nothing better is known. */
export const nowhere = (run: Interpreter): Site => {
  const [first = run.loader.anywhere] = run.loader.modules.values()
  return { module: first, offset: 0 }
}
