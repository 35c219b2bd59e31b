import { maxMcpDeclarations, maxMcpUnresolved } from '../../limits.js'
import { startOf } from '../code/read/syntax-node.js'
import { Declarations, type Unresolved } from './declarations.js'
import { type Declared, fromObject, type Offered, siteOf } from './declared.js'
import { followAll, followFiles, followLikely } from './follow.js'
import { Handlers } from './handlers.js'
import { Interpreter } from './interpret/interpreter.js'
import { itemsOf } from './interpret/members.js'
import { ModuleLoader } from './interpret/module-loader.js'
import { isNothing, known, type Site, toText, type Value } from './interpret/value.js'
import { frameworkOf } from './libraries.js'
import type { McpFacts, McpUnresolved } from './mcp-facts.js'
import { byName, merged, type Named, nowhere, offers, toTool } from './named-offers.js'
import { placeOf, readText } from './parameters.js'
import { isText } from './schema-methods.js'
import { ServerFiles, type ServerInput } from './server-files.js'

/** What the code of a package says to a model; `why` and what other files say is added by whoever knows the package. */
export type McpReading = Omit<McpFacts, 'why' | 'readmeTools'>

/** Follows a server's code and tells what it declares. Synchronous and bounded; runs where a package that takes it down harms nobody. */
export function readServer(input: ServerInput): McpReading {
  const declarations = new Declarations()
  const files = new ServerFiles(input)
  const run = new Interpreter(declarations, new ModuleLoader(files))
  declarations.run = run
  const hasTools = (): boolean => collect(run, declarations).some(isNamedTool)
  followFiles(run, input.entries)
  if (hasTools()) followLikely(run)
  else followAll(run)
  // Tools may be in files that only the running program looks for.
  if (!hasTools() || run.loader.unknownRequests.length > 0) {
    followFiles(run, input.others)
    if (hasTools()) followLikely(run)
    else followAll(run)
  }
  declarations.askAgain()
  const sure = collect(run, declarations)
  const found = sure.some(isNamedTool) ? sure : [...sure, ...guessed(run, declarations)]
  noteUncertain(run, declarations, sure, found, input.entries)
  const left = [...files.left].map((file) => fileUnread(file, 'larger than what is read of one server'))
  const reading = toReading(run, declarations, found)
  return { ...reading, unresolved: [...reading.unresolved, ...left].slice(0, maxMcpUnresolved) }
}

/** All that was declared, from the surest way that declared anything. */
function collect(run: Interpreter, declarations: Declarations): readonly Declared[] {
  const sure = [
    ...declarations.declared,
    ...declarations.listed.flatMap((one) => ofAnswer(run, declarations, one)),
    ...ofClasses(run, declarations),
  ]
  if (sure.some(isNamedTool)) return sure
  const answered = declarations.answers.flatMap((result) =>
    ofAnswer(run, undefined, { result, site: result.at ?? nowhere(run) }),
  )
  return [...sure, ...answered.filter(isNamedTool)]
}

const isNamedTool = ({ what, name }: Declared): boolean => what === 'tool' && isText(name)

/** Where no tool is known to be offered, somebody has to be told so. */
function noteUncertain(
  run: Interpreter,
  { unresolved }: Declarations,
  sure: readonly Declared[],
  found: readonly Declared[],
  entries: readonly string[],
): void {
  if (sure.some(isNamedTool)) return
  const [guess] = found.filter(isNamedTool)
  const [file = 'package.json'] = entries
  const entry: Site = { module: run.loader.modules.get(file) ?? run.loader.anywhere, offset: 0 }
  if (guess !== undefined) {
    const reason = 'what it offers could not be followed: what looks like a tool in its code is taken for one'
    unresolved.push({ what: 'tool', reason, site: guess.site })
  } else if ([...sure, ...unresolved].every(({ what }) => what !== 'tool')) {
    const reason = 'none could be read: it may take them from another package, or from elsewhere when it runs'
    unresolved.push({ what: 'tool', reason, site: entry })
  }
}

/** Objects that only look like tools: what becomes of them could not be followed. */
function guessed(run: Interpreter, declarations: Declarations): readonly Declared[] {
  return declarations.shapes.flatMap((shape) => {
    const made = fromObject(run, 'tool', shape, [], shape.at ?? nowhere(run))
    return made !== undefined && isText(made.name) ? [made] : []
  })
}

const lists: readonly (readonly [string, Offered])[] = [
  ['tools', 'tool'],
  ['prompts', 'prompt'],
  ['resources', 'resource'],
  ['resourceTemplates', 'resource'],
]

