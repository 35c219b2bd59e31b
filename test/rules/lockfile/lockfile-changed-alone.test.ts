import { foreign } from '../../../src/foreign.js'
import type { DirectRequirement } from '../../../src/lockfile/direct-requirement.js'
import { lockfileChangedAlone } from '../../../src/rules/lockfile/lockfile-changed-alone.js'
import { aDependencyChange, type DependencyChangeOverrides } from '../../builders/dependency-change.js'
import { commitOf } from '../../builders/lockfile.js'
import { testRule } from '../../rule-tester.js'

const asks = (overrides: Partial<DirectRequirement> = {}): DirectRequirement => ({
  manifest: 'package.json',
  name: 'left-pad',
  range: '^1.0.0',
  rangeBefore: '^1.0.0',
  kind: 'prod',
  fit: 'inside',
  ...overrides,
})
const alone = (asked: readonly DirectRequirement[], overrides: DependencyChangeOverrides = {}) =>
  aDependencyChange({ asked, manifestsChanged: false, ...overrides })

const entry = { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' } as const
const inManifest = (manifest = 'package.json') => ({ kind: 'dependency', manifest, name: 'left-pad' }) as const
const git = (commit: string) => ({
  source: 'git' as const,
  version: '1.0.0',
  resolved: `git+ssh://git@github.com/o/left-pad.git#${commitOf(commit)}`,
  integrity: undefined,
})
const movesOut = 'moves out of the range that its manifest asks for, and no manifest changed'
const noRange = 'moves although no manifest changed, and its manifest names no range that would allow or forbid it'

testRule(lockfileChangedAlone, {
  clear: [
    { name: 'a version inside the unchanged range', subject: alone([asks()]) },
    {
      name: 'a manifest changed along with the lockfile',
      subject: alone([asks({ fit: 'outside' })], { manifestsChanged: true }),
    },
    { name: 'a transitive dependency', subject: aDependencyChange({ direct: false, paths: [['a', 'left-pad']] }) },
    { name: 'a range in a catalog', subject: alone([asks({ range: 'catalog:', fit: 'elsewhere' })]) },
    { name: 'a removed dependency', subject: alone([], { after: null }) },
    {
      name: 'other bytes of the same version, which are integrity-changed',
      subject: alone([asks({ range: 'latest', fit: 'no-range' })], { after: { version: '1.0.0' } }),
    },
  ],
  flagged: [
    {
      name: 'a version outside the unchanged range',
      subject: alone([asks({ fit: 'outside' })], { after: { version: '2.0.0' } }),
      observations: [
        {
          message: movesOut,
          evidence: [
            { label: 'locked', value: foreign('2.0.0') },
            { label: 'manifest asks for', value: foreign('^1.0.0') },
          ],
          anchors: [entry, inManifest()],
        },
      ],
    },
    {
      name: 'a dependency taken by a tag, and the workspaces that ask so',
      subject: alone([
        asks({ range: 'latest', fit: 'no-range' }),
        asks({ manifest: 'b/package.json' }),
        asks({ manifest: 'c/package.json', range: 'next', fit: 'no-range' }),
      ]),
      observations: [
        {
          message: noRange,
          evidence: [
            { label: 'locked', value: foreign('1.0.1') },
            { label: 'manifest asks for', value: foreign('latest') },
            { label: 'manifest asks for', value: foreign('next') },
          ],
          anchors: [entry, inManifest(), inManifest('c/package.json')],
        },
      ],
    },
    {
      name: 'a branch that moved',
      subject: alone([asks({ range: 'o/left-pad#main', fit: 'no-range' })], {
        kind: 'replaced',
        before: git('one'),
        after: git('two'),
      }),
      observations: [
        {
          message: noRange,
          evidence: [
            { label: 'locked', value: foreign('1.0.0') },
            { label: 'manifest asks for', value: foreign('o/left-pad#main') },
          ],
          anchors: [entry, inManifest()],
        },
      ],
    },
    {
      name: 'a direct dependency that no manifest names',
      subject: alone([], { before: null }),
      observations: [
        {
          message: 'is a direct dependency by the lockfile alone, and no manifest asks for it',
          evidence: [{ label: 'locked', value: foreign('1.0.1') }],
          anchors: [entry],
        },
      ],
    },
  ],
})
