import { integrityOf } from './lockfile.js'

/** One package: `dependencies` and `optionalDependencies` as references; all else stands in its entry as given. */
export interface PnpmPackageOptions {
  readonly [field: string]: unknown
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly optional?: boolean
}

export interface PnpmLockfileOptions {
  readonly version?: '5.4' | '6.0' | '9.0'
  /** What the root asks for, as references. */
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  /** By the format's own key, peers included. The resolution is a digest of the key without peers unless it is given. */
  readonly packages?: Readonly<Record<string, PnpmPackageOptions>>
  /** Lines for the end of the document. */
  readonly lines?: readonly string[]
}

const withoutPeers = (key: string): string => key.replace(/\(.*$|_.*$/s, '')

/** The text of a pnpm-lock.yaml as pnpm lays it out, with entries that need no quotes but the scoped ones. */
export function aPnpmLockfile(options: PnpmLockfileOptions = {}): string {
  const version = options.version ?? '9.0'
  const packages = Object.entries(options.packages ?? {})
  const stated = version === '5.4' ? version : `'${version}'`
  const entries = packages.map(([key, one]): [string, PnpmPackageOptions] => [
    key,
    { resolution: resolutionOf(key), ...one },
  ])
  const root = ['dependencies', 'devDependencies'] as const
  const lines = [`lockfileVersion: ${stated}`, '']
  if (version === '5.4') {
    const all = { ...options.dependencies, ...options.devDependencies }
    lines.push('specifiers:', ...Object.keys(all).map((name) => `  ${quoted(name)}: '*'`), '')
  } else if (version === '9.0') lines.push('importers:', '', '  .:')
  const indent = version === '9.0' ? '    ' : ''
  for (const field of root) {
    const map = Object.entries(options[field] ?? {})
    if (map.length > 0) lines.push(`${indent}${field}:`)
    for (const [name, reference] of map) lines.push(...referenceLines(indent, name, reference, version))
  }
  lines.push('', 'packages:', '')
  if (version !== '9.0') {
    for (const [key, one] of entries) lines.push(...entryLines(key, one), '')
  } else {
    const merged = new Map(
      entries.map(([key, { dependencies, optionalDependencies, optional, ...one }]) => [withoutPeers(key), one]),
    )
    for (const [key, one] of merged) lines.push(...entryLines(key, one), '')
    lines.push('snapshots:', '')
    for (const [key, { dependencies, optionalDependencies, optional }] of entries) {
      lines.push(...entryLines(key, { dependencies, optionalDependencies, optional }), '')
    }
  }
  return [...lines, ...(options.lines ?? []), ''].join('\n')
}

const resolutionOf = (key: string): Record<string, string> => ({ integrity: integrityOf(withoutPeers(key)) })

const quoted = (text: string): string =>
  /^[\w/.-][\w/.@()+:#-]*$/.test(text) && !/: |#|:$/.test(text) ? text : `'${text}'`

function referenceLines(indent: string, name: string, reference: string, version: string): string[] {
  const start = `${indent}  ${quoted(name)}:`
  if (version === '5.4') return [`${start} ${quoted(reference)}`]
  return [start, `${indent}    specifier: '*'`, `${indent}    version: ${quoted(reference)}`]
}

function entryLines(key: string, fields: Readonly<Record<string, unknown>>): string[] {
  const stated = Object.entries(fields).filter(([, value]) => value !== undefined)
  if (stated.length === 0) return [`  ${quoted(key)}: {}`]
  return [`  ${quoted(key)}:`, ...stated.flatMap(([field, value]) => fieldLines(field, value))]
}

function fieldLines(field: string, value: unknown): string[] {
  if (typeof value !== 'object' || value === null)
    return [`    ${field}: ${typeof value === 'string' ? quoted(value) : value}`]
  const pairs = Object.entries(value).map(
    ([key, one]) => `${quoted(key)}: ${typeof one === 'string' ? quoted(one) : one}`,
  )
  return field === 'resolution'
    ? [`    ${field}: {${pairs.join(', ')}}`]
    : [`    ${field}:`, ...pairs.map((pair) => `      ${pair}`)]
}
