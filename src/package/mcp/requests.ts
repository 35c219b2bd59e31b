import type { Offered } from './declared.js'
import type { Interpreter } from './interpret/interpreter.js'
import { textOf, type Value } from './interpret/value.js'
import { lastName } from './registrations.js'

/** `tools/list` of `ListToolsRequestSchema`, however it is named. */
export function requestMethod(run: Interpreter, schema: Value): string | undefined {
  const text = textOf(schema)
  if (text !== undefined) return text
  if (schema.kind === 'reference') return methodsOfSchemas.get(lastName(schema.key))
  if (schema.kind !== 'schema' || schema.properties === undefined) return undefined
  const method = run.read(schema.properties, 'method')
  return method.kind === 'schema' ? textOf(method.literal) : undefined
}

const methodsOfSchemas: ReadonlyMap<string, string> = new Map([
  ['ListToolsRequestSchema', 'tools/list'],
  ['CallToolRequestSchema', 'tools/call'],
  ['ListPromptsRequestSchema', 'prompts/list'],
  ['GetPromptRequestSchema', 'prompts/get'],
  ['ListResourcesRequestSchema', 'resources/list'],
  ['ListResourceTemplatesRequestSchema', 'resources/templates/list'],
  ['ReadResourceRequestSchema', 'resources/read'],
  ['SubscribeRequestSchema', 'resources/subscribe'],
  ['UnsubscribeRequestSchema', 'resources/unsubscribe'],
  ['CompleteRequestSchema', 'completion/complete'],
  ['SetLevelRequestSchema', 'logging/setLevel'],
  ['PingRequestSchema', 'ping'],
])

/** What a request asks for a list of. */
export const listWhat = (method: string): Offered | undefined =>
  method === 'tools/list'
    ? 'tool'
    : method === 'prompts/list'
      ? 'prompt'
      : method.startsWith('resources/')
        ? 'resource'
        : undefined
