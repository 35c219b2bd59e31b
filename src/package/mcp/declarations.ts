import { maxMcpDeclarations } from '../../limits.js'
import { type Declared, fromArguments, fromObject, type Offered, siteOf, toolLike, toolsByName } from './declared.js'
import type { CallWatcher, Interpreter } from './interpret/interpreter.js'
import { itemsOf } from './interpret/members.js'
import {
  type ClassValue,
  constant,
  type FunctionValue,
  isCallable,
  isNothing,
  known,
  nothing,
  type ObjectValue,
  optionsOf,
  reference,
  type Site,
  unknown,
  type Value,
} from './interpret/value.js'
import { bundledSchemaMaker, frameworkOf, isSchemaConverter, sdkClassOf } from './libraries.js'
import type { McpUnresolved } from './mcp-facts.js'
import { isServerLike, lastName, listRegistrations, methodOf, registrations, serverKey } from './registrations.js'
import { listWhat, requestMethod } from './requests.js'
import { isText, makeSchema, schemaByShape, schemaMaker } from './schema-methods.js'

export interface Unresolved {
  readonly what: McpUnresolved['what']
  readonly reason: string
  readonly site: Site
}

/** Notes what a server declares while its code is followed. */
export class Declarations implements CallWatcher {
  readonly declared: Declared[] = []
  /** What a request for a list is answered with. */
  readonly listed: { readonly result: Value; readonly site: Site }[] = []
  /** Functions that answer any request. */
  readonly handlers: FunctionValue[] = []
  readonly lists: { readonly handler: FunctionValue; readonly site: Site }[] = []
  readonly unresolved: Unresolved[] = []
  readonly instructions: Value[] = []
  /** Objects that look like a tool, an answer with tools, or a table of functions, in case nothing better is found. */
  readonly shapes: ObjectValue[] = []
  readonly answers: ObjectValue[] = []
  readonly tables: ObjectValue[] = []
  readonly frameworkClasses: { readonly made: ClassValue; readonly what: Offered }[] = []
  run: Interpreter | undefined

  method(receiver: Value, name: string, args: readonly Value[], site: Site): Value | undefined {
    const { run } = this
    if (run === undefined) return undefined
    if (receiver.kind === 'reference') {
      const schema = this.#schema(run, `${receiver.key}${receiver.key.endsWith(':') ? '' : '.'}${name}`, args, site)
      if (schema !== undefined) return schema
    }
    if (receiver.kind === 'unknown' || (receiver.kind === 'reference' && !receiver.key.startsWith(':'))) {
      const schema = schemaByShape(run, name, args, site)
      if (schema !== undefined) return schema
    }
    if (name === 'setRequestHandler' || registrations.has(name)) run.events += 1
    if (name === 'setRequestHandler') return this.#answered(run, args, site)
    const what = registrations.get(name)
    if (what !== undefined && isServerLike(receiver)) return this.#registered(run, what, args, site, receiver)
    const listed = listRegistrations.get(name)
    const [items] = args
    if (listed !== undefined && items !== undefined && isServerLike(receiver)) {
      for (const item of itemsOf(run, items).items) this.#add(fromObject(run, listed, item, [], site))
      return receiver
    }
    return undefined
  }

  called(callee: Value, args: readonly Value[], site: Site): Value | undefined {
    const { run } = this
    if (run === undefined) return undefined
    if (callee.kind === 'function') {
      const maker = bundledSchemaMaker(callee)
      if (maker !== undefined) {
        run.events += 1
        return makeSchema(run, maker, args, site)
      }
      return isSchemaConverter(callee) ? args.find(({ kind }) => kind === 'schema') : undefined
    }
    if (callee.kind === 'class') return sdkClassOf(callee) === undefined ? undefined : reference('sdk:Server()')
    if (callee.kind !== 'reference') return toolLike(run, args)
    const schema = this.#schema(run, callee.key, args, site)
    if (schema !== undefined) return schema
    const method = methodOf(callee.key)
    if (method !== undefined) return this.method(method.receiver, method.name, args, site)
    const last = lastName(callee.key)
    if (/^(?:zodToJsonSchema|toJSONSchema|toJsonSchema|default)$/i.test(last)) {
      const given = args.find(({ kind }) => kind === 'schema')
      if (given !== undefined) return given
    }
    if (/^(?:Tool|McpTool|Prompt|Resource)$/.test(last) && args[0]?.kind === 'object') {
      const what = last === 'Prompt' ? 'prompt' : last === 'Resource' ? 'resource' : 'tool'
      const made = fromObject(run, what, args[0], [], site)
      if (made !== undefined && isText(made.name)) this.#add(made)
      return undefined
    }
    this.#given(run, args, site)
    this.#handedOver(callee.key, args, site)
    if (/^register(?:App)?Tool$/.test(last) && args.length >= 3) {
      return this.#registered(run, 'tool', args.slice(1), site, unknown)
    }
    return toolLike(run, args)
  }

