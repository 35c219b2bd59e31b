import { getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser'
import { type AST, parseTOML } from 'toml-eslint-parser'
import { lineCounter } from '../../lockfile/json-text.js'
import { parseYaml } from './parse-yaml.js'
import type { Member, PlacedObject, PlacedValue } from './placed-value.js'

/** A settings file as its client reads it; `broken` is the first line that is not of its syntax, where there is one. */
export interface ParsedSettings {
  readonly value?: PlacedValue
  readonly broken?: number
}

/** JSON with comments and final commas, or TOML or YAML by the path's ending. Never throws for what a file holds. */
export function parseSettings(path: string, text: string): ParsedSettings {
  try {
    if (/\.ya?ml$/i.test(path)) return parseYaml(text)
    return /\.(?:toml|lock)$/i.test(path) ? parseToml(text) : parseJson(text)
  } catch (error) {
    // The parsers recurse: nested deeper than the stack.
    if (error instanceof RangeError) return { broken: 1 }
    throw error
  }
}

/** What stands before the first mistake is read all the same: so do editors, which start what they could read. */
function parseJson(text: string): ParsedSettings {
  const clean = text.replace(/^\ufeff/, ' ')
  if (clean.trim() === '') return {}
  const lineOf = lineCounter(clean)
  const errors: ParseError[] = []
  const tree = parseTree(clean, errors, { allowTrailingComma: true, disallowComments: false })
  const [first] = errors
  return {
    ...(tree && { value: placeJson(tree, lineOf) }),
    ...((first !== undefined || tree === undefined) && { broken: lineOf(first?.offset ?? 0) }),
  }
}

function placeJson(node: Node, lineOf: (offset: number) => number): PlacedValue {
  const line = lineOf(node.offset)
  switch (node.type) {
    case 'object': {
      const members = new Map<string, Member>()
      for (const property of node.children ?? []) {
        const [key, value] = property.children ?? []
        if (key === undefined || value === undefined) continue
        members.set(String(key.value), { line: lineOf(key.offset), value: placeJson(value, lineOf) })
      }
      return { kind: 'object', line, members }
    }
    case 'array':
      return { kind: 'list', line, items: (node.children ?? []).map((item) => placeJson(item, lineOf)) }
    case 'string':
      return { kind: 'text', line, text: String(getNodeValue(node)) }
    default:
      return { kind: 'other', line, value: plainOf(node.value) }
  }
}

const plainOf = (value: unknown): boolean | number | null =>
  typeof value === 'boolean' || typeof value === 'number' ? value : null

function parseToml(text: string): ParsedSettings {
  let program: AST.TOMLProgram
  try {
    program = parseTOML(text)
  } catch (error) {
    // Its ParseError names the line; whatever else a text makes it throw leaves the file unread all the same.
    return { broken: lineOfError(error) ?? 1 }
  }
  const root: OpenObject = openObject(1)
  for (const node of program.body[0].body) {
    if (node.type === 'TOMLKeyValue') setToml(root, node)
    else {
      const table = enterAll(root, node.resolvedKey.map(String), node.loc.start.line)
      for (const inner of node.body) setToml(table, inner)
    }
  }
  return { value: root }
}

const lineOfError = (error: unknown): number | undefined =>
  error instanceof Error && 'lineNumber' in error && typeof error.lineNumber === 'number' ? error.lineNumber : undefined

interface OpenObject extends PlacedObject {
  readonly members: Map<string, Member>
}

const openObject = (line: number): OpenObject => ({ kind: 'object', line, members: new Map() })

/** A list of tables becomes an object by number: no setting about servers is one. */
function enterAll(from: OpenObject, keys: readonly string[], line: number): OpenObject {
  return keys.reduce((within, key) => {
    const known = within.members.get(key)?.value
    if (known?.kind === 'object') return known as OpenObject
    const inner = openObject(line)
    within.members.set(key, { line, value: inner })
    return inner
  }, from)
}

function setToml(into: OpenObject, { key, value, loc }: AST.TOMLKeyValue): void {
  const names = key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value))
  const last = names.pop()
  if (last === undefined) return
  enterAll(into, names, loc.start.line).members.set(last, { line: loc.start.line, value: placeToml(value) })
}

function placeToml(node: AST.TOMLContentNode): PlacedValue {
  const { line } = node.loc.start
  switch (node.type) {
    case 'TOMLArray':
      return { kind: 'list', line, items: node.elements.map(placeToml) }
    case 'TOMLInlineTable': {
      const table = openObject(line)
      for (const inner of node.body) setToml(table, inner)
      return table
    }
    default:
      if (node.kind === 'string') return { kind: 'text', line, text: node.value }
      return { kind: 'other', line, value: plainOf(node.value) }
  }
}
