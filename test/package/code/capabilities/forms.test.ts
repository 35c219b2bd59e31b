import { describe, expect, it } from '@jest/globals'
import { told } from './abilities-of.js'

const exec = ['shell: child_process.exec = id']

/** Each is a way to run `id`. */
const ways: readonly string[] = [
  "require('child_process').exec('id')",
  "const cp = require('node:child_process'); cp.exec('id')",
  "const { exec } = require('child_process'); exec('id')",
  "const { exec: run } = require('child_process'); run('id')",
  "const { ['ex' + 'ec']: run } = require('child_process'); run('id')",
  "const cp = require('child_' + 'process'); cp['ex' + 'ec']('i' + 'd')",
  "let name = 'child'; name += '_process'; require(name).exec('id')",
  "const a = require('child_process'), b = a, c = b; const run = c.exec; const it = run; it('id')",
  "const r = require; r('child_process').exec('id')",
  "module.require('child_process').exec('id')",
  "process.mainModule.require('child_process').exec('id')",
  "require.main.require('child_process').exec('id')",
  "globalThis.process.mainModule.require('child_process').exec('id')",
  "process.getBuiltinModule('child_process').exec('id')",
  "require('module').createRequire(__filename)('child_process').exec('id')",
  "require('module')._load('child_process').exec('id')",
  "module.constructor._load('child_process').exec('id')",
  "(0, require('child_process').exec)('id')",
  "require('child_process').exec.call(null, 'id')",
  "require('child_process').exec.apply(null, ['id'])",
  "const run = require('child_process').exec.bind(null); run('id')",
  "Reflect.apply(require('child_process').exec, null, ['id'])",
  "Reflect.get(require('child_process'), 'exec')('id')",
  "require('util').promisify(require('child_process').exec)('id')",
  "require('child_process')?.exec?.('id')",
  "const cp = { run: require('child_process').exec }; cp.run('id')",
  "const [run] = [require('child_process').exec]; run('id')",
  "class A { constructor() { this.cp = require('child_process') } go() { this.cp.exec('id') } }",
  "class A { cp = require('child_process'); go() { this.cp.exec('id') } }",
  "function A() { const self = this; self.cp = require('child_process'); later(function () { self.cp.exec('id') }) }",
  "const o = {}; o.cp = require('child_process'); o.cp.exec('id')",
  "cp = require('child_process'); cp.exec('id')",
  "global.r = require; r('child_process').exec('id')",
  "const k = (at) => ['r', 'child_process', 'exec'][at]; global[k(0)] = require; global[k(0)](k(1))[k(2)]('id')",
  "let cp; try { cp = require('child_process') } catch {} cp.exec('id')",
  "const cp = ok ? require('child_process') : undefined; cp.exec('id')",
  "const f = opts.exec || require('child_process').exec; f('id')",
  "function load() { return require('child_process') } load().exec('id')",
  "(function (cp) { cp.exec('id') })(require('child_process'))",
  "((cp) => cp.exec('id'))(require('child_process'))",
  "(function (cp) { cp.exec('id') }).call(this, require('child_process'))",
  "import('child_process').then(({ exec }) => exec('id'))",
  "import('child_process').then((cp) => cp.default.exec('id'))",
  "async function f() { const { exec } = await import('node:child_process'); exec('id') }",
  "const ts = __importStar(require('child_process')); ts.exec('id')",
  "const tslib = require('tslib'); const cp = tslib.__importStar(require('child_process')); cp.exec('id')",
  "var import_cp = __toESM(require('child_process'), 1); (0, import_cp.exec)('id')",
  "var cp = _interopRequireDefault(require('child_process')); cp.default.exec('id')",
  "var m = { 81: (module) => { module.exports = require('child_process') } }; var n = r(81); n.exec('id')",
  "import { exec } from 'child_process'; exec('id')",
  "import { exec as run } from 'node:child_process'; run('id')",
  "import cp from 'child_process'; cp.exec('id')",
  "import * as cp from 'child_process'; cp.exec('id')",
  "import * as cp from 'child_process'; cp.default.exec('id')",
  "const n = [99, 104, 105, 108, 100, 95, 112, 114, 111, 99, 101, 115, 115]; require(String.fromCharCode(...n)).exec('id')",
  "require([99, 104, 105, 108, 100, 95, 112, 114, 111, 99, 101, 115, 115].map((c) => String.fromCharCode(c)).join('')).exec('id')",
  "require('ssecorp_dlihc'.split('').reverse().join('')).exec('id')",
  "require(Buffer.from('Y2hpbGRfcHJvY2Vzcw==', 'base64').toString()).exec('id')",
  "require(Buffer.from('6368696c645f70726f63657373', 'hex').toString('utf8')).exec('id')",
  "require(atob('Y2hpbGRfcHJvY2Vzcw==')).exec('id')",
  "require(unescape('%63hild_process')).exec('id')",
  "require(decodeURIComponent('child%5Fprocess')).exec('id')",
  "require('child-process'.replace('-', '_')).exec('id')",
  "require('child#process'.replace(/#/g, '_')).exec('id')",
  "require('\\x63hild_process').exec('id')",
  "require(['child', 'process'].join('_')).exec('id')",
  "const w = ['id', 'exec', 'child_process']; require(w[2])[w[1]](w[0])",
  "const w = ['id', 'exec', 'child_process']; function _0x1(i) { return w[i - 0x10] } require(_0x1(0x12))[_0x1(0x11)](_0x1(0x10))",
  "const k = { a: 'child_process', b: { c: 'exec' } }; require(k.a)[k.b.c]('id')",
  "const d = (s) => s.split('').map((c) => String.fromCharCode(c.charCodeAt(0) ^ 1)).join(''); require(d('bihme^qsnbdrr')).exec('id')",
]