  constructed(callee: Value, args: readonly Value[], site: Site): Value | undefined {
    const { run } = this
    if (run === undefined) return undefined
    const sdk = callee.kind === 'class' ? sdkClassOf(callee) : undefined
    const key = callee.kind === 'reference' ? callee.key : undefined
    if (sdk === undefined && key === undefined) return undefined
    const last = key === undefined ? '' : lastName(key)
    if (last === 'ResourceTemplate') {
      const made: ObjectValue = {
        kind: 'object',
        properties: new Map([['uriTemplate', args[0] ?? unknown]]),
        open: false,
        at: site,
        level: 0,
      }
      return made
    }
    const isServer =
      sdk === 'server' || (key !== undefined && /(?:Server|MCP|Mcp)\w*$/.test(last) && !key.startsWith(':'))
    if (isServer) {
      for (const arg of args.slice(0, 2)) this.#instruct(run, arg)
      this.#given(run, args, site)
    }
    return sdk === undefined ? undefined : reference(sdk === 'server' ? 'sdk:Server()' : 'sdk:Client()')
  }

  standIn(of: Value): Value {
    const sdk = of.kind === 'class' ? sdkClassOf(of) : undefined
    return sdk === undefined ? of : reference(sdk === 'server' ? 'sdk:Server' : 'sdk:Client')
  }

  classMade(made: ClassValue): void {
    const what = made.parent?.kind === 'reference' ? frameworkOf(lastName(made.parent.key)) : undefined
    if (what !== undefined) this.frameworkClasses.push({ made, what })
  }

  objectMade(made: ObjectValue): void {
    const { properties } = made
    if (
      this.run !== undefined &&
      (properties.has('tools') || (properties.has('name') && properties.has('description')))
    )
      this.run.events += 1
    if (this.shapes.length < maxMcpDeclarations && properties.has('name') && properties.has('description')) {
      if (properties.has('inputSchema') || properties.has('parameters') || properties.has('input_schema'))
        this.shapes.push(made)
    }
    if (this.answers.length < maxMcpDeclarations && properties.has('tools')) this.answers.push(made)
    if (this.tables.length < maxMcpDeclarations && properties.size > 0 && hasFunctions(made)) this.tables.push(made)
  }

