import type { Replay } from '../replay.js'

const file = '.github/workflows/lint.yml'

const workflow = (...uses: readonly string[]): string =>
  [
    'on: push',
    'jobs:',
    '  lint:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    ...uses.map((one) => `      - uses: ${one}`),
    '',
  ].join('\n')

const project = {
  manifest: { dependencies: { 'left-pad': '^1.0.0' } },
  locked: { 'left-pad': '1.0.0' },
}

export const replay: Replay = {
  description:
    'A workflow takes an action by its tag. In March 2025 all tags of this one were moved to a commit that printed the secrets of whoever ran it into public logs.',
  date: '2025-03',
  packages: { 'left-pad': { '1.0.0': { files: { 'index.js': 'module.exports = 1\n' } } } },
  base: { ...project, files: { [file]: workflow('actions/checkout@v4') } },
  head: { ...project, files: { [file]: workflow('actions/checkout@v4', 'tj-actions/changed-files@v45') } },
  expected: {
    verdict: 'flagged',
    findings: [{ rule: 'action-unpinned', severity: 'medium', file, line: '- uses: tj-actions/changed-files@v45' }],
  },
}
