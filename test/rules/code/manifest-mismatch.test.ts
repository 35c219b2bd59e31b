import { foreign } from '../../../src/foreign.js'
import type { Manifest, RegistryManifest } from '../../../src/registry/registry-facts.js'
import { manifestMismatch } from '../../../src/rules/code/manifest-mismatch.js'
import type { Observation } from '../../../src/rules/rule.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aManifest } from '../../builders/manifest.js'
import { aFile, aPackage } from '../../builders/package-facts.js'
import { testRule } from '../../rule-tester.js'

const subject = aDependencyChange()

/** What the registry shows, and what the tarball holds, each laid over one manifest. */
const facts = (
  registry: Partial<RegistryManifest>,
  tarball: Partial<Manifest>,
  files: readonly string[] = ['index.js'],
) => ({
  manifest: aManifest(registry),
  package: aPackage({ manifest: tarball, files: files.map((path) => aFile(path)) }),
})

const observation = (evidence: readonly [string, string][], more: Partial<Observation> = {}): Observation => ({
  message: 'holds another package.json than the registry shows',
  evidence: evidence.map(([label, value]) => ({ label, value: foreign(value), file: 'package.json' })),
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }],
  ...more,
})

const unused: Partial<Observation> = {
  message: 'holds another package.json than the registry shows, in parts that no install uses',
  severity: 'low',
  confidence: 'low',
}

/** As `parseManifest` gives it for what is no JSON. */
const { name: _name, version: _version, main: _main, ...unreadable } = aManifest({ malformed: ['package.json'] })

const nothing = (value: string): string => `${value} in the registry, nothing in the tarball`
const hidden = (name: string, value: string): string => `${name}: nothing in the registry, ${value} in the tarball`

