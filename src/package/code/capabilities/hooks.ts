import type { Capability } from '../file-code.js'
import type { ReferenceKey } from '../fold/reference.js'
import { toWords } from '../fold/reference.js'
import type { SyntaxNode } from '../read/syntax-node.js'
import { type Found, sourceOf } from './found.js'

/** Functions of the platform that something goes through: who replaces one sees it all. */
const hooked =
  /^:(?:fetch|XMLHttpRequest|WebSocket|EventSource|ethereum|solana|eval|Function|atob|JSON)$|^:(?:XMLHttpRequest|WebSocket|Response|Request|EventTarget|HTMLFormElement|HTMLInputElement|Storage|Function|Headers)\.prototype\.[\w[\]…]+$|^:(?:navigator|crypto|crypto\.subtle|JSON|ethereum|solana|document|history|Reflect|process|localStorage|web3\.currentProvider)\.(?:sendBeacon|clipboard|getRandomValues|parse|stringify|request|send|sendAsync|pushState|binding|dlopen|emit|exit|kill|getItem|setItem|apply|connect|signTransaction|signAndSendTransaction)$|^(?:https?|net|tls|dns|child_process|crypto|http2|dgram):[A-Za-z[\]…]+(?:\.prototype\.\w+)?$|^fs:(?:promises\.)?[A-Za-z[\]…]+$/

const loader =
  /^module:(?:_load|_resolveFilename|_findPath|_nodeModulePaths|_initPaths|_compile|_extensions(?:\.[.\w[\]…]+)?|prototype\.\w+|wrap|wrapper)$|^:require\.extensions(?:\.[.\w[\]…]+)?$|^:module\.(?:__proto__|constructor)\.\w+$|^:require\.cache\.[^.]/

/** How an assignment replaces a function of the platform, where that says more than that it does. */
export type Replacement = 'where missing' | 'by a namesake' | `by the package ${string}`

/**
 * Which of the platform's functions an assignment replaces, and how: only where the code asked first whether there is one, by what
 * another object has under the same name (`globalThis.fetch = undici.fetch`), or by a package that is made to stand there.
 */
export function replaced(key: ReferenceKey, how: Replacement | undefined): Found | undefined {
  const capability: Capability | undefined = loader.test(key)
    ? 'module-hook'
    : hooked.test(key)
      ? 'global-hook'
      : undefined
  if (capability === undefined) return undefined
  return { capability, detail: how === undefined ? toWords(key) : `${toWords(key)} ${how}` }
}

/** Packages that are the platform's own functions for a Node that had none yet. */
const clients =
  /^(ws|isomorphic-ws|undici|node-fetch|node-fetch-native|cross-fetch|isomorphic-fetch|whatwg-fetch|eventsource|xhr2|xmlhttprequest):(?:default)?\.?(\w*)$/

/** The package whose whole export, or export of the same name, a value is, where it is one of these. */
export function knownClient(value: ReferenceKey, name: string): Replacement | undefined {
  const [, client, exported] = clients.exec(value) ?? []
  return client !== undefined && (exported === '' || exported === name) ? `by the package ${client}` : undefined
}

/** Functions that put others in the place of a module's or of the loader's. */
export const loaderHooks: ReadonlySet<ReferenceKey> = new Set([
  'module:register',
  'module:registerHooks',
  'pirates:addHook',
  'require-in-the-middle:',
  'import-in-the-middle:',
  'mockery:registerMock',
  'require-hook:',
])

/** Whether the condition around a replacement asks first whether there is one. */
export function isGuarded(guard: SyntaxNode | undefined, text: string, name: string): boolean {
  if (guard === undefined) return false
  // `root.fetch || (root.fetch = …)`
  if (guard.type === 'LogicalExpression' && guard.operator !== '&&')
    return sourceOf(text, guard.left as SyntaxNode).includes(name)
  const test = guard.type === 'LogicalExpression' ? guard.left : 'test' in guard ? guard.test : undefined
  return test !== undefined && asksWhetherMissing(sourceOf(text, test as SyntaxNode), name)
}

/** Whether a condition asks for the lack of a thing: `!window.fetch`, `typeof fetch === 'undefined'`. */
function asksWhetherMissing(test: string, name: string): boolean {
  if (!test.includes(name)) return false
  return (
    /[^!]===?\s{0,4}(?:["'`](?:undefined|function)["'`]|undefined|null|void 0)|["'`]undefined["'`]\s{0,4}===?\s{0,4}typeof|["'`]function["'`]\s{0,4}!==?\s{0,4}typeof|!==?\s{0,4}["'`]function["'`]|\bin\b/.test(
      test,
    ) || /!\s{0,4}\(?[\w$]/.test(test)
  )
}
