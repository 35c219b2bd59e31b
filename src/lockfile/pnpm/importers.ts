import { posix } from 'node:path'
import type { RequirementKind, Root } from '../dependency-graph.js'
import { nameMistake } from '../npm/entry-key.js'
import type { Complain } from '../npm/malformed.js'
import { sectionOf } from './lockfile-format.js'
import { isMap, isText, showValue, type YamlMap, type YamlValue } from './yaml-tree.js'

/** One dependency of a project of the repository, as the lockfile resolved it. */
export interface Reference {
  readonly name: string
  readonly reference: string
  readonly kind: RequirementKind
  readonly line: number
}

export interface Importer {
  readonly root: Root
  /** Folder relative to the lockfile's. */
  readonly path: string
  readonly references: ReadonlyMap<string, Reference>
}

const sections: readonly (readonly [string, RequirementKind])[] = [
  ['dependencies', 'prod'],
  ['optionalDependencies', 'optional'],
  ['devDependencies', 'dev'],
  // Of the document that pnpm 11 writes first: what it installs for itself before anything else.
  ['configDependencies', 'prod'],
  ['packageManagerDependencies', 'prod'],
]

/** The projects that a document resolves: each importer, or the one project that is the document itself. */
export function readImporters(document: YamlMap, folder: string, complain: Complain): Importer[] {
  const map = sectionOf(document, 'importers')
  if (map === null) complain('', 'wrong-type', `importers: ${showValue(document.get('importers'))}`, false)
  if (map === undefined) return [readImporter('.', document, folder, complain)]
  const importers: Importer[] = []
  for (let at = 0; at < (map?.size ?? 0); at += 1) {
    const [path, value] = [map?.keyAt(at) ?? '', map?.valueAt(at)]
    if (isMap(value)) importers.push(readImporter(path, value, folder, complain))
    else if (value !== null) complain(path, 'not-an-object', showValue(value), false)
  }
  return importers
}

function readImporter(path: string, value: YamlMap, folder: string, complain: Complain): Importer {
  const references = new Map<string, Reference>()
  const specifiers = sectionOf(value, 'specifiers') ?? undefined
  const ranges = new Map<string, string>()
  for (const [section, kind] of sections) {
    const map = sectionOf(value, section)
    if (map === null) complain(path, 'wrong-type', `${section}: ${showValue(value.get(section))}`, false)
    for (let at = 0; at < (map?.size ?? 0); at += 1) {
      const [name, stated] = [map?.keyAt(at) ?? '', map?.valueAt(at)]
      const reference = isMap(stated) ? stated.get('version') : stated
      const specifier = isMap(stated) ? stated.get('specifier') : specifiers?.get(name)
      const mistake = nameMistake(name)
      if (mistake !== null) complain(path, mistake, `${section}: ${name}`, false)
      else if (!isText(reference)) complain(path, 'wrong-type', `${section}.${name}: ${showValue(reference)}`, false)
      else if (!references.has(name)) {
        references.set(name, { name, reference, kind, line: lineOf(stated, map?.lineAt(at) ?? 1) })
        ranges.set(name, isText(specifier) ? specifier : '')
      }
    }
  }
  const place = posix.join(folder, path)
  const requirements = [...references.values()].map(({ name, kind }) => ({ name, range: ranges.get(name) ?? '', kind }))
  return { root: { folder: place === '.' ? '' : place, requirements }, path, references }
}

const lineOf = (stated: YamlValue | undefined, line: number): number =>
  isMap(stated) ? (stated.lineOf('version') ?? line) : line
