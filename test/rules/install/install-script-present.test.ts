import { foreign } from '../../../src/foreign.js'
import { installScriptPresent } from '../../../src/rules/install/install-script-present.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { anInstallScript, aPackage } from '../../builders/package-facts.js'
import { testRule } from '../../rule-tester.js'

const withScripts = (...installScripts: ReturnType<typeof anInstallScript>[]) => aPackage({ installScripts })
const added = aDependencyChange({ before: null })

const observation = (hook: string, command: string) => ({
  message: `is new here and runs a ${hook} script on install`,
  evidence: [{ label: hook, value: foreign(command), file: 'package.json' }],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
})

testRule(installScriptPresent, {
  clear: [
    { name: 'a new package without scripts', subject: added, facts: { package: aPackage() } },
    {
      name: 'a new package from the registry with a prepare script',
      subject: added,
      facts: { package: withScripts(anInstallScript('prepare', 'tsc')) },
    },
    {
      name: 'an upgrade, whose scripts are compared instead',
      subject: aDependencyChange(),
      facts: { package: withScripts(anInstallScript('install', 'node x.js')) },
    },
  ],
  flagged: [
    {
      name: 'a new package with a postinstall script',
      subject: added,
      facts: { package: withScripts(anInstallScript('postinstall', 'node install.js')) },
      observations: [observation('postinstall', 'node install.js')],
    },
    {
      name: 'a new package that compiles itself',
      subject: added,
      facts: { package: withScripts(anInstallScript('install', 'node-gyp rebuild')) },
      observations: [observation('install', 'node-gyp rebuild')],
    },
    {
      name: 'a new tarball of the repository with a prepare script',
      subject: aDependencyChange({ before: null, after: { source: 'file', version: '1.0.1' } }),
      facts: { package: withScripts(anInstallScript('prepare', 'node build.js')) },
      observations: [observation('prepare', 'node build.js')],
    },
  ],
})
