import { posix, win32 } from 'node:path'
import type { UnsafeEntry } from './package-facts.js'

export interface EntryPath {
  /** Where npm puts the entry, relative to the package's root; absent where npm does not unpack it. */
  readonly installed?: string
  readonly unsafe: readonly Pick<UnsafeEntry, 'reason' | 'target'>[]
}

// Besides C0 and C1 the characters that reorder or hide what a terminal or a browser shows: bidi marks, zero widths, line separators.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const deceptive = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/

/**
 * What npm makes of a path in an archive: it drops the first component whatever its name, then a root (`/`, `c:`), and
 * refuses `..` (node-tar's Unpack with pacote's `strip: 1`). A directory's path may end in a slash.
 */
export function readEntryPath(path: string, isDirectory: boolean): EntryPath {
  const unsafe: Pick<UnsafeEntry, 'reason' | 'target'>[] = []
  const slashed = path.replaceAll('\\', '/')
  const stripped = path.split('/').slice(1).join('/')

  if (deceptive.test(path)) unsafe.push({ reason: 'control-character' })
  if (isAbsolute(path) || hasDrive(stripped) || stripped.includes('//?/')) {
    unsafe.push({ reason: 'absolute-path' })
  }
  if (slashed.split('/').includes('..')) unsafe.push({ reason: 'path-traversal' })
  if (slashed !== path)
    unsafe.push({ reason: 'ambiguous-entry', target: 'a backslash, which Windows takes for a slash' })
  if (path.includes('\ufffd')) unsafe.push({ reason: 'ambiguous-entry', target: 'the path is not valid UTF-8' })
  // npm unpacks no file from the top of an archive; other installers do.
  if (!path.includes('/') && !isDirectory)
    unsafe.push({ reason: 'ambiguous-entry', target: 'a file outside any folder' })

  const rootless = withoutRoot(stripped)
  if (rootless.replaceAll('\\', '/').split('/').includes('..')) return { unsafe }
  const installed = posix.normalize(rootless).replace(/\/$/, '')
  return installed === '' || installed === '.' ? { unsafe } : { installed, unsafe }
}

const hasDrive = (path: string): boolean => /^[a-z]:/i.test(path)

const isAbsolute = (path: string): boolean => path.startsWith('/') || path.startsWith('\\') || hasDrive(path)

/** `c:a`, `//c:/a` and the like lose every root that they have, as in node-tar. */
function withoutRoot(path: string): string {
  let rest = path
  for (let { root } = win32.parse(rest); win32.isAbsolute(rest) || root !== ''; root = win32.parse(rest).root) {
    // All slashes at once where there is nothing between them to tell: a path of a thousand must not cost a million steps.
    if (!rest.startsWith('/')) rest = rest.slice(root.length)
    else if (!rest.includes('//?/')) rest = rest.replace(/^\/+/, '')
    else rest = rest.slice(rest.startsWith('//?/') ? root.length : 1)
  }
  return rest
}

/** Two paths with the same key are one file on file systems that ignore case, Unicode form, or trailing dots and spaces. */
export function collisionKey(path: string): string {
  const folded = path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')
  return /[. ](\/|$)/.test(folded) ? folded.split('/').map(withoutTrailingDots).join('/') : folded
}

function withoutTrailingDots(name: string): string {
  let end = name.length
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end -= 1
  return name.slice(0, end)
}
