import { integrityOf } from '../../builders/lockfile.js'
import type { Replay } from '../replay.js'
import { onVersion } from '../upgrade.js'

const hidden = 'http://packages.storeartifact.example/npm/ui-styles-pkg'

export const replay: Replay = {
  description:
    'PhantomRaven: 126 packages that show no dependency on the registry’s page took one from an http address, fetched only at ' +
    'install time, so that scanners of the registry never saw the code that ran.',
  date: '2025-10',
  packages: {
    'eslint-comments': {
      '1.0.0': {
        manifest: { main: 'index.js', dependencies: { 'ui-styles-pkg': hidden } },
        files: { 'index.js': "console.log('Hello, world!')\n" },
      },
    },
  },
  base: { manifest: {}, locked: {} },
  head: {
    manifest: { dependencies: { 'eslint-comments': '^1.0.0' } },
    locked: {
      'eslint-comments': { version: '1.0.0', dependencies: { 'ui-styles-pkg': hidden } },
      'ui-styles-pkg': { version: '1.0.0', resolved: hidden, integrity: integrityOf('fetched at install time') },
    },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      onVersion('eslint-comments', '1.0.0', ['provenance-absent', 'low']),
      {
        rule: 'exotic-source-added',
        severity: 'high',
        package: 'ui-styles-pkg',
        file: 'package-lock.json',
        line: `"resolved": "${hidden}",`,
      },
      {
        rule: 'resolved-insecure',
        severity: 'high',
        package: 'ui-styles-pkg',
        file: 'package-lock.json',
        line: `"resolved": "${hidden}",`,
      },
    ],
  },
}
