import type { Replay } from '../replay.js'

const file = '.github/workflows/release.yml'
const token = ['$', '{{ secrets.NPM_TOKEN }}'].join('')

const workflow = (...steps: readonly string[]): string =>
  ['on: push', 'jobs:', '  release:', '    runs-on: ubuntu-latest', '    steps:', ...steps, ''].join('\n')

const project = {
  manifest: { dependencies: { 'left-pad': '^1.0.0' } },
  locked: { 'left-pad': '1.0.0' },
}

const install = '      - run: npm ci'
const publish = '      - run: npm publish'
const secret = ['        env:', `          NODE_AUTH_TOKEN: ${token}`]

export const replay: Replay = {
  description:
    'Two steps of a release become one, and with it the token that publishes stands in the environment of every install script: what the worms of 2025 looked for.',
  date: '2025-09',
  packages: { 'left-pad': { '1.0.0': { files: { 'index.js': 'module.exports = 1\n' } } } },
  base: { ...project, files: { [file]: workflow(install, publish, ...secret) } },
  head: { ...project, files: { [file]: workflow('      - run: npm ci && npm publish', ...secret) } },
  expected: {
    verdict: 'flagged',
    findings: [{ rule: 'publish-token-exposed', severity: 'high', file, line: `NODE_AUTH_TOKEN: ${token}` }],
  },
}