  #schema(run: Interpreter, key: string, args: readonly Value[], site: Site): Value | undefined {
    const maker = schemaMaker(key)
    if (maker === undefined) return undefined
    run.events += 1
    if (/^(?:toJSONSchema|zodToJsonSchema)$/.test(maker)) return args[0]
    return makeSchema(run, maker, args, site)
  }

  /** Another package may add to a server what it likes. */
  #handedOver(key: string, args: readonly Value[], site: Site): void {
    const isServer = (value: Value): boolean => value.kind === 'reference' && serverKey.test(value.key)
    if (key.startsWith(':') || !args.some((arg) => optionsOf(arg).some(isServer))) return
    const [from = ''] = key.split(':')
    const reason = `the server is handed to ${from.slice(0, 100)}, which may add to it`
    if (this.unresolved.length < maxMcpDeclarations) this.unresolved.push({ what: 'tool', reason, site })
  }

  /** Asks once more for lists: what came to them after they were first asked for counts as well. */
  askAgain(): void {
    const { run } = this
    if (run === undefined) return
    for (const { handler, site } of this.lists) {
      const result = run.call(handler, unknown, [unknown, unknown], site)
      if (this.listed.length < maxMcpDeclarations) this.listed.push({ result, site })
    }
  }

  /** `server._registeredTools.search = { … }`: past the SDK's own functions. */
  written(key: string, name: string, value: Value): void {
    if (this.run === undefined || !/\._registeredTools$/.test(key) || value.kind !== 'object') return
    const made = fromObject(
      this.run,
      'tool',
      { ...value, properties: new Map(value.properties).set('name', constant(name)) },
      [],
      value.at ?? { module: this.run.loader.anywhere, offset: 0 },
    )
    this.#add(made)
  }

  /** `createMcpServer({ tools: { search: { description, … } } })`: a library that is given all tools at once. */
  #given(run: Interpreter, args: readonly Value[], site: Site): void {
    for (const arg of args.slice(0, 2)) {
      const given = arg.kind === 'object' ? arg.properties.get('tools') : undefined
      if (given === undefined || given.kind === 'getter') continue
      const tools = given.kind === 'function' ? run.call(given, unknown, [unknown], site) : given
      for (const one of known(tools)) {
        if (one.kind === 'object') for (const tool of toolsByName(run, one)) this.#add(tool)
        else if (one.kind === 'list') {
          for (const item of one.items) {
            const made = fromObject(run, 'tool', item, [], site)
            if (made !== undefined && isText(made.name) && (made.schema !== undefined || made.handlers.length > 0))
              this.#add(made)
          }
        }
      }
      this.#instruct(run, arg)
    }
  }

  #instruct(run: Interpreter, options: Value): void {
    for (const option of optionsOf(options)) {
      const text = option.kind === 'object' ? run.read(option, 'instructions') : nothing
      if (!isNothing(text)) this.instructions.push(text)
    }
  }

  #answered(run: Interpreter, args: readonly Value[], site: Site): Value | undefined {
    const [schema = unknown, ...rest] = args
    const method = requestMethod(run, schema)
    const handler = rest.flatMap(optionsOf).find((one) => one.kind === 'function')
    if (handler === undefined || handler.kind !== 'function') {
      const listed = method === undefined ? undefined : listWhat(method)
      if (listed !== undefined) this.unresolved.push({ what: listed, reason: unknownAnswer, site })
      return undefined
    }
    if (method === 'tools/call' || method === undefined) this.handlers.push(handler)
    if (method !== undefined && !/\/(?:templates\/)?list$/.test(method)) return unknown
    if (this.lists.length < maxMcpDeclarations) this.lists.push({ handler, site })
    const result = run.call(handler, unknown, [unknown, unknown], site)
    const what = method === undefined ? undefined : listWhat(method)
    if (this.listed.length < maxMcpDeclarations) this.listed.push({ result, site })
    if (what !== undefined && !known(result).some((one) => one.kind === 'object')) {
      this.unresolved.push({
        what,
        reason: unknownAnswer,
        site,
      })
    }
    return unknown
  }

  #registered(run: Interpreter, what: Offered, args: readonly Value[], site: Site, receiver: Value): Value | undefined {
    const [first = nothing, ...rest] = args
    const given = known(first)
    if (given.some((one) => one.kind === 'object' || one.kind === 'either')) {
      for (const one of given) this.#add(fromObject(run, what, one, rest, site))
      return unknown
    }
    const hasHandler = rest.some((one) => optionsOf(one).some(isCallable))
    const isSure = receiver.kind === 'reference' && /mcp|sdk:/i.test(receiver.key)
    if (!isText(first) && !isSure) return hasHandler && what === 'tool' ? this.#unnamed(what, site) : undefined
    if (!hasHandler && !isSure && what !== 'tool') return undefined
    if (rest.length === 0) return undefined
    this.#add({ what, name: first, ...fromArguments(run, what, rest), site: siteOf(first) ?? site })
    return unknown
  }

  #unnamed(what: Offered, site: Site): Value {
    this.unresolved.push({ what, reason: 'its name is only known to the running program', site })
    return unknown
  }

  #add(declared: Declared | undefined): void {
    if (declared !== undefined && this.declared.length < maxMcpDeclarations) this.declared.push(declared)
  }
}

const unknownAnswer = 'what a request for the list is answered with is only known to the running program'

function hasFunctions({ properties }: ObjectValue): boolean {
  for (const value of properties.values()) if (value.kind === 'function' || value.kind === 'object') return true
  return false
}
