import { integrityOf, registryTarball } from '../../builders/lockfile.js'
import type { Replay } from '../replay.js'

const elsewhere = 'https://registry.left-pad.example/left-pad/-/left-pad-1.0.1.tgz'

export const replay: Replay = {
  description:
    'Lockfile injection: a pull request edits nothing but the lockfile, points one entry to a server of the attacker and ' +
    'locks the bytes that lie there. The diff of thousands of lines hides it, and every install obeys the lockfile.',
  date: '2019-09',
  packages: {
    'left-pad': { '1.0.1': { files: { 'index.js': 'module.exports = (text) => text\n' } } },
    'right-pad': { '2.0.0': {}, '2.0.1': {} },
  },
  base: {
    manifest: { dependencies: { 'left-pad': '^1.0.0', 'right-pad': '^2.0.0' } },
    locked: { 'left-pad': '1.0.1', 'right-pad': '2.0.0' },
  },
  head: {
    manifest: { dependencies: { 'left-pad': '^1.0.0', 'right-pad': '^2.0.0' } },
    locked: {
      'left-pad': { version: '1.0.1', resolved: elsewhere, integrity: integrityOf('bytes of the attacker') },
      // A name that is not the entry's, on the right host and with hash and all.
      'right-pad': { version: '2.0.1', resolved: registryTarball('left-pad', '1.0.1') },
    },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'integrity-mismatch',
        severity: 'critical',
        package: 'left-pad',
        file: 'package-lock.json',
        line: `"integrity": "${integrityOf('bytes of the attacker')}"`,
      },
      {
        rule: 'resolved-url-mismatch',
        severity: 'critical',
        package: 'right-pad',
        file: 'package-lock.json',
        line: `"resolved": "${registryTarball('left-pad', '1.0.1')}",`,
      },
      {
        rule: 'registry-host-unexpected',
        severity: 'high',
        package: 'left-pad',
        file: 'package-lock.json',
        line: `"resolved": "${elsewhere}",`,
      },
    ],
  },
}
