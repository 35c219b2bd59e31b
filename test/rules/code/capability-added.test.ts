import { foreign } from '../../../src/foreign.js'
import { capabilityAdded } from '../../../src/rules/code/capability-added.js'
import type { Observation, Severity } from '../../../src/rules/rule.js'
import { anAnalysedPackage } from '../../builders/analysed-package.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const subject = aDependencyChange()

const facts = async (before: Record<string, string>, now: Record<string, string>, manifest: object = {}) => ({
  package: await anAnalysedPackage(now, manifest),
  previousPackage: await anAnalysedPackage(before, manifest),
})

const observation = (
  gained: string,
  severity: Severity,
  evidence: readonly [label: string, value: string, file: string, line: number, column: number][],
): Observation => ({
  message: `can do what no file of the version before could: ${gained}`,
  evidence: evidence.map(([label, value, file, line, column]) => ({
    label,
    value: foreign(value),
    file,
    line,
    column,
  })),
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }],
  severity,
})

const pad = { 'index.js': 'module.exports = (text, width) => text.padStart(width)\n' }
const spawns = "require('child_process').execSync('uname')"
const asks = "module.exports = () => fetch('https://pad.example/')"

const everything = [
  "import { execSync } from 'node:child_process'",
  "import { lookup } from 'node:dns'",
  "import { connect } from 'node:net'",
  "import { writeFileSync } from 'node:fs'",
  "import { Worker } from 'node:worker_threads'",
  "import { runInThisContext } from 'node:vm'",
  'export const run = (name, text) => execSync(name)',
  'export const find = (name) => lookup(name, () => {})',
  'export const join = (port) => connect(port)',
  'export const keep = (path, text) => writeFileSync(path, text)',
  'export const start = (path) => new Worker(path)',
  'export const judge = (text) => runInThisContext(text)',
  'export const think = (text) => eval(text)',
  'export const load = (name) => import(name)',
  "export const pay = () => window.ethereum.request({ method: 'eth_sendTransaction' })",
  'export const ask = (url) => fetch(url)',
].join('\n')

