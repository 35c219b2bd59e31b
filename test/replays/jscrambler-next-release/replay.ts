import type { Replay } from '../replay.js'

export const replay: Replay = {
  description:
    'Bad releases of jscrambler followed one another, each with a preinstall script. Who had the first saw no new hook in the next, ' +
    'only another body of the same one.',
  date: '2026-07-11',
  packages: {
    jscrambler: {
      '8.14.0': {
        manifest: { scripts: { preinstall: 'node setup.js' } },
        files: { 'setup.js': '// inert, of the first release\n' },
      },
      '8.16.0': {
        manifest: { scripts: { preinstall: 'node setup.js' } },
        files: { 'setup.js': '// inert, of the second release\n' },
      },
    },
  },
  base: { manifest: { dependencies: { jscrambler: '^8.14.0' } }, locked: { jscrambler: '8.14.0' } },
  head: { manifest: { dependencies: { jscrambler: '^8.14.0' } }, locked: { jscrambler: '8.16.0' } },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'install-script-changed',
        severity: 'medium',
        package: 'jscrambler',
        file: 'package-lock.json',
        line: '"version": "8.16.0",',
      },
    ],
  },
}
