import { foreign } from '../../../src/foreign.js'
import { dependencyPhantom } from '../../../src/rules/code/dependency-phantom.js'
import type { Observation } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const scoped = aDependencyChange({ name: '@left/pad' })
const plain = { 'index.js': "module.exports = require('pad-core')\n" }

/** A package that declares pad-core, which it loads, and these besides. */
const declaring = (
  dependencies: Readonly<Record<string, string>>,
  files: Parameters<typeof anAnalysedPackage>[0] = {},
  manifest: object = {},
) => anAnalysedPackage({ ...plain, ...files }, { dependencies: { 'pad-core': '^1.0.0', ...dependencies }, ...manifest })

const clean = await declaring({})
const phantom = { 'plain-pad': '^4.2.1' }
const to = async (...now: Parameters<typeof declaring>) => ({
  package: await declaring(...now),
  previousPackage: clean,
})

const observation = (
  dependencies: readonly string[],
  rest: Partial<Observation> = {},
  name = 'left-pad',
): Observation => ({
  message: 'adds a dependency that none of its files loads',
  evidence: dependencies.map((dependency) => ({
    label: 'dependency',
    value: foreign(dependency),
    file: 'package.json',
  })),
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: `node_modules/${name}`, field: 'version' }],
  ...rest,
})
const asDoubt: Partial<Observation> = { severity: 'medium', confidence: 'low' }

