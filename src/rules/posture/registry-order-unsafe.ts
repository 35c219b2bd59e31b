import type { OwnNames } from '../../facts/facts.js'
import { foreign } from '../../foreign.js'
import { installCommand } from '../../repository/commands/install-command.js'
import { allOf } from '../../repository/commands/switches.js'
import type { Place, PostureState } from '../../repository/posture/posture-state.js'
import { defineRule } from '../rule.js'
import { broughtIn, type Keyed, keyOf } from '../shared/brought-in.js'
import { configuredIndexes, indexesOf, mergedRegistry, variableValues } from '../shared/routes.js'

export const registryOrderUnsafe = defineRule({
  id: 'registry-order-unsafe',
  title: 'indexes without an order',
  severity: 'high',
  confidence: 'high',
  fix: 'Take all packages from one index (`--index-url`) that serves both, or name the source of each package, as Poetry, PDM and uv can.',
  on: ['repository'],
  needs: ['ownNames'],

  inspect: (change, { ownNames }) =>
    broughtIn(change, (state) => [...extraIndexes(state).map(observeIndex), ...mergedRegistries(state, ownNames)]),
})

interface ExtraIndex extends Place {
  readonly spelling: string
  readonly value: string
}

const observeIndex = ({ file, line, spelling, value }: ExtraIndex): Keyed => ({
  key: keyOf(file, spelling, value),
  observation: {
    message: 'adds an index beside another one: the highest version of all of them is taken, whoever published it',
    evidence: [{ label: spelling, value: foreign(value) }],
    anchors: [{ kind: 'line', file, line }],
  },
})

function extraIndexes(state: PostureState): readonly ExtraIndex[] {
  const files = state.python.flatMap((manifest): readonly ExtraIndex[] => {
    const unsafe = manifest.options.find(
      ({ name, value }) => name === '--index-strategy' && value.startsWith('unsafe-'),
    )
    // uv takes a name from the first index that has it, unless it is told otherwise.
    if (manifest.format === 'pyproject') {
      return unsafe === undefined ? severalIndexes(manifest) : [{ ...unsafe, spelling: unsafe.name }]
    }
    return indexesOf(manifest)
      .filter(({ option }) => option === '--extra-index-url')
      .map(({ file, line, option, address }) => ({ file, line, spelling: option, value: address }))
  })
  const configured = configuredIndexes(state)
    .filter(({ option }) => option === '--extra-index-url')
    .map(({ file, line, address }) => ({ file, line, spelling: 'extra-index-url', value: address }))
  const variables = ['PIP_EXTRA_INDEX_URL'].flatMap((name) =>
    variableValues(state, name).map(({ file, line, value }) => ({ file, line, spelling: name, value })),
  )
  const strategies = variableValues(state, 'UV_INDEX_STRATEGY')
    .filter(({ value }) => value.startsWith('unsafe-'))
    .map(({ file, line, value }) => ({ file, line, spelling: 'UV_INDEX_STRATEGY', value }))
  return [...files, ...configured, ...variables, ...strategies, ...commandIndexes(state)]
}

/** Poetry looks through all of its primary sources for the best version. */
function severalIndexes(manifest: PostureState['python'][number]): readonly ExtraIndex[] {
  const primary = indexesOf(manifest).filter(({ option }) => option === '--index-url')
  return primary.slice(1).map(({ file, line, address }) => ({ file, line, spelling: 'source', value: address }))
}

function commandIndexes({ commands }: PostureState): readonly ExtraIndex[] {
  return commands.flatMap((command) => {
    const install = installCommand(command)
    // uv takes a name from the first index that has it.
    if (install === undefined || install.manager === 'uv') return []
    const { file, line } = command
    const spelling = '--extra-index-url'
    return allOf(install.switches, 'extra-index-url').map((value) => ({ file, line, spelling, value }))
  })
}

/** One registry for private and public names alike, while internal names have no scope that could be kept apart. */
function mergedRegistries({ settings, manifests }: PostureState, { matches }: OwnNames): readonly Keyed[] {
  const own = manifests
    .flatMap(({ requirements }) => requirements)
    .find(({ name }) => !name.startsWith('@') && matches(name))
  if (own === undefined) return []
  return settings.flatMap((one) => {
    const registry = mergedRegistry(one)
    if (registry === undefined) return []
    return [
      {
        key: keyOf(one.file, 'registry', registry.address),
        observation: {
          message:
            'takes internal names without a scope from one registry with the public ones: a proxy that merges both serves the highest version, whoever published it',
          evidence: [
            { label: 'registry', value: foreign(registry.address) },
            { label: 'package', value: foreign(own.name) },
          ],
          anchors: [{ kind: 'line', file: one.file, line: registry.line }],
          confidence: 'medium' as const,
          fix: 'Give internal packages a scope that is sent to a registry without public packages, or have the proxy never look in public for names that it has itself.',
        },
      },
    ]
  })
}
