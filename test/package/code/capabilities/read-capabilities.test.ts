import { describe, expect, it } from '@jest/globals'
import { abilitiesOf } from './abilities-of.js'

const when = (text: string): readonly string[] =>
  abilitiesOf(text).sightings.map(({ capability, scope }) => `${capability} ${scope}`)

describe('evidence', () => {
  it('is the place, the line as written, and what was folded', () => {
    const text = "const cp = require('child_process')\n\n  module.exports = () => cp.exec('i' + 'd') // why\n"
    expect(abilitiesOf(text).sightings).toEqual([
      {
        line: 3,
        column: 26,
        capability: 'shell',
        scope: 'function',
        detail: 'child_process.exec',
        excerpt: "module.exports = () => cp.exec('i' + 'd') // why",
        constant: 'id',
      },
    ])
  })

  it('points at the name of what is called in a chain over several lines', () => {
    const [first] = abilitiesOf("require('child_process')\n  .exec('id')").sightings
    expect(first).toMatchObject({ line: 2, column: 4, excerpt: ".exec('id')" })
  })

  it('waits for the call where a function is only dressed anew', () => {
    const code =
      "const { promisify } = require('util'), { execFile } = require('child_process')\nconst run = promisify(execFile)"
    expect(when(code)).toEqual(['shell function'])
    expect(when(`${code}\nrun('id')`)).toEqual(['shell function', 'shell top'])
    expect(when(code.replace('promisify(', 'later('))).toEqual(['shell top'])
  })

  it('is short on a line that is long', () => {
    const text = `${'a();'.repeat(50_000)}eval(x);${'b();'.repeat(50_000)}`
    const [first] = abilitiesOf(text).sightings
    expect(first?.excerpt.length).toBeLessThanOrEqual(160)
    expect(first?.excerpt).toContain('eval(x)')
  })
})

describe('when an ability runs', () => {
  it.each([
    "eval('x')",
    "(() => { eval('x') })()",
    "!function () { eval('x') }()",
    "(async function () { eval('x') }).call(this)",
    "function main() { eval('x') } main()",
    "const main = async () => { await step() }; function step() { eval('x') } main().catch(fail)",
    "setTimeout(() => { eval('x') }, 10)",
    "function main() { eval('x') } setTimeout(main, 10)",
    "class A { constructor() { eval('x') } } new A()",
    "class A { go() { eval('x') } } new A().go()",
    "const a = { go() { eval('x') } }; a.go()",
    "class A { static { eval('x') } }",
    "[1].forEach(() => eval('x'))",
    "new Promise((resolve) => { eval('x') })",
    "var m = { 12: (module, exports) => { eval('x') } }",
    "(function (root, factory) { factory() })(this, function () { eval('x') })",
    "require_x(); var require_x = __commonJS({ 'x.js'(exports, module) { eval('x') } })",
    "__awaiter(this, void 0, void 0, function* () { eval('x') })",
  ])('is when the module is loaded for %s', (text) => {
    expect(when(text)).toEqual(['eval top'])
  })

  it.each([
    "function f() { eval('x') }",
    "module.exports = () => { eval('x') }",
    "function f() { (() => { eval('x') })() }",
    "function f() { g() } function g() { eval('x') }",
    "class A { go() { eval('x') } }",
    "app.get('/', () => { eval('x') })",
    "export function run() { eval('x') }",
    'module.exports = eval',
    'const table = { run: globalThis.eval }',
  ])('is when somebody calls for %s', (text) => {
    expect(when(text)).toEqual(['eval function'])
  })
})

describe('what a file asks for', () => {
  const asked = (text: string, path?: string): readonly string[] =>
    abilitiesOf(text, path).requests.map(
      ({ kind, specifier = '?', scope, names }) => `${kind} ${specifier} ${scope} ${names.join()}`,
    )

  it.each([
    ["import a, { b as c, default as d } from 'x'", 'import x top default,b,default'],
    ["import * as a from 'node:fs'", 'import node:fs top *'],
    ["import 'x'", 'import x top '],
    ["export * from 'x'", 're-export x top *'],
    ["export { a as b } from 'x'", 're-export x top a'],
    ["const { a, b: c } = require('x')", 'require x top a,b'],
    ["const x = require('x')", 'require x top *'],
    ["require('x')", 'require x top '],
    ["require('x').a()", 'require x top a'],
    ["function f() { return require('x') }", 'require x function *'],
    ["require(require('path').join(__dirname, 'lib', 'x'))", 'require ./lib/x top ', 'require path top join'],
    ['require(name)', 'require ? top '],
    ["import('x')", 'dynamic-import x top *'],
    ["require.resolve('x')", 'resolve x top '],
    [
      "const r = require('module').createRequire(import.meta.url); r('x')",
      'require module top createRequire',
      'require x top ',
    ],
    ['(function (require, module, exports) { require("x") })', 'require x function '],
    ['define(function (require) { require("x") })', 'require x top '],
    ['this.require("x"); x.require("y")'],
  ])('%s', (text, ...expected) => {
    expect([...asked(text)].sort()).toEqual([...expected].sort())
  })

  it('leaves out what TypeScript only needs for types', () => {
    const text =
      "import type { A } from 'a'\nimport { type B } from 'b'\nimport { type C, d } from 'c'\nexport type { E } from 'e'"
    expect(asked(text, 'index.ts')).toEqual(['import c top d'])
  })
})

describe('texts that are put together', () => {
  it('are told with their place', () => {
    const text = "const a = 'https://' + 'evil.example'\nconst b = Buffer.from('aGk=', 'base64') + ' you'"
    expect(abilitiesOf(text).folded.map(({ offset, text }) => ({ offset, text }))).toEqual([
      { offset: 10, text: 'https://evil.example' },
      { offset: 48, text: 'hi you' },
    ])
  })

  it('are told of a decoder that is called often enough', () => {
    const calls = [0, 1, 2, 3, 4].map((at) => `use(d(${at}))`).join(';')
    const text = `const w = ['one1', 'two2', 'three', 'four', 'five']; function d(i) { return w[i] } ${calls}`
    expect(abilitiesOf(text).folded.map(({ text }) => text)).toEqual(['one1', 'two2', 'three', 'four', 'five'])
  })
})
