import { foreign } from '../../../src/foreign.js'
import { secretsHarvested } from '../../../src/rules/code/secrets-harvested.js'
import type { Confidence, Severity } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { type CodeEvidence, codeFacts, codeObservation } from '../../builders/code-finding.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const addition = aDependencyChange({ before: null })

const observation = (severity: Severity, confidence: Confidence, evidence: readonly CodeEvidence[]) =>
  codeObservation('gathers secrets: the environment as a whole, or files that hold credentials', evidence, {
    severity,
    confidence,
  })

const pad = { 'index.js': 'module.exports = (text, width) => text.padStart(width)\n' }
/** `code` in a function of the entry point, in line 1, column 28. */
const called = (code: string) => ({ 'index.js': `module.exports = () => { ${code} }` })
const added = async (code: string, manifest: object = {}) => ({
  package: await anAnalysedPackage(called(code), manifest),
})

const filtered = 'return Object.keys(process.env).filter((name) => /TOKEN|SECRET/.test(name))'
const whole = 'return JSON.stringify(process.env)'
const readsKey = "return require('fs').readFileSync(require('os').homedir() + '/.ssh/id_rsa')"
const wholeLine = called(whole)['index.js']
const readsNpmrc = "return require('fs').readFileSync(require('os').homedir() + '/.npmrc')"
const readsCookies = "return require('fs').readFileSync(profile + '/Default/Cookies')"
const readsProfiles = "return require('fs').readFileSync(require('path').join(userData, 'Local State'))"