describe('ways to a function of the platform', () => {
  it.each(ways)('finds %s', (code) => {
    expect(told(code)).toContain('shell: child_process.exec = id')
    expect(told(code).filter((line) => !line.startsWith('shell: child_process.exec'))).toEqual([])
  })

  it('follows a decoder that puts its string array in order first', () => {
    const code = `
      const _0xa = ['exec', 'id', 'x', 'child_process', '7'];
      (function (list, target) {
        while (!![]) {
          try { if (parseInt(_0xb(0x102)) === target) break; else list['push'](list['shift']()) } catch (e) { list['push'](list['shift']()) }
        }
      })(_0xa, 0x7);
      function _0xb(i) { i = i - 0x100; return _0xa[i] }
      require(_0xb(0x101))[_0xb(0x103)](_0xb(0x104))`
    expect(told(code)).toEqual(exec)
  })

  it('follows a function that replaces itself when it is first called', () => {
    const code = `
      function _0xa() { const list = ['Y2hpbGRfcHJvY2Vzcw==', 'ZXhlYw==', 'aWQ=']; _0xa = function () { return list }; return _0xa() }
      function _0xb(i, k) {
        const list = _0xa();
        return _0xb = function (n, j) { n = n - 0x5; return atob(list[n]) }, _0xb(i, k)
      }
      require(_0xb(0x5))[_0xb(0x6)](_0xb(0x7))`
    expect(told(code)).toEqual(exec)
  })

  it('has the patience that slow decoders ask for, where a list is turned until a sum is right', () => {
    const code = `
      function words() { const list = ['${'x,'.repeat(70).replaceAll(',', "', '")}7x', 'child_process', 'exec', 'id']; words = function () { return list }; return words() }
      function word(at) { let slow = 0; for (let i = 0; i < 2000; i++) slow = slow + i; return words()[at] }
      (function (make, sum) {
        const list = make();
        while (!![]) {
          try { const n = parseInt(word(0)); if (n === sum) break; else list['push'](list['shift']()) }
          catch (error) { list['push'](list['shift']()) }
        }
      })(words, 7);
      require(word(1))[word(2)](word(3))`
    expect(told(code)).toEqual(exec)
  })

  it('follows a decoder that spells base64 out, and keeps what it decoded under names of its arguments', () => {
    const code = `
      function words() { const list = ['hG', 'Y2hpbGRfcHJvY2Vzcw==', 'ZXhlYw==', 'aWQ=']; words = function () { return list }; return words() }
      function word(n, key) {
        const list = words();
        return word = function (at, unused) {
          at = at - 0x5;
          let text = list[at];
          if (word['ready'] === undefined) {
            var decode = function (coded) { const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=';
              let plain = '', escaped = '', own = plain + decode;
              for (let bits = 0, sum, letter, next = 0; letter = coded['charAt'](next++);
                ~letter && (sum = bits % 4 ? sum * 64 + letter : letter, bits++ % 4) ? plain += own['charCodeAt'](next + 10) - 10 !== 0 ? String['fromCharCode'](255 & sum >> (-2 * bits & 6)) : bits : 0) {
                letter = letters['indexOf'](letter) % 64;
              }
              for (let i = 0, length = plain['length']; i < length; i++) escaped += '%' + ('00' + plain['charCodeAt'](i)['toString'](16))['slice'](-2);
              return decodeURIComponent(escaped)['replace']('\\0', '')['replace']('\\0', '');
            };
            word['decode'] = decode, n = arguments, word['ready'] = !![];
          }
          const first = list[0], name = at + first, known = n[name];
          if (!known) {
            const Guard = function (f) { this['f'] = f, this['seen'] = [1, 0, 0] };
            Guard['prototype']['look'] = function () { return new RegExp('\\n')['test'](this['f']['toString']()) ? this['f'] : --this['seen'][0] };
            new Guard(word)['look'](), text = word['decode'](text), n[name] = text;
          } else text = known;
          return text;
        }, word(n, key);
      }
      require(word(0x6))[word(0x7)](word(0x8))`
    expect(told(code)).toEqual(exec)
  })

  it('sees through TypeScript', () => {
    const code = `import cp = require('child_process')
      const run = (cp as any).exec! as (c: string) => void
      run('id')`
    expect(told(code, 'index.ts')).toEqual(exec)
  })

  it('tells of a function that is handed on by name', () => {
    expect(told("const { exec } = require('child_process'); list.map(exec)")).toEqual(['shell: child_process.exec'])
    expect(told("list.map(require('child_process').exec)")).toEqual(['shell: child_process.exec'])
  })

  it.each([
    "export { exec as run } from 'child_process'",
    "import { exec } from 'child_process'; export { exec as run }",
    "export const run = require('child_process').exec",
    "module.exports = require('child_process').exec",
    "exports.run = require('child_process').exec",
  ])('tells of a module that hands it out: %s', (code) => {
    expect(told(code)).toEqual(['shell: child_process.exec handed out'])
  })

  it.each(["export * from 'child_process'", "module.exports = require('child_process')"])('tells of %s', (code) => {
    expect(told(code)).toEqual(['shell: child_process handed out'])
  })
})

describe('what only looks like one', () => {
  it.each([
    "/x/.exec('abc')",
    "const re = new RegExp('a'); re.exec('id')",
    "const db = { exec: (sql) => sql }; db.exec('id')",
    "const { exec } = new Database(); exec('id')",
    "import { exec } from './shell.js'; exec('id')",
    "function run(exec) { exec('id') }",
    'let exec; exec(command)',
    "class A { spawn() {} go() { this.spawn('id') } }",
    "function require(x) { return { exec() {} } } require('child_process').exec('id')",
    "require('child_process')",
    "import cp from 'child_process'",
    "const { ChildProcess } = require('child_process'); x instanceof ChildProcess",
    'module.exports.exec = function () {}',
    "typeof require('child_process').exec",
    "const s = 'child_process.exec'",
    "foo.child_process.exec('id')",
  ])('is silent on %s', (code) => {
    expect(told(code)).toEqual([])
  })
})
