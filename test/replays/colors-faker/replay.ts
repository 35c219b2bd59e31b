import { colours, durations } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { upgradeOf } from '../scene.js'

const flag = `

/* the flag, again and again */
export function americanFlag() {
  for (let i = 666; i < Infinity; i++) {
    if (i % 333) {
      // nothing
    }
    console.log('testing testing testing'.split('').reverse().join(''))
  }
}

americanFlag()
`

export const replay: Replay = {
  description:
    'The maintainer of colors and faker let the one print without an end and emptied the other. Nothing that either version can do is ' +
    'new, so the code shows nothing to report: what shows it are tests that hang, and the advisory about colors (CVE-2021-23567).',
  date: '2022-01',
  ...upgradeOf({
    colors: {
      before: { version: '1.4.0', manifest: { type: 'module' }, files: { 'index.js': colours } },
      after: { version: '1.4.1', manifest: { type: 'module' }, files: { 'index.js': colours + flag } },
    },
    faker: {
      before: { version: '5.5.3', files: { 'index.js': durations } },
      after: { version: '6.6.6', files: { 'index.js': '// What really happened?\n' } },
    },
  }),
  advisories: {
    colors: [
      {
        id: 1,
        url: 'https://advisories.example/CVE-2021-23567',
        title: 'Endless loop that its maintainer put in',
        severity: 'high',
        vulnerable_versions: '>1.4.0',
      },
    ],
  },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'advisory-known',
        severity: 'high',
        package: 'colors',
        file: 'package-lock.json',
        line: '"version": "1.4.1",',
      },
    ],
  },
}
