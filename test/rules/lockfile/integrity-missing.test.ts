import { foreign } from '../../../src/foreign.js'
import { integrityMissing } from '../../../src/rules/lockfile/integrity-missing.js'
import type { Observation } from '../../../src/rules/rule.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { integrityOf, registryTarball } from '../../builders/lockfile.js'
import { testRule } from '../../rule-tester.js'

const none = { integrity: undefined }
const entry = { kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad' } as const
const resolvedOf = (version: string) => ({ label: 'resolved', value: foreign(registryTarball('left-pad', version)) })

const arrives = (evidence: Observation['evidence'], anchor: Observation['anchors'][0]): readonly Observation[] => [
  { message: 'arrives without a hash that its bytes could be checked against', evidence, anchors: [anchor] },
]
const lost = (evidence: Observation['evidence'], anchor: Observation['anchors'][0]): readonly Observation[] => [
  { message: 'lost the hash that its bytes were checked against', evidence, anchors: [anchor] },
]

testRule(integrityMissing, {
  clear: [
    { name: 'an added package with a hash', subject: aDependencyChange({ before: null }) },
    {
      name: 'an upgrade of a package that base locked without a hash too',
      subject: aDependencyChange({ before: none, after: none }),
    },
    {
      name: 'a git commit, which has no tarball to hash',
      subject: aDependencyChange({
        before: null,
        after: { source: 'git', resolved: 'git+ssh://git@github.com/a/b.git#c0ffee', version: '1.0.0' },
      }),
    },
    { name: 'a workspace', subject: aDependencyChange({ before: null, after: { source: 'workspace' } }) },
    { name: 'a link', subject: aDependencyChange({ before: null, after: { source: 'link', resolved: 'packages/a' } }) },
    {
      name: 'a folder of the repository',
      subject: aDependencyChange({ before: null, after: { source: 'file', resolved: 'file:vendor/a' } }),
    },
    {
      name: 'a package that comes inside another one’s tarball',
      subject: aDependencyChange({ before: null, after: none, bundled: true }),
    },
    {
      name: 'a package that an MCP configuration starts',
      subject: aDependencyChange({ before: null, after: none, manager: 'mcp', lockfile: '.mcp.json' }),
    },
    { name: 'a removed package', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'an added package without a hash',
      subject: aDependencyChange({ before: null, after: none }),
      observations: arrives([resolvedOf('1.0.1')], { ...entry, field: 'resolved' }),
    },
    {
      name: 'an added package with neither hash nor address',
      subject: aDependencyChange({ before: null, after: { ...none, resolved: undefined } }),
      observations: arrives([], entry),
    },
    {
      name: 'an upgrade that loses the hash',
      subject: aDependencyChange({ after: none }),
      observations: lost(
        [{ label: 'integrity before', value: foreign(integrityOf('left-pad@1.0.0')) }, resolvedOf('1.0.1')],
        { ...entry, field: 'resolved' },
      ),
    },
    {
      name: 'the same version that loses the hash',
      subject: aDependencyChange({
        before: { version: '1.0.0' },
        after: { version: '1.0.0', ...none },
        kind: 'replaced',
      }),
      observations: lost(
        [{ label: 'integrity before', value: foreign(integrityOf('left-pad@1.0.0')) }, resolvedOf('1.0.0')],
        { ...entry, field: 'resolved' },
      ),
    },
    {
      name: 'a hash of an algorithm that no installer knows, which checks nothing',
      subject: aDependencyChange({ before: null, after: { integrity: 'sha9-AAAA' } }),
      observations: arrives([{ label: 'unreadable integrity', value: foreign('sha9-AAAA') }, resolvedOf('1.0.1')], {
        ...entry,
        field: 'integrity',
      }),
    },
    {
      name: 'an algorithm without a hash',
      subject: aDependencyChange({ before: null, after: { integrity: 'sha512-' } }),
      observations: arrives([{ label: 'unreadable integrity', value: foreign('sha512-') }, resolvedOf('1.0.1')], {
        ...entry,
        field: 'integrity',
      }),
    },
    {
      name: 'a git source that becomes a tarball without a hash',
      subject: aDependencyChange({
        before: { source: 'git' },
        after: { version: '1.0.0', ...none },
        kind: 'resourced',
      }),
      observations: arrives([resolvedOf('1.0.0')], { ...entry, field: 'resolved' }),
    },
    {
      name: 'another host for a package that never had a hash',
      subject: aDependencyChange({
        kind: 'resourced',
        before: { version: '1.0.0', ...none },
        after: { version: '1.0.0', ...none, resolved: 'https://cdn.example/left-pad/-/left-pad-1.0.0.tgz' },
      }),
      observations: arrives(
        [{ label: 'resolved', value: foreign('https://cdn.example/left-pad/-/left-pad-1.0.0.tgz') }],
        { ...entry, field: 'resolved' },
      ),
    },
    {
      name: 'a tarball in the repository',
      subject: aDependencyChange({ before: null, after: { source: 'file', resolved: 'file:vendor/left-pad.tgz' } }),
      observations: arrives([{ label: 'resolved', value: foreign('file:vendor/left-pad.tgz') }], {
        ...entry,
        field: 'resolved',
      }),
    },
  ],
})
