import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from '@jest/globals'
import { audit } from '../src/audit.js'
import { openDirectorySnapshot } from '../src/change/directory-snapshot.js'
import { listComponents } from '../src/list-components.js'
import { toCycloneDx } from '../src/report/sbom/to-cyclonedx.js'
import { toTerminal } from '../src/report/to-terminal.js'
import { openMemoryStore } from '../src/store/memory-store.js'
import { inProcessAnalyser } from './builders/code-analyser.js'
import { cycloneDxErrors } from './builders/cyclonedx-schema.js'
import { aRegistry } from './builders/fake-registry.js'

/** Well-known repositories, and what their own files do, as somebody looked it up. */
const repositories = [
  {
    path: 'probot+probot/18/head',
    packages: 1_282,
    rules: ['audit-missing', 'package-runner-unpinned', 'sbom-missing'],
  },
  {
    path: 'microsoft+playwright-mcp/14/head',
    packages: 236,
    rules: ['audit-missing', 'install-unlocked', 'sbom-missing'],
  },
  {
    path: 'modelcontextprotocol+servers/12/head',
    packages: 287,
    rules: ['audit-missing', 'install-unlocked', 'sbom-missing'],
  },
  {
    path: 'honojs+hono/24/head',
    packages: 1_254,
    rules: [
      'audit-missing',
      'install-unlocked',
      'lockfile-entry-orphaned',
      'package-runner-unpinned',
      'remote-script-piped',
      'sbom-missing',
    ],
  },
  { path: 'vuejs+core/19/head', packages: 957, rules: ['audit-missing', 'sbom-missing'] },
] as const

/** The repositories unpacked, or null with the reason printed. */
function unpack(): string | null {
  const archive = resolve(process.env.LOCKWARDEN_CASES ?? '../shared/cases', 'lockfiles.tar.xz')
  if (!existsSync(archive)) {
    console.log(`skipped: real repositories are not there (${archive}); set LOCKWARDEN_CASES`)
    return null
  }
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-audits-'))
  execFileSync('tar', ['-xf', archive, '-C', folder, ...repositories.map(({ path }) => `lockfiles/${path}`)])
  return folder
}

const folder = unpack()
const described = folder === null ? describe.skip : describe

described('an audit of a well-known repository, over a registry that knows all of it', () => {
  afterAll(() => {
    if (folder !== null) rmSync(folder, { recursive: true, force: true })
  })
  const errorsOf = cycloneDxErrors()

  for (const { path, packages, rules } of repositories) {
    it(`gives ${path} a page of what is to be done, and a bill of materials that is valid`, async () => {
      const head = await openDirectorySnapshot(join(folder ?? '', 'lockfiles', path))
      const { report } = await audit({
        head,
        openPackages: false,
        openRegistry: () => aRegistry(),
        store: openMemoryStore(),
        code: inProcessAnalyser,
        now: new Date('2026-11-20T12:00:00Z'),
        concurrency: 8,
      })
      // Not more than that: what the registry in memory says of packages is made up, and rules that are yet to come will have more to say.
      expect(report.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining([...rules]))
      expect(report.tree?.packages).toBe(packages)
      expect(report.gaps.filter(({ code }) => code === 'internal-error')).toEqual([])
      const page = toTerminal(report, { failOn: 'high', colour: false, width: 100 })
      expect([page.split('\n').length < 250, page.includes('To earn points back:')]).toEqual([true, true])

      const { projects } = await listComponents({ head, defaultHosts: [] })
      const { graphs, manifests } = projects.head
      expect(errorsOf(toCycloneDx({ changes: projects.changes, graphs, manifests, version: '0.1.0' }))).toEqual([])
    })
  }
})
