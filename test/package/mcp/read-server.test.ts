import { describe, expect, it } from '@jest/globals'
import { serverOf, toolsOf } from './server-of.js'

const sdk = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import { CallToolRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
`
const high = `${sdk}const server = new McpServer({ name: 'a', version: '1' })\n`
const low = `${sdk}const server = new Server({ name: 'a', version: '1' }, { capabilities: {} })\n`
const listed = (list: string): string =>
  `${low}server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: ${list} }))\n`

describe('tools that are registered', () => {
  it('are read with their places, texts, parameters and hints', () => {
    const code = `${high}server.registerTool('read', {
  title: 'Read it',
  description: 'Reads',
  inputSchema: { path: z.string().describe('Which') },
  annotations: { readOnlyHint: true },
}, async ({ path }) => {
  return path
})
`
    const at = { file: 'index.js' }
    expect(serverOf({ 'index.js': code })).toEqual({
      tools: [
        {
          name: 'read',
          title: 'Read it',
          description: 'Reads',
          parameters: [
            { name: 'path', type: 'string', description: 'Which', required: true, at: { ...at, line: 9, column: 24 } },
          ],
          annotations: { readOnlyHint: true },
          at: { ...at, line: 6, column: 21 },
          descriptionAt: { ...at, line: 8, column: 16 },
          handlers: [{ ...at, startLine: 11, endLine: 13 }],
        },
      ],
      prompts: [],
      resources: [],
      unresolved: [],
    })
  })

  it.each<[string, string, object]>([
    ['by the short way', "server.tool('a', async () => 1)", { a: [] }],
    ['with a description', "server.tool('a', 'does', async () => 1)", { a: [] }],
    ['with a shape', "server.tool('a', 'does', { x: z.number().optional() }, async () => 1)", { a: ['x?'] }],
    ['with a shape and no description', "server.tool('a', { x: z.number() }, async () => 1)", { a: ['x'] }],
    [
      'with hints behind the shape',
      "server.tool('a', 'does', { x: z.any() }, { readOnlyHint: true }, () => 1)",
      { a: ['x'] },
    ],
    ['in a loop', "for (const n of ['a', 'b']) server.tool(n, 'x' + n, () => 1)", { a: [], b: [] }],
    [
      'by their own function',
      "const add = (s, { name, shape }) => s.tool(name, '', shape, () => 1)\nadd(server, { name: 'a', shape: { x: z.string() } })",
      { a: ['x'] },
    ],
    [
      'where a condition is not known',
      "if (process.env.A) server.tool('a', () => 1); else server.tool('b', () => 1)",
      { a: [], b: [] },
    ],
    [
      'behind a return that may not happen',
      "function go() { if (process.env.A) return; server.tool('a', () => 1) }\ngo()",
      { a: [] },
    ],
    ['by a callback', "start(async () => { server.tool('a', () => 1) })", { a: [] }],
    ['by an exported function', "export default function create() { server.tool('a', () => 1) }", { a: [] }],
    ['by a function that nothing calls', "function late() { server.tool('a', () => 1) }", { a: [] }],
    ['by either of two names', "server.tool(process.env.A ? 'a' : 'b', () => 1)", { a: [], b: [] }],
    [
      'from FastMCP',
      "server.addTool({ name: 'a', description: '', parameters: z.object({ x: z.string() }), execute: async () => '' })",
      { a: ['x'] },
    ],
    [
      'by reduce and entries',
      "Object.entries({ a: 'x', b: 'y' }).map(([k, v]) => server.registerTool(k, { description: v }, () => 1))",
      { a: [], b: [] },
    ],
    ['with a tagged template', "server.tool('a', dedent`long text`, () => 1)", { a: [] }],
    [
      'by a function taken out of the server',
      "const { tool } = server; tool('a', () => 1); const r = server.registerTool.bind(server); r('b', {}, () => 1)",
      { a: [], b: [] },
    ],
    [
      'by call and apply',
      "server.tool.call(server, 'a', () => 1); server.tool.apply(server, ['b', () => 1])",
      { a: [], b: [] },
    ],
    ['by a computed name', "server['reg' + 'isterTool']('a', {}, () => 1)", { a: [] }],
    [
      'later',
      "setTimeout(() => server.tool('a', () => 1), 86400000); server.server.oninitialized = () => server.tool('b', () => 1)",
      { a: [], b: [] },
    ],
    [
      'where a setting has to be given',
      "const on = { a: false }; if (on.a) server.tool('a', () => 1); server.tool('b', () => 1)",
      { a: [], b: [] },
    ],
    [
      'past the SDK',
      "server._registeredTools.a = { description: 'x', inputSchema: z.object({ x: z.string() }), callback: () => 1, enabled: true }",
      { a: ['x'] },
    ],
    [
      'with an enum of TypeScript output',
      "var N; (function (N) { N['A'] = 'a' })(N || (N = {}));\nserver.tool(N.A, () => 1)",
      { a: [] },
    ],
  ])('are read %s', (_how, code, tools) => {
    expect(toolsOf({ 'index.js': high + code })).toEqual(tools)
  })

  it("are read from a class below the SDK's", () => {
    const code = `${sdk}class Mine extends McpServer {
  names = ['a']
  constructor() {
    super({ name: 'x', version: '1' }, { instructions: 'Be brief' })
    for (const name of this.names) this.registerTool(name, { description: 'd' }, this.go.bind(this))
  }
  go() {}
}
new Mine()`
    const { tools, instructions } = serverOf({ 'index.js': code })

    expect(tools.map(({ name, handlers }) => ({ name, handlers }))).toEqual([
      { name: 'a', handlers: [{ file: 'index.js', startLine: 11, endLine: 11 }] },
    ])
    expect(instructions?.text).toBe('Be brief')
  })

  it('are not what is only called, what another kind of API describes, or what no code calls', () => {
    const code = `${high}
