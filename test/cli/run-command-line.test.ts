import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { aManifest, aPackageLock } from '../builders/lockfile.js'
import { sriOf } from '../builders/registry.js'
import { buildTarball } from '../builders/tarball.js'
import { type PublishedPackage, startRegistry, type TestRegistry } from '../emulator/registry.js'
import { inFolder, run } from './run.js'

const plainPackage = (version: string, more: Record<string, unknown> = {}) =>
  buildTarball({
    'package.json': JSON.stringify({ name: 'left-pad', version, ...more }),
    'index.js': `exports.v = '${version}'\n`,
    'setup.js': '// inert\n',
  })

const scripts = { postinstall: 'node setup.js' }

/** left-pad 1.0.0 and 1.0.1 are harmless; 1.0.2 brings an install script. */
async function leftPad() {
  const tarballs = {
    '1.0.0': await plainPackage('1.0.0'),
    '1.0.1': await plainPackage('1.0.1'),
    '1.0.2': await plainPackage('1.0.2', { scripts }),
  }
  const versions: PublishedPackage['versions'] = Object.fromEntries(
    Object.entries(tarballs).map(([version, tarball]) => [
      version,
      { tarball, manifest: version === '1.0.2' ? { scripts } : {} },
    ]),
  )
  const lock = (version: keyof typeof tarballs) => {
    const packages = { 'node_modules/left-pad': { version, integrity: sriOf('sha512', tarballs[version]) } }
    return { 'package.json': aManifest({ packages }), 'package-lock.json': aPackageLock({ packages }) }
  }
  return { packages: { 'left-pad': { versions } }, lock, tarballs }
}

const below = (folder: string, files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [`${folder}/${path}`, content]))

const dirs = ['--base-dir', 'base', '--head-dir', 'head'] as const

async function withRepository<T>(
  versions: readonly ['1.0.0' | '1.0.1' | '1.0.2', '1.0.0' | '1.0.1' | '1.0.2'],
  use: (folder: string, registry: readonly string[], server: TestRegistry) => Promise<T>,
  more: Readonly<Record<string, string>> = {},
): Promise<T> {
  const { packages, lock } = await leftPad()
  const server = await startRegistry({ packages })
  const files = { ...below('base', lock(versions[0])), ...below('head', lock(versions[1])), ...more }
  try {
    return await inFolder(files, (folder) => use(folder, ['--registry', server.url], server))
  } finally {
    await server.close()
  }
}

