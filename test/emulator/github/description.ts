import type { AnySchema, ErrorObject, ValidateFunction } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import addFormats from 'ajv-formats'
import { readFixture } from './fixtures.js'

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required: boolean
  readonly schema: AnySchema
}

interface Operation {
  readonly parameters: readonly Parameter[]
  readonly body?: { readonly required: boolean; readonly schema: AnySchema | null }
  readonly responses: Readonly<Record<string, AnySchema | null>>
}

interface Api {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly $defs: Readonly<Record<string, AnySchema>>
}

/** `operation` is written as in GitHub's documentation: `GET /repos/{owner}/{repo}`. */
export interface Match {
  readonly operation: string
  readonly params: Readonly<Record<string, string>>
}

export interface Description {
  readonly operations: ReadonlySet<string>
  match(method: string, path: string): Match | undefined
  /** What is wrong with a request, in ajv's words; empty when nothing is. */
  requestFaults(match: Match, query: Readonly<Record<string, string>>, body: unknown): string[]
  responseFaults(operation: string, status: number, body: unknown): string[]
}

/** Path parameters that may hold slashes, sent raw or escaped. */
const manySegments = new Set(['path', 'ref', 'basehead', 'branch'])

/** GitHub's own description of its API, as extracted by test/emulator/schema/extract.js. Validators are compiled on first use. */
export function openDescription(): Description {
  // One schema that all others refer into: what is compiled for one of them is there for the next.
  const api = JSON.parse(readFixture('api.json').replaceAll('"#/$defs/', '"github#/$defs/')) as Api
  const templates = compileTemplates(Object.keys(api.paths))
  const validate = openValidators(api)
  const find = (operation: string): Operation => {
    const [method = '', path = ''] = operation.split(' ')
    const found = api.paths[path]?.[method]
    if (!found) throw new Error(`${operation} is not in the description`)
    return found
  }
  return {
    operations: new Set(
      Object.entries(api.paths).flatMap(([path, at]) => Object.keys(at).map((key) => `${key} ${path}`)),
    ),
    match(method, path) {
      for (const { template, pattern, names } of templates) {
        if (!api.paths[template]?.[method]) continue
        const found = pattern.exec(path)
        if (!found) continue
        const params = Object.fromEntries(names.map((name, at) => [name, decodeURIComponent(found[at + 1] ?? '')]))
        return { operation: `${method} ${template}`, params }
      }
      return undefined
    },
    requestFaults(match, query, body) {
      const operation = find(match.operation)
      return [
        ...validate(`${match.operation} path`, parameterSchema(operation, 'path'), match.params),
        ...validate(`${match.operation} query`, parameterSchema(operation, 'query'), query),
        ...bodyFaults(match.operation, operation, body, validate),
      ]
    },
    responseFaults(operation, status, body) {
      const schema = responseSchema(find(operation), status)
      if (schema === undefined) return [`${operation} never answers ${status}`]
      if (schema === null) return body === undefined ? [] : [`${operation} answers ${status} without a body`]
      return validate(`${operation} ${status}`, schema, body)
    },
  }
}

function bodyFaults(name: string, { body: described }: Operation, body: unknown, validate: Validate): string[] {
  if (body === undefined) return described?.required ? ['a body is required'] : []
  // Octokit sends `{}` with some calls that take no body, and GitHub ignores it.
  if (!described?.schema) return JSON.stringify(body) === '{}' ? [] : ['no body is described']
  return validate(`${name} body`, described.schema, body)
}

/** Successes must be described for the operation. Errors may come from in front of it (limits, gateways, permissions). */
function responseSchema(operation: Operation, status: number): AnySchema | null | undefined {
  const described = operation.responses[String(status)]
  if (described !== undefined && described !== null) return described
  if (status === 304) return null
  if (status >= 300) return { $ref: 'github#/$defs/basic-error' }
  return described
}

function parameterSchema(operation: Operation, place: Parameter['in']): AnySchema {
  const parameters = operation.parameters.filter((parameter) => parameter.in === place)
  return {
    type: 'object',
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, schema])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false,
  }
}

function compileTemplates(paths: readonly string[]) {
  const compiled = paths.map((template) => {
    const names: string[] = []
    const source = template.replace(/\{([^}]+)\}/g, (_, name: string) => {
      names.push(name)
      return manySegments.has(name) ? '(.*)' : '([^/]+)'
    })
    return { template, names, pattern: new RegExp(`^${source}$`) }
  })
  // The more that is literal, the more specific: `commits/{ref}/check-runs` comes before `commits/{ref}`.
  const literal = (template: string) => template.replace(/\{[^}]+\}/g, '').length
  return compiled.sort((a, b) => literal(b.template) - literal(a.template))
}

type Validate = (name: string, schema: AnySchema, value: unknown) => string[]

function openValidators(api: Api): Validate {
  // Words in a URL are text: their numbers and booleans are read from it.
  const settings = { strict: false, allErrors: true, logger: false, validateSchema: false } as const
  // Compiled once and run a few times: references are left as calls, and the code as it comes.
  const quick = { ...settings, inlineRefs: false, code: { optimize: false } }
  const open = (coerceTypes: boolean) =>
    addFormats.default(new Ajv2019({ ...quick, coerceTypes })).addSchema({ $id: 'github', $defs: api.$defs })
  const [exact, coercing] = [open(false), open(true)]
  const compiled = new Map<string, ValidateFunction>()
  return (name, schema, value) => {
    const words = / (path|query)$/.test(name)
    const check = compiled.get(name) ?? (words ? coercing : exact).compile(schema)
    compiled.set(name, check)
    return check(words ? { ...(value as object) } : value) ? [] : (check.errors ?? []).map(toText)
  }
}

function toText({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`
}
