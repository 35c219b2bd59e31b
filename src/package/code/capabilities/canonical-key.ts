import type { ReferenceKey } from '../fold/reference.js'

/** Modules that are another one with something added. */
const sameModules: ReadonlyMap<string, string> = new Map([
  ['graceful-fs', 'fs'],
  ['fs-extra', 'fs'],
  ['original-fs', 'fs'],
  ['mz/fs', 'fs'],
  ['fs-promise', 'fs'],
  ['fs.promises', 'fs'],
  ['fs-extra/esm', 'fs'],
  ['mz/child_process', 'child_process'],
  ['follow-redirects', 'http'],
  ['agent-base', 'net'],
  ['isomorphic-fetch', 'node-fetch'],
  ['cross-fetch', 'node-fetch'],
  ['node-fetch-native', 'node-fetch'],
  ['make-fetch-happen', 'node-fetch'],
  ['isomorphic-ws', 'ws'],
])

/** One key for what differs only in its wrapping: promises, older names, builtins with additions. */
export function unwrapKey(key: ReferenceKey): ReferenceKey {
  const colon = key.lastIndexOf(':')
  if (colon <= 0) return key
  const module = key.slice(0, colon)
  let path = key.slice(colon + 1)
  if (path.startsWith('promises.')) path = path.slice('promises.'.length)
  if (module === 'follow-redirects') path = path.replace(/^https?\./, '')
  const same = sameModules.get(module)
  return same === undefined && path.length === key.length - colon - 1 ? key : `${same ?? module}:${path}`
}
