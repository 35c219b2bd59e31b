/**
 * Run by hand when GitHub's description is to be renewed:
 *
 *   npm i --ignore-scripts --prefix DIR @octokit/openapi@VERSION @octokit/graphql-schema@VERSION graphql@16
 *   node test/emulator/schema/extract.js DIR
 *
 * Writes to test/fixtures/github/ what the emulator uses of it, and where it came from.
 */
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { mapValues, references, seal, toJsonSchema } from './convert.js'
import { correct } from './corrections.js'
import { reduceSchema } from './graphql.js'
import { graphqlTypes, operations } from './operations.js'

const fixtures = new URL('../../fixtures/github/', import.meta.url)

function readPackage(directory, name, file) {
  const root = join(directory, 'node_modules', name)
  const bytes = readFileSync(join(root, file))
  const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const source = {
    package: `${name}@${version}`,
    license,
    file,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }
  return { text: bytes.toString('utf8'), source }
}

function extractApi(api) {
  const find = (value) =>
    value.$ref
      ? value.$ref
          .slice(2)
          .split('/')
          .reduce((at, key) => at[key], api)
      : value
  const content = (value) => find(value)?.content ?? {}
  const json = (value) => {
    const { schema } = content(value)['application/json'] ?? content(value)['application/vnd.github.v3.object'] ?? {}
    return schema ? seal(toJsonSchema(schema, find)) : null
  }
  const operation = (method, path) => {
    const found = api.paths[path][method.toLowerCase()]
    const parameters = found.parameters.map(find).map(({ name, in: place, required, schema }) => ({
      name,
      in: place,
      required: required === true,
      schema: toJsonSchema(schema, find),
    }))
    const body = found.requestBody && { required: found.requestBody.required === true, schema: json(found.requestBody) }
    return { parameters, ...(body && { body }), responses: mapValues(found.responses, json) }
  }
  const paths = {}
  for (const [method, path] of operations.map((line) => line.split(' '))) {
    paths[path] ??= {}
    paths[path][method] = operation(method, path)
  }
  // Errors are answered everywhere, also where the description lists none.
  const names = ['basic-error', 'validation-error', 'validation-error-simple', ...references(paths)]
  const $defs = {}
  for (const name of names) {
    if ($defs[name]) continue
    $defs[name] = seal(toJsonSchema(api.components.schemas[name], find))
    names.push(...references($defs[name]))
  }
  return { paths, $defs: Object.fromEntries(Object.entries($defs).sort(([a], [b]) => (a < b ? -1 : 1))) }
}

function write(name, text) {
  writeFileSync(new URL(name, fixtures), text)
  process.stdout.write(`${name}: ${text.length} bytes\n`)
}

const directory = resolve(process.argv[2] ?? '')
const api = readPackage(directory, '@octokit/openapi', 'generated/api.github.com.json')
const graphql = readPackage(directory, '@octokit/graphql-schema', 'schema.graphql')
const graphqlLibrary = createRequire(join(directory, 'x.js'))('graphql')
const date = new Date().toISOString().slice(0, 10)

const described = JSON.parse(api.text)
const corrections = correct(described)
write('api.json', `${JSON.stringify(extractApi(described))}\n`)
write('schema.graphql', `${reduceSchema(graphqlLibrary, graphql.text, graphqlTypes)}\n`)
write(
  'provenance.json',
  `${JSON.stringify({ extracted: date, sources: [api.source, graphql.source], corrections }, null, 2)}\n`,
)
