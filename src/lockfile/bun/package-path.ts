import { nameMistake } from '../npm/entry-key.js'
import type { MalformedReason } from '../npm/malformed.js'

/** Nearly every key: one name that starts with a letter or digit, and holds no underscore. */
const plainName = /^(?:@[a-z0-9][a-z0-9.-]*\/)?[a-z0-9][a-z0-9.-]*$/

/** A key of `packages`, `a/@s/b`: the names of the packages from the top down to the one that it is about. */
export type PackagePath =
  | { readonly kind: 'path'; readonly parent: string; readonly name: string }
  | { readonly kind: 'bad'; readonly reason: MalformedReason }

export function parsePackagePath(key: string): PackagePath {
  if (plainName.test(key)) return { kind: 'path', parent: '', name: key }
  if (key.includes('__proto__')) return { kind: 'bad', reason: 'prototype-key' }
  const parent = parentPath(key)
  const name = parent === '' ? key : key.slice(parent.length + 1)
  for (let at = key; at !== ''; at = parentPath(at)) {
    const above = parentPath(at)
    const reason = nameMistake(above === '' ? at : at.slice(above.length + 1))
    if (reason !== null) return { kind: 'bad', reason }
  }
  return key === '' ? { kind: 'bad', reason: 'path-traversal' } : { kind: 'path', parent, name }
}

/** The path without its last name, which has a slash of its own where it is scoped; `''` at the top. */
export function parentPath(path: string): string {
  const slash = path.lastIndexOf('/')
  if (slash === -1) return ''
  const scope = path.lastIndexOf('/', slash - 1) + 1
  return path.charCodeAt(scope) === 64 ? path.slice(0, Math.max(scope - 1, 0)) : path.slice(0, slash)
}

/** Where Bun looks for what the package at `path` asks for, nearest first: below itself, then below each one above it. */
export function* lookupPaths(path: string): Generator<string> {
  for (let at = path; at !== ''; at = parentPath(at)) yield at
  yield ''
}
