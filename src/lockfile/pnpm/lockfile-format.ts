import { isMap, type YamlMap, type YamlValue } from './yaml-tree.js'

/** How keys and references are spelt, which differs more than anything else between pnpm's formats. */
export type Spelling = 5 | 6 | 9

export interface PnpmFormat {
  readonly version: string
  readonly spelling: Spelling
}

const formats: readonly (readonly [RegExp, Spelling])[] = [
  [/^5(?:\.[0-4])?(?:-inlineSpecifiers)?$/, 5],
  [/^6(?:\.[01])?$/, 6],
  [/^9(?:\.0)?$/, 9],
]

/** The format of one document; a text where it is none that can be read, which says why. */
export function formatOf(document: YamlMap): PnpmFormat | string {
  const stated = document.get('lockfileVersion')
  if (stated === undefined || isOld(stated)) {
    return 'it was written by pnpm 1 or 2, whose lockfiles no later pnpm reads: install once with a current pnpm'
  }
  if (typeof stated !== 'string' && typeof stated !== 'number') return 'its lockfileVersion is no version'
  const version = String(stated)
  const spelling = formats.find(([pattern]) => pattern.test(version))?.[1]
  if (spelling !== undefined) return { version, spelling }
  return `lockfileVersion ${JSON.stringify(version.slice(0, 40))} is none of pnpm's formats 5.0 to 5.4, 6.0, 6.1 and 9.0`
}

const isOld = (stated: YamlValue): boolean => /^v?[1-4](?:\.\d+)?$/.test(String(stated))

/** The map at `key`; `null` where something else stands there. */
export function sectionOf(document: YamlMap, key: string): YamlMap | null | undefined {
  const value = document.get(key)
  // `packages:` with nothing after it is how some formatters write an empty map.
  if (value === undefined || value === null) return undefined
  return isMap(value) ? value : null
}
