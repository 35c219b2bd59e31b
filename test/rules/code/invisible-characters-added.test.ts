import { foreign } from '../../../src/foreign.js'
import { invisibleCharactersAdded } from '../../../src/rules/code/invisible-characters-added.js'
import type { Evidence, Observation } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const added = aDependencyChange({ before: null })
const plain = 'exports.isAdmin = (user) => user.role === "admin"\n'
const of = (...lines: readonly string[]) => anAnalysedPackage({ 'index.js': lines.join('\n') })
const clean = await of(plain)
const to = async (...lines: readonly string[]) => ({ package: await of(...lines), previousPackage: clean })

const reversed = 'if (level != "user\u202e \u2066// only admins\u2069 \u2066") exports.level = level'
const tags = [...'ignore the rest']
  .map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) ?? 0)))
  .join('')
const bytes = [...'payload!'].map((letter) => String.fromCodePoint(0xe0100 + (letter.codePointAt(0) ?? 0))).join('')
const bits = '\u200b\u200c'.repeat(12)
const disguised = 'const f\u0435tch = (at) => at'
const persian = 'exports.fa = "می\u200cخواهم"'
const family = 'exports.family = "👩\u200d👩\u200d👧"'
const table = `exports.marks = /[\u200b-\u200f\u202a-\u202e\u2060-\u2064]/`
const letters = `exports.blanks = "${String.fromCodePoint(...Array.from({ length: 16 }, (_, index) => 0xe0100 + index))}"`

const message = 'holds characters in its code that nobody sees, or that look like others'
const observation = (evidence: readonly Evidence[], rest: Partial<Observation> = {}): Observation => ({
  message,
  evidence,
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }],
  ...rest,
})
const seen = (label: string, value: string, line: number, column: number, file = 'index.js'): Evidence => ({
  label,
  value: foreign(value),
  file,
  line,
  column,
})

testRule(invisibleCharactersAdded, {
  clear: [
    { name: 'plain code', subject: added, facts: { package: clean } },
    { name: 'a joiner within a Persian word', subject: upgrade, facts: await to(plain, persian) },
    { name: 'a family of emoji', subject: upgrade, facts: await to(plain, family) },
    { name: 'a table of such characters', subject: upgrade, facts: await to(plain, table, letters) },
    { name: 'a byte order mark', subject: upgrade, facts: await to(`\ufeff${plain}`) },
    { name: 'a name in another script', subject: upgrade, facts: await to(plain, 'const тест = 1') },
    { name: 'a comment with characters without width', subject: upgrade, facts: await to(plain, `// ${bits}`) },
    {
      name: 'what the version before held as well, on another line',
      subject: upgrade,
      facts: { package: await of('// one more line', disguised), previousPackage: await of(disguised) },
    },
    {
      name: 'what the version before held as well, on a line that changed',
      subject: upgrade,
      facts: { package: await of(`${disguised} + 1`), previousPackage: await of(disguised) },
    },
    {
      name: 'code that was pushed away by blanks, which is another finding',
      subject: upgrade,
      facts: await to(`exports.a = 1;${' '.repeat(260)}exports.b = 2`),
    },
    { name: 'a removed package', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'a comparison that reads in another order than it runs',
      subject: upgrade,
      facts: await to(plain, reversed),
      observations: [observation([seen('text that runs the other way', reversed, 3, 19)])],
    },
    {
      name: 'orders written as tags',
      subject: upgrade,
      facts: await to(`exports.description = 'Adds two numbers.${tags}'`),
      observations: [
        observation([
          seen('tag characters, which nobody sees', `exports.description = 'Adds two numbers.${tags}'`, 1, 41),
        ]),
      ],
    },
    {
      name: 'data written as variation selectors',
      subject: upgrade,
      facts: await to(`const data = '${bytes}'`),
      observations: [observation([seen('variation selectors that carry data', `const data = '${bytes}'`, 1, 15)])],
    },
    {
      name: 'data written as characters without width',
      subject: added,
      facts: { package: await of(`const data = '${bits}'`) },
      observations: [observation([seen('characters without width', `const data = '${bits}'`, 1, 15)])],
    },
    {
      name: 'a name that only looks like one that everybody uses',
      subject: upgrade,
      facts: await to(disguised),
      observations: [observation([seen('a name with letters of another script', disguised, 1, 7)])],
    },
    {
      name: 'one more beside what the version before held',
      subject: upgrade,
      facts: { package: await of(disguised, 'const w\u0456ndow = {}'), previousPackage: await of(disguised) },
      observations: [observation([seen('a name with letters of another script', 'const w\u0456ndow = {}', 2, 7)])],
    },
    {
      name: 'a test that nothing leads to, as something to know',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage({ 'index.js': plain, 'test/bidi.js': reversed }),
        previousPackage: clean,
      },
      observations: [
        observation([seen('text that runs the other way', reversed, 1, 19, 'test/bidi.js')], { severity: 'low' }),
      ],
    },
  ],
})
