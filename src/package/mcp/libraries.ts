import type { FunctionNode } from '../code/read/syntax-node.js'
import { endOf, startOf } from '../code/read/syntax-node.js'
import type { ClassValue, FunctionValue } from './interpret/value.js'

/** Functions longer than this make no schema. */
const maxMakerCharacters = 900

const makers = new WeakMap<FunctionNode, { readonly name: string | undefined }>()

/** Of zod that stands in a bundle under any name: `ZodString.create` names its kind, functions of zod 4 the type. */
export function bundledSchemaMaker({ node, module }: FunctionValue): string | undefined {
  const known = makers.get(node)
  if (known !== undefined) return known.name
  const [start, end] = [startOf(node), endOf(node)]
  const name =
    end - start > maxMakerCharacters ? undefined : makerIn(module.source.text.slice(start, end), module.source.text)
  makers.set(node, { name })
  return name
}

const ofZod3 = /typeName:\s*[\w$.]+\.Zod([A-Z]\w{1,30})\b/
const ofZod4 =
  /\btype:\s*["'](string|number|int|boolean|bigint|date|object|array|tuple|union|enum|literal|record|optional|nullable|default|prefault|any|unknown|null|undefined|lazy|pipe|transform|intersection|map|set|never|void|custom|catch|readonly|nonoptional)["']/

function makerIn(text: string, whole: string): string | undefined {
  const third = ofZod3.exec(text)
  if (third?.[1] !== undefined) return third[1].toLowerCase()
  const fourth = ofZod4.exec(text)
  if (fourth?.[1] === undefined || !/\bnew\b/.test(text) || !/ZodFirstPartyTypeKind|_zod\b/.test(whole))
    return undefined
  return fourth[1]
}

const converters = new WeakMap<FunctionNode, { readonly is: boolean }>()

/** zod-to-json-schema in a bundle. */
export function isSchemaConverter({ node, module }: FunctionValue): boolean {
  const known = converters.get(node)
  if (known !== undefined) return known.is
  const [start, end] = [startOf(node), endOf(node)]
  const text = end - start > 6_000 ? '' : module.source.text.slice(start, end)
  const is = text.includes('json-schema.org/draft') || (/zodToJsonSchema/i.test(text.slice(0, 60)) && end - start > 300)
  converters.set(node, { is })
  return is
}

const sdkClasses = new WeakMap<ClassValue, { readonly is: 'server' | 'client' | undefined }>()

/** Whether a class of the package is the SDK's own, brought along in a bundle. */
export function sdkClassOf(made: ClassValue): 'server' | 'client' | undefined {
  const known = sdkClasses.get(made)
  if (known !== undefined) return known.is
  const is = kindOf(made.methods)
  sdkClasses.set(made, { is })
  return is
}

function kindOf(methods: ClassValue['methods']): 'server' | 'client' | undefined {
  if (methods.has('setToolRequestHandlers') && methods.has('connect')) return 'server'
  if (methods.has('assertRequestHandlerCapability')) {
    if (methods.has('callTool')) return 'client'
    if (methods.has('_oninitialize') || methods.has('getClientCapabilities')) return 'server'
  }
  return methods.has('addTool') && methods.has('addPrompt') && methods.has('addResource') && methods.has('start')
    ? 'server'
    : undefined
}

/** Base classes of frameworks whose fields declare something. */
export function frameworkOf(name: string): 'tool' | 'prompt' | 'resource' | undefined {
  if (name === 'MCPTool' || name === 'McpTool' || name === 'BaseTool') return 'tool'
  if (name === 'MCPPrompt' || name === 'McpPrompt') return 'prompt'
  return name === 'MCPResource' || name === 'McpResource' ? 'resource' : undefined
}
