import { Readable } from 'node:stream'
import { describe, expect, it } from '@jest/globals'
import { analysePackage } from '../../src/package/analyse-package.js'
import type { PackageLimits } from '../../src/package/package-limits.js'
import { sha256Of } from '../builders/package-facts.js'
import { buildTarball, type TarballFile } from '../builders/tarball.js'
import fc from '../seeded-properties.js'

type Files = Readonly<Record<string, TarballFile>>

async function analyse(scripts: Readonly<Record<string, string>>, files: Files, limits?: Partial<PackageLimits>) {
  const tarball = await buildTarball({ 'package.json': JSON.stringify({ name: 'a', scripts }), ...files })
  return analysePackage(Readable.from([tarball]), undefined, limits === undefined ? {} : { limits })
}

/** The files that one postinstall command runs; `?` behind what the package does not hold. */
async function filesRunBy(command: string, files: Files, scripts: Readonly<Record<string, string>> = {}) {
  const { installScripts } = await analyse({ postinstall: command, ...scripts }, files)
  return installScripts[0]?.files.map(({ path, sha256 }) => (sha256 === undefined ? `${path}?` : path))
}

describe('readInstallScripts', () => {
  it('lists the four hooks that run on install, with the hash of each file that they run', async () => {
    const { installScripts } = await analyse(
      { test: 'jest', prepare: 'husky', postinstall: 'node b.js', preinstall: './a.sh', install: 'node-gyp rebuild' },
      { 'a.sh': 'echo', 'b.js': '1' },
    )

    expect(installScripts).toEqual([
      {
        hook: 'preinstall',
        command: './a.sh',
        files: [{ path: 'a.sh', sha256: sha256Of('echo'), linesSha256: sha256Of('echo') }],
      },
      { hook: 'install', command: 'node-gyp rebuild', files: [] },
      {
        hook: 'postinstall',
        command: 'node b.js',
        files: [{ path: 'b.js', sha256: sha256Of('1'), linesSha256: sha256Of('1') }],
      },
      { hook: 'prepare', command: 'husky', files: [] },
    ])
  })

  it.each([
    'node x.js',
    'node ./x',
    'node x',
    'node --no-warnings --max-old-space-size=99 x.js --flag',
    'node -r dotenv/config x.js',
    'node -r ./x tsx/other || exit 0',
    'node --import=./x.js',
    'node .\\x.js',
    '"node" "x.js"',
    'NODE_ENV=production cross-env A=b node x.js',
    'npx tsx x.js',
    'bun run x.js',
    'echo hi && (cd . ; node x.js) || true',
    'sh -c "node x.js"',
    "bash -lc 'exec node x.js'",
    'cmd /c node x.js',
    'echo $(node x.js)',
    'echo `node x.js`',
    'if true; then node x.js; fi',
    `node -e "require('./x')"`,
    'node -p "require(\'./x\').version"',
    'node --eval="import(\'./x.js\')"',
    'unknown-runner ./x.js',
    'unknown-runner --config=x.js',
    'python x.js',
    '. ./x.js',
    './x.js',
    'node x.js # and why',
  ])('finds the file that `%s` runs', async (command) => {
    expect(await filesRunBy(command, { 'x.js': '1', 'y.js': '2' })).toContain('x.js')
  })

  it('follows a change of folder', async () => {
    expect(await filesRunBy('cd scripts/build && node run.js', { 'scripts/build/run.js': '1' })).toEqual([
      'scripts/build/run.js',
    ])
  })

  it.each(['node-gyp rebuild', 'prebuild-install || node-gyp rebuild -C .', 'husky', 'tsc -p .', 'exit 0', ''])(
    'finds nothing in `%s`',
    async (command) => {
      expect(await filesRunBy(command, { 'index.js': '1' })).toEqual([])
    },
  )

  it('names a file that the package does not hold, without a hash', async () => {
    expect(await filesRunBy('node missing.js && node ../outside.js && ./x.sh', { 'x.sh': '' })).toEqual([
      '../outside.js?',
      'missing.js?',
      'x.sh',
    ])
  })

  it.each(['npm run setup', 'npm run-script setup --silent', 'yarn setup', 'pnpm run setup', 'npm-run-all -s setup'])(
    'follows `%s` through other scripts, those before and after included, and out of a circle',
    async (command) => {
      const scripts = { presetup: 'node before.js', setup: 'npm run again', again: 'npm run setup; node x.js' }

      expect(await filesRunBy(command, { 'x.js': '1', 'before.js': '2' }, scripts)).toEqual(['before.js', 'x.js'])
    },
  )

  it('follows relative requires, imports, workers and file names as Node would find them', async () => {
    const files = {
      'install.js': `
        const a = require('./lib/a'); import('./lib/b.mjs'); require("./folder"); require('..')
        import c from './lib/c.cjs'; export * from \`./lib/d.js\`; new Worker('./lib/e.js')
        fork(path.join(__dirname, 'lib', 'f.js')); fork(__dirname + '/lib/g.js'); spawn('sh', ['scripts/g.sh'])
        exec('/bin/bash -e scripts/k.sh'); require('lodash'); require('./absent')`,
      'lib/a.js': "require('./a'); require('../lib/deep')",
      'lib/deep/package.json': '{"main": "./start"}',
      'lib/deep/start.js': '',
      'lib/b.mjs': '',
      'lib/c.cjs': '',
      'lib/d.js': '',
      'lib/e.js': '',
      'lib/f.js': '',
      'lib/g.js': '',
      'folder/index.js': '',
      'scripts/g.sh': 'node ./scripts/h.js; node i.js',
      'scripts/h.js': '',
      'scripts/i.js': '',
      'scripts/k.sh': '',
      'unused.js': '',
    }

    expect(await filesRunBy('node install', files)).toEqual([
      'folder/index.js',
      'install.js',
      'lib/a.js',
      'lib/b.mjs',
      'lib/c.cjs',
      'lib/d.js',
      'lib/deep/start.js',
      'lib/e.js',
      'lib/f.js',
      'lib/g.js',
      'scripts/g.sh',
      'scripts/h.js',
      'scripts/i.js',
      'scripts/k.sh',
    ])
  })

  it('follows `.npmignore` to the `.gitignore` that npm renames', async () => {
    expect(await filesRunBy('node .npmignore', { '.gitignore': "require('./x')", 'x.js': '' })).toEqual([
      '.gitignore',
      'x.js',
    ])
  })

  it('says so when a file that runs was too large to be followed', async () => {
    const files = { 'x.js': `require('./y')//${'x'.repeat(100)}`, 'y.js': '' }
    const { installScripts, limits } = await analyse({ install: 'node x' }, files, { maxKeptFileBytes: 99 })

    expect(installScripts[0]?.files.map(({ path }) => path)).toEqual(['x.js'])
    expect(limits).toEqual([
      { limit: 'maxKeptTextBytes', detail: 'x.js runs on install; what it loads was not followed' },
    ])
  })

  it('says so when JavaScript hides from being text behind a NUL byte', async () => {
    const { limits } = await analyse({ install: 'node x.js' }, { 'x.js': "/*\0*/require('./y')", 'y.js': '' })

    expect(limits).toMatchObject([{ limit: 'maxKeptTextBytes' }])
  })

  it.each<[keyof PackageLimits, number]>([
    ['maxScriptFiles', 3],
    ['maxScriptSpecifiers', 3],
    ['maxShellCharacters', 10],
  ])('stops at %s and says so', async (limit, value) => {
    const files = Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`f${n}.js`, `require('./f${n + 1}')`]))
    const { installScripts, limits } = await analyse({ install: 'node ./f0.js --quiet' }, files, { [limit]: value })

    expect(limits).toMatchObject([{ limit }])
    expect(installScripts[0]?.files.length).toBeLessThanOrEqual(4)
  })

  it('takes no name that objects have by themselves for a hook', async () => {
    const tarball = await buildTarball({ 'package.json': '{"scripts":{"__proto__":"node x","constructor":"node x"}}' })

    expect((await analysePackage(Readable.from([tarball]))).installScripts).toEqual([])
  })

  it('never crashes on any command', async () => {
    const word = fc.constantFrom(
      'node',
      'sh',
      '-c',
      '-e',
      '"',
      "'",
      '`',
      '$(',
      ')',
      '&&',
      'cd',
      'npm',
      'run',
      '\\',
      './x',
      '#',
      'a=b',
      '\n',
    )
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(word, fc.string({ maxLength: 5 })), { maxLength: 12 }), async (words) => {
        expect(await filesRunBy(words.join(' '), { 'x.js': '' }, { x: words.join('') })).toBeDefined()
      }),
      { numRuns: 200 },
    )
  })
})
