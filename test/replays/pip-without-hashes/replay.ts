import type { Replay } from '../replay.js'

const workflow = (install: string) => `on: push
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - run: ${install}
`
const requirements = 'httpx==0.27.0 --hash=sha256:aa\n'
const path = '.github/workflows/test.yml'

export const replay: Replay = {
  description:
    'A workflow that installed a file of hashes installs a package by its name beside it, whatever the index has by then.',
  packages: {},
  base: {
    manifest: null,
    locked: null,
    files: { 'requirements.txt': requirements, [path]: workflow('pip install --require-hashes -r requirements.txt') },
  },
  head: {
    manifest: null,
    locked: null,
    files: { 'requirements.txt': requirements, [path]: workflow('pip install -r requirements.txt httpx-extras') },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'hashes-missing',
        severity: 'high',
        file: path,
        line: '- run: pip install -r requirements.txt httpx-extras',
      },
    ],
  },
}
