import { numberedLines } from '../text-lines.js'
import type { Member, PlacedObject, PlacedValue } from './placed-value.js'

interface OpenObject extends PlacedObject {
  readonly members: Map<string, Member>
}

const openObject = (line: number): OpenObject => ({ kind: 'object', line, members: new Map() })

/**
 * An `.npmrc` as npm's own ini reader has it: `key[]` and a doubled `key[]` make a list, a key alone is true, what follows `;` or `#` is a
 * comment also behind a value, quoted values are JSON. `${NAME}` stays text. What stands under a `[section]` is an object of that name,
 * which npm never looks into. No text is broken.
 */
export function parseNpmrc(text: string): PlacedObject {
  const root = openObject(1)
  let into = root
  for (const [line, raw] of numberedLines(text)) {
    const row = raw.trim()
    if (row === '' || row.startsWith(';') || row.startsWith('#')) continue
    const section = /^\[([^\]]*)\]$/.exec(row)?.[1]
    if (section !== undefined) {
      into = openObject(line)
      root.members.set(section, { line, value: into })
      continue
    }
    const equals = row.indexOf('=')
    const key = unquoteIni(equals < 0 ? row : row.slice(0, equals))
    const value: PlacedValue = equals < 0 ? { kind: 'other', line, value: true } : plain(row.slice(equals + 1), line)
    if (key === '') continue
    if (key.length > 2 && key.endsWith('[]')) append(into, key.slice(0, -2), line, value)
    else into.members.set(key, { line, value })
  }
  return root
}

function append({ members }: OpenObject, key: string, line: number, value: PlacedValue): void {
  const known = members.get(key)
  const items = known === undefined ? [] : known.value.kind === 'list' ? known.value.items : [known.value]
  members.set(key, { line: known?.line ?? line, value: { kind: 'list', line, items: [...items, value] } })
}

function plain(raw: string, line: number): PlacedValue {
  const text = unquoteIni(raw)
  if (text === 'true' || text === 'false') return { kind: 'other', line, value: text === 'true' }
  return text === 'null' ? { kind: 'other', line, value: null } : { kind: 'text', line, text }
}

function unquoteIni(raw: string): string {
  const text = raw.trim()
  const quote = text[0]
  if (text.length > 1 && (quote === '"' || quote === "'") && text.at(-1) === quote) {
    const inner = text.slice(1, -1)
    if (quote === "'") return inner
    try {
      return String(JSON.parse(text))
    } catch {
      // A SyntaxError: npm then takes the text as it stands.
      return inner
    }
  }
  const comment = /(?<!\\)[;#]/.exec(text)
  return text
    .slice(0, comment?.index ?? text.length)
    .replace(/\\([;#\\])/g, '$1')
    .trim()
}

/**
 * A `pip.conf`, as Python's configparser has it: sections, `=` or `:` between key and value, indented lines go on with the value before
 * them, comments only on lines of their own. Values of several lines are lists. `broken`: the first line that is of no section, or no pair.
 */
export function parsePipConf(text: string): { readonly value: PlacedObject; readonly broken?: number } {
  const root = openObject(1)
  let section: OpenObject | undefined
  let key: string | undefined
  let broken: number | undefined
  for (const [line, raw] of numberedLines(text)) {
    const row = raw.trim()
    if (row === '' || row.startsWith('#') || row.startsWith(';')) continue
    const name = /^\[([^\]]+)\]/.exec(row)?.[1]
    if (name !== undefined && !/^\s/.test(raw)) {
      const known = root.members.get(name)?.value
      section = known?.kind === 'object' ? (known as OpenObject) : openObject(line)
      root.members.set(name, { line, value: section })
      key = undefined
    } else if (/^\s/.test(raw) && section !== undefined && key !== undefined) {
      append(section, key, line, { kind: 'text', line, text: row })
    } else {
      const pair = /^([^=:]*)[=:](.*)$/.exec(row)
      // pip takes `index_url` and `Index-URL` for `index-url`.
      key = pair?.[1]?.trim().toLowerCase().replaceAll('_', '-')
      const value = pair?.[2]?.trim() ?? ''
      if (section === undefined || pair === null || key === undefined || key === '') broken ??= line
      else if (value === '') section.members.set(key, { line, value: { kind: 'list', line, items: [] } })
      else section.members.set(key, { line, value: { kind: 'text', line, text: value } })
    }
  }
  return { value: root, ...(broken !== undefined && { broken }) }
}

/** A `.yarnrc` of Yarn 1: a key and a value on each line, either in quotes or not. Lines that are no pair are none for Yarn either. */
export function parseYarnrc(text: string): PlacedObject {
  const root = openObject(1)
  for (const [line, raw] of numberedLines(text)) {
    const row = raw.trim()
    if (row === '' || row.startsWith('#')) continue
    const pair = /^(?:"([^"]*)"|([^\s"]+?)):?\s+(?:"([^"]*)"|(\S.*))$/.exec(row)
    const key = pair?.[1] ?? pair?.[2]
    if (key === undefined) continue
    const text = pair?.[3] ?? pair?.[4] ?? ''
    const value: PlacedValue =
      text === 'true' || text === 'false'
        ? { kind: 'other', line, value: text === 'true' }
        : { kind: 'text', line, text }
    root.members.set(key, { line, value })
  }
  return root
}
