import { maxPnpmWorkspaceCharacters } from '../limits.js'

/** What pnpm-workspace.yaml says about the lockfile beside it. */
export interface PnpmWorkspace {
  readonly packages: readonly string[]
  /** `[selector, specifier]`, as written. */
  readonly overrides: readonly (readonly [string, string])[]
}

/**
 * Reads the two settings that are needed, in the block and flow styles that people and pnpm write. Null where their text
 * is any other YAML: then nobody knows which folders are workspaces.
 */
export function parsePnpmWorkspace(text: string): PnpmWorkspace | null {
  if (text.length > maxPnpmWorkspaceCharacters) return null
  const packages: string[] = []
  const overrides: [string, string][] = []
  let section = ''
  for (const raw of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const line = withoutComment(raw)
    if (line.trim() === '') continue
    const top = /^(?:"([^"]*)"|'([^']*)'|([^\s:#'"[{&*!|>-][^\s:]*)):(?:\s+(.*))?$/.exec(line)
    if (top !== null) {
      section = top[1] ?? top[2] ?? top[3] ?? ''
      const value = (top[4] ?? '').trim()
      if (!isWanted(section) || value === '') continue
      if (!readFlow(section, value, packages, overrides)) return null
    } else if (section === 'packages') {
      const item = readScalar(/^\s*-\s+(.*)$/.exec(line)?.[1])
      if (item === null) return null
      packages.push(item)
    } else if (section === 'overrides') {
      const pair = readPair(line.trim())
      if (pair === null) return null
      overrides.push(pair)
    } else if (section === '' && !/^(?:---|%YAML .*)\s*$/.test(line)) return null
  }
  return { packages, overrides }
}

const isWanted = (section: string): boolean => section === 'packages' || section === 'overrides'

/** `[a, 'b']` and `{a: b}` on one line; anchors, tags and longer forms are not read. */
function readFlow(section: string, value: string, packages: string[], overrides: [string, string][]): boolean {
  const inner = /^(?:\[(.*)\]|\{(.*)\})$/.exec(value)
  if (inner === null || (inner[1] === undefined) === (section === 'packages')) return false
  const parts = (inner[1] ?? inner[2] ?? '').split(',').map((part) => part.trim())
  for (const part of parts) {
    if (part === '') continue
    const item = section === 'packages' ? readScalar(part) : readPair(part)
    if (item === null) return false
    if (typeof item === 'string') packages.push(item)
    else overrides.push(item)
  }
  return true
}

function readPair(text: string): [string, string] | null {
  const match = /^(?:"([^"\\]*)"|'([^']*)'|([^\s'"[{&*!|>-](?:[^:]|:(?!\s|$))*)):\s+(.+)$/.exec(text)
  const value = readScalar(match?.[4])
  return match === null || value === null ? null : [match[1] ?? match[2] ?? match[3]?.trim() ?? '', value]
}

function readScalar(text: string | undefined): string | null {
  const match = /^(?:"([^"\\]*)"|'((?:[^']|'')*)'|([^\s'"[\]{}&*!|>#%@`,].*))$/.exec(text?.trim() ?? '')
  if (match === null) return null
  return match[1] ?? match[2]?.replaceAll("''", "'") ?? match[3] ?? null
}

/** A `#` begins a comment at the line's start or after a blank, unless it stands in quotes. */
function withoutComment(line: string): string {
  let quote = ''
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at)
    if (quote !== '') {
      if (character === quote) quote = ''
    } else if ((character === '"' || character === "'") && /(?:^|[\s[{,:-])$/.test(line.slice(Math.max(at - 1, 0), at)))
      quote = character
    else if (character === '#' && (at === 0 || /\s/.test(line.charAt(at - 1)))) return line.slice(0, at).trimEnd()
  }
  return line.trimEnd()
}
