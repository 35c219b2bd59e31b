import { foreign } from '../../../src/foreign.js'
import { codeHidden } from '../../../src/rules/code/code-hidden.js'
import type { Evidence, Observation } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const added = aDependencyChange({ before: null })

const plain = `'use strict'
const widths = new Map()

function pad(text, width) {
  if (!widths.has(width)) widths.set(width, ' '.repeat(width))
  return (widths.get(width) + text).slice(-width)
}

function lengthOf(text) {
  return [...text].length
}

exports.pad = pad
exports.lengthOf = lengthOf
`
const of = (...texts: readonly string[]) => anAnalysedPackage({ 'index.js': texts.join('') })
const before = await of(plain)
const to = async (...texts: readonly string[]) => ({ package: await of(...texts), previousPackage: before })
const far = ' '.repeat(260)
const request = "fetch('https://a.example/')"
const obfuscated = 'const _0x1a2b = 1, _0x3c4d = 2, _0x5e6f = 3, _0x6a7b = _0x1a2b + _0x3c4d + _0x5e6f\n'
const encoded = (name: string) => `const ${name} = '${Buffer.from('https://a.example/x').toString('base64')}'\n`
const bundleOf = (code: string) =>
  Array.from({ length: 900 }, (_, index) => `e${index}=function(t){return ${code}+t};`).join('')

const observation = (message: string, ...evidence: readonly Evidence[]): Observation => ({
  message,
  evidence,
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }],
})
const pushed = (value: string, line: number, column: number): Observation =>
  observation('holds code pushed out of sight by blanks', {
    label: 'behind blanks',
    value: foreign(value),
    file: 'index.js',
    line,
    column,
  })
const put = (value: string, line: number, column: number): Observation =>
  observation('has code put into a file of which nothing else changed', {
    label: 'put into a file otherwise unchanged',
    value: foreign(value),
    file: 'index.js',
    line,
    column,
  })

testRule(codeHidden, {
  clear: [
    { name: 'plain code', subject: added, facts: { package: before } },
    { name: 'a comment at the start', subject: upgrade, facts: await to('/* © the authors */\n', plain) },
    { name: 'a directive at the start', subject: upgrade, facts: await to("'use client'\n", plain) },
    {
      name: 'a source map and a line for interoperability at the end',
      subject: upgrade,
      facts: await to(plain, 'module.exports.default = module.exports\n//# sourceMappingURL=index.js.map\n'),
    },
    {
      name: 'a module that is asked for',
      subject: upgrade,
      facts: await to("const { exec } = require('child_process')\n", plain),
    },
    {
      name: 'a named variable that is read',
      subject: upgrade,
      facts: await to(plain, 'exports.colour = process.env.FORCE_COLOR\n'),
    },
    {
      name: 'a function at the end that somebody has to call',
      subject: upgrade,
      facts: await to(plain, "exports.ask = () => {\n  return fetch('https://a.example/')\n}\n"),
    },
    {
      name: 'a function at the end of a bundle of one line that somebody has to call',
      subject: upgrade,
      facts: {
        package: await of(bundleOf('1'), 'ask=function(){return fetch("https://a.example/")};'),
        previousPackage: await of(bundleOf('1')),
      },
    },
    {
      name: 'a host that is encoded once more',
      subject: upgrade,
      facts: { package: await of(encoded('b'), encoded('a'), plain), previousPackage: await of(encoded('a'), plain) },
    },
    {
      name: 'one more of what the file did before',
      subject: upgrade,
      facts: {
        package: await of(plain, request, '\n', request, '\n'),
        previousPackage: await of(plain, request, '\n'),
      },
    },
    {
      name: 'a request in a file that changed in several places',
      subject: upgrade,
      facts: await to(request, '\n', plain.replace('slice', 'substr').replace('exports.pad', 'exports.left')),
    },
    {
      name: 'a file that is new',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage({ 'index.js': plain, 'ask.js': `${request}\n` }),
        previousPackage: before,
      },
    },
    { name: 'blanks before a comment', subject: upgrade, facts: await to(plain, `exports.a = 1${far}// a\n`) },
    {
      name: 'code behind blanks that stood there before',
      subject: upgrade,
      facts: {
        package: await of(plain, `exports.a = 1;${far}exports.b = 3\n`),
        previousPackage: await of(plain, `exports.a = 1;${far}exports.b = 2\n`),
      },
    },
    { name: 'a removed package', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'code behind blanks, on line and column',
      subject: upgrade,
      facts: await to(plain.replace('new Map()', `new Map();${far}exports.a = 1`)),
      observations: [pushed('exports.a = 1', 2, 286)],
    },
    {
      name: 'code behind blanks in an added package',
      subject: added,
      facts: { package: await of(`exports.a = 1;${far}exports.b = 2\n`) },
      observations: [pushed('exports.b = 2', 1, 275)],
    },
    {
      name: 'a line put before all others',
      subject: upgrade,
      facts: await to(`${request}\n`, plain),
      observations: [put(request, 1, 1)],
    },
    {
      name: 'three lines put before all others',
      subject: upgrade,
      facts: await to("const { exec } = require('child_process')\nconst line = 'ls'\nexec(line)\n", plain),
      observations: [put('exec(line)', 3, 1)],
    },
    {
      name: 'a function at the end that calls itself',
      subject: upgrade,
      facts: await to(plain, ';(function () { eval(String(module.parent)) })()\n'),
      observations: [put(';(function () { eval(String(module.parent)) })()', 15, 17)],
    },
    {
      name: 'a function at the end that somebody has to call and that stands off-screen',
      subject: upgrade,
      facts: await to(
        plain,
        `exports.words = '${'left '.repeat(40)}'; exports.ask = () => fetch('https://a.example/')\n`,
      ),
      observations: [put("t left left left '; exports.ask = () => fetch('https://a.example/')", 15, 241)],
    },
    {
      name: 'a line at the start by which others mean something else',
      subject: upgrade,
      facts: {
        package: await of("const { exec: pad } = require('child_process')\n", 'exports.a = 1\npad(exports.a)\n'),
        previousPackage: await of('exports.a = 1\npad(exports.a)\n'),
      },
      observations: [put('pad(exports.a)', 3, 1)],
    },
    {
      name: 'obfuscated code at the end, whatever it does',
      subject: upgrade,
      facts: await to(plain, obfuscated),
      observations: [put('hex-names', 15, 1)],
    },
    {
      name: 'obfuscated code at the end, and what it would do when called',
      subject: upgrade,
      facts: await to(plain, `${obfuscated.trim()}, _0x7c8d = () => fetch('https://a.example/' + _0x6a7b)\n`),
      observations: [put("2b + _0x3c4d + _0x5e6f, _0x7c8d = () => fetch('https://a.example/' + _0x6a7b)", 15, 101)],
    },
    {
      name: 'a host at the start that is encoded',
      subject: upgrade,
      facts: await to(`const at = '${Buffer.from('https://a.example/x').toString('base64')}'\n`, plain),
      observations: [put(`const at = '${Buffer.from('https://a.example/x').toString('base64')}'`, 1, 12)],
    },
    {
      name: 'a request at the end of a bundle of one line',
      subject: upgrade,
      facts: { package: await of(bundleOf('1'), request), previousPackage: await of(bundleOf('1')) },
      observations: [put(`eturn 1+t};e899=function(t){return 1+t};${request}`, 1, 25991)],
    },
  ],
})
