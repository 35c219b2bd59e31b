import type { Site } from '../fold/bound-names.js'
import { indirectCall } from '../fold/indirect-call.js'
import { isOwnModule, type ReferenceKey, toWords } from '../fold/reference.js'
import { unwrap } from '../fold/unwrap.js'
import { type Value, wholeText } from '../fold/value.js'
import type { ESTree, SyntaxNode } from '../read/syntax-node.js'
import { unwrapKey } from './canonical-key.js'
import { isDecoder } from './decoding.js'
import { listsAll } from './environment.js'
import { readEnvironmentCall, readEnvironmentFilter } from './environment-sites.js'
import { readingKeys } from './files.js'
import type { Findings } from './findings.js'
import { type Call, optionOf } from './found.js'
import { loaderHooks } from './hooks.js'
import { isUnref } from './native.js'
import { isPageCall } from './page.js'
import { readPassedOn } from './passed-on.js'
import { readRequest, requiring } from './read-request.js'
import { readSpecial, settingProperty } from './read-special.js'
import { isRepositoryWrite, publishes, publishModules } from './secrets.js'
import { readChildOptions } from './shell.js'
import { readUnknownMethod } from './unknown-method.js'
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
