import { foreign } from '../../../src/foreign.js'
import { integrityMissing } from '../../../src/rules/lockfile/integrity-missing.js'
import type { Observation } from '../../../src/rules/rule.js'
import { aDependencyChange, type LockedOverrides } from '../../builders/dependency-change.js'
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

/** As later Yarn locks a package: by a checksum of its own, or for some reason by none. */
const berry = (overrides: LockedOverrides) => ({
  ...none,
  resolved: undefined,
  key: 'left-pad@npm:^1.0.0',
  ...overrides,
})
const inBerry = { manager: 'yarn-berry', lockfile: 'yarn.lock' } as const
const berryEntry = { kind: 'entry', lockfile: 'yarn.lock', key: 'left-pad@npm:^1.0.0' } as const

testRule(integrityMissing, {
  clear: [
    { name: 'an added package with a hash', subject: aDependencyChange({ before: null }) },
    {
      name: 'an upgrade of a package that base locked without a hash too',
      subject: aDependencyChange({ before: none, after: none }),
    },
    {
      name: 'a forge’s archive of a whole commit, by which Yarn 1 locks a git source',
      subject: aDependencyChange({
        after: {
          source: 'url',
          resolved: `https://codeload.github.com/a/b/tar.gz/${'c0ffee'.repeat(7).slice(0, 40)}`,
          integrity: undefined,
        },
      }),
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
    {
      name: 'a package in a lockfile of later Yarn that has a checksum',
      subject: aDependencyChange({ before: null, after: berry({ checksum: '10c0/c0ffee' }), ...inBerry }),
    },
    {
      name: 'an entry of later Yarn where the lockfile keeps no checksums at all',
      subject: aDependencyChange({ before: berry({ checksum: '10c0/c0ffee' }), after: berry({}), ...inBerry }),
    },
    {
      name: 'a package for another platform, of which later Yarn keeps no checksum',
      subject: aDependencyChange({ before: null, after: berry({ checksumAbsent: 'platform' }), ...inBerry }),
    },
    {
      name: 'a new version of such a package, of which Yarn knew the one before',
      subject: aDependencyChange({
        before: berry({ checksum: '10c0/c0ffee' }),
        after: berry({ checksumAbsent: 'platform' }),
        ...inBerry,
      }),
    },
    {
      name: 'a git commit in a lockfile of later Yarn',
      subject: aDependencyChange({
        before: null,
        after: berry({ source: 'git', checksumAbsent: 'unexplained' }),
        ...inBerry,
      }),
    },
    { name: 'a removed package', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'a package of later Yarn that arrives without a checksum in a lockfile that keeps them',
      subject: aDependencyChange({ before: null, after: berry({ checksumAbsent: 'unexplained' }), ...inBerry }),
      observations: arrives([], berryEntry),
    },
    {
      name: 'an upgrade in a lockfile of later Yarn that loses the checksum',
      subject: aDependencyChange({
        before: berry({ checksum: '10c0/c0ffee' }),
        after: berry({ checksumAbsent: 'unexplained' }),
        ...inBerry,
      }),
      observations: lost([{ label: 'checksum before', value: foreign('10c0/c0ffee') }], berryEntry),
    },
    {
      name: 'the same version for another platform that loses the checksum',
      subject: aDependencyChange({
        kind: 'replaced',
        before: berry({ version: '1.0.0', checksum: '10c0/c0ffee' }),
        after: berry({ version: '1.0.0', checksumAbsent: 'platform' }),
        ...inBerry,
      }),
      observations: lost([{ label: 'checksum before', value: foreign('10c0/c0ffee') }], berryEntry),
    },
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
