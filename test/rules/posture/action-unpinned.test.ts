import { foreign } from '../../../src/foreign.js'
import { actionUnpinned } from '../../../src/rules/posture/action-unpinned.js'
import { mergeByFile } from '../../../src/rules/shared/merge-observations.js'
import { aPostureChange, type Files } from '../../builders/posture.js'
import { expression } from '../../builders/repository-commands.js'
import { testRule } from '../../rule-tester.js'

const file = '.github/workflows/ci.yml'
const commit = '8e5e7e5ab8b370d6c329ec480221332ada57f0ab'
const digest = `sha256:${'0123456789abcdef'.repeat(4)}`
const workflow = (...uses: readonly string[]): string =>
  ['on: push', 'jobs:', '  a:', '    steps:', ...uses.map((one) => `      - uses: ${one}`)].join('\n')
const added = (after: Files, before: Files = {}) => aPostureChange({ before, after })
const uses = (...all: readonly string[]) => added({ [file]: workflow(...all) })
const ofOwner = (owner: string, ...all: readonly string[]) => {
  const change = uses(...all)
  return { ...change, ...(change.posture && { posture: { ...change.posture, owner } }) }
}
const observe = (texts: readonly string[], line: number, ...others: readonly number[]) => ({
  message: 'takes an action or a container by a reference that its owner can move at any time',
  evidence: texts.map((text) => ({ label: 'uses', value: foreign(text) })),
  anchors: [{ kind: 'line', file, line }, ...others.map((at) => ({ kind: 'line', file, line: at }) as const)] as const,
})

testRule(actionUnpinned, {
  clear: [
    { name: 'a full commit and a digest', subject: uses(`acme/x@${commit} # v1`, `docker://acme/x@${digest}`) },
    {
      name: 'GitHub’s own actions',
      subject: uses('actions/checkout@v5', 'github/codeql-action/init@v3', 'dependabot/fetch-metadata@v2'),
    },
    { name: 'actions of the repository', subject: uses('./.github/actions/x') },
    { name: 'the same owner’s actions', subject: ofOwner('acme', 'Acme/x@main', 'acme/y/.github/workflows/z.yml@v1') },
    {
      name: 'another tag of an action that base had by one',
      subject: added({ [file]: workflow('acme/x@v2') }, { [file]: workflow('acme/x@v1') }),
    },
    { name: 'what only a run knows', subject: uses(`acme/x@${expression('matrix.v')}`) },
  ],
  flagged: [
    {
      name: 'a tag, a branch and a short commit',
      subject: uses('acme/x@v1', 'acme/y/sub@main', 'acme/z@8e5e7e5'),
      observations: mergeByFile([
        observe(['acme/x@v1'], 5),
        observe(['acme/y/sub@main'], 6),
        observe(['acme/z@8e5e7e5'], 7),
      ]),
    },
    {
      name: 'one action once, with all of its places',
      subject: uses('acme/x@v1', 'actions/checkout@v5', 'acme/x@v2'),
      observations: [observe(['acme/x@v1', 'acme/x@v2'], 5, 7)],
    },
    {
      name: 'containers by a tag',
      subject: added({
        [file]:
          'jobs:\n  a:\n    container: node:22\n    services:\n      db: { image: "postgres:17" }\n    steps:\n      - uses: docker://acme/x:1\n',
      }),
      observations: mergeByFile([
        observe(['docker://acme/x:1'], 7),
        observe(['node:22'], 3),
        observe(['postgres:17'], 5),
      ]),
    },
    {
      name: 'a workflow of somebody else for a whole job',
      subject: added({ [file]: 'jobs:\n  a:\n    uses: acme/x/.github/workflows/y.yml@v1\n' }),
      observations: [observe(['acme/x/.github/workflows/y.yml@v1'], 3)],
    },
    {
      name: 'a tag where base had a commit',
      subject: added({ [file]: workflow('acme/x@v1') }, { [file]: workflow(`acme/x@${commit}`) }),
      observations: [observe(['acme/x@v1'], 5)],
    },
  ],
})
