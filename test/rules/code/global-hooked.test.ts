import { globalHooked } from '../../../src/rules/code/global-hooked.js'
import type { Confidence, Severity } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { type CodeEvidence, codeFacts, codeObservation } from '../../builders/code-finding.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const addition = aDependencyChange({ before: null })

const observation = (severity: Severity, confidence: Confidence, ...evidence: readonly CodeEvidence[]) =>
  codeObservation('puts functions of its own in the place of built-in ones, for the whole program', evidence, {
    severity,
    confidence,
  })

const pad = { 'index.js': 'module.exports = (text, width) => text.padStart(width)\n' }
const fetchHook = 'globalThis.fetch = (url) => seen(url)'
const guarded = 'if (!globalThis.fetch) globalThis.fetch = mine'
const loader = "require('module')._load = (name) => seen(name)"
const wallet = 'window.ethereum.request = (call) => seen(call)'
const connections = "exports.watch = () => { require('https').request = mine }"
const installs = 'exports.install = () => { globalThis.fetch = client.exports.fetch }'
const installed = 'globalThis.fetch = client.fetch'
const clientPackage = 'global.WebSocket = WebSocket'
const files = "require('fs').close = mine"
const toText = 'Function.prototype.toString = mine'
const compile = "require.extensions['.ts'] = mine"

testRule(globalHooked, {
  clear: [
    {
      name: 'functions that are called, not replaced',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': "fetch('https://pad.example/')" }),
    },
    {
      name: "an object's own function of such a name",
      subject: addition,
      facts: {
        package: await anAnalysedPackage({ 'index.js': 'const pad = {}\npad.fetch = mine\nexports.request = mine' }),
      },
    },
    {
      name: 'a polyfill that was there before',
      subject: upgrade,
      facts: await codeFacts({ 'index.js': guarded }, { 'index.js': `// 1.0.1\n${guarded}` }),
    },
    {
      name: 'a hook that was there before',
      subject: upgrade,
      facts: await codeFacts({ 'index.js': fetchHook }, { 'index.js': `// 1.0.1\n${fetchHook}` }),
    },
    {
      name: 'a test that nothing loads',
      subject: upgrade,
      facts: await codeFacts(pad, { ...pad, 'test/a.js': fetchHook }),
    },
    { name: 'a package that is removed', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'a client that is put in place of the built-in one by whoever calls for it, as medium (undici)',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': installs }),
      observations: [
        observation('medium', 'medium', ['installs what requests go through', installs, 'index.js', 1, 27]),
      ],
    },
    {
      name: "everybody's client package that is put in place on load, as medium",
      subject: addition,
      facts: { package: await anAnalysedPackage({ 'index.js': `import WebSocket from 'ws'\n${clientPackage}` }) },
      observations: [
        observation('medium', 'medium', ['installs what requests go through', clientPackage, 'index.js', 2, 1]),
      ],
    },
    {
      name: 'a client that puts itself in place on load, as critical',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': installed }),
      observations: [
        observation('critical', 'high', ['replaces what requests go through', installed, 'index.js', 1, 1]),
      ],
    },
    {
      name: 'fetch on load, as critical',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': fetchHook }),
      observations: [
        observation('critical', 'high', ['replaces what requests go through', fetchHook, 'index.js', 1, 1]),
      ],
    },
    {
      name: 'requests of Node in a function',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': connections }),
      observations: [
        observation('high', 'high', ['replaces what connections go through', connections, 'index.js', 1, 25]),
      ],
    },
    {
      name: 'the loader of modules, in a new package too',
      subject: addition,
      facts: { package: await anAnalysedPackage({ 'index.js': loader }) },
      observations: [observation('critical', 'high', ['replaces the module loader', loader, 'index.js', 1, 1])],
    },
    {
      name: "a wallet's interface",
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': wallet }),
      observations: [observation('critical', 'high', ["replaces a wallet's interface", wallet, 'index.js', 1, 1])],
    },
    {
      name: 'the file system, the text of functions and how modules are read, as medium',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': [files, toText, compile].join('\n') }),
      observations: [
        observation(
          'medium',
          'medium',
          ['replaces a function of the file system', files, 'index.js', 1, 1],
          ['replaces a built-in function', toText, 'index.js', 2, 1],
          ['replaces how modules are read', compile, 'index.js', 3, 1],
        ),
      ],
    },
    {
      name: 'a new polyfill, as low',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': guarded }),
      observations: [observation('low', 'low', ['fills in what is missing', guarded, 'index.js', 1, 24])],
    },
    {
      name: 'a polyfill that lost its question',
      subject: upgrade,
      facts: await codeFacts({ 'index.js': guarded }, { 'index.js': fetchHook }),
      observations: [
        observation('critical', 'high', ['replaces what requests go through', fetchHook, 'index.js', 1, 1]),
      ],
    },
    {
      name: 'a file that nothing leads to, one step lower',
      subject: upgrade,
      facts: await codeFacts(pad, { ...pad, 'lib.js': fetchHook }),
      observations: [observation('medium', 'high', ['replaces what requests go through', fetchHook, 'lib.js', 1, 1])],
    },
  ],
})
