import type { Replay } from '../replay.js'

const line = '"version": "21.5.0",'
const finding = (rule: string, severity: 'critical' | 'medium') =>
  ({ rule, severity, package: 'nx', file: 'package-lock.json', line }) as const

/** The commands alone, with nothing to look for and nowhere to send it. */
const telemetry = [
  "const { execSync } = require('child_process')",
  "execSync('gh auth token')",
  "execSync('claude --dangerously-skip-permissions -p inert')",
  '',
].join('\n')

export const replay: Replay = {
  description:
    'A stolen token released nx with a script after installation that asked for the GitHub token of whoever installed it, and told ' +
    'assistants on the machine to look for more without asking.',
  date: '2025-08-26',
  packages: {
    nx: {
      '21.4.1': {
        manifest: { scripts: { postinstall: 'node notice.js' } },
        files: { 'index.js': 'module.exports = 1\n', 'notice.js': '// inert\n' },
      },
      '21.5.0': {
        manifest: { scripts: { postinstall: 'node telemetry.js' } },
        files: { 'index.js': 'module.exports = 1\n', 'telemetry.js': telemetry },
      },
    },
  },
  base: { manifest: { dependencies: { nx: '^21.4.0' } }, locked: { nx: '21.4.1' } },
  head: { manifest: { dependencies: { nx: '^21.4.0' } }, locked: { nx: '21.5.0' } },
  expected: {
    verdict: 'flagged',
    findings: [finding('install-script-dangerous', 'critical'), finding('install-script-changed', 'medium')],
  },
}