client.callTool({ name: 'other', arguments: {} })
const forOpenAi = [{ type: 'function', function: { name: 'b', description: '', parameters: {} } }]
export function registerUnused(server) { server.tool('unused', () => 1) }
server.tool('a', () => 1)`
    expect(toolsOf({ 'lib.js': code, 'index.js': "import './lib.js'" })).toEqual({ a: [] })
  })
})

describe('tools that are listed', () => {
  it.each<[string, string, object]>([
    [
      'right there',
      "[{ name: 'a', inputSchema: { type: 'object', properties: { x: {} }, required: ['x'] } }]",
      { a: ['x'] },
    ],
    ['by map', "['a', 'b'].map((name) => ({ name, description: name }))", { a: [], b: [] }],
    ['from values of an object', "Object.values({ q: { name: 'a' }, r: { name: 'b' } })", { a: [], b: [] }],
    ['with spreads', "[...[{ name: 'a' }], ...(process.env.X ? [{ name: 'b' }] : [])]", { a: [], b: [] }],
    [
      'through a filter that is not known',
      "[{ name: 'a' }, { name: 'b' }].filter(({ name }) => allowed(name))",
      { a: [], b: [] },
    ],
    ['without what a filter is known to drop', "[{ name: 'a' }, undefined].filter(Boolean)", { a: [] }],
    [
      'pushed in a loop',
      "(() => { const l = []; for (const n of ['a', 'b']) l.push({ name: n }); return l })()",
      { a: [], b: [] },
    ],
    ['from a Map', "Array.from(new Map([['a', { name: 'a' }]]).values())", { a: [] }],
    [
      'with a schema of zod',
      "[{ name: 'a', inputSchema: zodToJsonSchema(z.object({ x: z.string().optional(), y: z.array(z.object({ z: z.number() })) })) }]",
      { a: ['x?', 'y', 'y[].z'] },
    ],
    [
      'with parts of a converted schema',
      "((s) => [{ name: 'a', inputSchema: { type: s.type || 'object', properties: s.properties || {}, required: s.required || [] } }])(zodToJsonSchema(z.object({ x: z.string(), y: z.string().optional() })))",
      { a: ['x', 'y?'] },
    ],
    ['by a generator', "[...(function* () { yield { name: 'a' }; yield* [{ name: 'b' }] })()]", { a: [], b: [] }],
    [
      'by compiled async functions',
      "await __awaiter(this, void 0, void 0, function* () { return yield [{ name: 'a' }] })",
      { a: [] },
    ],
    ['by promises', "await Promise.all(['a'].map(async (name) => ({ name })))", { a: [] }],
    ['by assignment', "[Object.assign({}, { name: 'a' }, { description: 'x' })]", { a: [] }],
  ])('are read %s', (_how, list, tools) => {
    expect(toolsOf({ 'index.js': listed(list) })).toEqual(tools)
  })

  it('have the code of their cases', () => {
    const code = `${listed("[{ name: 'a' }, { name: 'b' }, { name: 'c' }, { name: 'd' }]")}
