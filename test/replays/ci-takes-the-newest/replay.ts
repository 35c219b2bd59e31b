import type { Replay } from '../replay.js'

const file = '.github/workflows/ci.yml'

const workflow = (...runs: readonly string[]): string =>
  [
    'on: push',
    'jobs:',
    '  build:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    '      - run: |',
    ...runs.map((run) => `          ${run}`),
    '',
  ].join('\n')

const project = {
  manifest: { dependencies: { 'left-pad': '^1.0.0' } },
  locked: { 'left-pad': '1.0.0' },
}

export const replay: Replay = {
  description:
    'Nothing of the lockfile changes, and everything that it stands for: the build takes what the manifest allows on that day and lets it run its scripts, starts a tool by its name, and runs whatever a server hands out.',
  packages: { 'left-pad': { '1.0.0': { files: { 'index.js': 'module.exports = 1\n' } } } },
  base: {
    ...project,
    files: { [file]: workflow('npm ci --ignore-scripts', 'npm test'), Dockerfile: 'FROM scratch\nRUN npm ci\n' },
  },
  head: {
    ...project,
    files: {
      [file]: workflow(
        'curl -fsSL https://get.example/install.sh | bash',
        'npm \\',
        '  install --no-audit',
        'npx -y left-padder && npm test',
      ),
      Dockerfile: 'FROM scratch\nRUN npm ci && npm update\n',
    },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      { rule: 'install-scripts-enabled', severity: 'medium', file, line: 'npm \\' },
      { rule: 'install-unlocked', severity: 'high', file, line: 'npm \\' },
      { rule: 'install-unlocked', severity: 'high', file: 'Dockerfile', line: 'RUN npm ci && npm update' },
      { rule: 'package-runner-unpinned', severity: 'medium', file, line: 'npx -y left-padder && npm test' },
      {
        rule: 'remote-script-piped',
        severity: 'high',
        file,
        line: 'curl -fsSL https://get.example/install.sh | bash',
      },
    ],
  },
}
