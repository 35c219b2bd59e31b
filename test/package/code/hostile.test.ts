import { Readable } from 'node:stream'
import { afterAll, describe, expect, it } from '@jest/globals'
import { analysePackage } from '../../../src/package/analyse-package.js'
import { CodePool } from '../../../src/package/code/pool.js'
import { buildTarball } from '../../builders/tarball.js'

const pool = new CodePool({ worker: new URL('../../../dist/package/code/worker.js', import.meta.url), processes: 1 })
afterAll(() => pool.close())

/** A whole file may take its ten seconds of processor time, and the machine be busy. */
const patience = 60_000
const deep = 200_000
const nested = (open: string, inner: string, close: string, times = deep): string =>
  open.repeat(times) + inner + close.repeat(times)

const shapes: readonly (readonly [string, string])[] = [
  ['parentheses', nested('(', '1', ')')],
  ['brackets', nested('[', '', ']')],
  ['braces', nested('{', '', '}')],
  ['objects', `x = ${nested('{a:', '1', '}')}`],
  ['calls', nested('f(', '', ')')],
  ['negations', nested('!', '1', '')],
  ['conditions', nested('a?b:', 'c', '')],
  ['sums', nested('1+', '1', '')],
  ['members', `a${'.b'.repeat(deep)}`],
  ['arrows', nested('a=>', '1', '', 50_000)],
  ['templates', nested('`${', '1', '}`', 20_000)],
  ['branches', nested('if(a);else ', ';', '', 50_000)],
  ['functions with regular expressions', nested('function f(){/x/;', '', '}', 50_000)],
  ['elements', `x = ${nested('<a>', '', '</a>', 50_000)}`],
  ['what is never closed', '('.repeat(deep)],
  ['a monstrous regular expression', `/${nested('(', '', ')', 50_000)}/`],
  ['alternatives without number', `/${'a|'.repeat(500_000)}a/`],
  [
    'texts that double',
    `var a0='xxxxxxxx';${Array.from({ length: 60 }, (_, at) => `var a${at + 1}=a${at}+a${at};`).join('')}`,
  ],
  ['a text repeated', "require('a'.repeat(1e9))"],
  ['functions that call themselves', 'function f(x){return f(f(x+1))} require(f(1))'],
  ['a line of 20 MB', `x=[${'1234567,'.repeat(2_600_000)}]`],
]

describe('hostile code', () => {
  it.each(shapes)(
    'is read or told of, and takes nothing with it: %s',
    async (_, code) => {
      const lane = pool.lane()
      const [hostile, other] = await Promise.all(
        [code, "require('x')"].map((text) => lane.analyse({ path: 'a.js', bytes: Buffer.from(text), sha256: '' })),
      )

      expect(other?.requests).toMatchObject([{ specifier: 'x' }])
      // A tree, or a reason why there is none.
      const hasTree = hostile?.dialect !== 'tokens' && hostile?.dialect !== 'bytes'
      expect(hasTree || hostile?.unanalysable !== undefined).toBe(true)
      expect(hostile?.unanalysable?.reason).not.toBe('crash')
    },
    patience,
  )

  it(
    'is told of in the facts of its package, while those of others are whole',
    async () => {
      const packages = [
        { 'index.js': "require('./deep')", 'deep.js': nested('(', '1', ')') },
        Object.fromEntries(Array.from({ length: 2_000 }, (_, at) => [`lib/${at}.js`, `require('m${at}')`])),
      ]
      const facts = await Promise.all(
        packages.map(async (files) =>
          analysePackage(Readable.from([await buildTarball({ 'package.json': '{}', ...files })]), undefined, {
            code: pool,
          }),
        ),
      )

      expect(facts.map(({ code }) => [code?.analysed, code?.unanalysed, code?.modules.length])).toEqual([
        [1, 1, 0],
        [2_000, 0, 2_000],
      ])
      expect(facts[0]?.code?.files.map(({ path, reach, code }) => [path, reach, code.unanalysable?.reason])).toEqual([
        ['deep.js', 'load', 'too-deep'],
        ['index.js', 'load', undefined],
      ])
    },
    patience,
  )
})
