import { createRequire } from 'node:module'
import { CORE_SCHEMA, loadAll } from 'js-yaml'
import { type ParseError, parse } from 'jsonc-parser'

/** What another program's parser finds in a lockfile: one entry, by the bytes or the version that it locks. */
export interface StatedEntry {
  readonly key: string
  readonly version?: string
  readonly integrity?: string
}

type Table = Readonly<Record<string, unknown>>

const isTable = (value: unknown): value is Table => typeof value === 'object' && value !== null && !Array.isArray(value)

const yarn = createRequire(import.meta.url)('@yarnpkg/lockfile') as {
  parse(text: string): { readonly type: string; readonly object: Table }
}

/** The entries that the general parser of a format sees; null where it refuses the text, so that nothing can be compared. */
export function readGenerally(file: string, text: string): StatedEntry[] | null {
  try {
    return reader(file, text)(text)
  } catch {
    // Whatever those parsers throw: broken text is what the fuzzer makes, and they refuse it in many ways.
    return null
  }
}

function reader(file: string, text: string): (text: string) => StatedEntry[] | null {
  if (file === 'bun.lock') return readBun
  if (file === 'pnpm-lock.yaml') return readPnpm
  if (file === 'yarn.lock') return /^["']?__metadata["']? *:/m.test(text) ? readBerry : readClassic
  return readNpm
}

function readNpm(text: string): StatedEntry[] {
  const document: unknown = JSON.parse(text.replace(/^\ufeff/, ''))
  if (!isTable(document)) return []
  if (isTable(document.packages)) {
    return Object.entries(document.packages).flatMap(([key, raw]) =>
      key.includes('node_modules/') && isTable(raw) && raw.link !== true ? [statedIn(key, raw)] : [],
    )
  }
  return nestedIn(document.dependencies)
}

function nestedIn(map: unknown): StatedEntry[] {
  if (!isTable(map)) return []
  return Object.entries(map).flatMap(([key, raw]) =>
    isTable(raw) ? [statedIn(key, { integrity: raw.integrity }), ...nestedIn(raw.dependencies)] : [],
  )
}

function readBun(text: string): StatedEntry[] | null {
  const errors: ParseError[] = []
  const document: unknown = parse(text, errors, { allowTrailingComma: true })
  if (errors.length > 0 || !isTable(document)) return null
  return Object.entries(isTable(document.packages) ? document.packages : {}).flatMap(([key, raw]) =>
    Array.isArray(raw) && typeof raw[3] === 'string' && raw[3] !== '' ? [{ key, integrity: raw[3] }] : [],
  )
}

function readClassic(text: string): StatedEntry[] | null {
  // A comment that ends with the text sends it round in circles until its memory is full.
  const { type, object } = yarn.parse(`${text}\n`)
  if (type !== 'success') return null
  // A folder is the repository's own code, whose version is its manifest's to say.
  return Object.entries(object).flatMap(([key, raw]) =>
    isTable(raw) && !/@(?:file|link):|@\.{0,2}\//.test(key) ? [statedIn(key, raw)] : [],
  )
}

/** Patches, links and workspaces are code of the repository: what is fetched for them has an entry of its own. */
const ownCode = /@(?:patch|link|portal|workspace):/

function readBerry(text: string): StatedEntry[] {
  return loadAll(text, { schema: CORE_SCHEMA }).flatMap((document) =>
    Object.entries(isTable(document) ? document : {}).flatMap(([key, raw]) =>
      key !== '__metadata' && isTable(raw) && typeof raw.version === 'string' && !ownCode.test(String(raw.resolution))
        ? [{ key, version: raw.version }]
        : [],
    ),
  )
}

function readPnpm(text: string): StatedEntry[] {
  return loadAll(text, { schema: CORE_SCHEMA }).flatMap((document) =>
    Object.entries(isTable(document) && isTable(document.packages) ? document.packages : {}).flatMap(([key, raw]) =>
      isTable(raw) && isTable(raw.resolution) ? [statedIn(key, { integrity: raw.resolution.integrity })] : [],
    ),
  )
}

const statedIn = (key: string, { version, integrity }: Table): StatedEntry => ({
  key,
  ...(typeof version === 'string' ? { version } : {}),
  ...(typeof integrity === 'string' ? { integrity } : {}),
})
