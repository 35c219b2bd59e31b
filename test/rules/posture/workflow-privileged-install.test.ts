import { foreign } from '../../../src/foreign.js'
import { workflowPrivilegedInstall } from '../../../src/rules/posture/workflow-privileged-install.js'
import { mergeByFile } from '../../../src/rules/shared/merge-observations.js'
import { aPostureChange, type Files } from '../../builders/posture.js'
import { expression } from '../../builders/repository-commands.js'
import { testRule } from '../../rule-tester.js'

const file = '.github/workflows/preview.yml'
const added = (after: Files, before: Files = {}) => aPostureChange({ before, after })
const head = expression('github.event.pull_request.head.sha')
const checkout = ['- uses: actions/checkout@v5', '  with:', `    ref: ${head}`]

interface Shape {
  readonly on?: string
  readonly job?: readonly string[]
}

/** Steps begin on line 4, a line later for each of the job's own. */
const workflow = (steps: readonly string[], { on = 'pull_request_target', job = [] }: Shape = {}): string =>
  [
    `on: ${on}`,
    'jobs:',
    '  preview:',
    ...job.map((line) => `    ${line}`),
    '    steps:',
    ...steps.map((line) => `      ${line}`),
  ].join('\n')
const change = (steps: readonly string[], shape?: Shape) => added({ [file]: workflow(steps, shape) })

const observe = (run: string, at: number, taken: string, takenAt: number, on = 'pull_request_target') => ({
  message: 'checks out what anybody may propose and runs it where the secrets of the repository are',
  evidence: [
    { label: 'runs', value: foreign(run) },
    { label: 'checks out', value: foreign(taken) },
    { label: 'on', value: foreign(on) },
  ],
  anchors: [
    { kind: 'line', file, line: at },
    { kind: 'line', file, line: takenAt },
  ] as const,
})
const byAction = `actions/checkout@v5 ref: ${head}`

testRule(workflowPrivilegedInstall, {
  clear: [
    { name: 'an ordinary trigger', subject: change([...checkout, '- run: npm ci'], { on: 'pull_request' }) },
    { name: 'base’s own code', subject: change(['- uses: actions/checkout@v5', '- run: npm ci']) },
    {
      name: 'a head that is only looked at',
      subject: change([...checkout, '- run: git diff --stat', '- run: cat package.json | jq .version']),
    },
    { name: 'an install that runs nothing', subject: change([...checkout, '- run: npm ci --ignore-scripts']) },
    {
      name: 'a condition that lets through own branches only',
      subject: change([...checkout, '- run: npm ci'], {
        job: ['if: github.event.pull_request.head.repo.full_name == github.repository'],
      }),
    },
    {
      name: 'a head in a folder of its own, beside base’s code that runs',
      subject: change([
        ...checkout,
        '    path: proposed',
        '- uses: actions/checkout@v5',
        '- run: npm ci && node scripts/compare.js',
      ]),
    },
    {
      name: 'a head that is fetched to be compared',
      subject: change([
        '- uses: actions/checkout@v5',
        '- run: git fetch origin pull/1/head:x && node scripts/compare.js',
      ]),
    },
    { name: 'what runs before the head is there', subject: change(['- run: npm ci', ...checkout]) },
    {
      name: 'one that base had, on other lines',
      subject: added(
        { [file]: workflow(['- run: ls', ...checkout, '- run: npm ci']) },
        { [file]: workflow([...checkout, '- run: npm ci']) },
      ),
    },
  ],
  flagged: [
    {
      name: 'a commit of a repository that an earlier job found out',
      subject: change([
        '- uses: actions/checkout@v5',
        '  with:',
        `    ref: ${expression('needs.context.outputs.sha')}`,
        `    repository: ${expression('needs.context.outputs.repository')}`,
        '- run: npm ci',
      ]),
      observations: [
        {
          ...observe('npm ci', 9, `actions/checkout@v5 ref: ${expression('needs.context.outputs.sha')}`, 5),
          severity: 'high',
          confidence: 'medium',
        },
      ],
    },
    {
      name: 'what a robot proposes, or anybody else',
      subject: change([...checkout, '- run: npm ci'], { job: ["if: github.actor == 'dependabot[bot]' || always()"] }),
      observations: [observe('npm ci', 9, byAction, 6)],
    },
    {
      name: 'what a robot proposes',
      subject: change([...checkout, '- run: npm ci'], { job: ["if: github.actor == 'dependabot[bot]'"] }),
      observations: [{ ...observe('npm ci', 9, byAction, 6), severity: 'high', confidence: 'medium' }],
    },
    {
      name: 'an install of the head',
      subject: change([...checkout, '- run: npm ci']),
      observations: [observe('npm ci', 8, byAction, 5)],
    },
    {
      name: 'a script, a file or an action of the head',
      subject: added({
        [file]: `${workflow([...checkout, '- run: npm ci --ignore-scripts', '- run: npm test'])}\n  two:\n    steps:\n      - uses: actions/checkout@v5\n        with: { ref: "refs/pull/1/merge" }\n      - uses: ./.github/actions/x\n`,
      }),
      observations: mergeByFile([
        observe('npm test', 9, byAction, 5),
        observe('./.github/actions/x', 14, 'actions/checkout@v5 ref: refs/pull/1/merge', 12),
      ]),
    },
    {
      name: 'a checkout by a command',
      subject: change(['- run: |', '    gh pr checkout 1', '    make build'], { on: '[workflow_run, push]' }),
      observations: [observe('make build', 7, 'gh pr checkout 1', 6, 'workflow_run, push')],
    },
    {
      name: 'a head that is fetched and taken out',
      subject: change(['- run: git fetch origin pull/1/head:x', '- run: git checkout x', '- run: ./build.sh']),
      observations: [observe('./build.sh', 7, 'git checkout x', 6)],
    },
    {
      name: 'a head in a folder of its own, run there',
      subject: change([...checkout, '    path: proposed', '- run: cd proposed && yarn']),
      observations: [observe('yarn', 9, byAction, 5)],
    },
    {
      name: 'a job that may ask a person first, less',
      subject: change([...checkout, '- run: npm ci'], { job: ['environment: preview'] }),
      observations: mergeByFile([{ ...observe('npm ci', 9, byAction, 6), severity: 'high', confidence: 'medium' }]),
    },
  ],
})
