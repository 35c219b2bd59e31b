import type { Replay } from '../replay.js'
import { onVersion } from '../upgrade.js'

export const replay: Replay = {
  description:
    'The registry never compares the manifest that a client sends with the package.json in the tarball: the page shows a package ' +
    'without scripts and dependencies, and installers run those of the tarball.',
  date: '2023-06',
  packages: {
    'left-pad': {
      '1.0.0': { files: { 'index.js': 'module.exports = 1\n' } },
      '1.0.1': {
        manifest: { scripts: { install: 'node x.js' }, dependencies: { 'right-pad': '^1.0.0' } },
        registryManifest: { scripts: {}, dependencies: {} },
        files: { 'index.js': 'module.exports = 1\n', 'x.js': '// inert\n' },
      },
    },
  },
  base: { manifest: { dependencies: { 'left-pad': '^1.0.0' } }, locked: { 'left-pad': '1.0.0' } },
  head: { manifest: { dependencies: { 'left-pad': '^1.0.0' } }, locked: { 'left-pad': '1.0.1' } },
  expected: {
    verdict: 'flagged',
    findings: [
      onVersion('left-pad', '1.0.1', ['combined-risk', 'critical']),
      onVersion('left-pad', '1.0.1', ['dependency-phantom', 'high', { file: 'package.json' }]),
      onVersion('left-pad', '1.0.1', ['install-script-added', 'high', { file: 'package.json' }]),
      onVersion('left-pad', '1.0.1', ['manifest-mismatch', 'high', { file: 'package.json' }]),
    ],
  },
}
