/**
 * OpenAPI 3.0 schemas → JSON Schema (2019-09), without the words for people. Objects are sealed, because GitHub's own description
 * is open and would let a mistyped key pass.
 */

const nested = ['items', 'not', 'additionalProperties']
const nestedLists = ['anyOf', 'oneOf']
const kept = new Set(
  'type enum format pattern required minLength maxLength minimum maximum minItems maxItems uniqueItems'.split(' '),
)

/**
 * Structure is walked key by key: `description` and `title` are also names of properties. `find` follows a reference: inside `allOf`
 * it is put in place, because a sealed schema would refuse the keys of its siblings.
 */
export function toJsonSchema(schema, find) {
  const convert = (value) => toJsonSchema(value, find)
  if (schema.$ref !== undefined) {
    const reference = { $ref: schema.$ref.replace('#/components/schemas/', '#/$defs/') }
    return schema.nullable ? { anyOf: [reference, { type: 'null' }] } : reference
  }
  const out = {}
  for (const [key, value] of Object.entries(schema)) {
    if (kept.has(key)) out[key] = value
    else if (key === 'properties') out.properties = mapValues(value, convert)
    else if (nested.includes(key)) out[key] = typeof value === 'object' ? convert(value) : value
    else if (key === 'allOf') out.allOf = value.map((one) => convert(find(one)))
    else if (nestedLists.includes(key)) out[key] = value.map(convert)
  }
  return schema.nullable ? withNull(out) : out
}

function withNull(schema) {
  if (schema.type === undefined) return { anyOf: [schema, { type: 'null' }] }
  const types = { ...schema, type: [schema.type, 'null'].flat() }
  return schema.enum && !schema.enum.includes(null) ? { ...types, enum: [...schema.enum, null] } : types
}

/**
 * Beside branches `unevaluatedProperties` rather than `additionalProperties`, because it looks through `allOf` and `anyOf`. A branch
 * is left open itself: it would refuse its siblings' keys. `inBranch` says that the schema is such a branch.
 */
export function seal(schema, inBranch = false) {
  const out = { ...schema }
  if (out.properties) out.properties = mapValues(out.properties, (value) => seal(value))
  for (const key of nested) if (typeof out[key] === 'object') out[key] = seal(out[key])
  const branchesShareKeys = out.properties !== undefined || inBranch
  for (const key of ['anyOf', 'oneOf']) if (out[key]) out[key] = out[key].map((one) => seal(one, branchesShareKeys))
  if (out.allOf) out.allOf = out.allOf.map((one) => seal(one, true))
  // A branch that says "anything else" would count every key as known to the whole.
  if (inBranch && out.additionalProperties === true) delete out.additionalProperties
  if (inBranch || out.additionalProperties !== undefined) return out
  if (out.allOf || (out.properties && (out.anyOf || out.oneOf))) out.unevaluatedProperties = false
  else if (out.properties) out.additionalProperties = false
  return out
}

/** Names of all `$defs` that a schema refers to, directly. */
export function references(schema) {
  return [...JSON.stringify(schema).matchAll(/"#\/\$defs\/([^"]+)"/g)].map(([, name]) => name)
}

export function mapValues(object, map) {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value)]))
}