function ofAnswer(
  run: Interpreter,
  declarations: Declarations | undefined,
  { result, site }: { readonly result: Value; readonly site: Site },
): readonly Declared[] {
  const found: Declared[] = []
  for (const answer of known(result)) {
    if (answer.kind !== 'object') continue
    for (const [key, what] of lists) {
      const listed = run.read(answer, key)
      if (isNothing(listed)) continue
      const { items, open } = itemsOf(run, listed)
      const made = items.flatMap(known).map((item) => fromObject(run, what, item, [], site))
      found.push(...made.filter((one) => one !== undefined).map((one) => one as Declared))
      if (open) declarations?.unresolved.push({ what, reason: 'the list holds more than could be read', site })
    }
  }
  return found.slice(0, maxMcpDeclarations)
}

function ofClasses(run: Interpreter, { frameworkClasses }: Declarations): readonly Declared[] {
  const direct = frameworkClasses.map(({ made }) => made)
  const inherited = run.madeClasses.filter(({ parent }) => parent?.kind === 'class' && direct.includes(parent))
  return [...direct, ...inherited].flatMap((made) => {
    const site: Site = { module: made.module, offset: startOf(made.node) }
    const self = run.construct(made, [], site)
    if (self.kind !== 'object') return []
    const kind = made.parent?.kind === 'reference' ? made.parent.key : ''
    const what = frameworkOf(kind.slice(Math.max(kind.lastIndexOf('.'), kind.lastIndexOf(':')) + 1)) ?? 'tool'
    const declared = fromObject(run, what, self, [], site)
    const methods = ['execute', 'run', 'handle']
      .map((name) => run.read(self, name))
      .filter(({ kind: is }) => is === 'function')
    return declared !== undefined && isText(declared.name)
      ? [{ ...declared, handlers: [...declared.handlers, ...methods] }]
      : []
  })
}

function toReading(run: Interpreter, declarations: Declarations, found: readonly Declared[]): McpReading {
  const unresolved: Unresolved[] = [...declarations.unresolved]
  const named = found.flatMap((one) => namesOf(one, unresolved))
  const tools = named.filter(({ declared }) => declared.what === 'tool')
  const handlers = new Handlers(run, declarations, new Set(tools.map(({ name }) => name)))
  for (const { unanalysable, path } of run.loader.unread) {
    const reason = `${path} could not be read as code: ${unanalysable?.reason ?? 'no reason'}`
    unresolved.push({
      what: 'file',
      reason,
      site: { module: run.loader.modules.get(path) ?? run.loader.anywhere, offset: 0 },
    })
  }
  if (run.isExhausted)
    unresolved.push({ what: 'file', reason: 'more code to follow than the limits allow', site: nowhere(run) })
  const [instructions] = declarations.instructions
  const text = readText(instructions)
  if (instructions !== undefined && text === undefined) {
    unresolved.push({
      what: 'instructions',
      reason: 'they are only known to the running program',
      site: siteOf(instructions) ?? nowhere(run),
    })
  }
  return {
    tools: merged(tools)
      .map(([name, all]) => toTool(run, handlers, name, all))
      .sort(byName),
    prompts: offers(run, named, 'prompt'),
    resources: offers(run, named, 'resource'),
    ...(text === undefined ? {} : { instructions: { text, at: placeOf(siteOf(instructions) ?? nowhere(run)) } }),
    unresolved: toUnresolved(unresolved),
  }
}

function namesOf(declared: Declared, unresolved: Unresolved[]): readonly Named[] {
  const names: Named[] = []
  for (const one of known(declared.name)) {
    // Servers refuse what is no text.
    if (one.kind === 'constant' && typeof one.value !== 'string') continue
    const text = toText(one)
    if (text.whole && typeof text.value === 'string' && text.value !== '') names.push({ name: text.value, declared })
    else {
      const seen = typeof text.value === 'string' && text.value.length > 1 ? `: ${text.value.slice(0, 100)}` : ''
      unresolved.push({
        what: declared.what,
        reason: `its name is put together by the running program${seen}`,
        site: declared.site,
      })
    }
  }
  return names
}

function toUnresolved(all: readonly Unresolved[]): readonly McpUnresolved[] {
  const told = new Map<string, McpUnresolved>()
  for (const { what, reason, site } of all) {
    const one = { what, reason, at: placeOf(site) }
    told.set(`${what} ${one.at.file}:${one.at.line}:${one.at.column} ${reason}`, one)
  }
  return [...told.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, one]) => one)
    .slice(0, maxMcpUnresolved)
}

export const nothingRead = (reason: string, file: string): McpReading => ({
  tools: [],
  prompts: [],
  resources: [],
  unresolved: [fileUnread(file, reason)],
})

export const fileUnread = (file: string, reason: string): McpUnresolved => ({
  what: 'file',
  reason,
  at: { file, line: 1, column: 1 },
})
