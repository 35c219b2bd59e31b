import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { extract } from 'tar-stream'
import { formatOfFile } from '../../src/lockfile/formats.js'
import type { Names } from '../../src/names/names.js'

/** How many of a set of names are taken for another. */
export interface Measure {
  readonly set: string
  readonly of: number
  /** By their name alone. */
  readonly close: readonly string[]
  /** Only where they are new in the registry. */
  readonly loose: readonly string[]
}

export interface Squat {
  readonly name: string
  readonly target: string
}

export interface NameCases {
  readonly squats: readonly Squat[]
  /** Pairs of honest names that are one edit apart. */
  readonly legitimate: readonly (readonly [string, string])[]
}

const pathOf = (file: string): string => resolve(process.env.LOCKWARDEN_CASES ?? '../shared/cases', file)

/** Undefined, with the reason printed, where the real cases are not there. */
export function readNameCases(): NameCases | undefined {
  const path = pathOf('names.json')
  if (existsSync(path)) return JSON.parse(readFileSync(path, 'utf8')) as NameCases
  console.log(`skipped: real names are not there (${path}); set LOCKWARDEN_CASES`)
  return undefined
}

/** Names of all packages that the real lockfiles lock from a registry; undefined, with the reason printed, where these are not there. */
export async function readLockedNames(): Promise<readonly string[] | undefined> {
  const path = pathOf('lockfiles.tar.xz')
  if (!existsSync(path)) {
    console.log(`skipped: real lockfiles are not there (${path}); set LOCKWARDEN_CASES`)
    return undefined
  }
  const names = new Set<string>()
  const entries = extract()
  spawn('xz', ['-dc', path], { stdio: ['ignore', 'pipe', 'inherit'] }).stdout.pipe(entries)
  for await (const entry of entries) {
    const file = entry.header.name
    const format = entry.header.type === 'file' ? formatOfFile(file) : undefined
    if (format === undefined) {
      entry.resume()
      continue
    }
    const chunks: Buffer[] = []
    for await (const chunk of entry) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const graph = format.parse({ file: basename(file), text, manifests: new Map() })
    if (!graph.known) continue
    for (const { name, source } of graph.value.entries.values()) if (source === 'registry') names.add(name)
  }
  return [...names].sort()
}

/** Real squats that are not found for what they imitate, by their name alone. */
export const missedSquats = (names: Names, squats: readonly Squat[]): readonly string[] =>
  squats
    .filter(({ name, target }) =>
      names.resemblances(name).every((one) => one.target !== target || one.closeness === 'loose'),
    )
    .map(({ name, target }) => `${name}, for ${target}`)

/** Honest names that are taken for others. */
export function measureHonest(names: Names, set: string, honest: readonly string[]): Measure {
  const first = honest.flatMap((name) => {
    const [found] = names.resemblances(name)
    return found === undefined ? [] : [{ text: `${name}, for ${found.target} (${found.likeness})`, ...found }]
  })
  const textsOf = (closeness: 'close' | 'loose'): readonly string[] =>
    first.filter((one) => one.closeness === closeness).map(({ text }) => text)
  return { set, of: honest.length, close: textsOf('close'), loose: textsOf('loose') }
}
