import { foreign } from '../../../src/foreign.js'
import { installPolicyWeakened } from '../../../src/rules/posture/install-policy-weakened.js'
import type { Observation } from '../../../src/rules/rule.js'
import { theOwnNames } from '../../builders/own-names.js'
import { aPostureChange, type Files } from '../../builders/posture.js'
import { testRule } from '../../rule-tester.js'

const facts = { ownNames: theOwnNames(['@acme']) }
const change = (before: Files, after: Files) => aPostureChange({ before, after })
const file = (name: string, before: string, after: string) => change({ [name]: before }, { [name]: after })

const anyRelease = 'whoever publishes a bad version gains the days that it usually takes to be found'
const anyScript = 'whoever publishes such a package runs code on every machine that installs it'
const anyBytes =
  'whoever stands between the registry and the machine can put other bytes in the place of the locked ones'
const anySource = 'packages can come from places where no registry has recorded or scanned them'
const builds =
  'loosens which packages may run install scripts: whoever publishes them runs code on every machine that installs them'
const age = `loosens the age that a release must have: ${anyRelease}`

const nothingToDo = 'Nothing needs to be done: this is told so that a stricter install surprises nobody.'

type Place = readonly [file: string, line?: number]
const seen = (
  message: string,
  evidence: Readonly<Record<string, string>>,
  places: readonly Place[],
  severity?: Observation['severity'],
): Observation => {
  const [first = { kind: 'file', file: '' } as const, ...others] = places.map(([name, line]) =>
    line === undefined ? ({ kind: 'file', file: name } as const) : ({ kind: 'line', file: name, line } as const),
  )
  return {
    message,
    evidence: Object.entries(evidence).map(([label, value]) => ({ label, value: foreign(value) })),
    anchors: [first, ...others],
    ...(severity && { severity }),
  }
}

const tightened = (
  name: string,
  evidence: Readonly<Record<string, string>>,
  places: readonly Place[],
): Observation => ({
  ...seen(`tightens ${name}`, evidence, places, 'low'),
  fix: nothingToDo,
})

