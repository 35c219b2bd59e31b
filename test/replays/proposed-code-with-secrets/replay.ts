import type { Replay } from '../replay.js'

const file = '.github/workflows/size.yml'
const head = ['$', '{{ github.event.pull_request.head.sha }}'].join('')

const workflow = (trigger: string, ...ref: readonly string[]): string =>
  [
    `on: ${trigger}`,
    'jobs:',
    '  size:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - uses: actions/checkout@v5',
    ...ref,
    '      - run: npm ci',
    '',
  ].join('\n')

const project = {
  manifest: { dependencies: { 'left-pad': '^1.0.0' } },
  locked: { 'left-pad': '1.0.0' },
}

export const replay: Replay = {
  description:
    'So that it may comment on pull requests of strangers, a workflow moves to the trigger that has secrets, and takes the head along: whoever opens a pull request from then on runs code with the token that publishes.',
  date: '2025-08',
  packages: { 'left-pad': { '1.0.0': { files: { 'index.js': 'module.exports = 1\n' } } } },
  base: { ...project, files: { [file]: workflow('pull_request') } },
  head: {
    ...project,
    files: { [file]: workflow('pull_request_target', '        with:', `          ref: ${head}`) },
  },
  expected: {
    verdict: 'flagged',
    findings: [{ rule: 'workflow-privileged-install', severity: 'critical', file, line: '- run: npm ci' }],
  },
}