describe('lockwarden review', () => {
  it('exits 0 for an upgrade in which nothing was found', async () => {
    await withRepository(['1.0.0', '1.0.1'], async (folder, registry) => {
      const { code, out, err } = await run(folder, ['review', ...dirs, ...registry])

      expect([code, err]).toEqual([0, ''])
      expect(out).toContain('CLEAR')
      expect(out).toContain('1 changed, 1 analysed, 0 unverified')
    })
  })

  it('exits 1 for a finding at or above --fail-on, with where it is and what was seen', async () => {
    await withRepository(['1.0.0', '1.0.2'], async (folder, registry) => {
      const { code, out } = await run(folder, ['review', ...dirs, ...registry])

      expect(code).toBe(1)
      expect(out).toContain('package-lock.json:')
      expect(out).toContain('node setup.js')
    })
  })

  it('exits 0 with the same findings listed when --fail-on is above them, because flags win over the policy', async () => {
    const policy = { 'base/.github/lockwarden.yml': 'version: 1\nfailOn: low\n' }
    await withRepository(
      ['1.0.0', '1.0.2'],
      async (folder, registry) => {
        const { code, out } = await run(folder, ['review', ...dirs, ...registry, '--fail-on', 'never'])

        expect(code).toBe(0)
        expect(out).toContain('install-script-added')
      },
      policy,
    )
  })

  it('asks the registry the second time only whether what it said still holds, and says the same', async () => {
    await withRepository(['1.0.0', '1.0.2'], async (folder, registry, server) => {
      const review = () => run(folder, ['review', ...dirs, ...registry, '--format', 'json', '--cache', 'cache'])
      const first = await review()
      const asked = server.requests.length
      const second = await review()

      const { timings: _, ...report } = JSON.parse(first.out)
      expect(JSON.parse(second.out)).toMatchObject(report)
      // What is below `/-/` is about the registry, not about a package.
      const packages = server.requests.slice(asked).filter(({ path }) => !path.startsWith('/-/'))
      expect(server.requests.slice(0, asked).map(({ path }) => path)).toContain('/left-pad/-/left-pad-1.0.2.tgz')
      expect(packages.map(({ path, status }) => `${path} ${status}`)).toEqual(['/left-pad 304'])
    })
  })

  it('exits 2 offline and names each package that it could not verify', async () => {
    await withRepository(['1.0.0', '1.0.1'], async (folder, registry) => {
      const { code, out } = await run(folder, ['review', ...dirs, ...registry, '--offline'])

      expect(code).toBe(2)
      expect(out).toContain('INCOMPLETE')
      expect(out).toMatch(/left-pad@1\.0\.1: offline/)
    })
  })

  it('exits 3 for a base policy with a typing mistake, names line, seen and wanted, and still prints JSON', async () => {
    const policy = { 'base/.github/lockwarden.yml': 'version: 1\nfailon: low\n' }
    await withRepository(
      ['1.0.0', '1.0.1'],
      async (folder, registry) => {
        const { code, out, err } = await run(folder, ['review', ...dirs, ...registry, '--format', 'json'])

        expect(code).toBe(3)
        expect(err).toContain('.github/lockwarden.yml:2')
        expect(err).toContain('failOn')
        expect(JSON.parse(out).gaps).toMatchObject([{ code: 'policy-invalid', matters: true }])
      },
      policy,
    )
  })

  it('writes the same bytes twice, timings aside, and to the file that --output names', async () => {
    await withRepository(['1.0.0', '1.0.2'], async (folder, registry) => {
      const args = ['review', ...dirs, ...registry, '--format', 'json', '--output']
      await run(folder, [...args, 'one.json'])
      const { out } = await run(folder, [...args, 'two.json'])

      const read = (name: string) => readFileSync(join(folder, name), 'utf8').replace(/"timings": \{[^}]*\}/, '')
      expect(out).toBe('')
      expect(read('one.json')).toBe(read('two.json'))
      expect(JSON.parse(readFileSync(join(folder, 'one.json'), 'utf8'))).toMatchObject({
        schemaVersion: 1,
        verdict: 'flagged',
        coverage: { changed: 1, expected: 1, analysed: 1, unverified: 0 },
      })
    })
  })

  it('takes the merge base with the default branch and HEAD of the clone it stands in', async () => {
    const { packages, lock } = await leftPad()
    const server = await startRegistry({ packages })
    const git = (folder: string, ...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.test', ...args], { cwd: folder })
    try {
      await inFolder(lock('1.0.0'), async (folder) => {
        git(folder, 'init', '-q', '-b', 'main')
        git(folder, 'add', '.')
        git(folder, 'commit', '-qm', 'one')
        git(folder, 'checkout', '-q', '-b', 'upgrade')
        writeFileSync(join(folder, 'package-lock.json'), lock('1.0.2')['package-lock.json'])
        git(folder, 'commit', '-qam', 'two')

        const { code, out } = await run(folder, ['review', '--registry', server.url, '--format', 'json'])

        expect(code).toBe(1)
        expect(JSON.parse(out)).toMatchObject({
          base: { kind: 'git', ref: 'main' },
          changes: [{ kind: 'upgraded', name: 'left-pad' }],
        })
      })
    } finally {
      await server.close()
    }
  })

  it.each([
    [['review', '--nonsense'], /unknown option '--nonsense'/],
    [['review', '--format', 'yaml'], /Allowed choices are terminal/],
    [['review', '--concurrency', '0'], /wanted a number from 1 to 64/],
    [['review', '--now', 'tomorrow'], /wanted an ISO time/],
    [['review', '--base', 'x', '--base-dir', 'y'], /give one of them/],
    [['review', '--base-dir', 'nowhere', '--head-dir', 'nowhere'], /nowhere cannot be read/],
    [['review', '--repo', '.'], /git cannot read a repository/],
    [['review', '--policy', 'none.yml', '--base-dir', '.', '--head-dir', '.'], /none\.yml cannot be read \(ENOENT\)/],
    [['review', '--registry', 'nonsense', '--base-dir', '.', '--head-dir', '.'], /--registry is not an http/],
    [['nonsense'], /unknown command 'nonsense'/],
  ] as const)('exits 3 for %j and says what is wrong', async (args, message) => {
    await inFolder({}, async (folder) => {
      const { code, err, out } = await run(folder, args, { GIT_CEILING_DIRECTORIES: folder })

      expect(err).toMatch(message)
      expect([code, out]).toEqual([3, ''])
    })
  })
})

