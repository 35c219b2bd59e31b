import type { MalformedReason } from './malformed.js'

export type EntryKey =
  /** A package below a `node_modules`, by the name of its folder. */
  | { readonly kind: 'package'; readonly name: string }
  /** A folder of the repository (workspace, link target), or inside a package; `name` is its last segment. */
  | { readonly kind: 'folder'; readonly name: string }
  | { readonly kind: 'bad'; readonly reason: MalformedReason }

const modules = 'node_modules/'
const packageName = /^(?:@[^/\\]+\/)?[^/\\]+$/
const dotSegment = /(?:^|\/)\.{0,2}(?:\/|$)/

/** Nearly every key of nearly every lockfile: names that start with a letter or digit, and hold no underscore. */
const plainKey =
  /^node_modules\/(?:@[a-z0-9][a-z0-9.-]*\/)?[a-z0-9][a-z0-9.-]*(?:\/node_modules\/(?:@[a-z0-9][a-z0-9.-]*\/)?[a-z0-9][a-z0-9.-]*)*$/

/** What a key of npm's `packages` section says. Only leading `../` is legitimate: a linked folder beside the project. */
export function parseEntryKey(key: string): EntryKey {
  if (plainKey.test(key)) return { kind: 'package', name: key.slice(key.lastIndexOf(modules) + modules.length) }
  if (key.includes('__proto__')) return { kind: 'bad', reason: 'prototype-key' }
  const below = key.startsWith('..') ? key.replace(/^(?:\.\.(?:\/|$))+/, '') : key
  if (below === '') return { kind: 'folder', name: key }
  if (dotSegment.test(below) || key.includes('\\') || /^[a-zA-Z]:/.test(key)) {
    return { kind: 'bad', reason: 'path-traversal' }
  }
  const at = key.lastIndexOf(modules)
  if (at === -1 || (at > 0 && key[at - 1] !== '/')) return { kind: 'folder', name: lastSegment(key) }
  const name = key.slice(at + modules.length)
  return packageName.test(name) ? { kind: 'package', name } : { kind: 'folder', name: lastSegment(name) }
}

const lastSegment = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** A name as format 1 uses it for a key, and as an alias states its target: it becomes a path, so it must be one name. */
export function nameMistake(name: string): MalformedReason | null {
  if (name.includes('__proto__')) return 'prototype-key'
  return packageName.test(name) && !dotSegment.test(name) ? null : 'path-traversal'
}

/** The folders in which Node looks for what `location` asks for, nearest first; `''` is the project itself. */
export function* lookupFolders(location: string): Generator<string> {
  for (let folder = location; ; folder = parentOf(folder)) {
    yield folder
    if (folder === '' || folder === '..' || folder.endsWith('/..')) return
  }
}

/** From `a/node_modules/b` straight to `a`: neither `a/node_modules` nor a scope's folder has a `node_modules` of its own. */
function parentOf(folder: string): string {
  const at = folder.lastIndexOf(modules)
  if (at !== -1 && packageName.test(folder.slice(at + modules.length))) return folder.slice(0, Math.max(at - 1, 0))
  const slash = folder.lastIndexOf('/')
  return slash === -1 ? '' : folder.slice(0, slash)
}