testRule(manifestMismatch, {
  clear: [
    { name: 'the same manifest', subject, facts: facts({ version: '1.0.1' }, { version: '1.0.1' }) },
    {
      name: 'a name and a version that were cleaned',
      subject,
      facts: facts({}, { name: ' left-pad', version: 'v1.0.0+b' }),
    },
    {
      name: 'a main with ./ or none for index.js',
      subject,
      facts: facts({ main: 'index.js' }, { main: './index.js' }),
    },
    {
      name: 'the path of locally installed tools, which npm cuts off',
      subject,
      facts: facts({ scripts: { test: 'tap' } }, { scripts: { test: './node_modules/.bin/tap' } }),
    },
    {
      name: 'the install script that npm writes for a gyp file',
      subject,
      facts: facts({ scripts: { install: 'node-gyp rebuild' }, gypfile: true }, {}, ['binding.gyp', 'index.js']),
    },
    {
      name: 'the start script that npm writes for server.js',
      subject,
      facts: facts({ scripts: { start: 'node server.js' } }, {}, ['index.js', 'server.js']),
    },
    {
      name: 'commands with other spellings of their paths',
      subject,
      facts: facts({ bin: { pad: 'bin/pad.js' } }, { bin: { pad: './bin/pad.js' } }),
    },
    {
      name: 'commands that npm lists from a folder',
      subject,
      facts: facts({ bin: { a: 'bin/a', b: 'bin/b' } }, {}, ['bin/a', 'bin/b', 'index.js']),
    },
    {
      name: 'one repository in several spellings',
      subject,
      facts: facts(
        {
          dependencies: {
            dependencies: { a: 'github:o/a#v1', b: 'git+ssh://git@github.com/o/b.git', c: 'gitlab:o/c' },
          },
        },
        { dependencies: { dependencies: { a: 'o/a#v1', b: 'git@github.com:o/b.git', c: 'https://gitlab.com/o/c' } } },
      ),
    },
    {
      name: 'optional dependencies that an old npm lists twice',
      subject,
      facts: facts(
        { dependencies: { dependencies: { a: '1', b: '2' }, optionalDependencies: { b: '2' } } },
        { dependencies: { dependencies: { a: '1' }, optionalDependencies: { b: '2' } } },
      ),
    },
    {
      name: 'a bundled dependency that npm adds to the others',
      subject,
      facts: facts(
        { dependencies: { dependencies: { a: '*' }, bundleDependencies: { a: '*' } } },
        { dependencies: { bundleDependencies: { a: '*' } } },
      ),
    },
    {
      name: 'exports whose keys the registry keeps in another order',
      subject,
      facts: facts(
        { exports: '{"./a":{"default":"./a.js","types":"./a.d.ts"}}' },
        { exports: '{"./a":{"types":"./a.d.ts","default":"./a.js"}}' },
      ),
    },
    {
      name: 'fields that decide nothing',
      subject,
      facts: facts({ description: 'a', homepage: 'https://a.example' }, { keywords: ['b'] }),
    },
    { name: 'a package that is removed', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'an install script that the registry does not show',
      subject,
      facts: facts({}, { scripts: { preinstall: 'node x.js' } }),
      observations: [observation([['scripts', hidden('preinstall', 'node x.js')]])],
    },
    {
      name: 'another command of a hook',
      subject,
      facts: facts({ scripts: { install: 'node a.js' } }, { scripts: { install: 'node b.js' } }),
      observations: [observation([['scripts', 'install: node a.js in the registry, node b.js in the tarball']])],
    },
    {
      name: 'an install script as npm writes it where there is no gyp file',
      subject,
      facts: facts({ scripts: { install: 'node-gyp rebuild' } }, {}),
      observations: [observation([['scripts', `install: ${nothing('node-gyp rebuild')}`]], unused)],
    },
    {
      name: 'dependencies of every kind that differ',
      subject,
      facts: facts(
        { dependencies: { dependencies: { a: '^1.0.0' }, peerDependencies: { p: '1' } } },
        { dependencies: { dependencies: { a: '^2.0.0' }, optionalDependencies: { o: 'github:o/o' } } },
      ),
      observations: [
        observation([
          ['dependencies', 'a: ^1.0.0 in the registry, ^2.0.0 in the tarball'],
          ['optionalDependencies', hidden('o', 'github:o/o')],
          ['peerDependencies', `p: ${nothing('1')}`],
        ]),
      ],
    },
    {
      name: 'another name and version',
      subject,
      facts: facts({}, { name: 'right-pad', version: '1.0.2' }),
      observations: [
        observation([
          ['name', 'left-pad in the registry, right-pad in the tarball'],
          ['version', '1.0.0 in the registry, 1.0.2 in the tarball'],
        ]),
      ],
    },
    {
      name: 'another entry point and other exports',
      subject,
      facts: facts({}, { main: 'evil.js', exports: '"./evil.js"' }),
      observations: [
        observation([
          ['main', 'index.js in the registry, evil.js in the tarball'],
          ['exports', 'nothing in the registry, "./evil.js" in the tarball'],
        ]),
      ],
    },
    {
      name: 'a command that the registry does not show',
      subject,
      facts: facts({}, { bin: { npm: 'x.js' } }),
      observations: [observation([['bin', hidden('npm', 'x.js')]])],
    },
    {
      name: 'commands in the registry that no folder of the tarball explains',
      subject,
      facts: facts({ bin: { a: 'bin/a' } }, {}),
      observations: [observation([['bin', `a: ${nothing('bin/a')}`]])],
    },
    {
      name: 'another owner on the same forge',
      subject,
      facts: facts(
        { dependencies: { dependencies: { a: 'github:o/a' } } },
        { dependencies: { dependencies: { a: 'github:evil/a' } } },
      ),
      observations: [observation([['dependencies', 'a: github:o/a in the registry, github:evil/a in the tarball']])],
    },
    {
      name: 'a tarball without a readable package.json',
      subject,
      facts: {
        manifest: aManifest({}),
        package: { ...aPackage(), manifest: unreadable },
      },
      observations: [
        observation([
          ['name', nothing('left-pad')],
          ['version', nothing('1.0.0')],
        ]),
      ],
    },
    {
      name: 'development dependencies and scripts that a release tool strips',
      subject,
      facts: facts(
        { scripts: { postinstall: 'husky', test: 'jest' }, dependencies: { devDependencies: { jest: '1' } } },
        { scripts: {} },
      ),
      observations: [
        observation(
          [
            ['scripts', `postinstall: ${nothing('husky')}`],
            ['scripts', `test: ${nothing('jest')}`],
            ['devDependencies', `jest: ${nothing('1')}`],
          ],
          unused,
        ),
      ],
    },
    {
      name: 'keys that exist on every object',
      subject,
      facts: facts({}, { dependencies: { dependencies: { constructor: '1' } } }),
      observations: [observation([['dependencies', hidden('constructor', '1')]])],
    },
    {
      name: 'a hidden hook among parts that no install uses',
      subject: aDependencyChange({ before: null }),
      facts: facts({ scripts: { test: 'jest' } }, { scripts: { install: 'node x.js' } }),
      observations: [
        observation([
          ['scripts', `test: ${nothing('jest')}`],
          ['scripts', hidden('install', 'node x.js')],
        ]),
      ],
    },
  ],
})
