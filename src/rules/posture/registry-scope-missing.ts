import type { OwnNames } from '../../facts/facts.js'
import { foreign } from '../../foreign.js'
import type { PostureState } from '../../repository/posture/posture-state.js'
import { defineRule } from '../rule.js'
import { broughtIn, type Keyed, keyOf } from '../shared/brought-in.js'
import { configuredIndexes, indexesOf, mergedRegistry, routedScopes } from '../shared/routes.js'

export const registryScopeMissing = defineRule({
  id: 'registry-scope-missing',
  title: 'internal names without a registry',
  severity: 'high',
  confidence: 'high',
  fix: 'Send the scope to your registry in the repository itself: `@scope:registry=` in `.npmrc`, `npmScopes` in `.yarnrc.yml`, or `install.scopes` in `bunfig.toml`.',
  on: ['repository'],
  needs: ['ownNames'],

  inspect: (change, { ownNames }) =>
    broughtIn(change, (state) => [...npmScopes(state, ownNames), ...pythonNames(state, ownNames)]),
})

/** One observation a scope, at the first manifest that asks for one of its packages. */
function npmScopes(state: PostureState, { scopes }: OwnNames): readonly Keyed[] {
  const routed = routedScopes(state)
  // One registry for everything is a route too: what it makes of two packages of one name is registry-order-unsafe.
  if (state.settings.some((settings) => mergedRegistry(settings) !== undefined)) return []
  return scopes.flatMap((scope) => {
    if (routed.has(scope)) return []
    const asked = state.manifests
      .flatMap(({ requirements }) => requirements)
      .filter(
        ({ name, range }) => name.startsWith(`${scope}/`) && !/^(?:workspace|link|file|portal|catalog):/.test(range),
      )
    const [first] = asked
    if (first === undefined) return []
    return [
      {
        key: keyOf('npm', scope),
        observation: {
          message:
            'asks for packages of an internal scope that no file of the repository sends to a registry of its own',
          evidence: [
            { label: 'scope', value: foreign(scope) },
            { label: 'package', value: foreign(first.name) },
          ],
          anchors: [{ kind: 'line', file: first.file, line: first.line }],
        },
      },
    ]
  })
}

function pythonNames(state: PostureState, { matches }: OwnNames): readonly Keyed[] {
  if (configuredIndexes(state).length > 0) return []
  return state.python.flatMap((manifest) => {
    const own = manifest.requirements.find(
      ({ name }) => name !== '' && (matches(name) || matches(name.replaceAll('-', '_'))),
    )
    if (own === undefined || indexesOf(manifest).length > 0) return []
    return [
      {
        key: keyOf('python', manifest.file),
        observation: {
          message: 'asks for internal Python packages while no file of the repository names an index for them',
          evidence: [{ label: 'package', value: foreign(own.name) }],
          anchors: [{ kind: 'line', file: own.file, line: own.line }],
          fix: 'Name your index in the file (`--index-url`), in a `pip.conf`, or as a source that only these packages are taken from.',
        },
      },
    ]
  })
}
