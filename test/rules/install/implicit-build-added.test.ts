import { foreign } from '../../../src/foreign.js'
import type { PackageFacts } from '../../../src/package/package-facts.js'
import { implicitBuildAdded } from '../../../src/rules/install/implicit-build-added.js'
import type { Observation } from '../../../src/rules/rule.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aBindingGyp, aPackage } from '../../builders/package-facts.js'
import { testRule } from '../../rule-tester.js'

const withGyp = (
  overrides: Parameters<typeof aBindingGyp>[0] = {},
  manifest: PackageFacts['manifest']['scripts'] = {},
) => aPackage({ bindingGyp: aBindingGyp(overrides), manifest: { scripts: manifest } })
const upgrade = aDependencyChange()
const added = aDependencyChange({ before: null })

const lookup = `<!(node -p "require('node-addon-api').include")`
const older = `<!(node -e "require('nan')")`
const own = '<!(node index.js > /dev/null 2>&1 && echo stub.c)'

const observation = (message: string, commands: readonly string[], more: Partial<Observation> = {}): Observation => ({
  message,
  evidence: [
    ...commands.map((command) => ({ label: 'command', value: foreign(command), file: 'binding.gyp' })),
    { label: 'source', value: foreign('src/addon.cc'), file: 'binding.gyp' },
  ],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }],
  ...more,
})

const runs = 'has a binding.gyp that runs commands of its own on install'
const nothing = 'has a binding.gyp that runs on install and no native sources to build'
const unreadable = 'has a binding.gyp that runs on install and could not be read'
const doubtful = { severity: 'low', confidence: 'low' } as const
const expected = { severity: 'medium', confidence: 'medium' } as const

testRule(implicitBuildAdded, {
  clear: [
    { name: 'no binding.gyp', subject: upgrade, facts: { package: aPackage(), previousPackage: aPackage() } },
    { name: 'a new package without one', subject: added, facts: { package: aPackage() } },
    {
      name: 'one that was there before unchanged',
      subject: upgrade,
      facts: { package: withGyp({ commands: [own] }), previousPackage: withGyp({ commands: [own] }) },
    },
    {
      name: 'one with further sources',
      subject: upgrade,
      facts: { package: withGyp({ sha256: 'b', sources: ['a.cc', 'b.cc'] }), previousPackage: withGyp() },
    },
    {
      name: 'one that lost a command',
      subject: upgrade,
      facts: { package: withGyp({ sha256: 'b' }), previousPackage: withGyp({ commands: [own] }) },
    },
    {
      name: 'one that had no native sources before either',
      subject: upgrade,
      facts: {
        package: withGyp({ sha256: 'b', hasNativeSources: false }),
        previousPackage: withGyp({ hasNativeSources: false }),
      },
    },
    {
      name: 'one that was taken out',
      subject: upgrade,
      facts: { package: aPackage(), previousPackage: withGyp() },
    },
    {
      name: 'one that could not be read before either',
      subject: upgrade,
      facts: { package: withGyp({ sha256: 'b', parsed: false }), previousPackage: withGyp({ parsed: false }) },
    },
    { name: 'other bytes under one version', subject: aDependencyChange({ kind: 'replaced' }) },
  ],
  flagged: [
    {
      name: 'an upgrade that brings one',
      subject: upgrade,
      facts: { package: withGyp(), previousPackage: aPackage() },
      observations: [observation('has a binding.gyp that the version before did not have', [])],
    },
    {
      name: 'an upgrade whose previous version is unknown, which is judged as it stands',
      subject: upgrade,
      facts: { package: withGyp({ commands: [lookup] }) },
      observations: [observation('has a binding.gyp that the version before did not have', [lookup])],
    },
    {
      name: 'a command and nothing to build',
      subject: upgrade,
      facts: { package: withGyp({ commands: [own], hasNativeSources: false }), previousPackage: aPackage() },
      observations: [observation(nothing, [own])],
    },
    {
      name: 'a new package with nothing to build',
      subject: added,
      facts: { package: withGyp({ hasNativeSources: false }) },
      observations: [observation(nothing, [])],
    },
    {
      name: 'one that could not be read',
      subject: added,
      facts: { package: withGyp({ parsed: false }) },
      observations: [observation(unreadable, [])],
    },
    {
      name: 'a new package whose build runs commands and that has no script of its own',
      subject: added,
      facts: { package: withGyp({ commands: [own] }) },
      observations: [observation(runs, [own])],
    },
    {
      name: 'a new package with an install script of its own that can build it',
      subject: added,
      facts: { package: withGyp({ commands: [own] }, { install: 'node-gyp-build' }) },
      observations: [observation('is compiled on install', [own], expected)],
    },
    {
      name: 'a new native package that only looks up headers',
      subject: added,
      facts: { package: withGyp({ commands: [lookup] }) },
      observations: [observation('is compiled on install', [lookup], expected)],
    },
    {
      name: 'a new command in a known build',
      subject: upgrade,
      facts: {
        package: withGyp({ sha256: 'b', commands: [lookup, own] }),
        previousPackage: withGyp({ commands: [lookup] }),
      },
      observations: [observation(runs, [own])],
    },
    {
      name: 'a lookup of other headers in a known build',
      subject: upgrade,
      facts: { package: withGyp({ sha256: 'b', commands: [lookup] }), previousPackage: withGyp({ commands: [older] }) },
      observations: [observation('has a binding.gyp that looks up other headers than before', [lookup], doubtful)],
    },
    {
      name: 'a lookup with something appended',
      subject: upgrade,
      facts: {
        package: withGyp({ commands: [`<!(node -p "require('nan')" && node x.js)`] }),
        previousPackage: withGyp(),
      },
      observations: [observation(runs, [`<!(node -p "require('nan')" && node x.js)`])],
    },
    {
      name: 'native sources that are gone while the build stays',
      subject: upgrade,
      facts: { package: withGyp({ hasNativeSources: false }), previousPackage: withGyp() },
      observations: [observation(nothing, [])],
    },
    {
      name: 'a build that could be read before',
      subject: upgrade,
      facts: { package: withGyp({ parsed: false }), previousPackage: withGyp() },
      observations: [observation(unreadable, [])],
    },
  ],
})