const NAMES = { C: 'c' }
const handlers = { d: dHandler }
server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
  if (params.name === 'b') {
    return 1
  }
  switch (params.name) {
    case 'a':
      return go()
    case NAMES.C: return 2
  }
  return handlers[params.name]()
})
function go() {}
function dHandler() {}
`
    expect(
      Object.fromEntries(
        serverOf({ 'index.js': code }).tools.map(({ name, handlers }) => [
          name,
          handlers.map(({ startLine, endLine }) => [startLine, endLine]),
        ]),
      ),
    ).toEqual({
      a: [
        [15, 16],
        [21, 21],
      ],
      b: [[11, 13]],
      c: [[17, 17]],
      d: [[22, 22]],
    })
  })
})

describe('the code of a tool', () => {
  it('is what its handler hands on to as well', () => {
    const code = `${high}const logged = (run) => async (args) => {
  return run(args)
}
server.tool('a', logged(async () => {
  steal()
}))
function steal() {}`
    const [tool] = serverOf({ 'index.js': code }).tools

    expect(tool?.handlers.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
      [6, 8],
      [9, 11],
    ])
  })
})

describe('tools in other shapes', () => {
  it('come from modules of their own, in both kinds of modules and compiled', () => {
    const files = {
      'index.js': `"use strict";
var __importStar = (this && this.__importStar) || (function () { return function (mod) { if (mod && mod.__esModule) return mod; }; })();
Object.defineProperty(exports, "__esModule", { value: true });
const mcp_js_1 = require("@modelcontextprotocol/sdk/server/mcp.js");
const tools = __importStar(require("./tools"));
const server = new mcp_js_1.McpServer({ name: 'a', version: '1' });
for (const tool of Object.values(tools)) server.registerTool(tool.name, tool.config, tool.handler);
server.tool((0, tools.nameOf)('b'), () => 1);`,
      'tools/index.js': `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.nameOf = exports.first = void 0;
