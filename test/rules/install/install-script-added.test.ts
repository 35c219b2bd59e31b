import { foreign } from '../../../src/foreign.js'
import { installScriptAdded } from '../../../src/rules/install/install-script-added.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aBindingGyp, anInstallScript, aPackage } from '../../builders/package-facts.js'
import { testRule } from '../../rule-tester.js'

const withScripts = (...installScripts: ReturnType<typeof anInstallScript>[]) => aPackage({ installScripts })
const none = aPackage()
const upgrade = aDependencyChange()
const fromGit = { source: 'git', resolved: 'git+ssh://git@forge.example/a/b.git#c' } as const

const observation = (hook: string, command: string, field: 'version' | 'entry' = 'version') => ({
  message: `runs a new ${hook} script on install`,
  evidence: [{ label: hook, value: foreign(command), file: 'package.json' }],
  anchors: [
    {
      kind: 'entry',
      lockfile: 'package-lock.json',
      key: 'node_modules/left-pad',
      ...(field === 'version' && { field }),
    },
  ] as const,
})

testRule(installScriptAdded, {
  clear: [
    { name: 'no scripts before or now', subject: upgrade, facts: { package: none, previousPackage: none } },
    {
      name: 'a script of the same hook with another command',
      subject: upgrade,
      facts: {
        package: withScripts(anInstallScript('postinstall', 'node new.js')),
        previousPackage: withScripts(anInstallScript('postinstall', 'node old.js')),
      },
    },
    {
      name: 'a prepare script of a package from the registry, which npm does not run',
      subject: upgrade,
      facts: { package: withScripts(anInstallScript('prepare', 'husky')), previousPackage: none },
    },
    {
      name: 'a hook without a command',
      subject: upgrade,
      facts: { package: withScripts(anInstallScript('install', ' ')), previousPackage: none },
    },
    {
      name: 'a hook that was taken out',
      subject: upgrade,
      facts: { package: none, previousPackage: withScripts(anInstallScript('install', 'node x.js')) },
    },
    {
      name: "an install script in place of npm's own build for a binding.gyp (node-pty 1.1.0)",
      subject: upgrade,
      facts: {
        package: withScripts(anInstallScript('install', 'node scripts/prebuild.js || node-gyp rebuild')),
        previousPackage: aPackage({ bindingGyp: aBindingGyp() }),
      },
    },
    { name: 'a new package', subject: aDependencyChange({ before: null }) },
  ],
  flagged: [
    {
      name: "a preinstall script before npm's own build for a binding.gyp",
      subject: upgrade,
      facts: {
        package: withScripts(anInstallScript('preinstall', 'node x.js')),
        previousPackage: aPackage({ bindingGyp: aBindingGyp() }),
      },
      observations: [observation('preinstall', 'node x.js')],
    },
    {
      name: 'an install script where a binding.gyp was not built on install',
      subject: upgrade,
      facts: {
        package: withScripts(anInstallScript('install', 'node x.js')),
        previousPackage: aPackage({ bindingGyp: aBindingGyp(), manifest: { gypfile: false } }),
      },
      observations: [observation('install', 'node x.js')],
    },
    {
      name: 'a hook where there was none',
      subject: upgrade,
      facts: { package: withScripts(anInstallScript('preinstall', 'node setup.js')), previousPackage: none },
      observations: [observation('preinstall', 'node setup.js')],
    },
    {
      name: 'a second hook beside a known one',
      subject: upgrade,
      facts: {
        package: withScripts(
          anInstallScript('install', 'node-gyp rebuild'),
          anInstallScript('postinstall', 'node x.js'),
        ),
        previousPackage: withScripts(anInstallScript('install', 'node-gyp rebuild')),
      },
      observations: [observation('postinstall', 'node x.js')],
    },
    {
      name: 'two hooks at once',
      subject: upgrade,
      facts: {
        package: withScripts(anInstallScript('preinstall', 'node a.js'), anInstallScript('postinstall', 'node b.js')),
        previousPackage: none,
      },
      observations: [
        {
          ...observation('preinstall', 'node a.js'),
          message: 'runs new preinstall and postinstall scripts on install',
          evidence: [
            { label: 'preinstall', value: foreign('node a.js'), file: 'package.json' },
            { label: 'postinstall', value: foreign('node b.js'), file: 'package.json' },
          ],
        },
      ],
    },
    {
      name: 'a hook in an older version',
      subject: aDependencyChange({ before: { version: '2.0.0' }, after: { version: '1.0.0' } }),
      facts: { package: withScripts(anInstallScript('install', 'node x.js')), previousPackage: none },
      observations: [observation('install', 'node x.js')],
    },
    {
      name: 'a prepare script of a package from git, which npm builds with it',
      subject: aDependencyChange({ kind: 'upgraded', before: fromGit, after: fromGit }),
      facts: { package: withScripts(anInstallScript('prepare', 'node x.js')), previousPackage: none },
      observations: [observation('prepare', 'node x.js')],
    },
    {
      name: 'a command in place of an empty one',
      subject: upgrade,
      facts: {
        package: withScripts(anInstallScript('install', 'node y.js')),
        previousPackage: withScripts(anInstallScript('install', '')),
      },
      observations: [observation('install', 'node y.js')],
    },
  ],
})