testRule(secretsHarvested, {
  clear: [
    {
      name: 'variables read by name',
      subject: upgrade,
      facts: await codeFacts(pad, called('return process.env.NPM_TOKEN')),
    },
    {
      name: 'a copy for a child process',
      subject: upgrade,
      facts: await codeFacts(
        pad,
        called("require('child_process').spawn('ls', [], { env: { ...process.env, LANG: 'C' } })"),
      ),
    },
    {
      name: "a filter by the package's own prefix",
      subject: upgrade,
      facts: await codeFacts(pad, called('return Object.keys(process.env).filter((name) => /^debug_/i.test(name))')),
    },
    {
      name: 'the one variable that Windows writes in another case',
      subject: upgrade,
      facts: await codeFacts(
        pad,
        called("return Object.keys(process.env).reverse().find((key) => key.toUpperCase() === 'PATH')"),
      ),
    },
    {
      name: 'writing into the environment',
      subject: upgrade,
      facts: await codeFacts(pad, called("Object.assign(process.env, { PAD: '1' })")),
    },
    {
      name: 'the settings of a project in .env',
      subject: addition,
      facts: await added("return require('fs').readFileSync('.env', 'utf8')"),
    },
    {
      name: 'a word that is also the name of a file with secrets',
      subject: addition,
      facts: await added("require('fs').readFileSync(path); return 'Cookies'"),
    },
    {
      name: 'what the version before did as well',
      subject: upgrade,
      facts: await codeFacts(called(whole), { 'index.js': `// 1.0.1\n${wholeLine}` }),
    },
    {
      name: 'what moved to another file',
      subject: upgrade,
      facts: await codeFacts(called(filtered), {
        'index.js': "module.exports = require('./lib')",
        'lib.js': called(filtered)['index.js'],
      }),
    },
    {
      name: 'a test that nothing loads',
      subject: upgrade,
      facts: await codeFacts(pad, { ...pad, 'test/env.js': wholeLine }),
    },
    { name: 'a package that is removed', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'variables by the names of secrets',
      subject: upgrade,
      facts: await codeFacts(pad, called(filtered)),
      observations: [
        observation('high', 'high', [
          ['secrets of the environment, by their names', called(filtered)['index.js'], 'index.js', 1, 33],
        ]),
      ],
    },
    {
      name: 'the whole environment as one text',
      subject: upgrade,
      facts: await codeFacts(pad, called(whole)),
      observations: [
        observation('high', 'high', [['the whole environment, as one text', wholeLine, 'index.js', 1, 33]]),
      ],
    },
    {
      name: 'the whole environment as soon as it is loaded, as critical',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': 'module.exports = JSON.stringify(process.env)' }),
      observations: [
        observation('critical', 'high', [
          ['the whole environment, as one text', 'module.exports = JSON.stringify(process.env)', 'index.js', 1, 18],
        ]),
      ],
    },
    {
      name: 'a loop over all variables, as medium',
      subject: upgrade,
      facts: await codeFacts(pad, called('for (const name in process.env) seen(name, process.env[name])')),
      observations: [
        observation('medium', 'medium', [
          [
            'the whole environment',
            called('for (const name in process.env) seen(name, process.env[name])')['index.js'],
            'index.js',
            1,
            26,
          ],
        ]),
      ],
    },
    {
      name: 'a copy that is kept, as low',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': 'const settings = { ...process.env }\nmodule.exports = settings' }),
      observations: [
        observation('low', 'low', [
          ['copy of the environment', 'const settings = { ...process.env }', 'index.js', 1, 20],
        ]),
      ],
    },
    {
      name: 'one more of what the version before did elsewhere',
      subject: upgrade,
      facts: await codeFacts(
        { ...called(whole), 'more.js': 'module.exports = 1' },
        { ...called(whole), 'more.js': 'module.exports = (send) => send(JSON.stringify(process.env))' },
      ),
      observations: [
        observation('medium', 'high', [
          [
            'the whole environment, as one text',
            'module.exports = (send) => send(JSON.stringify(process.env))',
            'more.js',
            1,
            33,
          ],
        ]),
      ],
    },
    {
      name: 'a key of SSH, in a new package too',
      subject: addition,
      facts: await added(readsKey),
      observations: [
        observation('high', 'high', [['reads keys of SSH', called(readsKey)['index.js'], 'index.js', 1, 33]]),
      ],
    },
    {
      name: "a browser's cookies",
      subject: upgrade,
      facts: await codeFacts(pad, called(readsCookies)),
      observations: [
        observation('high', 'high', [
          ["reads a browser's cookies", called(readsCookies)['index.js'], 'index.js', 1, 33],
        ]),
      ],
    },
    {
      name: "a browser's list of profiles, as medium (playwright-core 1.62.1)",
      subject: upgrade,
      facts: await codeFacts(pad, called(readsProfiles)),
      observations: [
        observation('medium', 'medium', [
          ["reads a browser's settings", called(readsProfiles)['index.js'], 'index.js', 1, 33],
        ]),
      ],
    },
    {
      name: "npm's settings in an upgrade",
      subject: upgrade,
      facts: await codeFacts(pad, called(readsNpmrc)),
      observations: [
        observation('high', 'high', [
          ['reads the settings of npm, with its tokens', called(readsNpmrc)['index.js'], 'index.js', 1, 33],
        ]),
      ],
    },
    {
      name: "npm's settings in a new package, as medium",
      subject: addition,
      facts: await added(readsNpmrc),
      observations: [
        observation('medium', 'high', [
          ['reads the settings of npm, with its tokens', called(readsNpmrc)['index.js'], 'index.js', 1, 33],
        ]),
      ],
    },
    {
      name: 'the credentials of the service that the package is named for, as medium',
      subject: addition,
      facts: await added("return require('fs').readFileSync(require('os').homedir() + '/.aws/credentials')", {
        name: 'left-pad-aws',
      }),
      observations: [
        observation('medium', 'high', [
          [
            'reads credentials of AWS',
            called("return require('fs').readFileSync(require('os').homedir() + '/.aws/credentials')")['index.js'],
            'index.js',
            1,
            33,
          ],
        ]),
      ],
    },
    {
      name: 'the credentials of AWS in what its SDK is made of, as medium',
      subject: addition,
      facts: await added("return require('fs').readFileSync(require('os').homedir() + '/.aws/credentials')", {
        name: '@smithy/core',
      }),
      observations: [
        observation('medium', 'high', [
          [
            'reads credentials of AWS',
            called("return require('fs').readFileSync(require('os').homedir() + '/.aws/credentials')")['index.js'],
            'index.js',
            1,
            33,
          ],
        ]),
      ],
    },
    {
      name: 'a wallet that is only named where files are read',
      subject: addition,
      facts: await added("const at = 'Exodus/exodus.wallet'; return require('fs').readFileSync(find(at))"),
      observations: [
        observation('medium', 'low', [
          [
            'names a wallet',
            called("const at = 'Exodus/exodus.wallet'; return require('fs').readFileSync(find(at))")['index.js'],
            'index.js',
            1,
            37,
          ],
        ]),
      ],
    },
    {
      name: 'thirteen files of credentials, twelve of them shown',
      subject: addition,
      facts: {
        package: await anAnalysedPackage({
          'index.js': `const fs = require('fs')\n${Array.from({ length: 13 }, (_, index) => `exports.f${index} = () => fs.readFileSync('/home/u/.ssh/${index}')`).join('\n')}`,
        }),
      },
      observations: [
        (() => {
          const whole = observation(
            'high',
            'high',
            Array.from({ length: 12 }, (_, index) => [
              'reads keys of SSH',
              `exports.f${index} = () => fs.readFileSync('/home/u/.ssh/${index}')`,
              'index.js',
              index + 2,
              index < 10 ? 20 : 21,
            ]),
          )
          return { ...whole, evidence: [...whole.evidence, { label: 'not shown', value: foreign('1 more') }] }
        })(),
      ],
    },
  ],
})