const zod_1 = require("zod");
exports.first = { name: 'first', config: { inputSchema: { x: zod_1.z.string() } }, handler: () => 1 };
function nameOf(x) { return \`tool_\${x}\`; }
exports.nameOf = nameOf;`,
    }
    expect(toolsOf(files)).toEqual({ first: ['x'], tool_b: [] })
  })

  it('come from classes with fields', () => {
    const files = {
      'index.js': "import { MCPServer } from 'mcp-framework'\nnew MCPServer().start()",
      'dist/tools/a.js': `import { MCPTool } from 'mcp-framework'
import { z } from 'zod'
export default class A extends MCPTool {
  name = 'a'
  description = 'Does a'
  schema = { x: { type: z.string(), description: 'X' } }
  async execute() {}
}`,
    }
    const { tools } = serverOf(files)

    expect(
      tools.map(({ name, description, parameters, handlers }) => [
        name,
        description,
        parameters[0]?.description,
        handlers.length,
      ]),
    ).toEqual([['a', 'Does a', 'X', 1]])
  })

  it('come from a server without any library', () => {
    const code = `process.stdin.on('data', (d) => {
  const { method } = JSON.parse(d)
  if (method === 'tools/list') respond({ tools: [{ name: 'a', description: 'x', inputSchema: { type: 'object', properties: {} } }] })
})`
    expect(toolsOf({ 'index.js': code })).toEqual({ a: [] })
  })

  it('come from data beside the code', () => {
    const code = `${low}import { readFileSync } from 'node:fs'
import path from 'node:path'
import more from './more.json' with { type: 'json' }
const here = path.dirname(fileURLToPath(import.meta.url))
const tools = JSON.parse(readFileSync(path.join(here, 'tools.json'), 'utf8'))
server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: [...tools, ...more] }))`
    const entry = code.replace(low, `import { fileURLToPath } from 'node:url'\n${low}`)
    expect(toolsOf({ 'index.js': entry, 'tools.json': '[{"name":"a"}]', 'more.json': '[{"name":"b"}]' })).toEqual({
      a: [],
      b: [],
    })
  })

  it('come from the sources of TypeScript', () => {
    const code = `${high}enum Names { A = 'a' }
interface Options { readonly x?: string }
class Tool { constructor(readonly name: string, private options: Options = {}) {} }
const one: Tool = new Tool(Names.A as string)
server.tool(one.name, { x: z.string() satisfies unknown }, async () => ({ content: [] }))`
    expect(toolsOf({ 'src/index.ts': code }, { name: 'a', main: 'src/index.ts' })).toEqual({ a: ['x'] })
  })

  it('come from bundles that have the SDK and zod under other names', () => {
    const code = `var __defProp = Object.defineProperty;
var __export = (target, all) => { for (var name in all) __defProp(target, name, { get: all[name], enumerable: true }); };
var __esm = (fn, res) => function () { return fn && (res = (0, fn[Object.getOwnPropertyNames(fn)[0]])(fn = 0)), res; };
var e = {}; __export(e, { object: () => o, string: () => s, literal: () => l });
class Zt { constructor(d) { this._def = d } }
var K; (function (K) { K.ZodString = 'ZodString' })(K || (K = {}));
var s = (t) => new Zt({ checks: [], typeName: K.ZodString, ...q(t) }), o = (t, r) => new Zt({ shape: () => t, typeName: K.ZodObject, ...q(r) }), l = (v) => new Zt({ value: v, typeName: K.ZodLiteral });
class P { setRequestHandler(a, b) { this._h.set(a.shape.method.value, b) } assertRequestHandlerCapability() {} _oninitialize() {} }
class S extends P {}
class M { constructor(i, n) { this.server = new S(i, n) } connect() {} setToolRequestHandlers() { this.server.setRequestHandler(L, () => ({ tools: Object.entries(this._t).map(([n]) => ({ name: n })) })) } registerTool(n, c, h) { this._t[n] = c; this.setToolRequestHandlers() } }
var L = o({ method: l("tools/list") });
var t; var init = __esm({ "src/tools.js"() { t = { name: "a", config: { inputSchema: { x: e.string().describe("X"), y: e.string().optional() } } } } });
init();
var m = new M({}, {}); m.registerTool(t.name, t.config, async () => 1);`
    expect(toolsOf({ 'index.js': code })).toEqual({ a: ['x', 'y?'] })
  })

  it('may have schemas of valibot and TypeBox', () => {
    const code = `import { FastMCP } from 'fastmcp'
import * as v from 'valibot'
import { Type } from '@sinclair/typebox'
const server = new FastMCP({ name: 'a', instructions: 'Be brief' })
server.addTool({ name: 'a', parameters: v.object({ x: v.pipe(v.string(), v.description('X')), y: v.optional(v.number()) }), execute: () => '' })
server.addTool({ name: 'b', parameters: Type.Object({ x: Type.Optional(Type.String({ description: 'X' })) }), execute: () => '' })`
    const { tools, instructions } = serverOf({ 'index.js': code })

    expect(tools.map(({ parameters }) => parameters.map(({ at, ...one }) => one))).toEqual([
      [
        { name: 'x', type: 'string', description: 'X', required: true },
        { name: 'y', type: 'number', required: false },
      ],
      [{ name: 'x', type: 'string', description: 'X', required: false }],
    ])
    expect(instructions?.text).toBe('Be brief')
  })

  it('come from objects that a library is given', () => {
    const code = `import { MCPServer, createTool } from '@mastra/mcp'
import { z } from 'zod'
const weather = createTool({ id: 'get-weather', description: 'Weather', inputSchema: z.object({ city: z.string() }), execute: async () => 1 })
new MCPServer({ name: 'x', tools: { weather, other: { description: 'Other', parameters: z.object({}), execute: () => 1 } } })`
    expect(toolsOf({ 'index.js': code })).toEqual({ 'get-weather': ['city'], other: [] })
  })
})

