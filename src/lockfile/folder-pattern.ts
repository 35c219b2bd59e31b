import { maxFolderPatternBraces } from '../limits.js'

/** Says whether a folder, as its segments, is one that the pattern names. */
export type FolderPattern = (segments: readonly string[]) => boolean

/**
 * A pattern of folders in the subset of globs that manifests use: `*` and `?` inside a segment, `**` for any number of
 * segments, `{a,b}`. Null for anything else (classes, extended globs, escapes). Written by hand because the pattern is
 * the pull request's: as a regular expression a few stars take minutes, here every match is quadratic at worst.
 */
export function parseFolderPattern(pattern: string): FolderPattern | null {
  if (/[[\]()\\]/.test(pattern)) return null
  const alternatives = expandBraces(pattern)
  if (alternatives === null) return null
  const parsed = alternatives.map(partsOf)
  return (segments) => parsed.some((parts) => endsAlike(parts, segments) && matchSegments(parts, segments))
}

/** Without what changes nothing: empty parts, dots, and a `**` after another. */
const partsOf = (pattern: string): readonly string[] =>
  pattern
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .filter((part, at, parts) => part !== '**' || parts[at - 1] !== '**')

/** A quick no for nearly every folder that a pattern does not name. */
function endsAlike(parts: readonly string[], segments: readonly string[]): boolean {
  const [first, last] = [parts[0], parts.at(-1)]
  return (isOpen(first) || first === segments[0]) && (isOpen(last) || last === segments.at(-1))
}

const isOpen = (part: string | undefined): boolean => part === undefined || part.includes('*') || part.includes('?')

/** `a/{b,c}` → `a/b`, `a/c`. Braces multiply, so that a short text can stand for a million. */
function expandBraces(pattern: string): readonly string[] | null {
  const done: string[] = []
  const open = [pattern]
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    const braces = /\{([^{}]*)\}/.exec(text)
    if (braces === null) {
      if (/[{}]/.test(text)) return null
      done.push(text)
    } else {
      const parts = (braces[1] ?? '').split(',')
      // `{a}` and `{1..3}` mean other things to other shells.
      if (parts.length < 2) return null
      const [before, after] = [text.slice(0, braces.index), text.slice(braces.index + braces[0].length)]
      for (const part of parts) open.push(before + part + after)
    }
    if (done.length + open.length > maxFolderPatternBraces) return null
  }
  return done
}

/** Whether all segments are matched by all parts; `reached` holds how many parts can be used up so far. */
function matchSegments(parts: readonly string[], segments: readonly string[]): boolean {
  let reached = skipAny(parts, new Set([0]))
  for (const segment of segments) {
    const next = new Set<number>()
    for (const at of reached) {
      const part = parts[at]
      if (part === '**') {
        if (!segment.startsWith('.')) next.add(at)
      } else if (part !== undefined && matchSegment(part, segment)) next.add(at + 1)
    }
    if (next.size === 0) return false
    reached = skipAny(parts, next)
  }
  return reached.has(parts.length)
}

/** `**` stands for no segment too. */
function skipAny(parts: readonly string[], reached: Set<number>): Set<number> {
  for (const at of reached) if (parts[at] === '**') reached.add(at + 1)
  return reached
}

/** `*` and `?` inside one segment: of two stars only the last one is ever tried again, which keeps it quadratic. */
function matchSegment(part: string, segment: string): boolean {
  if (part === segment) return true
  if (segment.startsWith('.') && !part.startsWith('.')) return false
  let [at, from, star, resume] = [0, 0, -1, 0]
  while (from < segment.length) {
    const wanted = part.charAt(at)
    if (wanted === '*') {
      star = at
      resume = from
      at += 1
    } else if (wanted !== '' && (wanted === '?' || wanted === segment.charAt(from))) {
      at += 1
      from += 1
    } else if (star !== -1) {
      at = star + 1
      resume += 1
      from = resume
    } else return false
  }
  while (part.charAt(at) === '*') at += 1
  return at === part.length
}