testRule(capabilityAdded, {
  clear: [
    { name: 'no new ability', subject, facts: await facts(pad, { 'index.js': 'module.exports = String\n' }) },
    {
      name: 'an ability that another file had before',
      subject,
      facts: await facts({ ...pad, 'lib/run.js': spawns }, { 'index.js': spawns }),
    },
    {
      name: 'one that was there and now runs on load',
      subject,
      facts: await facts({ 'index.js': `module.exports = () => ${spawns}` }, { 'index.js': spawns }),
    },
    {
      name: 'a module that is asked for and not used',
      subject,
      facts: await facts(pad, {
        'index.js': "const { exec } = require('child_process')\nconst http = require('https')\n",
      }),
    },
    {
      name: 'tests, documents and examples that nothing loads',
      subject,
      facts: await facts(pad, {
        ...pad,
        'test/run.js': spawns,
        'docs/site.js': asks,
        'examples/a/b.js': asks,
        'a.spec.js': spawns,
      }),
    },
    {
      name: 'the deletion of files and the reading of a variable, which the list does not name',
      subject,
      facts: await facts(pad, { 'index.js': "require('fs').rmSync(process.env.PAD_CACHE)" }),
    },
    {
      name: "the load of the package's own files by a name that is put together",
      subject,
      facts: await facts(pad, { 'index.js': "module.exports = (name) => require('./lib/' + name)" }),
    },
    { name: 'a new package', subject: aDependencyChange({ before: null }) },
  ],
  flagged: [
    {
      name: 'a shell on load',
      subject,
      facts: await facts(pad, { 'index.js': spawns }),
      observations: [observation('shell (on load)', 'high', [['shell (on load)', spawns, 'index.js', 1, 1]])],
    },
    {
      name: 'a network call in a function',
      subject,
      facts: await facts(pad, { 'index.js': asks }),
      observations: [
        observation('network (when called)', 'medium', [['network (when called)', asks, 'index.js', 1, 24]]),
      ],
    },
    {
      name: 'a shell in a file that the install script now runs',
      subject,
      facts: await facts(pad, { ...pad, 'setup.js': spawns }, { scripts: { postinstall: 'node setup.js' } }),
      observations: [observation('shell (on install)', 'high', [['shell (on install)', spawns, 'setup.js', 1, 1]])],
    },
    {
      name: 'the place that runs first of several, and the load of one ability before the call of another',
      subject,
      facts: await facts(pad, {
        'index.js': "require('./ask')\nrequire('./keep')\n",
        'ask.js': "exports.again = () => fetch('https://pad.example/')\nfetch('https://pad.example/')\n",
        'keep.js': "exports.run = () => require('child_process').exec('uname')\n",
        'other.js': "fetch('https://pad.example/')\n",
      }),
      observations: [
        observation('network (on load), shell (when called)', 'high', [
          ['network (on load)', "fetch('https://pad.example/')", 'ask.js', 2, 1],
          ['shell (when called)', "exports.run = () => require('child_process').exec('uname')", 'keep.js', 1, 21],
        ]),
      ],
    },
    {
      name: 'a file that nothing in the package leads to, as low',
      subject,
      facts: await facts(pad, { ...pad, 'lib/run.js': spawns }),
      observations: [observation('shell (when called)', 'low', [['shell (when called)', spawns, 'lib/run.js', 1, 1]])],
    },
    {
      name: 'a file in a test folder that the entry point loads',
      subject,
      facts: await facts(pad, { 'index.js': "require('./test/run')", 'test/run.js': spawns }),
      observations: [observation('shell (on load)', 'high', [['shell (on load)', spawns, 'test/run.js', 1, 1]])],
    },
    {
      name: 'native code that is loaded on load, as medium',
      subject,
      facts: await facts(pad, { 'index.js': "module.exports = require('./pad.node')" }),
      observations: [
        observation('native addon (on load)', 'medium', [
          ['native addon (on load)', "module.exports = require('./pad.node')", 'index.js', 1, 18],
        ]),
      ],
    },
    {
      name: 'a file that could not be read before, as low',
      subject,
      facts: await facts({ 'index.js': 'module.exports = (' }, { 'index.js': spawns }),
      observations: [observation('shell (on load)', 'low', [['shell (on load)', spawns, 'index.js', 1, 1]])],
    },
    {
      name: 'a home folder that is deleted on load, where files of its own were deleted before',
      subject,
      facts: await facts(
        { 'index.js': "require('fs').rmSync(process.env.PAD_CACHE)" },
        { 'index.js': "require('fs').rmSync(require('os').homedir(), { recursive: true })" },
      ),
      observations: [
        observation('file deletion (on load)', 'high', [
          [
            'file deletion (on load)',
            "require('fs').rmSync(require('os').homedir(), { recursive: true })",
            'index.js',
            1,
            1,
          ],
        ]),
      ],
    },
    {
      name: 'a command, whose top level runs when it is called',
      subject,
      facts: await facts(pad, { ...pad, 'cli.js': spawns }, { bin: { pad: 'cli.js' } }),
      observations: [observation('shell (when called)', 'medium', [['shell (when called)', spawns, 'cli.js', 1, 1]])],
    },
    {
      name: 'every ability of the list, in one finding',
      subject,
      facts: await facts(pad, { 'index.mjs': everything }, { exports: './index.mjs' }),
      observations: [
        observation(
          [
            'shell',
            'eval',
            'vm',
            'network',
            'DNS',
            'raw socket',
            'crypto wallet',
            'file write',
            'worker',
            'dynamic require',
          ]
            .map((ability) => `${ability} (when called)`)
            .join(', '),
          'medium',
          [
            ['shell', 7, 36],
            ['eval', 13, 32],
            ['vm', 12, 32],
            ['network', 16, 29],
            ['DNS', 8, 31],
            ['raw socket', 9, 31],
            ['crypto wallet', 15, 26],
            ['file write', 10, 37],
            ['worker', 11, 32],
            ['dynamic require', 14, 31],
          ].map(([ability, line, column]) => [
            `${ability} (when called)`,
            everything.split('\n')[Number(line) - 1] ?? '',
            'index.mjs',
            Number(line),
            Number(column),
          ]),
        ),
      ],
    },
  ],
})