testRule(dependencyPhantom, {
  clear: [
    { name: 'no new dependency', subject: upgrade, facts: { package: clean, previousPackage: clean } },
    {
      name: 'a new one that a file loads',
      subject: upgrade,
      facts: await to(phantom, { 'lib/a.mjs': "export * from 'plain-pad/all.js'\n" }),
    },
    {
      name: 'a new one that only a file loads which nothing leads to',
      subject: upgrade,
      facts: await to(phantom, { 'extra/a.js': "const at = require.resolve('plain-pad')\n" }),
    },
    {
      name: 'a new one whose types are named',
      subject: upgrade,
      facts: await to(phantom, { 'index.d.ts': "import type { Pad } from 'plain-pad'\n" }),
    },
    {
      name: 'a new tool that settings or a script name',
      subject: upgrade,
      facts: await to(phantom, {}, { scripts: { start: 'plain-pad serve' } }),
    },
    { name: 'a tool that everybody knows by its command', subject: upgrade, facts: await to({ typescript: '^5.0.0' }) },
    { name: 'types', subject: upgrade, facts: await to({ '@types/plain-pad': '^1.0.0' }) },
    {
      name: 'what is a peer as well',
      subject: upgrade,
      facts: await to(phantom, {}, { peerDependencies: { 'plain-pad': '*' } }),
    },
    {
      name: 'packages for platforms of its own name or scope',
      subject: scoped,
      facts: await to(
        {},
        {},
        {
          optionalDependencies: {
            '@left/pad-linux-x64-gnu': '1.3.0',
            '@left/binding-wasm32-wasi': '1.3.0',
            'pad-darwin-arm64': '1.3.0',
          },
        },
      ),
    },
    {
      name: 'what it brings along in its own tarball',
      subject: upgrade,
      facts: await to(phantom, { 'node_modules/plain-pad/package.json': '{}' }, { bundleDependencies: ['plain-pad'] }),
    },
    {
      name: 'a list of packages without code',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage({ 'README.md': '# all of it\n' }, { dependencies: phantom }),
        previousPackage: await anAnalysedPackage({ 'README.md': '# all\n' }),
      },
    },
    {
      name: 'one that nothing loads and that the version before had, also as an optional one or a peer',
      subject: upgrade,
      facts: {
        package: await declaring({ a: '2', b: '2', c: '2' }),
        previousPackage: await declaring(
          { a: '1' },
          {},
          { optionalDependencies: { b: '1' }, peerDependencies: { c: '1' } },
        ),
      },
    },
    { name: 'an added package', subject: aDependencyChange({ before: null }) },
  ],
  flagged: [
    {
      name: 'one line in a manifest, and nothing else',
      subject: upgrade,
      facts: await to(phantom),
      observations: [observation(['plain-pad@^4.2.1'])],
    },
    {
      name: 'one that only documents, comments and lists name',
      subject: upgrade,
      facts: await to(
        phantom,
        { 'README.md': "`require('plain-pad')`\n", 'lib/b.js': '// uses plain-pad\n' },
        { keywords: ['plain-pad'] },
      ),
      observations: [observation(['plain-pad@^4.2.1'])],
    },
    {
      name: 'an optional one, and one that was only for development before',
      subject: upgrade,
      facts: {
        package: await declaring({ 'plain-pad': '1.0.0' }, {}, { optionalDependencies: { '@left/setup': '*' } }),
        previousPackage: await declaring({}, {}, { devDependencies: { 'plain-pad': '1.0.0' } }),
      },
      observations: [observation(['plain-pad@1.0.0', '@left/setup@*'])],
    },
    {
      name: 'a package for a platform under a name that is not its own',
      subject: upgrade,
      facts: await to({}, {}, { optionalDependencies: { 'core-linux-x64': '1.0.0' } }),
      observations: [observation(['core-linux-x64@1.0.0'])],
    },
    {
      name: 'a package for a platform that comes from elsewhere',
      subject: upgrade,
      facts: await to({}, {}, { optionalDependencies: { 'left-pad-linux-x64': 'https://a.example/x.tgz' } }),
      observations: [observation(['left-pad-linux-x64@https://a.example/x.tgz'])],
    },
    {
      name: 'another package under the name of a tool',
      subject: upgrade,
      facts: await to({ typescript: 'npm:plain-pad@1' }),
      observations: [observation(['typescript@npm:plain-pad@1'])],
    },
    {
      name: 'a required package for a platform',
      subject: upgrade,
      facts: await to({ 'left-pad-linux-x64': '1.0.0' }),
      observations: [observation(['left-pad-linux-x64@1.0.0'])],
    },
    {
      name: 'one that it says to bring along and does not',
      subject: upgrade,
      facts: await to(phantom, {}, { bundleDependencies: ['plain-pad'] }),
      observations: [observation(['plain-pad@^4.2.1'])],
    },
    {
      name: 'one more in a package whose dependencies nothing loads anyway, as a doubt',
      subject: upgrade,
      facts: {
        package: await declaring({ a: '1', b: '1', ...phantom }),
        previousPackage: await declaring({ a: '1', b: '1' }),
      },
      observations: [observation(['plain-pad@^4.2.1'], asDoubt)],
    },
    {
      name: 'one of the same scope, as a doubt',
      subject: scoped,
      facts: await to({ '@left/counter': '^1.0.0' }),
      observations: [observation(['@left/counter@^1.0.0'], asDoubt, '@left/pad')],
    },
    {
      name: 'one of a scope that it was built on before, as a doubt',
      subject: upgrade,
      facts: {
        package: await declaring({ '@right/core': '1', '@right/text': '^4.2.0' }),
        previousPackage: await declaring({ '@right/core': '1' }),
      },
      observations: [observation(['@right/text@^4.2.0'], asDoubt)],
    },
    {
      name: 'one of a scope of which it loads another, as a doubt',
      subject: upgrade,
      facts: await to({ '@right/core': '1', '@right/text': '^4.2.0' }, { 'index.js': "require('@right/core')" }),
      observations: [observation(['@right/text@^4.2.0'], asDoubt)],
    },
    {
      name: 'one that is called as of the same scope and comes from elsewhere',
      subject: scoped,
      facts: await to({ '@left/setup': 'github:left/pad#0123456' }),
      observations: [observation(['@left/setup@github:left/pad#0123456'], {}, '@left/pad')],
    },
    {
      name: 'one of a scope that only the tarball claims',
      subject: upgrade,
      facts: await to({ '@left/counter': '^1.0.0' }, {}, { name: '@left/pad' }),
      observations: [observation(['@left/counter@^1.0.0'])],
    },
    {
      name: 'one of the same scope beside another',
      subject: scoped,
      facts: await to({ '@left/counter': '^1.0.0', ...phantom }),
      observations: [observation(['@left/counter@^1.0.0', 'plain-pad@^4.2.1'], {}, '@left/pad')],
    },
  ],
})
