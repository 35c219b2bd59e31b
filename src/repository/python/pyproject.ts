import { posix } from 'node:path'
import { maxSettingsBytes } from '../../limits.js'
import type { PostureReader } from '../posture/posture-reader.js'
import type { Place, PythonManifest, PythonRequirement } from '../posture/posture-state.js'
import { parseSettings } from '../settings/parse-settings.js'
import {
  itemsOf,
  type Member,
  memberAt,
  memberOf,
  membersOf,
  type PlacedValue,
  scalarText,
} from '../settings/placed-value.js'
import { normalizeName, parseRequirement } from './requirement.js'

/** The dependencies of a pyproject.toml, as PEP 621, Poetry, uv and PDM write them, and the indexes that they come from; uv.toml's indexes too. */
export const pyprojectReader: PostureReader = {
  maxBytes: maxSettingsBytes,
  matches: (path) => posix.basename(path) === 'pyproject.toml' || posix.basename(path) === 'uv.toml',
  read(file, text) {
    const { value, broken } = parseSettings(file, text)
    if (value === undefined || broken !== undefined) return broken === undefined ? {} : { broken }
    const uv = posix.basename(file) === 'uv.toml' ? value : memberAt(value, 'tool.uv')?.value
    return {
      python: [{ ...base(file), requirements: requirementsOf(file, value), options: optionsOf(file, value, uv) }],
    }
  },
}

const base = (file: string): Pick<PythonManifest, 'file' | 'format' | 'includes'> => ({
  file,
  format: 'pyproject',
  includes: [],
})

function requirementsOf(file: string, root: PlacedValue): readonly PythonRequirement[] {
  const lists = [
    memberAt(root, 'project.dependencies')?.value,
    memberAt(root, 'build-system.requires')?.value,
    ...valuesIn(memberAt(root, 'project.optional-dependencies')?.value),
    ...valuesIn(memberAt(root, 'dependency-groups')?.value),
    ...valuesIn(memberAt(root, 'tool.pdm.dev-dependencies')?.value),
    memberAt(root, 'tool.uv.dev-dependencies')?.value,
  ]
  const poetry = memberAt(root, 'tool.poetry')?.value
  const tables = [
    memberOf(poetry, 'dependencies')?.value,
    memberOf(poetry, 'dev-dependencies')?.value,
    ...valuesIn(memberOf(poetry, 'group')?.value).map((group) => memberOf(group, 'dependencies')?.value),
  ]
  return [
    ...lists.flatMap((list) => itemsOf(list).flatMap((item) => fromText(file, item))),
    ...tables.flatMap((table) => membersOf(table).flatMap(([name, member]) => fromPoetry(file, name, member))),
  ]
}

const valuesIn = (value: PlacedValue | undefined): readonly PlacedValue[] =>
  membersOf(value).map(([, member]) => member.value)

function fromText(file: string, item: PlacedValue): readonly PythonRequirement[] {
  const requirement = item.kind === 'text' ? parseRequirement(item.text) : undefined
  return requirement === undefined ? [] : [{ file, line: item.line, ...requirement }]
}

function fromPoetry(file: string, name: string, { line, value }: Member): readonly PythonRequirement[] {
  if (name === 'python') return []
  const specifier = ['version', 'git', 'url', 'path'].map((key) => scalarText(memberOf(value, key)?.value))
  const text = scalarText(value) ?? specifier.find((one) => one !== undefined) ?? ''
  return [{ file, line, name: normalizeName(name), specifier: text, hashes: 0 }]
}

/** As pip's options would say it, so that rules need to know one spelling. */
function optionsOf(file: string, root: PlacedValue, uv: PlacedValue | undefined): PythonManifest['options'] {
  const option = (name: string, member: Member | undefined): (Place & { name: string; value: string })[] => {
    const value = scalarText(member?.value)
    return member === undefined || value === undefined ? [] : [{ file, line: member.line, name, value }]
  }
  const poetry = tablesIn(memberAt(root, 'tool.poetry.source')?.value)
  const pdm = tablesIn(memberAt(root, 'tool.pdm.source')?.value)
  const indexes = tablesIn(memberOf(uv, 'index')?.value)
  const extra = memberOf(uv, 'extra-index-url')
  return [
    ...poetry.flatMap((source) => option(poetryName(source), memberOf(source, 'url'))),
    ...pdm.flatMap((source) =>
      option(
        scalarText(memberOf(source, 'name')?.value) === 'pypi' ? '--index-url' : '--source',
        memberOf(source, 'url'),
      ),
    ),
    ...indexes.flatMap((index) => option('--source', memberOf(index, 'url'))),
    ...option('--index-url', memberOf(uv, 'index-url')),
    ...itemsOf(extra?.value).flatMap((value) => option('--extra-index-url', { line: value.line, value })),
    ...option('--index-strategy', memberOf(uv, 'index-strategy')),
  ]
}

/** Poetry asks `explicit` sources only for what names them; `supplemental` ones for what the others lack. */
function poetryName(source: PlacedValue): string {
  const priority = scalarText(memberOf(source, 'priority')?.value)
  return priority === 'explicit' || priority === 'supplemental' ? '--source' : '--index-url'
}

/** A list of tables is an object by number, or a list where it is written inline. */
const tablesIn = (value: PlacedValue | undefined): readonly PlacedValue[] => [...itemsOf(value), ...valuesIn(value)]
