import { memberKey, type ReferenceKey, toWords } from '../fold/reference.js'
import { writtenName } from '../fold/unwrap.js'
import { wholeText } from '../fold/value.js'
import { isFunction, type SyntaxNode } from '../read/syntax-node.js'
import { unwrapKey } from './canonical-key.js'
import { readFunctionMade, readTimerCode } from './evaluation.js'
import { readingKeys } from './files.js'
import type { Findings } from './findings.js'
import { type Call, type Found, knownText } from './found.js'
import { isGuarded, loaderHooks, replaced } from './hooks.js'
import { isUnref } from './native.js'
import { readPageCall } from './page.js'
import { isRepositoryWrite, publishModules } from './secrets.js'
import { sensitivePlace } from './sensitive-paths.js'
import { isWallet } from './wallet.js'

/** What sets properties of whatever it is given. */
export const settingProperty: ReadonlySet<ReferenceKey> = new Set([
  ':Object.defineProperty',
  ':Reflect.set',
  ':Reflect.defineProperty',
  ':Object.assign',
])

/** What a call does beside what the tables of abilities say of its name. */
export function readSpecial(findings: Findings, call: Call): readonly Found[] {
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
