import type { OwnNames } from '../../facts/facts.js'
import { type Foreign, foreign } from '../../foreign.js'
import type { DependencyChange } from '../../lockfile/dependency-change.js'
import type { Publication } from '../../registry/registry-facts.js'
import type { Place, PostureState } from '../../repository/posture/posture-state.js'
import type { RepositoryChange } from '../../repository/repository-change.js'
import { defineRule, type Observation } from '../rule.js'
import { broughtIn, type Keyed, keyOf } from '../shared/brought-in.js'
import { entryField } from '../shared/entry-field.js'
import { mergeByFile } from '../shared/merge-observations.js'
import { configuredIndexes, indexesOf, keepsToItself, mergedRegistry, variableValues } from '../shared/routes.js'

export const internalNameUnscoped = defineRule({
  id: 'internal-name-unscoped',
  title: 'internal name without a scope',
  severity: 'high',
  confidence: 'high',
  fix: 'Give the package a scope that you own and that your settings send to your registry, or reserve its name in the public one before somebody else does.',
  on: ['added', 'repository'],
  needs: ['ownNames'],
  wants: ['publication'],

  inspect(subject, { ownNames, publication }) {
    if (subject.kind === 'repository') return inspectRepository(subject, ownNames)
    return inspectPackage(subject, ownNames, publication)
  },
})

function inspectPackage(
  change: DependencyChange,
  ownNames: OwnNames,
  publication: Publication | undefined,
): readonly Observation[] {
  const { name, after, direct, manager } = change
  if (!direct || after?.source !== 'registry' || name.startsWith('@')) return []
  // What an MCP configuration starts is no dependency of a manifest.
  const isFree = publication?.state === 'name-absent' && manager !== 'mcp'
  if (!isFree && !ownNames.matches(name)) return []
  return [
    {
      message: isFree
        ? 'has no scope, and the registry does not know the name, so that anybody can publish under it'
        : 'is a name of your own without a scope, which no setting can keep to your own registry',
      evidence: [{ label: 'name', value: foreign(name) }],
      anchors: [entryField(change, 'version')],
    },
  ]
}

interface Named extends Place {
  readonly name: string
}

const inspectRepository = (change: RepositoryChange, ownNames: OwnNames): readonly Observation[] =>
  mergeByFile(
    broughtIn(change, (state) => [
      ...unlockedNames(state, change.installed, ownNames),
      ...pythonNames(state, ownNames),
      ...goModules(state, ownNames),
    ]),
  )

/** Where a lockfile has the name, its package is told of. What no lockfile has is known of a whole state only. */
function unlockedNames(
  state: PostureState,
  installed: RepositoryChange['installed'],
  { matches }: OwnNames,
): readonly Keyed[] {
  // One registry for all names: what it makes of two packages of one name is registry-order-unsafe.
  if (installed === undefined || state.settings.some((settings) => mergedRegistry(settings) !== undefined)) return []
  const held = new Set(
    installed.flatMap(({ all, own }) => [...own, ...[...all].map((entry) => entry.slice(0, entry.lastIndexOf('@')))]),
  )
  return state.manifests
    .flatMap(({ requirements }) => requirements)
    .filter(({ name, range }) => !name.startsWith('@') && !held.has(name) && !isElsewhere(range) && matches(name))
    .map((requirement) => ({
      key: keyOf('npm', requirement.file, requirement.name),
      observation: namedIn(
        requirement,
        'asks for a package of your own whose name has no scope, and no lockfile says where it comes from',
        'Give the package a scope that you own and that your settings send to your registry, and commit the lockfile.',
      ),
    }))
}

/** Of the repository itself, from an address, or under the name behind `npm:`. */
const isElsewhere = (range: string): boolean => /^[a-z+]+:|^[./]/i.test(range)

function pythonNames(state: PostureState, ownNames: OwnNames): readonly Keyed[] {
  const configured = configuredIndexes(state)
  return state.python.flatMap((manifest) => {
    if (keepsToItself([...indexesOf(manifest), ...configured])) return []
    const own = manifest.requirements.filter(({ name, specifier }) => !isAddress(specifier) && isOwn(name, ownNames))
    return own.map((requirement) => ({
      key: keyOf('python', requirement.file, requirement.name),
      observation: namedIn(
        requirement,
        'asks for a Python package of your own where the public index has its say too: pip takes the highest version of all indexes, and their names have no scopes',
        'Have the file take its packages from one index of your own that serves both, or reserve the name in the public index.',
      ),
    }))
  })
}

/** A requirement by address asks no index. */
const isAddress = (specifier: string): boolean => /:\/\/|^[./]|^git@/.test(specifier)

/** Python takes `-`, `_` and `.` for one another, and a pattern may have any of them. */
const isOwn = (name: string, { matches }: OwnNames): boolean =>
  name !== '' && (matches(name) || matches(name.replaceAll('-', '_')) || matches(name.replaceAll('-', '.')))

function goModules(state: PostureState, { matches }: OwnNames): readonly Keyed[] {
  const covered = ['GOPRIVATE', 'GONOPROXY'].flatMap((name) =>
    variableValues(state, name).flatMap(({ value }) => value.split(',')),
  )
  return state.go.flatMap(({ requirements, replaced }) =>
    requirements
      .filter(
        ({ module }) => matches(module) && !replaced.includes(module) && !covered.some((glob) => isBelow(module, glob)),
      )
      .map((requirement) => ({
        key: keyOf('go', requirement.file, requirement.module),
        observation: {
          ...namedIn(
            { ...requirement, name: requirement.module },
            'asks for a Go module of your own that no GOPRIVATE covers: the public proxy is asked for it first, and learns its name',
            'Set GOPRIVATE to a pattern that covers the module wherever the repository is built.',
          ),
          severity: 'medium' as const,
        },
      })),
  )
}

/** A pattern of GOPRIVATE means all below the part of the path that it matches; only plain paths and `*` elements are looked at. */
function isBelow(module: string, glob: string): boolean {
  const wanted = glob.trim().split('/')
  const parts = module.split('/')
  if (glob.trim() === '' || wanted.length > parts.length) return false
  return wanted.every((part, index) => part === '*' || part === parts[index] || matchesHost(part, parts[index] ?? ''))
}

const matchesHost = (glob: string, part: string): boolean => glob.startsWith('*.') && part.endsWith(glob.slice(1))

const namedIn = ({ file, line, name }: Named, message: string, fix: string): Observation => ({
  message,
  evidence: [{ label: 'name', value: foreign(name) satisfies Foreign }],
  anchors: [{ kind: 'line', file, line }],
  fix,
})
