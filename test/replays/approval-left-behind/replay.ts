import type { Replay } from '../replay.js'

const name = 'native-thing'
const manifest = (version: string) => ({
  dependencies: { [name]: version },
  allowScripts: { [`${name}@1.0.0`]: true },
})
const published = { manifest: { scripts: { install: 'node-gyp rebuild' } }, files: { 'binding.gyp': '{}\n' } }

export const replay: Replay = {
  description: 'A tool moves a package on and leaves the approval of its install script at the version before.',
  packages: { [name]: { '1.0.0': published, '1.0.1': published } },
  base: { manifest: manifest('1.0.0'), locked: { [name]: '1.0.0' } },
  head: { manifest: manifest('1.0.1'), locked: { [name]: '1.0.1' } },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'build-approval-stale',
        severity: 'low',
        package: name,
        file: 'package.json',
        line: `"${name}@1.0.0": true`,
      },
    ],
  },
}
