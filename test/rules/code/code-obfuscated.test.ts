import { foreign } from '../../../src/foreign.js'
import { codeObfuscated } from '../../../src/rules/code/code-obfuscated.js'
import type { Observation } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const added = aDependencyChange({ before: null })

const plain = 'module.exports = (text, width) => text.padStart(width)\n'
const obfuscated = 'const _0x1a2b = 1, _0x3c4d = 2, _0x5e6f = 3\nmodule.exports = _0x1a2b + _0x3c4d + _0x5e6f\n'
const otherwise = obfuscated.replace('= 3', '= 4')
const packed = "eval(function(p,a,c,k,e,d){return p}('0 1',2,2,'a|b'.split('|'),0,{}))\n"
const minified = `!function(){var t={};function n(e){return t[e]||(t[e]={exports:{}})}${Array.from(
  { length: 40 },
  (_, index) => `n.f${index}=function(e,r){return e?r.push(e,${index}):n(e)};`,
).join('')}}();`
/** One sign, which is not enough alone. */
const quoted = Array.from({ length: 8 }, (_, index) => `exports['push'](exports['a${index}']['slice'](${index}))`).join(
  '\n',
)

const main = { 'index.js': plain }
const clean = await anAnalysedPackage(main)
const hidden = await anAnalysedPackage({ 'index.js': obfuscated })
const inTests = await anAnalysedPackage({ ...main, 'test/fixture.js': obfuscated })
const many = await anAnalysedPackage({
  ...Object.fromEntries(
    Array.from({ length: 14 }, (_, index) => [`lib/part${index}.js`, `${obfuscated}// ${index}\n`]),
  ),
  ...main,
})

const observation = (
  message: string,
  places: readonly (readonly [file: string, signs?: string])[],
  rest: Partial<Observation> = {},
): Observation => ({
  message,
  evidence: places.map(([file, signs = 'hex-names']) => ({
    label: `obfuscated (${signs})`,
    value: foreign(file),
    file,
  })),
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }],
  ...rest,
})
const isNew = 'holds obfuscated code that the version before did not have, or did not run'

testRule(codeObfuscated, {
  clear: [
    { name: 'plain code', subject: added, facts: { package: clean } },
    {
      name: 'a file that became minified',
      subject: upgrade,
      facts: { package: await anAnalysedPackage({ 'index.js': minified }), previousPackage: clean },
    },
    {
      name: 'one sign of those that are not enough alone',
      subject: upgrade,
      facts: { package: await anAnalysedPackage({ 'index.js': quoted }), previousPackage: clean },
    },
    {
      name: 'a file that changed and was obfuscated before',
      subject: upgrade,
      facts: { package: await anAnalysedPackage({ 'index.js': otherwise }), previousPackage: hidden },
    },
    {
      name: 'an obfuscated file that did not change',
      subject: upgrade,
      facts: { package: await anAnalysedPackage({ 'index.js': obfuscated, 'new.js': plain }), previousPackage: hidden },
    },
    {
      name: 'an obfuscated file that was only moved',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage({ ...main, 'lib/player.js': obfuscated }),
        previousPackage: await anAnalysedPackage({ ...main, 'dist/player.js': obfuscated }),
      },
    },
    {
      name: 'an obfuscated bundle whose name holds another hash',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage({ ...main, 'dist/player-B4f9x2Qa.min.js': otherwise }),
        previousPackage: await anAnalysedPackage({ ...main, 'dist/player-77cD_0ab.min.js': obfuscated }),
      },
    },
    { name: 'a removed package', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'a file that became obfuscated',
      subject: upgrade,
      facts: { package: hidden, previousPackage: clean },
      observations: [observation(isNew, [['index.js']])],
    },
    {
      name: 'obfuscated code at the end of a file, from its first line on',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage({ 'index.js': `${plain}exports.a = 1\n${obfuscated}` }),
        previousPackage: await anAnalysedPackage({ 'index.js': `${plain}exports.a = 1\n` }),
      },
      observations: [
        observation(isNew, [], {
          evidence: [
            { label: 'obfuscated (hex-names)', value: foreign('index.js'), file: 'index.js', line: 3, column: 1 },
          ],
        }),
      ],
    },
    {
      name: 'obfuscated code behind blanks',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage({ 'index.js': `${plain.trim()};${' '.repeat(260)}${obfuscated}` }),
        previousPackage: clean,
      },
      observations: [
        observation(isNew, [], {
          evidence: [
            { label: 'obfuscated (hex-names)', value: foreign('index.js'), file: 'index.js', line: 1, column: 316 },
          ],
        }),
      ],
    },
    {
      name: 'a new obfuscated file beside known ones, the loaded one first',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage({
          'index.js': "require('./setup')\n",
          'extra.js': packed,
          'known.js': obfuscated,
          'setup.js': otherwise,
        }),
        previousPackage: await anAnalysedPackage({ ...main, 'known.js': obfuscated.replace('= 3', '= 5') }),
      },
      observations: [observation(isNew, [['setup.js'], ['extra.js', 'packed']])],
    },
    {
      name: 'a new obfuscated file though another one of another name is gone',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage({ ...main, 'setup.js': otherwise }),
        previousPackage: await anAnalysedPackage({ ...main, 'dist/player.js': obfuscated }),
      },
      observations: [observation(isNew, [['setup.js']])],
    },
    {
      name: 'an added package that is obfuscated',
      subject: added,
      facts: { package: hidden },
      observations: [observation('holds obfuscated code', [['index.js']])],
    },
    {
      name: 'a test that nothing leads to, as a doubt',
      subject: upgrade,
      facts: { package: inTests, previousPackage: clean },
      observations: [
        observation('holds obfuscated code among its tests, documents or examples', [['test/fixture.js']], {
          severity: 'medium',
        }),
      ],
    },
    {
      name: 'a file in a folder of tests that something leads to, as any other',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage({ 'index.js': "require('./test/fixture')\n", 'test/fixture.js': obfuscated }),
        previousPackage: clean,
      },
      observations: [observation(isNew, [['test/fixture.js']])],
    },
    {
      name: 'a file of the tests that now something leads to, though it did not change',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage({ 'index.js': "require('./test/fixture')\n", 'test/fixture.js': obfuscated }),
        previousPackage: inTests,
      },
      observations: [observation(isNew, [['test/fixture.js']])],
    },
    {
      name: 'many files, in one finding with the first of them',
      subject: added,
      facts: { package: many },
      observations: [
        observation('holds obfuscated code', [], {
          evidence: [
            ...[0, 1, 10, 11, 12, 13, 2, 3, 4, 5, 6, 7].map((index) => ({
              label: 'obfuscated (hex-names)',
              value: foreign(`lib/part${index}.js`),
              file: `lib/part${index}.js`,
            })),
            { label: 'not shown', value: foreign('2 more') },
          ],
        }),
      ],
    },
  ],
})
