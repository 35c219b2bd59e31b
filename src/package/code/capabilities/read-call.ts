import type { Site } from '../fold/bound-names.js'
import { indirectCall } from '../fold/indirect-call.js'
import { isOwnModule, memberKey, type ReferenceKey, toWords } from '../fold/reference.js'
import { unwrap, writtenName } from '../fold/unwrap.js'
import { type Value, wholeText } from '../fold/value.js'
import { type ESTree, isFunction, type SyntaxNode } from '../read/syntax-node.js'
import type { Ability } from './ability-table.js'
import { unwrapKey } from './canonical-key.js'
import { isDecoder } from './decoding.js'
import { listsAll } from './environment.js'
import { readEnvironmentCall, readEnvironmentFilter } from './environment-sites.js'
import { readFunctionMade, readTimerCode } from './evaluation.js'
import { readingKeys } from './files.js'
import type { Findings } from './findings.js'
import { type Call, type Found, knownText, optionOf } from './found.js'
import { isGuarded, loaderHooks, replaced } from './hooks.js'
import { isUnref } from './native.js'
import { isPageCall, readPageCall } from './page.js'
import { namesTaken } from './requests.js'
import { isRepositoryWrite, publishes, publishModules } from './secrets.js'
import { sensitivePlace } from './sensitive-paths.js'
import { readChildOptions } from './shell.js'
import { isWallet } from './wallet.js'

type CallNode = ESTree.CallExpression | ESTree.NewExpression

export function readCall(findings: Findings, site: Site, node: CallNode): void {
  const { fold } = findings
  const callee = unwrap(node.callee)
  const called = fold.value(callee, site.scope)
  readPassedOn(findings, site, node, callee)
  if (called?.kind === 'function') {
    findings.localCalls.push({ from: site.within, to: bodyOf(called.node), site })
    return
  }
  if (called?.kind === 'reference') {
    if (isOwnModule(called.key)) findings.ownCalls.push({ key: called.key, node, site })
    readReference(findings, site, node, called.key)
    return
  }
  if (callee.type === 'MemberExpression') readUnknownMethod(findings, site, node, callee)
}

/** The constructor of a class, else the function itself. */
function bodyOf(node: SyntaxNode): SyntaxNode {
  if (node.type !== 'ClassDeclaration' && node.type !== 'ClassExpression') return node
  const constructors = node.body.body.find(
    (member) => member.type === 'MethodDefinition' && member.kind === 'constructor',
  )
  return constructors?.type === 'MethodDefinition' ? (constructors.value as SyntaxNode) : node
}

/** They call what they are given, soon if not at once. */
const callers: ReadonlySet<string> = new Set([
  ...[
    'then',
    'catch',
    'finally',
    'forEach',
    'map',
    'setTimeout',
    'setImmediate',
    'setInterval',
    'nextTick',
    'queueMicrotask',
  ],
])

/** Functions by name among the arguments: one of the file's own that is called by whom it is given to, or a dangerous one of the platform. */
function readPassedOn(findings: Findings, site: Site, node: CallNode, callee: SyntaxNode): void {
  const { fold, localCalls, found } = findings
  for (const argument of node.arguments) {
    if (argument.type !== 'Identifier') continue
    const value = fold.value(argument, site.scope)
    if (value?.kind === 'function') {
      const name =
        callee.type === 'Identifier'
          ? callee.name
          : callee.type === 'MemberExpression'
            ? writtenName(callee.property as SyntaxNode, callee.computed === true)
            : undefined
      if (name !== undefined && callers.has(name))
        localCalls.push({ from: site.within, to: value.node, site, isHandedOn: true })
    } else if (value?.kind === 'reference') {
      const abilities = findings.abilitiesOf(value.key).filter(isDangerousByName)
      if (abilities.length === 0) continue
      const isHandedOn = givesBack(findings, site, node, value.key)
      for (const { capability } of abilities) {
        const detail = toWords(value.key)
        found.push({ capability, detail, offset: argument.start ?? 0, within: site.within, isHandedOn })
      }
    }
  }
}

/** `promisify(execFile)` runs nothing yet: whoever calls what comes out does. */
function givesBack({ fold }: Findings, { scope }: Site, node: CallNode, key: ReferenceKey): boolean {
  const result = fold.value(node, scope)
  return result?.kind === 'reference' && result.key === key
}

/** Abilities that are had by holding the function: who hands it on has somebody else call it. */
export const isDangerousByName = ({ capability }: Pick<Ability, 'capability'>): boolean =>
  capability === 'shell' || capability === 'eval' || capability === 'vm'

