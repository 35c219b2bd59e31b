import { foreign } from '../../../src/foreign.js'
import { installScriptPresent } from '../../../src/rules/install/install-script-present.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { anInstallScript, aPackage } from '../../builders/package-facts.js'
import { testRule } from '../../rule-tester.js'

const withScripts = (...installScripts: ReturnType<typeof anInstallScript>[]) => aPackage({ installScripts })
const unlisted = { build: false, release: false }
const added = aDependencyChange({ before: null })

const observation = (hook: string, command: string, what = `a ${hook} script`) => ({
  message: `is new here and runs ${what} on install`,
  evidence: [{ label: hook, value: foreign(command), file: 'package.json' }],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
})

testRule(installScriptPresent, {
  clear: [
    { name: 'a new package without scripts', subject: added, facts: { tools: unlisted, package: aPackage() } },
    {
      name: 'a new package from the registry with a prepare script',
      subject: added,
      facts: { tools: unlisted, package: withScripts(anInstallScript('prepare', 'tsc')) },
    },
    {
      name: 'a build tool that the policy allows',
      subject: added,
      facts: {
        tools: { build: true, release: false },
        package: withScripts(anInstallScript('postinstall', 'node install.js')),
      },
    },
    {
      name: 'an upgrade, whose scripts are compared instead',
      subject: aDependencyChange(),
      facts: { tools: unlisted, package: withScripts(anInstallScript('install', 'node x.js')) },
    },
  ],
  flagged: [
    {
      name: 'a new package with a postinstall script',
      subject: added,
      facts: { tools: unlisted, package: withScripts(anInstallScript('postinstall', 'node install.js')) },
      observations: [observation('postinstall', 'node install.js')],
    },
    {
      name: 'a new package that compiles itself',
      subject: added,
      facts: { tools: unlisted, package: withScripts(anInstallScript('install', 'node-gyp rebuild')) },
      observations: [observation('install', 'node-gyp rebuild', 'an install script')],
    },
    {
      name: 'a new tarball of the repository with a prepare script',
      subject: aDependencyChange({ before: null, after: { source: 'file', version: '1.0.1' } }),
      facts: { tools: unlisted, package: withScripts(anInstallScript('prepare', 'node build.js')) },
      observations: [observation('prepare', 'node build.js')],
    },
  ],
})
