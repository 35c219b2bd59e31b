/** The types and fields named in `wanted`, as SDL without descriptions. Names that the schema does not have are an error. */
export function reduceSchema({ parse, print, visit }, sdl, wanted) {
  const document = parse(sdl, { noLocation: true })
  const missing = new Set(Object.keys(wanted))
  const definitions = []
  for (const definition of document.definitions) {
    const fields = wanted[definition.name?.value]
    if (fields === undefined) continue
    missing.delete(definition.name.value)
    definitions.push(withoutWords(visit, withFields(definition, fields, wanted)))
  }
  if (missing.size > 0) throw new Error(`not in the schema: ${[...missing].join(', ')}`)
  return print({ kind: 'Document', definitions })
}

function withFields(definition, fields, wanted) {
  const interfaces = definition.interfaces?.filter(({ name }) => wanted[name.value])
  const reduced = interfaces ? { ...definition, interfaces } : definition
  if (fields === '*') return reduced
  const kept = definition.fields.filter(({ name }) => fields.includes(name.value))
  if (kept.length !== fields.length) throw new Error(`${definition.name.value} lacks one of ${fields.join(', ')}`)
  return { ...reduced, fields: kept }
}

function withoutWords(visit, definition) {
  const strip = (node) => ({
    ...node,
    ...(node.description && { description: undefined }),
    ...(node.directives && { directives: [] }),
  })
  return visit(definition, { enter: (node) => (node.description || node.directives?.length ? strip(node) : undefined) })
}