function readReference(findings: Findings, site: Site, node: CallNode, key: ReferenceKey): void {
  const { fold } = findings
  if (/\.(?:filter|find)$/.test(key) && node.callee.type === 'MemberExpression') {
    readEnvironmentFilter(findings, site, node, node.callee)
    return
  }
  if (findings.isPlain(key, isPlain)) return
  let target = key
  let given: readonly (Value | undefined)[] | undefined
  if (key.endsWith('.bind')) return
  if (key.endsWith('.call') || key.endsWith('.apply') || key === ':Reflect.apply' || key === ':Reflect.construct') {
    const indirect = indirectCall(key, fold.argumentsOf(node, site.scope))
    if (indirect.target === undefined) return
    target = indirect.target
    given = indirect.values
  }
  findings.calls.push({ key: target, node, site })
  const call = new LazyCall(findings, site, node, target, given)
  readRequest(findings, call)
  for (const { capability, constant } of findings.abilitiesOf(target)) {
    const text = constant?.(call)
    findings.add({ capability, detail: toWords(unwrapKey(target)), constant: text }, site, node)
    const publishing = text === undefined ? undefined : publishes(text)
    if (publishing !== undefined)
      findings.add({ capability: 'publish', detail: publishing, constant: text }, site, node)
    if (capability === 'network' && putsToRegistry(call, text)) {
      findings.add({ capability: 'publish', detail: 'PUT to a registry', constant: text }, site, node)
    }
    if (capability === 'shell') for (const option of readChildOptions(call)) findings.add(option, site, node)
  }
  const callee = unwrap(node.callee)
  // What nobody declares, and what libraries make, may be anything.
  if (byNameOnly.test(target) && callee.type === 'MemberExpression') readUnknownMethod(findings, site, node, callee)
  for (const found of readSpecial(findings, call)) findings.add(found, site, node)
  readEnvironmentCall(findings, call)
}

const inspected: ReadonlySet<ReferenceKey> = new Set([
  ':Function',
  ':setTimeout',
  ':setInterval',
  ':setImmediate',
  ':Deno.env.get',
  ':Reflect.apply',
  ':Reflect.construct',
  ':ActiveXObject',
])

const byNameOnly = /[^:]\.(?:_compile|sendMail)$/

const isPlain = (key: ReferenceKey): boolean =>
  !isDecoder(key) &&
  !inspected.has(key) &&
  !/\.(?:call|apply)$/.test(key) &&
  !byNameOnly.test(key) &&
  !requiring.has(key) &&
  !settingProperty.has(key) &&
  !listsAll(key) &&
  !loaderHooks.has(key) &&
  !readingKeys.has(unwrapKey(key)) &&
  !isUnref(key) &&
  !isPageCall(key) &&
  !isRepositoryWrite(key) &&
  !publishModules.has(key) &&
  !isWallet(key)

function putsToRegistry(call: Call, address: string | undefined): boolean {
  if (!call.key.startsWith('npm-registry-fetch:') && !/^https?:\/\/registry\./.test(address ?? '')) return false
  return (
    call.given.some((value) => wholeText(optionOf(call, value, 'method'))?.toUpperCase() === 'PUT') ||
    call.key.endsWith('.put')
  )
}

/** Most calls are of no interest: their arguments are folded only when somebody asks for them. */
class LazyCall implements Call {
  readonly key: ReferenceKey
  readonly node: CallNode
  readonly site: Site
  readonly fold: Findings['fold']
  #given: readonly (Value | undefined)[] | undefined

  constructor(
    { fold }: Findings,
    site: Site,
    node: CallNode,
    key: ReferenceKey,
    given: readonly (Value | undefined)[] | undefined,
  ) {
    this.fold = fold
    this.site = site
    this.node = node
    this.key = key
    this.#given = given
  }

  get given(): readonly (Value | undefined)[] {
    this.#given ??= this.fold.argumentsOf(this.node, this.site.scope)
    return this.#given
  }
}

const requiring: ReadonlyMap<ReferenceKey, 'require' | 'resolve'> = new Map([
  [':require', 'require'],
  ['module:_load', 'require'],
  [':process.getBuiltinModule', 'require'],
  [':__non_webpack_require__', 'require'],
  [':require.resolve', 'resolve'],
  [':import.meta.resolve', 'resolve'],
])

function readRequest(findings: Findings, call: Call): void {
  const kind = requiring.get(call.key)
  if (kind === undefined || call.node.arguments.length === 0) return
  const specifier = wholeText(call.given[0])
  findings.requests.add(call.site, kind, specifier, kind === 'resolve' ? [] : namesTaken(call.site.parent))
  if (kind === 'require') readSpecifier(findings, call.site, call.node, 'require', call.given[0])
}

export function readImport(findings: Findings, site: Site, node: ESTree.ImportExpression): void {
  const value = findings.fold.value(node.source, site.scope)
  findings.requests.add(site, 'dynamic-import', wholeText(value), ['*'])
  readSpecifier(findings, site, node, 'import', value)
}

function readSpecifier(findings: Findings, site: Site, node: SyntaxNode, how: string, value: Value | undefined): void {
  const specifier = wholeText(value)
  if (specifier === undefined) {
    findings.add({ capability: 'dynamic-require', detail: how, constant: knownText(value) }, site, node)
  } else if (/\.node$/.test(specifier)) {
    findings.add({ capability: 'native-addon', detail: `${how} of .node`, constant: specifier }, site, node)
  } else if (specifier.startsWith('data:')) {
    findings.add({ capability: 'eval', detail: `${how} of data:`, constant: specifier }, site, node)
  }
}

