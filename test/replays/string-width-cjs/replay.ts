import type { Replay } from '../replay.js'
import { onVersion } from '../upgrade.js'

const alias = 'npm:string-width@^4.2.0'
const manifest = { dependencies: { 'string-width-cjs': alias } }
const width = "'use strict'\n\nmodule.exports = (text) => [...text].length\n"

export const replay: Replay = {
  description:
    'Packages were published under names that others use as aliases, such as string-width-cjs, and waited for a tool or a person who ' +
    'takes the alias for the name. Their code was empty: what shows is that the lockfile holds another package than was asked for.',
  date: '2024-06',
  packages: {
    'string-width': { '4.2.3': { files: { 'index.js': width } } },
    'string-width-cjs': { '5.1.1': { files: { 'index.js': width } } },
  },
  base: { manifest, locked: { 'string-width-cjs': { name: 'string-width', version: '4.2.3' } } },
  head: { manifest, locked: { 'string-width-cjs': '5.1.1' } },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'lockfile-out-of-sync',
        severity: 'high',
        file: 'package.json',
        line: '"string-width-cjs": "npm:string-width@^4.2.0"',
      },
      onVersion('string-width-cjs', '5.1.1', ['lockfile-changed-alone', 'low']),
      onVersion('string-width-cjs', '5.1.1', ['provenance-absent', 'low']),
    ],
  },
}
