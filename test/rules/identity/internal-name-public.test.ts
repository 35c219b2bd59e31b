import { foreign } from '../../../src/foreign.js'
import { internalNamePublic } from '../../../src/rules/identity/internal-name-public.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { theExpectations } from '../../builders/expectations.js'
import { registryTarball } from '../../builders/lockfile.js'
import { theOwnNames } from '../../builders/own-names.js'
import { testRule } from '../../rule-tester.js'

const name = '@acme/core'
const key = `node_modules/${name}`
const own = (version: string) => `https://npm.acme.example/@acme/core/-/core-${version}.tgz`
const ownNames = theOwnNames(['@acme'], ['acme-*'])
const mapped = { ownNames, expectations: theExpectations({ scopeHosts: { '@acme': 'npm.acme.example' } }) }
const unmapped = { ownNames, expectations: theExpectations() }
const atHome = aDependencyChange({ name, before: { resolved: own('1.0.0') }, after: { resolved: own('1.0.1') } })
const published = (...versions: string[]) => ({ state: 'published', versions }) as const

testRule(internalNamePublic, {
  clear: [
    {
      name: 'an internal package from its own registry, of which nothing is public',
      subject: atHome,
      facts: { ...mapped, namesake: { state: 'absent' } },
    },
    {
      name: 'one whose public namesake is lower',
      subject: atHome,
      facts: { ...mapped, namesake: published('0.9.0', '1.0.1-rc.1') },
    },
    { name: 'one whose name the registry holds', subject: atHome, facts: { ...mapped, namesake: { state: 'held' } } },
    { name: 'a public package', subject: aDependencyChange({ before: null }), facts: unmapped },
    {
      name: 'an internal name that base locked to the public registry already',
      subject: aDependencyChange({ name }),
      facts: unmapped,
    },
    {
      name: 'an internal name from git',
      subject: aDependencyChange({ name, after: { source: 'git', resolved: 'git+ssh://git@git.example/a.git' } }),
      facts: unmapped,
    },
    {
      name: 'an internal name that is locked without an address and mapped to its own registry',
      subject: aDependencyChange({ name, before: null, after: { resolved: undefined } }),
      facts: mapped,
    },
    { name: 'a removed one', subject: aDependencyChange({ name, after: null }), facts: unmapped },
  ],
  flagged: [
    {
      name: 'an internal package that moves to the public registry, with what is there',
      subject: aDependencyChange({ name, before: { resolved: own('1.0.0') }, after: { version: '99.0.0' } }),
      facts: { ...mapped, namesake: published('99.0.0', '99.0.1', '100.0.0-rc.1', 'x') },
      observations: [
        {
          message: 'is a name of your own, and is locked to the public registry, where anybody can publish',
          evidence: [
            { label: 'resolved', value: foreign(registryTarball(name, '99.0.0')) },
            { label: 'highest public version', value: foreign('100.0.0-rc.1') },
          ],
          anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key, field: 'resolved' }],
        },
      ],
    },
    {
      name: 'a new internal name without a scope from the public registry',
      subject: aDependencyChange({ name: 'acme-utils', before: null }),
      facts: unmapped,
      observations: [
        {
          message: 'is a name of your own, and is locked to the public registry, where anybody can publish',
          evidence: [{ label: 'resolved', value: foreign(registryTarball('acme-utils', '1.0.1')) }],
          anchors: [
            { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/acme-utils', field: 'resolved' },
          ],
        },
      ],
    },
    {
      name: 'a new internal name without an address, which no setting maps',
      subject: aDependencyChange({ name, before: null, after: { resolved: undefined } }),
      facts: unmapped,
      observations: [
        {
          message: 'is a name of your own, and is locked to the public registry, where anybody can publish',
          evidence: [],
          anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key }],
        },
      ],
    },
    {
      name: 'an internal package at home of which a higher version is public',
      subject: atHome,
      facts: { ...mapped, namesake: published('1.0.0', '99.0.0') },
      observations: [
        {
          message:
            'is a name of your own that also exists in the public registry, with a higher version than the locked one',
          evidence: [{ label: 'highest public version', value: foreign('99.0.0') }],
          anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key, field: 'version' }],
        },
      ],
    },
  ],
})