const settingProperty: ReadonlySet<ReferenceKey> = new Set([
  ':Object.defineProperty',
  ':Reflect.set',
  ':Reflect.defineProperty',
  ':Object.assign',
])

function readSpecial(findings: Findings, call: Call): readonly Found[] {
  const { key } = call
  const found: Found[] = [...readFunctionMade(call), ...readTimerCode(call), ...readPageCall(call)]
  if (key === ':setTimeout' || key === ':setInterval') readTimer(findings, call)
  const canonical = unwrapKey(key)
  if (readingKeys.has(canonical)) {
    findings.readsFiles = true
    const path = knownText(call.given[0])
    const place = path === undefined ? undefined : sensitivePlace(path)
    if (place !== undefined) found.push({ capability: 'sensitive-read', detail: place, constant: path })
  }
  if (settingProperty.has(key)) found.push(...readPropertySet(call, findings.text))
  if (loaderHooks.has(key)) found.push({ capability: 'module-hook', detail: toWords(key) })
  if (key === ':ActiveXObject') found.push(...readActiveX(call))
  if (isUnref(key)) found.push({ capability: 'process-control', detail: 'child.unref' })
  if (isRepositoryWrite(key) || publishModules.has(key))
    found.push({ capability: 'publish', detail: toWords(key).replace(/^.*\./, '') })
  if (isWallet(key)) found.push({ capability: 'crypto-wallet', detail: toWords(key) })
  return found
}

/** Old Windows scripts; `htmlfile` and the like do nothing outside of the page. */
function readActiveX({ given: [name] }: Call): readonly Found[] {
  const text = wholeText(name) ?? ''
  if (/xmlhttp|winhttp/i.test(text)) return [{ capability: 'network', detail: 'ActiveXObject', constant: text }]
  return /shell/i.test(text) ? [{ capability: 'shell', detail: 'ActiveXObject', constant: text }] : []
}

function readTimer(findings: Findings, { key, node, site, fold }: Call): void {
  const [first] = node.arguments
  const callback = first === undefined ? undefined : fold.value(first as SyntaxNode, site.scope)
  if (callback?.kind !== 'function' || !isFunction(callback.node)) return
  findings.timers.push({
    capability: 'timer-send',
    detail: key.slice(1),
    offset: node.start ?? 0,
    within: site.within,
    callback: callback.node,
  })
}

/** `Object.defineProperty(globalThis, 'fetch', …)`, `Object.assign(Module, { _load })`. */
function readPropertySet({ key, given, site }: Call, source: string): readonly Found[] {
  const [target, name] = given
  if (target?.kind !== 'reference') return []
  if (key !== ':Object.assign') {
    const text = wholeText(name)
    const hooked = text === undefined ? undefined : memberKey(target.key, text)
    const found =
      hooked === undefined
        ? undefined
        : replaced(hooked, isGuarded(site.guard, source, text ?? '') ? 'where missing' : undefined)
    return found === undefined ? [] : [found]
  }
  return given.slice(1).flatMap((source) => {
    if (source?.kind !== 'object' || source.source?.node.type !== 'ObjectExpression') return []
    return source.source.node.properties.flatMap((property): Found[] => {
      if (property.type !== 'Property') return []
      const text = writtenName(property.key as SyntaxNode, property.computed === true)
      const hooked = text === undefined ? undefined : memberKey(target.key, text)
      const found = hooked === undefined ? undefined : replaced(hooked, undefined)
      return found === undefined ? [] : [found]
    })
  })
}

/** Objects whose origin is not known, by methods that mean one thing only. */
function readUnknownMethod(findings: Findings, site: Site, node: CallNode, callee: ESTree.MemberExpression): void {
  const name = writtenName(callee.property as SyntaxNode, callee.computed === true)
  if (name === undefined) return
  switch (name) {
    case '_compile':
      if (node.arguments.length > 1) add('eval', 'Module._compile')
      return
    case 'sendMail':
      if (node.arguments.length > 0) add('network', 'sendMail')
      return
    case 'constructor':
      readConstructor(findings, site, node, callee)
      return
    case 'filter':
    case 'find':
      readEnvironmentFilter(findings, site, node, callee)
      return
    default:
      if (isRepositoryWrite(`.${name}`)) add('publish', name)
  }

  function add(capability: Found['capability'], detail: string): void {
    findings.add({ capability, detail }, site, node)
  }
}

/** `x.constructor.constructor('…')()`: `Function`, whatever `x` is. */
function readConstructor(findings: Findings, site: Site, node: CallNode, callee: ESTree.MemberExpression): void {
  const inner = unwrap(callee.object)
  const isTwice =
    inner.type === 'MemberExpression' &&
    writtenName(inner.property as SyntaxNode, inner.computed === true) === 'constructor'
  const code = findings.fold.argumentsOf(node, site.scope).at(-1)
  const text = code?.kind === 'constant' ? knownText(code) : undefined
  if (isTwice && (text === undefined || !/^\s*return\s+\(?this\)?\s*;?\s*$/.test(text))) {
    findings.add({ capability: 'eval', detail: 'Function', constant: text }, site, node)
  }
}
