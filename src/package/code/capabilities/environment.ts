import type { ReferenceKey } from '../fold/reference.js'
import type { Found } from './found.js'

/** The environment as a whole. */
export const isEnvironment = (key: ReferenceKey): boolean =>
  key === ':process.env' || key === ':Bun.env' || key === ':Deno.env.toObject()'

/** Functions that give all that an object has. */
const listing: ReadonlySet<ReferenceKey> = new Set([
  ':Object.keys',
  ':Object.values',
  ':Object.entries',
  ':Object.fromEntries',
  ':Object.getOwnPropertyNames',
  ':Object.getOwnPropertyDescriptors',
  ':Reflect.ownKeys',
  ':JSON.stringify',
  ':structuredClone',
  ':Array.from',
  ':URLSearchParams',
  'querystring:stringify',
  'qs:stringify',
  'util:inspect',
  'util:format',
  'v8:serialize',
  ...[
    'keys',
    'values',
    'entries',
    'toPairs',
    'pickBy',
    'omitBy',
    'cloneDeep',
    'clone',
    'forEach',
    'each',
    'map',
    'filter',
  ].map((name) => `lodash:${name}`),
])

export const listsAll = (key: ReferenceKey): boolean => listing.has(key)

/** Ends of details that say why an enumeration is none to be afraid of. */
const forChild = ', for a child process'
const ownNames = ', own names only: '

/** For rules: the environment is copied only to be a child's, or filtered by a literal prefix that names no secret. */
export const isHarmlessEnumeration = (detail: string): boolean => detail.endsWith(forChild) || detail.includes(ownNames)

export const enumeration = (how: string, filter: string | undefined): Found => ({
  capability: 'environment-enumeration',
  detail: `process.env by ${how}${filter ?? ''}`,
})

/** A copy: harmless where it is given to a child, told apart by the name it is put under. */
export const copy = (how: string, isForChild: boolean): Found => ({
  capability: 'environment-enumeration',
  detail: `process.env copied by ${how}${isForChild ? forChild : ''}`,
})

const prefixes: readonly RegExp[] = [
  /\.startsWith\(\s{0,8}["'`]([\w-]{2,60})["'`]/,
  /\.(?:indexOf|lastIndexOf)\(\s{0,8}["'`]([\w-]{2,60})["'`]\s{0,8}(?:,\s{0,8}0\s{0,8})?\)\s{0,8}===?\s{0,8}0/,
  /\/\^\(?([\w-]{2,60})/,
  // One name, whatever its case: Windows says `Path`.
  /\.to(?:Upper|Lower)Case\(\)\s{0,8}===?\s{0,8}["'`]([\w-]{2,60})["'`]/,
  /["'`]([\w-]{2,60})["'`]\s{0,8}===?\s{0,8}[\w$]{1,40}\.to(?:Upper|Lower)Case\(\)/,
  /\.(?:slice|substr|substring)\(\s{0,8}0\s{0,8},[^)]{1,40}\)\s{0,8}===?\s{0,8}["'`]([\w-]{2,60})["'`]/,
]

const secretWords =
  /token|secret|passw|passphrase|auth|credential|private|mnemonic|api[_-]?key|\bkeys?\b|_key|wallet|aws|azure|gcp|github|gitlab|\bgh_|npm_token|stripe|ssh/i

/** What a filter of the environment's names looks for, by its source: own names, secrets, or neither. */
export function filterOf(source: string): string | undefined {
  // `${key}` is a name of the program.
  const literals =
    source.replace(/\$\{[^{}]{0,200}\}/g, '').match(/["'`][^"'`\n]{1,200}["'`]|\/(?:[^/\n\\]|\\.){1,200}\//g) ?? []
  const prefix = prefixes.map((pattern) => pattern.exec(source)?.[1]).find((found) => found !== undefined)
  if (literals.some((literal) => secretWords.test(literal))) return ', filtered by names of secrets'
  return prefix === undefined ? undefined : `${ownNames}${prefix}`
}

/** `env: { ...process.env }`, `const childEnv = { … }`: the name under which the copy is kept. */
export const isChildEnvironmentName = (name: string | undefined): boolean =>
  name !== undefined && /env(?:ironment)?$/i.test(name)
