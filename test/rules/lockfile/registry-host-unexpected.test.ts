import { foreign } from '../../../src/foreign.js'
import { registryHostUnexpected } from '../../../src/rules/lockfile/registry-host-unexpected.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { publicHost, theExpectations } from '../../builders/expectations.js'
import { testRule } from '../../rule-tester.js'

const path = 'left-pad/-/left-pad-1.0.1.tgz'
const facts = { expectations: theExpectations() }
const withPolicy = {
  expectations: theExpectations({
    scopeHosts: { '@acme': 'npm.acme.example' },
    allowedHosts: ['cdn.acme.example', 'mirror.acme.example:8443'],
  }),
}
const added = (resolved: string, name = 'left-pad') => aDependencyChange({ name, before: null, after: { resolved } })

const observed = (message: string, resolved: string, key = 'node_modules/left-pad') => [
  {
    message,
    evidence: [{ label: 'resolved', value: foreign(resolved) }],
    anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key, field: 'resolved' }] as const,
  },
]
const otherHost = (resolved: string) => ({
  name: `comes from ${resolved.slice(0, 60)}`,
  subject: added(resolved),
  facts,
  observations: observed('comes from a host that is not the registry configured for it', resolved),
})
const unreadable = (resolved: string) => ({
  name: `cannot be read: ${JSON.stringify(resolved.slice(0, 60))}`,
  subject: added(resolved),
  facts,
  observations: observed('has an address that cannot be read, so nobody knows which host it names', resolved),
})

testRule(registryHostUnexpected, {
  clear: [
    { name: 'the public registry', subject: aDependencyChange(), facts },
    { name: 'the other public host of npm', subject: added(`https://registry.yarnpkg.com/${path}#c0ffee`), facts },
    {
      name: 'the host in capitals and with the port of the scheme',
      subject: added(`HTTPS://${publicHost.toUpperCase()}:443/${path}`),
      facts,
    },
    { name: 'a user before the right host', subject: added(`https://user:pass@${publicHost}/${path}`), facts },
    { name: 'a host that the policy allows', subject: added(`https://cdn.acme.example/${path}`), facts: withPolicy },
    {
      name: 'a host that the policy allows on every port',
      subject: added(`https://cdn.acme.example:9000/${path}`),
      facts: withPolicy,
    },
    {
      name: 'a scope’s own registry',
      subject: added('https://npm.acme.example/@acme/a/-/a-1.0.1.tgz', '@acme/a'),
      facts: withPolicy,
    },
    {
      name: 'no address, which means the configured registry',
      subject: aDependencyChange({ after: { resolved: undefined } }),
      facts,
    },
    {
      name: 'an upgrade on the host that base already had for it',
      subject: aDependencyChange({
        before: { resolved: 'https://npm.acme.example/a' },
        after: { resolved: `https://npm.acme.example/${path}` },
      }),
      facts,
    },
    {
      name: 'a git source, which is exotic-source-added',
      subject: aDependencyChange({ after: { source: 'git', resolved: 'git+https://git.example/a.git#c0ffee' } }),
      facts,
    },
    {
      name: 'a URL that the manifest asks for, which is exotic-source-added',
      subject: aDependencyChange({ after: { source: 'url', resolved: 'https://cdn.example/a.tgz' } }),
      facts,
    },
    { name: 'a removed package', subject: aDependencyChange({ after: null }), facts },
  ],
  flagged: [
    otherHost(`https://registry.example/${path}`),
    otherHost(`https://${publicHost}.evil.example/${path}`),
    otherHost(`https://${publicHost}@evil.example/${path}`),
    otherHost(`https://user:${publicHost}@evil.example/${path}`),
    otherHost(`https://${publicHost}:8443/${path}`),
    otherHost(`https://${publicHost}./${path}`),
    otherHost(`https://xn--rgistry-bya.example/${path}`),
    otherHost(`https://evil.example/?${publicHost}/${path}`),
    otherHost(`https://evil.example/#${publicHost}/${path}`),
    otherHost(`https://evil.example/${publicHost}/${path}`),
    unreadable(`https:\\\\${publicHost}/${path}`),
    unreadable(`https://evil.example\\@${publicHost}/${path}`),
    unreadable(`https://%72egistry.example/${path}`),
    unreadable(`https:${publicHost}/${path}`),
    unreadable(`//${publicHost}/${path}`),
    unreadable(`https://${publicHost}\t/${path}`),
    unreadable(` https://${publicHost}/${path}`),
    unreadable('https://[::1/left-pad.tgz'),
    unreadable(`https://${publicHost}/\x01${path}`),
    unreadable(`https://${publicHost}/\x7f${path}`),
    unreadable('https://'),
    unreadable('left-pad'),
    unreadable(''),
    {
      name: 'a scope that has its own registry comes from the public one',
      subject: added(`https://${publicHost}/@acme/a/-/a-1.0.1.tgz`, '@acme/a'),
      facts: withPolicy,
      observations: observed(
        'comes from a host that is not the registry configured for it',
        `https://${publicHost}/@acme/a/-/a-1.0.1.tgz`,
        'node_modules/@acme/a',
      ),
    },
    {
      name: 'an allowed host on a port that the policy does not name',
      subject: added(`https://mirror.acme.example/${path}`),
      facts: withPolicy,
      observations: observed(
        'comes from a host that is not the registry configured for it',
        `https://mirror.acme.example/${path}`,
      ),
    },
    {
      name: 'the same version moves to another host',
      subject: aDependencyChange({
        kind: 'resourced',
        before: { version: '1.0.1' },
        after: { resolved: `https://evil.example/${path}` },
      }),
      facts,
      observations: observed(
        'comes from a host that is not the registry configured for it',
        `https://evil.example/${path}`,
      ),
    },
    {
      name: 'base had that host for it only as a URL that the manifest asked for',
      subject: aDependencyChange({
        before: { source: 'url', resolved: 'https://evil.example/a.tgz' },
        after: { resolved: `https://evil.example/${path}` },
      }),
      facts,
      observations: observed(
        'comes from a host that is not the registry configured for it',
        `https://evil.example/${path}`,
      ),
    },
  ],
})