describe('lockwarden inspect', () => {
  it('tells what a tarball on disk would run and holds', async () => {
    const { tarballs } = await leftPad()
    await inFolder({ 'left-pad.tgz': tarballs['1.0.2'] }, async (folder) => {
      const { code, out } = await run(folder, ['inspect', './left-pad.tgz', '--format', 'json'])

      expect(code).toBe(0)
      expect(JSON.parse(out)).toMatchObject({
        schemaVersion: 1,
        package: { name: 'left-pad', version: '1.0.2', integrity: sriOf('sha512', tarballs['1.0.2']) },
        files: { count: 3 },
        scripts: [{ hook: 'postinstall', command: 'node setup.js', files: ['setup.js'] }],
        gaps: [],
      })
    })
  })

  it('resolves a tag at the registry and prints a page for a person', async () => {
    await withRepository(['1.0.0', '1.0.1'], async (folder, registry) => {
      const { code, out } = await run(folder, ['inspect', 'left-pad@latest', ...registry])

      expect(code).toBe(0)
      expect(out).toMatch(/^left-pad 1\.0\.2\n3 files/)
      expect(out).toContain('postinstall: node setup.js')
    })
  })

  it('tells what the code of a folder does on install', async () => {
    const files = {
      'work/package.json': JSON.stringify({
        name: 'left-pad',
        version: '1.0.3',
        scripts: { postinstall: 'node setup.js' },
      }),
      'work/setup.js': "require('child_process').execSync('make all')\n",
    }
    await inFolder(files, async (folder) => {
      const page = await run(folder, ['inspect', './work'])
      const json = await run(folder, ['inspect', './work', '--format', 'json'])

      expect([page.code, json.code]).toEqual([0, 0])
      expect(page.out.split('\n').slice(2, -1)).toEqual([
        'On install it starts programs.',
        'on install    postinstall: node setup.js [setup.js]',
        "  starts programs            setup.js:1  require('child_process').execSync('make all')",
      ])
      expect(JSON.parse(json.out)).toMatchObject({
        capabilities: [
          { capability: 'shell', file: 'setup.js', line: 1, when: 'install', detail: 'child_process.execSync' },
        ],
        hosts: [],
        environment: [],
        recipients: [],
        gaps: [],
      })
    })
  })

  it('exits 2 with a gap for a file that is no tarball, and 3 for one that is not there', async () => {
    await inFolder({ 'broken.tgz': 'no tarball' }, async (folder) => {
      const broken = await run(folder, ['inspect', './broken.tgz'])
      const absent = await run(folder, ['inspect', './absent.tgz'])

      expect([broken.code, absent.code]).toEqual([2, 3])
      expect(broken.err).toContain('tarball-invalid')
      expect(absent.err).toContain('ENOENT')
    })
  })

  it('exits 3 for a version that the registry does not have', async () => {
    await withRepository(['1.0.0', '1.0.1'], async (folder, registry) => {
      const { code, err } = await run(folder, ['inspect', 'left-pad@9', ...registry])

      expect([code, err]).toEqual([3, 'lockwarden: the registry has no left-pad@9\n'])
    })
  })
})

describe('lockwarden diff', () => {
  it('judges the new package against the old one and lists what changed', async () => {
    await withRepository(['1.0.0', '1.0.1'], async (folder, registry) => {
      const { code, out } = await run(folder, [
        'diff',
        'left-pad@1.0.1',
        'left-pad@1.0.2',
        ...registry,
        '--format',
        'json',
      ])

      expect(code).toBe(1)
      const diff = JSON.parse(out)
      expect(diff).toMatchObject({
        schemaVersion: 1,
        verdict: 'flagged',
        before: { name: 'left-pad', version: '1.0.1' },
        after: { name: 'left-pad', version: '1.0.2' },
        added: { scripts: [{ hook: 'postinstall' }], files: [] },
        removed: { scripts: [] },
        changed: { files: [{ path: 'index.js' }, { path: 'package.json' }] },
        gaps: [],
      })
      expect(diff.findings.map(({ rule }: { rule: string }) => rule)).toEqual(['install-script-added'])
    })
  })

  it('compares a folder with a published version, running nothing', async () => {
    const files = {
      'work/package.json': JSON.stringify({ name: 'left-pad', version: '1.0.3', scripts: { prepare: 'touch ran' } }),
      'work/index.js': "exports.v = '1.0.3'\n",
    }
    await withRepository(
      ['1.0.0', '1.0.1'],
      async (folder, registry) => {
        const { code, out } = await run(folder, ['diff', 'left-pad@1.0.1', './work', ...registry])

        expect(code).toBe(0)
        expect(out).toContain('CLEAR')
        expect(() => readFileSync(join(folder, 'work/ran'))).toThrow('ENOENT')
      },
      files,
    )
  })

  it('names the file that could not be read among what is not known', async () => {
    const files = {
      'work/package.json': JSON.stringify({ name: 'left-pad', version: '1.0.2' }),
      'work/index.js': `${'('.repeat(200_000)}1${')'.repeat(200_000)}`,
    }
    await withRepository(
      ['1.0.0', '1.0.1'],
      async (folder, registry) => {
        const { out } = await run(folder, ['diff', 'left-pad@1.0.1', './work', ...registry, '--format', 'json'])

        expect(JSON.parse(out).gaps).toContainEqual(
          expect.objectContaining({ code: 'file-unanalysed', package: 'left-pad@1.0.2', matters: true }),
        )
      },
      files,
    )
  })
})
