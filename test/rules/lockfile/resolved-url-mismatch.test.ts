import { foreign } from '../../../src/foreign.js'
import { resolvedUrlMismatch } from '../../../src/rules/lockfile/resolved-url-mismatch.js'
import { aDependencyChange, type LockedOverrides } from '../../builders/dependency-change.js'
import { publicHost, theExpectations } from '../../builders/expectations.js'
import { testRule } from '../../rule-tester.js'

const facts = {
  expectations: theExpectations({ scopeHosts: { '@acme': 'npm.acme.example' }, allowedHosts: ['cdn.acme.example'] }),
}
const at = (path: string) => `https://${publicHost}/${path}`
const locked = (name: string, version: string, resolved: string, more: LockedOverrides = {}) =>
  aDependencyChange({ name, before: null, after: { version, resolved, ...more } })

const clear = (name: string, version: string, resolved: string, more: LockedOverrides = {}) => ({
  name: `${name}@${version} ${more.source ?? ''} from ${resolved.replace(publicHost, '…')}`,
  subject: locked(name, version, resolved, more),
  facts,
})
const flagged = (
  name: string,
  version: string,
  resolved: string,
  message = 'has an address that names another package or another version',
  more: LockedOverrides = {},
) => ({
  ...clear(name, version, resolved, more),
  observations: [
    {
      message,
      evidence: [
        { label: 'resolved', value: foreign(resolved) },
        { label: 'entry', value: foreign(`${name}@${version}`) },
      ],
      anchors: [
        { kind: 'entry', lockfile: 'package-lock.json', key: `node_modules/${name}`, field: 'resolved' },
      ] as const,
    },
  ],
})
const noPackage = 'has an address on the registry that is not one of a published package'

testRule(resolvedUrlMismatch, {
  clear: [
    clear('left-pad', '1.0.1', at('left-pad/-/left-pad-1.0.1.tgz')),
    clear('left-pad', '1.0.1', `${at('left-pad/-/left-pad-1.0.1.tgz')}?cache=0#c0ffee`),
    clear('@babel/core', '7.0.0', at('@babel/core/-/core-7.0.0.tgz')),
    clear('@babel/core', '7.0.0', at('@babel%2fcore/-/core-7.0.0.tgz')),
    clear('@babel/core', '7.0.0', at('%40babel%2Fcore/-/core-7.0.0.tgz')),
    clear('left-pad', '1.0.1+build.5', at('left-pad/-/left-pad-1.0.1.tgz')),
    clear('left-pad', '1.0.1+build.5', at('left-pad/-/left-pad-1.0.1%2Bbuild.5.tgz')),
    clear('@acme/a', '1.0.0', 'https://npm.acme.example/artifactory/api/npm/npm/@acme/a/-/@acme/a-1.0.0.tgz'),
    clear('@acme/a', '1.0.0', 'https://npm.acme.example/repository/npm/@acme/a/-/a-1.0.0.tgz'),
    clear('@acme/a', '1.0.0', 'https://npm.acme.example/download/@acme/a/1.0.0/0a1b2c3d4e5f'),
    clear('left-pad', '1.0.1', 'https://cdn.acme.example/left-pad/download/left-pad-1.0.1.tgz?cache=0'),
    clear('left-pad', '1.0.1', 'https://cdn.acme.example/blobs/0a1b2c3d4e5f'),
    clear('left-pad', '1.0.1', 'https://gitlab.example/group/left-pad/-/archive/v1/left-pad-v1.tar.gz', {
      source: 'url',
    }),
    clear('left-pad', '1.0.1', 'https://codeload.github.com/owner/left-pad/tar.gz/v1.0.1', { source: 'url' }),
    {
      name: 'an alias, whose address is that of the package behind it',
      subject: locked('string-width', '4.2.3', at('string-width/-/string-width-4.2.3.tgz'), {
        alias: 'string-width-cjs',
      }),
      facts,
    },
    { name: 'no address', subject: aDependencyChange({ after: { resolved: undefined } }), facts },
    {
      name: 'an address that cannot be read, which other rules flag',
      subject: locked('left-pad', '1.0.1', 'https:left-pad'),
      facts,
    },
    {
      name: 'a git source',
      subject: locked('left-pad', '1.0.1', 'git+ssh://git@github.com/a/b.git#c0ffee', { source: 'git' }),
      facts,
    },
    clear('left-pad', '1.0.1', `git+https://${publicHost}/evil/-/evil.git#c0ffee`, { source: 'git' }),
    { name: 'a removed package', subject: aDependencyChange({ after: null }), facts },
  ],
  flagged: [
    flagged('left-pad', '1.0.1', at('right-pad/-/right-pad-1.0.1.tgz')),
    flagged('left-pad', '1.0.1', at('left-pad/-/left-pad-1.0.2.tgz')),
    flagged('left-pad', '1.0.1', at('left-pad/-/right-pad-1.0.1.tgz')),
    flagged('left-pad', '1.0.1', at('@evil/left-pad/-/left-pad-1.0.1.tgz')),
    flagged('left-pad', '1.0.1', at('@evil%2fleft-pad/-/left-pad-1.0.1.tgz')),
    flagged('left-pad', '1.0.1', at('left-pad/../evil/-/evil-1.0.1.tgz')),
    flagged('left-pad', '1.0.1', at('left-pad%2f..%2fevil/-/evil-1.0.1.tgz')),
    flagged('left-pad', '1.0.1', at('my-left-pad/-/left-pad-1.0.1.tgz')),
    flagged('left-pad', '1.0.1', at('left-pad%zz/-/left-pad-1.0.1.tgz')),
    flagged('left-pad', '1.0.1', `${at('evil/-/evil-1.0.1.tgz')}?/left-pad/-/left-pad-1.0.1.tgz`),
    flagged('left-pad', '1.0.1', `${at('evil/-/evil-1.0.1.tgz')}#/left-pad/-/left-pad-1.0.1.tgz`),
    flagged('@babel/core', '7.0.0', at('@bable/core/-/core-7.0.0.tgz')),
    flagged('@babel/core', '7.0.0', at('core/-/core-7.0.0.tgz')),
    flagged('left-pad', '1.0.1', 'https://evil.example/evil/-/evil-1.0.1.tgz'),
    flagged('@acme/a', '1.0.0', 'https://npm.acme.example/download/@acme/b/1.0.0/0a1b2c3d4e5f'),
    flagged('@acme/a', '1.0.0', 'https://npm.acme.example/download/@acme/a/1.0.1/0a1b2c3d4e5f'),
    flagged('left-pad', '1.0.1', 'https://cdn.acme.example/evil/download/evil-1.0.1.tgz'),
    flagged('left-pad', '1.0.1', at('left-pad-1.0.1.tgz'), noPackage),
    flagged('left-pad', '1.0.1', at('left-pad/1.0.1'), noPackage),
    flagged('left-pad', '1.0.1', at('evil/-/evil-1.0.1.tgz'), undefined, { source: 'url' }),
    flagged('string-width', '4.2.3', at('evil/-/evil-4.2.3.tgz'), undefined, {
      key: 'node_modules/string-width',
      alias: 'string-width-cjs',
    }),
  ],
})