testRule(installPolicyWeakened, {
  clear: [
    {
      name: 'the same settings in another order and with comments',
      subject: file('.npmrc', 'ignore-scripts=true\naudit=true', '# x\naudit=true\nignore-scripts = true'),
      facts,
    },
    {
      name: 'a setting that moves from one file of pnpm to another',
      subject: change({ '.npmrc': 'minimum-release-age=1440' }, { 'pnpm-workspace.yaml': 'minimumReleaseAge: 1440' }),
      facts,
    },
    {
      name: 'an approval that moves on with its package',
      subject: file(
        'pnpm-workspace.yaml',
        'onlyBuiltDependencies: [esbuild@0.25.0]',
        'onlyBuiltDependencies: [esbuild@0.25.1]',
      ),
      facts,
    },
    {
      name: 'a package that may not be built',
      subject: file('pnpm-workspace.yaml', '{}', 'allowBuilds: { core-js: false }'),
      facts,
    },
    {
      name: 'the next release of Yarn',
      subject: file(
        '.yarnrc.yml',
        'yarnPath: .yarn/releases/yarn-4.1.0.cjs',
        'yarnPath: .yarn/releases/yarn-4.2.0.cjs',
      ),
      facts,
    },
    {
      name: 'an override with a newer version',
      subject: file(
        'package.json',
        '{ "overrides": { "a": "1.0.0" } }',
        '{ "overrides": { "a": "1.0.1", "b": { "c": "^2" } } }',
      ),
      facts,
    },
    {
      name: 'a registry on the machine itself',
      subject: file('.npmrc', '', 'registry=http://localhost:4873/'),
      facts,
    },
    {
      name: 'in an audit, that npm writes no lockfile, of which another rule tells',
      subject: aPostureChange({ after: { '.npmrc': 'package-lock=false' } }),
      facts,
    },
    {
      name: 'another public host',
      subject: file('.yarnrc.yml', 'npmRegistryServer: https://registry.yarnpkg.com', '{}'),
      facts,
    },
    {
      name: 'settings that say nothing of installs',
      subject: file('.npmrc', '', 'save-exact=true\nloglevel=verbose'),
      facts,
    },
    {
      name: 'a value that only a running npm knows, where base says nothing',
      subject: file('.npmrc', '', `strict-ssl=$\{SSL}`),
      facts,
    },
    {
      name: 'in an audit, what a list lets through and which registry is used',
      subject: aPostureChange({
        after: {
          '.npmrc': '@acme:registry=https://npm.acme.example/\nmin-release-age=7',
          'pnpm-workspace.yaml': 'onlyBuiltDependencies: [esbuild]\noverrides: { a: github:acme/a }',
        },
      }),
      facts,
    },
    { name: 'a repository whose files nobody looked at', subject: { kind: 'repository', policyErrors: [] }, facts },
  ],
  flagged: [
    {
      name: 'scripts that are let run again, in npm and Yarn',
      subject: change(
        { '.npmrc': 'ignore-scripts=true', 'a/.yarnrc.yml': 'enableScripts: false' },
        { '.npmrc': 'save-exact=true', 'a/.yarnrc.yml': 'enableScripts: true' },
      ),
      facts,
      observations: [
        seen(
          `loosens the switch that keeps install scripts from running: ${anyScript}`,
          { 'ignore-scripts, before': 'true' },
          [['.npmrc']],
        ),
        seen(`loosens the switch that keeps install scripts from running: ${anyScript}`, { enableScripts: 'true' }, [
          ['a/.yarnrc.yml', 1],
        ]),
      ],
    },
    ...['0', 'null', `$\{SCRIPTS}`].map((value) => ({
      name: `scripts that are let run again by ${value}, which npm takes for no or nobody knows`,
      subject: file('.npmrc', 'ignore-scripts=true', `ignore-scripts=${value}`),
      facts,
      observations: [
        seen(`loosens the switch that keeps install scripts from running: ${anyScript}`, { 'ignore-scripts': value }, [
          ['.npmrc', 1],
        ]),
      ],
    })),
    {
      name: 'a release age that is lowered, in every unit, and one that is raised',
      subject: change(
        {
          'a/.npmrc': 'min-release-age=7',
          'b/pnpm-workspace.yaml': 'minimumReleaseAge: 1440',
          'c/.yarnrc.yml': 'npmMinimalAgeGate: 3d',
          'd/bunfig.toml': '[install]\nminimumReleaseAge = 604800',
          'e/.npmrc': 'min-release-age=1',
        },
        {
          'a/.npmrc': 'min-release-age=2',
          'b/pnpm-workspace.yaml': 'minimumReleaseAge: 0',
          'c/.yarnrc.yml': 'npmMinimalAgeGate: 60',
          'd/bunfig.toml': '[install]\nminimumReleaseAge = 3600',
          'e/.npmrc': 'min-release-age=3',
        },
      ),
      facts,
      observations: [
        seen(age, { 'min-release-age': '2' }, [['a/.npmrc', 1]]),
        seen(age, { minimumReleaseAge: '0' }, [['b/pnpm-workspace.yaml', 1]]),
        seen(age, { npmMinimalAgeGate: '60' }, [['c/.yarnrc.yml', 1]]),
        seen(age, { 'install.minimumReleaseAge': '3600' }, [['d/bunfig.toml', 2]]),
        tightened('the age that a release must have', { 'min-release-age': '3' }, [['e/.npmrc', 1]]),
      ],
    },
    {
      name: 'packages that may run scripts: by name, by pattern, without the version that was named, and in each spelling',
      subject: change(
        { 'a/pnpm-workspace.yaml': 'onlyBuiltDependencies: [esbuild@0.25.0]', 'b/package.json': '{ "name": "x" }' },
        {
          'a/pnpm-workspace.yaml': 'onlyBuiltDependencies:\n  - esbuild\n',
          'b/package.json': '{\n"trustedDependencies": ["sharp"],\n"allowScripts": { "a": true, "b": false }\n}',
          'c/pnpm-workspace.yaml': 'allowBuilds:\n  "@acme/*": true\n',
        },
      ),
      facts,
      observations: [
        seen(builds, { onlyBuiltDependencies: 'esbuild' }, [['a/pnpm-workspace.yaml', 2]], 'medium'),
        seen(
          builds,
          { allowScripts: 'a', trustedDependencies: 'sharp' },
          [
            ['b/package.json', 3],
            ['b/package.json', 2],
          ],
          'medium',
        ),
        seen(builds, { allowBuilds: '@acme/*' }, [['c/pnpm-workspace.yaml', 2]]),
      ],
    },
    {
      name: 'trust, exotic sources, TLS, checksums, the lockfile and hardened mode',
      subject: change(
        { 'pnpm-workspace.yaml': 'trustPolicy: no-downgrade\nblockExoticSubdeps: true\n', '.yarnrc.yml': '{}' },
        {
          'pnpm-workspace.yaml': 'trustPolicy: off\nblockExoticSubdeps: false\n',
          '.npmrc': 'allow-git=all\nstrict-ssl=false\npackage-lock=false\n',
          '.yarnrc.yml':
            'checksumBehavior: update\nenableHardenedMode: false\nunsafeHttpWhitelist: [localhost, npm.acme.example]\n',
        },
      ),
      facts,
      observations: [
        seen(
          'loosens the trust that a release must keep: whoever steals a publishing token can publish without the provenance that earlier versions had',
          { trustPolicy: 'off' },
          [['pnpm-workspace.yaml', 1]],
        ),
        seen(
          `loosens the demand that dependencies of dependencies come from the registry: ${anySource}`,
          { blockExoticSubdeps: 'false' },
          [['pnpm-workspace.yaml', 2]],
        ),
        seen(`loosens where packages may come from besides the registry: ${anySource}`, { 'allow-git': 'all' }, [
          ['.npmrc', 1],
        ]),
        seen(`loosens the demand that the registry proves who it is: ${anyBytes}`, { 'strict-ssl': 'false' }, [
          ['.npmrc', 2],
        ]),
        seen(
          `loosens which hosts are asked without encryption, or without proof of who they are: ${anyBytes}`,
          { unsafeHttpWhitelist: 'npm.acme.example' },
          [['.yarnrc.yml', 3]],
          'medium',
        ),
        seen(
          'loosens the lockfile: every install takes whatever the registry has by then',
          { 'package-lock': 'false' },
          [['.npmrc', 3]],
        ),
        seen(
          `loosens the demand that archives are compared with their checksums: ${anyBytes}`,
          { checksumBehavior: 'update' },
          [['.yarnrc.yml', 1]],
        ),
        seen(
          'loosens the mode that compares the lockfile with the registry: whoever edits the lockfile in a pull request is not contradicted by the registry',
          { enableHardenedMode: 'false' },
          [['.yarnrc.yml', 2]],
          'medium',
        ),
      ],
    },
    {
      name: 'a plugin of Yarn that comes, and one that goes',
      subject: change(
        { 'a/.yarnrc.yml': '{}', 'b/.yarnrc.yml': 'plugins: [.yarn/plugins/b.cjs]' },
        {
          'a/.yarnrc.yml': 'plugins:\n  - path: .yarn/plugins/a.cjs\n    spec: "https://plugins.example/a.js"\n',
          'b/.yarnrc.yml': '{}',
        },
      ),
      facts,
      observations: [
        seen(
          'loosens which programs and plugins the package manager runs by itself: whoever can change that code decides what every install does',
          { plugins: 'https://plugins.example/a.js' },
          [['a/.yarnrc.yml', 2]],
        ),
        tightened(
          'which programs and plugins the package manager runs by itself',
          { 'plugins, before': '.yarn/plugins/b.cjs' },
          [['b/.yarnrc.yml']],
        ),
      ],
    },
    {
      name: "a scanner that is taken out, and pip's hashes",
      subject: change(
        {
          'bunfig.toml': '[install.security]\nscanner = "@acme/scanner"',
          'pip.conf': '[install]\nrequire-hashes = true',
        },
        { 'bunfig.toml': '', 'pip.conf': '[install]\nrequire-hashes = false' },
      ),
      facts,
      observations: [
        seen(
          'loosens the scanner that looks at packages before they are installed: what it would have stopped is installed',
          { 'install.security.scanner, before': '@acme/scanner' },
          [['bunfig.toml']],
        ),
        seen(
          `loosens the demand that Python packages are compared with hashes: ${anyBytes}`,
          { 'install.require-hashes, before': 'true' },
          [['pip.conf']],
        ),
      ],
    },
    {
      name: 'registries: another default, another for a scope, a new one, one of your own scope, and one without encryption',
      subject: change(
        { 'a/.npmrc': '@other:registry=https://one.example/', 'b/.npmrc': 'registry=https://npm.acme.example/' },
        {
          'a/.npmrc':
            'registry=https://mirror.example/\n@other:registry=https://two.example/\n@new:registry=https://new.example/\n@acme:registry=https://npm.acme.example/\n@plain:registry=http://plain.example/',
          'b/.npmrc': 'registry=https://registry.yarnpkg.com/',
        },
      ),
      facts,
      observations: [
        seen(
          'takes all packages from another registry: whoever runs it decides what is installed where no hash is locked',
          { registry: 'https://mirror.example/' },
          [['a/.npmrc', 1]],
          'high',
        ),
        seen(
          'takes the packages of a scope from another registry: whoever runs it decides what they are',
          { 'scope, before': 'https://one.example/', scope: '@other', registry: 'https://two.example/' },
          [['a/.npmrc', 2]],
          'high',
        ),
        seen(
          'sends a scope to a registry of its own: whoever runs it decides what its packages are',
          { scope: '@new', registry: 'https://new.example/' },
          [['a/.npmrc', 3]],
          'medium',
        ),
        {
          ...seen(
            'sends a scope of your own to a registry: this tightens what an install takes',
            { scope: '@acme', registry: 'https://npm.acme.example/' },
            [['a/.npmrc', 4]],
            'low',
          ),
          fix: nothingToDo,
        },
        seen(
          'asks a registry without encryption: whoever stands between can put other packages in the place of its own',
          { scope: '@plain', registry: 'http://plain.example/' },
          [['a/.npmrc', 5]],
          'high',
        ),
        seen(
          'takes all packages from the public registry instead of one of your own: whoever takes the names that only yours had is installed',
          { 'registry, before': 'https://npm.acme.example/', registry: 'https://registry.yarnpkg.com/' },
          [['b/.npmrc', 1]],
          'high',
        ),
      ],
    },
    {
      name: 'overrides that leave the registry or go back',
      subject: file(
        'package.json',
        '{\n"overrides": { "a": "^2.0.0" },\n"pnpm": { "overrides": { "b>c": "1.0.0" } }\n}',
        '{\n"overrides": { "a": "1.9.0",\n "x": { "y": "github:someone/y" } },\n"pnpm": { "overrides": { "b>c": "https://files.example/c.tgz" } }\n}',
      ),
      facts,
      observations: [
        seen(
          'overrides a dependency with an older version than it did: what was mended since then is open again',
          { 'override, before': 'a: ^2.0.0', override: 'a: 1.9.0' },
          [['package.json', 2]],
        ),
        {
          message:
            'overrides a dependency with one from outside the registry: whoever can write there decides what everybody else asked for',
          evidence: [
            { label: 'override', value: foreign('x>y: github:someone/y') },
            { label: 'override, before', value: foreign('b>c: 1.0.0') },
            { label: 'override', value: foreign('b>c: https://files.example/c.tgz') },
          ],
          anchors: [
            { kind: 'line', file: 'package.json', line: 3 },
            { kind: 'line', file: 'package.json', line: 4 },
          ],
        },
      ],
    },
    {
      name: 'a release age and a trust policy that come with exceptions, and an exception more later on',
      subject: change(
        { 'a/pnpm-workspace.yaml': '{}', 'b/pnpm-workspace.yaml': 'minimumReleaseAge: 1440' },
        {
          'a/pnpm-workspace.yaml': 'minimumReleaseAge: 1440\nminimumReleaseAgeExclude: ["@acme/*"]\n',
          'b/pnpm-workspace.yaml': 'minimumReleaseAge: 1440\nminimumReleaseAgeExclude: ["@acme/*"]\n',
          'c/pnpm-workspace.yaml': 'minimumReleaseAgeExclude: [wrangler]\n',
        },
      ),
      facts,
      observations: [
        tightened('the age that a release must have', { minimumReleaseAge: '1440' }, [['a/pnpm-workspace.yaml', 1]]),
        seen(
          'loosens which packages are taken however fresh they are: whoever publishes them gains the days that a bad version usually takes to be found',
          { minimumReleaseAgeExclude: '@acme/*' },
          [['b/pnpm-workspace.yaml', 2]],
        ),
        seen(
          'loosens which packages are taken however fresh they are: whoever publishes them gains the days that a bad version usually takes to be found',
          { minimumReleaseAgeExclude: 'wrangler' },
          [['c/pnpm-workspace.yaml', 1]],
          'medium',
        ),
      ],
    },
    {
      name: 'in an audit, what is set against the defaults',
      subject: aPostureChange({
        after: { '.yarnrc.yml': 'npmMinimalAgeGate: 0\nenableScripts: true\nnodeLinker: pnp\n' },
      }),
      facts,
      observations: [
        seen(`loosens the switch that keeps install scripts from running: ${anyScript}`, { enableScripts: 'true' }, [
          ['.yarnrc.yml', 2],
        ]),
        seen(age, { npmMinimalAgeGate: '0' }, [['.yarnrc.yml', 1]]),
      ],
    },
  ],
})
