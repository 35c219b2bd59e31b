import type { DependencyField, Manifest } from './registry-facts.js'

const dependencyFields = [
  'dependencies',
  'devDependencies',
  'optionalDependencies',
  'peerDependencies',
] as const satisfies readonly DependencyField[]

type Draft = { -readonly [F in keyof Manifest]: Manifest[F] } & { malformed: string[] }

/**
 * A package.json, from the registry or from a tarball, reduced to what decides what is installed and what runs. Never
 * throws: a field of a type that npm does not allow is left out and named in `malformed`, so that it cannot hide.
 */
export function parseManifest(value: unknown): Manifest {
  const draft: Draft = {
    scripts: {},
    dependencies: {},
    bin: {},
    os: [],
    cpu: [],
    keywords: [],
    malformed: [],
  }
  if (!isRecord(value)) {
    draft.malformed.push('package.json')
    return draft
  }
  for (const field of ['name', 'version', 'main', 'module', 'description', 'homepage'] as const) {
    const text = readText(value, field, draft.malformed)
    if (text !== undefined) draft[field] = text
  }
  draft.scripts = readTexts(value, 'scripts', draft.malformed)
  draft.dependencies = readDependencies(value, draft.malformed)
  draft.bin = readBin(value, draft.malformed)
  for (const field of ['os', 'cpu', 'keywords'] as const) draft[field] = readList(value, field, draft.malformed)
  for (const field of ['exports', 'browser'] as const) {
    const found = own(value, field)
    if (found === undefined || found === null) continue
    const text = toJson(found)
    if (text === undefined) draft.malformed.push(field)
    else draft[field] = text
  }
  readGypfile(value, draft)
  readRepository(value, draft)
  return draft
}

type Source = Readonly<Record<string, unknown>>

export const isRecord = (value: unknown): value is Source =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** `name` is the document's to choose, so nothing is ever read through the prototype. */
export const own = (value: Source, name: string): unknown => (Object.hasOwn(value, name) ? value[name] : undefined)

function readText(value: Source, field: string, malformed: string[]): string | undefined {
  const found = own(value, field)
  if (found === undefined || found === null) return undefined
  if (typeof found === 'string') return found
  malformed.push(field)
  return undefined
}

/** A map of texts. Its keys are foreign: `__proto__` becomes an own property and nothing else. */
function readTexts(value: Source, field: string, malformed: string[]): Record<string, string> {
  const found = own(value, field)
  if (found === undefined || found === null) return {}
  if (!isRecord(found)) {
    malformed.push(field)
    return {}
  }
  const texts: [string, string][] = []
  for (const [key, text] of Object.entries(found)) {
    if (typeof text === 'string') texts.push([key, text])
    else malformed.push(`${field}.${key}`)
  }
  return Object.fromEntries(texts)
}

function readDependencies(value: Source, malformed: string[]): Manifest['dependencies'] {
  const dependencies: Partial<Record<DependencyField, Record<string, string>>> = {}
  for (const field of dependencyFields) {
    const found = readTexts(value, field, malformed)
    if (Object.keys(found).length > 0) dependencies[field] = found
  }
  const bundled = readBundled(value, malformed, Object.keys(dependencies.dependencies ?? {}))
  if (bundled.length > 0) dependencies.bundleDependencies = Object.fromEntries(bundled.map((name) => [name, '*']))
  return dependencies
}

/** npm takes both spellings, and `true` for "all of `dependencies`". */
function readBundled(value: Source, malformed: string[], all: readonly string[]): readonly string[] {
  const field = own(value, 'bundleDependencies') === undefined ? 'bundledDependencies' : 'bundleDependencies'
  const found = own(value, field)
  if (found === true) return all
  if (found === false) return []
  // Old documents map names to ranges, as in the other fields; npm takes the keys.
  if (isRecord(found)) return Object.keys(found)
  return readList(value, field, malformed)
}

/** npm takes one text for a list of one. */
function readList(value: Source, field: string, malformed: string[]): readonly string[] {
  const found = own(value, field)
  if (found === undefined || found === null) return []
  if (typeof found === 'string') return [found]
  if (Array.isArray(found)) {
    const texts = found.filter((item): item is string => typeof item === 'string')
    if (texts.length < found.length) malformed.push(field)
    return texts
  }
  malformed.push(field)
  return []
}

function readBin(value: Source, malformed: string[]): Readonly<Record<string, string>> {
  const found = own(value, 'bin')
  if (typeof found !== 'string') return readTexts(value, 'bin', malformed)
  const name = own(value, 'name')
  if (typeof name !== 'string') {
    malformed.push('bin')
    return {}
  }
  // A single path is a command of the package's own name, without its scope.
  return Object.fromEntries([[name.slice(name.lastIndexOf('/') + 1), found]])
}

function readGypfile(value: Source, draft: Draft): void {
  const found = own(value, 'gypfile')
  if (found === undefined || found === null) return
  if (typeof found === 'boolean') draft.gypfile = found
  else draft.malformed.push('gypfile')
}

function readRepository(value: Source, draft: Draft): void {
  const found = own(value, 'repository')
  if (found === undefined || found === null) return
  const url = isRecord(found) ? own(found, 'url') : found
  if (typeof url === 'string') draft.repository = url
  // Without an address it says nothing: `repository: {}` is common and harmless.
  else if (!isRecord(found) || url !== undefined) draft.malformed.push('repository')
}

/** Keys keep their order: `exports` gives it a meaning. Undefined where the nesting is too deep to write down. */
function toJson(value: unknown): string | undefined {
  try {
    return JSON.stringify(value)
  } catch (error) {
    // V8 parses nesting of any depth and writes it recursively: some ten thousand brackets overflow its stack.
    if (error instanceof RangeError) return undefined
    throw error
  }
}