describe('lists that change', () => {
  it('have what came to them after they were asked for', () => {
    const code = `${listed('list.map((name) => ({ name }))').replace('const server', "const list = ['a']\nconst server")}
list.push('b')`
    expect(toolsOf({ 'index.js': code })).toEqual({ a: [], b: [] })
  })
})

describe('what cannot be read', () => {
  it('is told with its place and what is known of it', () => {
    const code = `${high}server.registerTool(\`db_\${process.env.TABLE}\`, { description: 'x' }, () => 1)
server.tool('a', () => 1)`
    expect(serverOf({ 'index.js': code }).unresolved).toEqual([
      {
        what: 'tool',
        reason: 'its name is put together by the running program: db_…',
        at: { file: 'index.js', line: 6, column: 21 },
      },
    ])
  })

  it.each([
    ['lists from elsewhere', listed('await fetchTools()'), 'the list holds more than could be read'],
    [
      'answers from elsewhere',
      `${low}server.setRequestHandler(ListToolsRequestSchema, () => proxy())`,
      'what a request for the list is answered with is only known to the running program',
    ],
    [
      'names made of what nobody knows',
      `${high}const words = text.match(/x/g) ?? []\nserver.tool(words.join('-'), () => 1)`,
      'its name is put together by the running program',
    ],
    [
      'handlers from elsewhere',
      `${low}import { list } from 'x'\nserver.setRequestHandler(ListToolsRequestSchema, list)`,
      'what a request for the list is answered with is only known to the running program',
    ],
    [
      'servers that another package gets',
      `${high}import { add } from 'tools-for-all'\nserver.tool('a', () => 1)\nadd(server)`,
      'the server is handed to tools-for-all, which may add to it',
    ],
    [
      'servers without any tool',
      low,
      'none could be read: it may take them from another package, or from elsewhere when it runs',
    ],
    ['files that are no code', 'import {', 'index.js could not be read as code: syntax'],
  ])('is told of %s', (_what, code, reason) => {
    expect(serverOf({ 'index.js': code }).unresolved.map((one) => one.reason)).toContain(reason)
  })

  it('is told where code takes too long to follow', () => {
    const code = `${high}let n = 0\nfor (let i = 0; i < 1e9; i++) for (let j = 0; j < 1e9; j++) for (let k = 0; k < 1e9; k++) n += i\nserver.tool('a', () => 1)`
    expect(serverOf({ 'index.js': code }).unresolved.map((one) => one.reason)).toContain(
      'more code to follow than the limits allow',
    )
  })

  it.each([
    ['itself', 'function f(x) { return f(f(x)) }\nf(1)'],
    ['a list that grows while it is gone over', 'const l = [1]; for (const x of l) l.push(x)'],
    ['an object that holds itself', "const o = {}; o.o = o; server.tool('x', o, () => 1)"],
    [
      'names of what every object has',
      "server.tool('__proto__', { constructor: z.string() }, () => 1); ({})['__proto__'].x = 1",
    ],
    ['getters that ask for themselves', 'const g = { get a() { return this.a } }; server.tool(g.a, () => 1)'],
    ['classes below themselves', 'class A extends A {}; new A()'],
    ['two texts that double each other', "let t = 'x'; for (let i = 0; i < 60; i++) t += t; server.tool(t, () => 1)"],
    ['schemas within themselves', "const s = z.object({}); s.s = s; server.tool('y', { a: z.lazy(() => s) }, () => 1)"],
  ])('ends with %s', (_what, code) => {
    expect(Object.keys(toolsOf({ 'index.js': `${high}${code}\nserver.tool('a', () => 1)` }))).toContain('a')
  })
})
