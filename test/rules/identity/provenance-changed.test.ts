import { foreign } from '../../../src/foreign.js'
import type { Build } from '../../../src/registry/provenance/provenance.js'
import { provenanceChanged } from '../../../src/rules/identity/provenance-changed.js'
import type { Severity } from '../../../src/rules/rule.js'
import { aBuild, verifiedBuild } from '../../builders/build.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { timesOf } from '../../builders/publish-times.js'
import { testRule } from '../../rule-tester.js'

const built = (before: Partial<Build>, now: Partial<Build>) => ({
  previousProvenance: verifiedBuild(before),
  provenance: verifiedBuild(now),
})

const upgrade = (before = '3.3.0', after = '3.3.1') =>
  aDependencyChange({ before: { version: before }, after: { version: after } })

const tag = (version: string) => ({ ref: `refs/tags/v${version}` })
const branch = (name: string) => ({ ref: `refs/heads/${name}` })

const seen = (message: string, pairs: readonly (readonly [string, string, string])[], severity?: Severity) => [
  {
    message,
    evidence: [
      ...pairs.flatMap(([what, before, now]) => [
        { label: `${what} before`, value: foreign(before) },
        { label: `${what} now`, value: foreign(now) },
      ]),
      { label: 'commit', value: foreign('a'.repeat(40)) },
    ],
    anchors: [
      { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' },
    ] as const,
    ...(severity && { severity }),
  },
]

const otherRef = 'was built from another branch or tag than the version before'
const otherRepository = 'was built from another repository than the version before'
const otherWorkflow = 'was built by another workflow of its repository than the version before'
const otherBuilder = 'was built by a workflow of another repository than the version before'

const { repositoryId: _, ownerId: __, ...unnumbered } = aBuild()

testRule(provenanceChanged, {
  clear: [
    { name: 'the same run of the same branch', subject: upgrade(), facts: built({}, { commit: 'c'.repeat(40) }) },
    { name: 'tags that differ by their version', subject: upgrade(), facts: built(tag('3.3.0'), tag('3.3.1')) },
    {
      name: 'a tag of a prerelease before that of the release',
      subject: upgrade('3.3.0-rc.1', '3.3.0'),
      facts: built(tag('3.3.0-rc.1'), tag('3.3.0')),
    },
    {
      name: 'branches of release lines',
      subject: upgrade(),
      facts: built(branch('release-3.2.x'), branch('release-3.3.x')),
    },
    {
      name: 'a repository that has a new name and its old number',
      subject: upgrade(),
      facts: built({ repository: 'github.com/left/padding' }, {}),
    },
    {
      name: 'a repository in certificates that gave no numbers yet',
      subject: upgrade(),
      facts: { previousProvenance: { state: 'verified', build: unnumbered }, provenance: verifiedBuild() },
    },
    {
      name: 'a push that was a manual start before',
      subject: upgrade(),
      facts: built({ trigger: 'workflow_dispatch' }, {}),
    },
    {
      name: 'a machine of the build service after one of their own',
      subject: upgrade(),
      facts: built({ runner: 'self-hosted' }, {}),
    },
    {
      name: 'somebody who goes back to what was there first',
      subject: upgrade('3.3.1', '3.3.0'),
      facts: { ...built({}, branch('old')), times: timesOf({ '3.3.0': '2025-01-01', '3.3.1': '2025-02-01' }) },
    },
    {
      name: 'a version before that had none, which is no change of it',
      subject: upgrade(),
      facts: { previousProvenance: { state: 'absent' }, provenance: verifiedBuild(branch('next')) },
    },
    {
      name: 'a version that has none, which is for provenance-lost',
      subject: upgrade(),
      facts: { previousProvenance: verifiedBuild(), provenance: { state: 'absent' } },
    },
    { name: 'an added package', subject: aDependencyChange({ before: null }), facts: built({}, branch('next')) },
  ],
  flagged: [
    {
      name: 'a release from another branch in the same line',
      subject: upgrade(),
      facts: built(branch('master'), branch('next')),
      observations: seen(otherRef, [['ref', 'refs/heads/master', 'refs/heads/next']]),
    },
    {
      name: 'a branch whose name only begins like the one before',
      subject: upgrade(),
      facts: built(branch('main'), branch('main2')),
      observations: seen(otherRef, [['ref', 'refs/heads/main', 'refs/heads/main2']]),
    },
    {
      name: 'a pull request',
      subject: upgrade(),
      facts: built({}, { ref: 'refs/pull/7/merge', trigger: 'pull_request_target' }),
      observations: seen(otherRef, [
        ['ref', 'refs/heads/main', 'refs/pull/7/merge'],
        ['trigger', 'push', 'pull_request_target'],
      ]),
    },
    {
      name: 'a run that a comment started',
      subject: upgrade(),
      facts: built({}, { trigger: 'issue_comment' }),
      observations: seen(
        'was built by a run that a pull request or a comment can start, and the version before was not',
        [['trigger', 'push', 'issue_comment']],
      ),
    },
    {
      name: 'a prerelease branch that became the main one, medium',
      subject: upgrade('4.0.0-rc.2', '4.0.0'),
      facts: built(branch('next'), branch('main')),
      observations: seen(otherRef, [['ref', 'refs/heads/next', 'refs/heads/main']], 'medium'),
    },
    {
      name: 'a main branch under its new name, medium',
      subject: upgrade(),
      facts: built(branch('master'), branch('main')),
      observations: seen(otherRef, [['ref', 'refs/heads/master', 'refs/heads/main']], 'medium'),
    },
    {
      name: 'a branch that is named after the major line, medium',
      subject: upgrade(),
      facts: built(branch('main'), branch('release/v3.x')),
      observations: seen(otherRef, [['ref', 'refs/heads/main', 'refs/heads/release/v3.x']], 'medium'),
    },
    {
      name: 'a branch that is named after another line',
      subject: upgrade(),
      facts: built(branch('main'), branch('release/v4.x')),
      observations: seen(otherRef, [['ref', 'refs/heads/main', 'refs/heads/release/v4.x']]),
    },
    {
      name: 'the main branch after one of a line, medium',
      subject: upgrade(),
      facts: built(branch('3.x'), branch('main')),
      observations: seen(otherRef, [['ref', 'refs/heads/3.x', 'refs/heads/main']], 'medium'),
    },
    {
      name: 'a branch after tags, medium',
      subject: upgrade(),
      facts: built(tag('3.3.0'), branch('main')),
      observations: seen(otherRef, [['ref', 'refs/tags/v3.3.0', 'refs/heads/main']], 'medium'),
    },
    {
      name: 'the tag of a sibling in the same repository, low',
      subject: upgrade(),
      facts: built({ ref: 'refs/tags/core@3.3.0' }, { ref: 'refs/tags/cli@1.2.0' }),
      observations: seen(otherRef, [['ref', 'refs/tags/core@3.3.0', 'refs/tags/cli@1.2.0']], 'low'),
    },
    {
      name: 'another repository',
      subject: upgrade(),
      facts: built({}, { repository: 'github.com/eve/pad', repositoryId: '9', ownerId: '8' }),
      observations: seen(otherRepository, [['repository', 'github.com/left/pad', 'github.com/eve/pad']]),
    },
    {
      name: 'another repository under the name of the one before',
      subject: upgrade(),
      facts: built({}, { repositoryId: '9' }),
      observations: seen(otherRepository, [['repository', 'github.com/left/pad', 'github.com/left/pad']]),
    },
    {
      name: 'another name where nobody gave a number',
      subject: upgrade(),
      facts: {
        previousProvenance: { state: 'verified', build: { ...unnumbered, repository: 'github.com/left/padding' } },
        provenance: verifiedBuild(),
      },
      observations: seen(otherRepository, [['repository', 'github.com/left/padding', 'github.com/left/pad']]),
    },
    {
      name: 'a repository that was handed over, medium',
      subject: upgrade(),
      facts: built({}, { repository: 'github.com/right/pad', ownerId: '8' }),
      observations: seen(
        'was built from the same repository, which has another owner now',
        [['owner', 'github.com/left/pad', 'github.com/right/pad']],
        'medium',
      ),
    },
    {
      name: 'a workflow under a new name, medium',
      subject: upgrade(),
      facts: built({}, { workflow: '.github/workflows/publish.yml' }),
      observations: seen(
        otherWorkflow,
        [['workflow', '.github/workflows/release.yml', '.github/workflows/publish.yml']],
        'medium',
      ),
    },
    {
      name: "a stranger's workflow",
      subject: upgrade(),
      facts: built({}, { builder: 'github.com/eve/tools/.github/workflows/pack.yml' }),
      observations: seen(otherBuilder, [['builder', 'none', 'github.com/eve/tools/.github/workflows/pack.yml']]),
    },
    {
      name: 'a shared workflow of the same owner, medium',
      subject: upgrade(),
      facts: built({}, { builder: 'github.com/left/.github/.github/workflows/pack.yml' }),
      observations: seen(
        otherBuilder,
        [['builder', 'none', 'github.com/left/.github/.github/workflows/pack.yml']],
        'medium',
      ),
    },
    {
      name: 'a machine of their own',
      subject: upgrade(),
      facts: built({}, { runner: 'self-hosted' }),
      observations: seen('was built on a machine of its own, and the version before on one of the build service', [
        ['runner', 'github-hosted', 'self-hosted'],
      ]),
    },
    {
      name: 'several of these, the worst first',
      subject: upgrade(),
      facts: built({}, { ...branch('x'), workflow: '.github/workflows/x.yml' }),
      observations: seen(otherRef, [
        ['ref', 'refs/heads/main', 'refs/heads/x'],
        ['workflow', '.github/workflows/release.yml', '.github/workflows/x.yml'],
      ]),
    },
  ],
})
