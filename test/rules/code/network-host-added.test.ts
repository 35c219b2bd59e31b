import { networkHostAdded } from '../../../src/rules/code/network-host-added.js'
import type { Observation } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { type CodeEvidence, codeFacts, codeObservation } from '../../builders/code-finding.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const subject = aDependencyChange()

const observation = (evidence: readonly CodeEvidence[], among = '', more: Partial<Observation> = {}) =>
  codeObservation(
    `names hosts or addresses in its code that no file of the version before named${among === '' ? '' : `, among them: ${among}`}`,
    evidence,
    { severity: among === '' ? 'medium' : 'high', ...(among !== '' && { confidence: 'high' }), ...more },
  )

const pad = { 'index.js': 'module.exports = (text, width) => text.padStart(width)\n' }
/** Asks for each address in a line of its own, from line 1 on, column 32. */
const asking = (...addresses: readonly string[]) => ({
  'index.js': addresses.map((address, index) => `exports.a${index} = () => ask({ url: '${address}' })\n`).join(''),
})

const own = { homepage: 'https://docs.pad.example/', repository: 'github:pad/left-pad' }
const tunnel = 'pad.trycloudflare.com'

testRule(networkHostAdded, {
  clear: [
    {
      name: 'no new host',
      subject,
      facts: await codeFacts(asking('https://api.pad.example/1'), asking('https://api.pad.example/2')),
    },
    {
      name: 'a host that another file named',
      subject,
      facts: await codeFacts(
        { ...pad, ...asking('https://api.pad.example/') },
        { ...pad, 'lib.js': asking('https://api.pad.example/')['index.js'] },
      ),
    },
    {
      name: "the domain of the package's homepage",
      subject,
      facts: await codeFacts(pad, asking('https://api.pad.example/'), own),
    },
    {
      name: 'another host of a domain that was named before',
      subject,
      facts: await codeFacts(asking('https://eu.pad.example/'), asking('https://us.pad.example/')),
    },
    {
      name: "the repository's own folder on a forge",
      subject,
      facts: await codeFacts(pad, asking('https://github.com/pad/left-pad/issues'), own),
    },
    {
      name: 'addresses in comments and messages',
      subject,
      facts: await codeFacts(pad, {
        'index.js':
          "// https://docs.other.example/\nthrow new Error('Read more about widths at https://help.other.example/')",
      }),
    },
    {
      name: 'vocabularies, loopback, private addresses and example domains',
      subject,
      facts: await codeFacts(
        pad,
        asking(
          'http://www.w3.org/2000/svg',
          'http://localhost:3000/',
          'http://127.0.0.1/',
          'http://10.0.0.7/',
          'https://example.com/',
        ),
      ),
    },
    {
      name: 'a test that nothing loads',
      subject,
      facts: await codeFacts(pad, { ...pad, 'test/a.js': asking('http://192.0.2.7/')['index.js'] }),
    },
    {
      name: 'one more contract in a long list of them',
      subject,
      facts: await (async () => {
        const list = (count: number) => ({
          'index.js': `module.exports = [${Array.from({ length: count }, (_, index) => `'0x${String(index + 1).repeat(3)}0123456789abcdef0123456789abcdef01234'`).join(', ')}]`,
        })
        return codeFacts(list(5), list(6))
      })(),
    },
    {
      name: 'names of programs that are written like hosts, and networks that are nobody’s, or an example’s',
      subject,
      facts: await codeFacts(pad, {
        'index.js': "module.exports = ['com.pad.editor.dev', '100.64.0.1', '198.18.0.200', '203.0.113.42']",
      }),
    },
    { name: 'a new package', subject: aDependencyChange({ before: null }) },
  ],
  flagged: [
    {
      name: 'a new host',
      subject,
      facts: await codeFacts(pad, asking('https://api.other.example/v1'), own),
      observations: [observation([['host', 'api.other.example', 'index.js', 1, 32]])],
    },
    {
      name: 'a host that only a comment named before',
      subject,
      facts: await codeFacts({ 'index.js': '// https://api.other.example/\n' }, asking('https://api.other.example/')),
      observations: [observation([['host', 'api.other.example', 'index.js', 1, 32]])],
    },
    {
      name: 'the domain of a homepage that the new version brings',
      subject,
      facts: {
        package: await anAnalysedPackage(asking('https://api.other.example/'), { homepage: 'https://other.example/' }),
        previousPackage: await anAnalysedPackage(pad),
      },
      observations: [observation([['host', 'api.other.example', 'index.js', 1, 32]])],
    },
    {
      name: "somebody else's folder on a forge",
      subject,
      facts: await codeFacts(pad, asking('https://github.com/other/tools/releases'), own),
      observations: [observation([['host', 'github.com', 'index.js', 1, 32]])],
    },
    {
      name: "somebody else's name on a host that lends names",
      subject,
      facts: await codeFacts(asking('https://pad.vercel.app/'), asking('https://other.vercel.app/')),
      observations: [observation([['host', 'other.vercel.app', 'index.js', 1, 32]])],
    },
    {
      name: 'a raw address, before an ordinary host',
      subject,
      facts: await codeFacts(pad, asking('https://api.other.example/', 'http://192.0.2.7:8080/x')),
      observations: [
        observation(
          [
            ['raw IP address', '192.0.2.7', 'index.js', 2, 32],
            ['host', 'api.other.example', 'index.js', 1, 32],
          ],
          'raw IP address',
        ),
      ],
    },
    {
      name: 'a resolver that everybody knows, as medium',
      subject,
      facts: await codeFacts(pad, asking('https://8.8.8.8/')),
      observations: [observation([['raw IP address', '8.8.8.8', 'index.js', 1, 32]])],
    },
    {
      name: 'a webhook, which is told once, by its address',
      subject,
      facts: await codeFacts(pad, asking('https://hooks.slack.com/services/T0/B0/pad')),
      observations: [
        observation([['webhook', 'https://hooks.slack.com/services/T0/B0/pad', 'index.js', 1, 32]], 'webhook'),
      ],
    },
    {
      name: 'a tunnel and an IPFS gateway',
      subject,
      facts: await codeFacts(pad, asking(`https://${tunnel}/`, 'https://ipfs.io/ipfs/pad')),
      observations: [
        observation(
          [
            ['tunnel', `https://${tunnel}/`, 'index.js', 1, 32],
            ['IPFS gateway', 'https://ipfs.io/ipfs/pad', 'index.js', 2, 32],
          ],
          'tunnel, IPFS gateway',
        ),
      ],
    },
    {
      name: 'a host that is hidden',
      subject,
      facts: await codeFacts(pad, {
        'index.js': `exports.a = () => fetch(atob('${Buffer.from('https://api.other.example/').toString('base64')}'))`,
      }),
      observations: [observation([['hidden host', 'api.other.example', 'index.js', 1, 30]], 'hidden host')],
    },
    {
      name: 'a raw address in a file that nothing leads to, as medium',
      subject,
      facts: await codeFacts(pad, { ...pad, 'lib/a.js': asking('http://192.0.2.7/')['index.js'] }),
      observations: [
        observation([['raw IP address', '192.0.2.7', 'lib/a.js', 1, 32]], 'raw IP address', { severity: 'medium' }),
      ],
    },
    {
      name: 'a table of versions that look like addresses, as low, but for the one that is asked',
      subject,
      facts: await codeFacts(pad, {
        'index.js': `module.exports = ['13.6.233.17', '13.6.233.18', '13.6.233.19', '13.6.233.20']\nfetch('http://13.6.233.21/')`,
      }),
      observations: [
        observation(
          [
            ['raw IP address', '13.6.233.21', 'index.js', 2, 8],
            ['number like an address', '13.6.233.17', 'index.js', 1, 20],
            ['number like an address', '13.6.233.18', 'index.js', 1, 35],
            ['number like an address', '13.6.233.19', 'index.js', 1, 50],
            ['number like an address', '13.6.233.20', 'index.js', 1, 65],
          ],
          'raw IP address',
        ),
      ],
    },
    {
      name: 'an address that nothing leads to, as medium',
      subject,
      facts: await codeFacts(pad, { 'index.js': "module.exports = '89.36.224.5'" }),
      observations: [observation([['raw IP address', '89.36.224.5', 'index.js', 1, 19]])],
    },
    {
      name: 'an address that a call is given',
      subject,
      facts: await codeFacts(pad, { 'index.js': "exports.a = () => require('net').connect(4444, '192.0.2.7')" }),
      observations: [observation([['raw IP address', '192.0.2.7', 'index.js', 1, 49]], 'raw IP address')],
    },
    {
      name: 'what a file names that could not be read before, as low',
      subject,
      facts: await codeFacts({ 'index.js': 'module.exports = (' }, asking('http://192.0.2.7/')),
      observations: [observation([['raw IP address', '192.0.2.7', 'index.js', 1, 32]], '', { severity: 'low' })],
    },
    {
      name: 'a wallet',
      subject,
      facts: await codeFacts(pad, { 'index.js': "exports.a = '0x0123456789abcdef0123456789abcdef01234567'" }),
      observations: [
        observation([['wallet address', '0x0123456789abcdef0123456789abcdef01234567', 'index.js', 1, 14]]),
      ],
    },
  ],
})
