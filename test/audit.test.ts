import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { audit } from '../src/audit.js'
import { openNpmRegistry } from '../src/registry/npm-registry.js'
import type { Report } from '../src/report/report.js'
import { openMemoryStore } from '../src/store/memory-store.js'
import { registryAdvisories } from './builders/advisories.js'
import { inProcessAnalyser } from './builders/code-analyser.js'
import { aManifest, aPackageLock } from './builders/lockfile.js'
import { aSnapshot } from './builders/memory-snapshot.js'
import { anOperator, sriOf } from './builders/registry.js'
import { buildTarball } from './builders/tarball.js'
import { startRegistry, type TestRegistry } from './emulator/registry.js'

type Files = Readonly<Record<string, string>>

const tarball = await buildTarball({ 'package.json': '{"name": "left-pad", "version": "1.0.0"}' })
const locked = { 'left-pad': { version: '1.0.0', integrity: sriOf('sha512', tarball) } }

/** A repository in which nothing is wrong but that nobody asks about advisories, makes an SBOM or proves its builds. */
const plain: Files = {
  'package.json': aManifest({ packages: locked }),
  'package-lock.json': aPackageLock({ packages: locked }),
}

const workflow = (...commands: readonly string[]): Files => ({
  '.github/workflows/ci.yml': `on: push\njobs:\n  ci:\n    runs-on: ubuntu-latest\n    steps:\n${commands.map((command) => `      - run: ${command}\n`).join('')}`,
})

const policy = (text: string): Files => ({ '.github/lockwarden.yml': `version: 1\n${text}\n` })

interface Line {
  /** As the checklists of the articles have it. */
  readonly asks: string
  readonly files: Files
  readonly told: string
  /** The same repository with the fault mended. */
  readonly mended: Files
}

const lines: readonly Line[] = [
  {
    asks: 'no lockfile',
    files: { 'package.json': '{"name": "project", "dependencies": {"left-pad": "1.0.0"}}' },
    told: 'lockfile-missing',
    mended: plain,
  },
  {
    asks: 'CI that installs without the lockfile',
    files: { ...plain, ...workflow('npm install') },
    told: 'install-unlocked',
    mended: { ...plain, ...workflow('npm ci') },
  },
  {
    asks: 'a pipeline that updates by itself',
    files: { ...plain, ...workflow('npm update') },
    told: 'install-unlocked',
    mended: { ...plain, ...workflow('npm outdated') },
  },
  {
    asks: 'no gate for advisories',
    files: plain,
    told: 'audit-missing',
    mended: { ...plain, ...workflow('npm ci', 'npm audit --audit-level=high') },
  },
  {
    asks: 'no bill of materials',
    files: plain,
    told: 'sbom-missing',
    mended: { ...plain, ...workflow('npm ci', 'npm sbom') },
  },
  {
    asks: 'direct dependencies without provenance',
    files: plain,
    told: 'provenance-absent',
    mended: { 'package.json': '{"name": "project"}' },
  },
  {
    asks: 'internal names without a scope',
    files: {
      ...plain,
      ...policy("internal: { patterns: ['acme-*'] }"),
      'requirements.txt': 'acme-billing==1.0.0\n',
    },
    told: 'internal-name-unscoped',
    mended: { ...plain, ...policy("internal: { patterns: ['acme-*'] }"), 'requirements.txt': 'requests==2.32.0\n' },
  },
  {
    asks: 'a scope that nothing sends to a registry of its own',
    files: {
      ...plain,
      ...policy("internal: { scopes: ['@acme'] }"),
      'tools/package.json': '{"devDependencies": {"@acme/lint": "1.0.0"}}',
    },
    told: 'registry-scope-missing',
    mended: {
      ...plain,
      ...policy("internal: { scopes: ['@acme'] }"),
      'tools/package.json': '{"devDependencies": {"@acme/lint": "1.0.0"}}',
      '.npmrc': '@acme:registry=https://npm.acme.example/\n',
    },
  },
  {
    asks: 'pip without hashes',
    files: { ...plain, ...policy('python: { requireHashes: true }'), 'requirements.txt': 'requests==2.32.0\n' },
    told: 'hashes-missing',
    mended: {
      ...plain,
      ...policy('python: { requireHashes: true }'),
      'requirements.txt': `requests==2.32.0 --hash=sha256:${'0'.repeat(64)}\n`,
    },
  },
  {
    asks: 'go.mod without go.sum',
    files: { ...plain, 'go.mod': 'module example.test/m\n\ngo 1.24\n\nrequire example.test/other v1.2.3\n' },
    told: 'checksums-missing',
    mended: {
      ...plain,
      'go.mod': 'module example.test/m\n\ngo 1.24\n\nrequire example.test/other v1.2.3\n',
      'go.sum': 'example.test/other v1.2.3 h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n',
    },
  },
  {
    asks: 'the whole environment handed to a server',
    files: {
      ...plain,
      'src/client.js':
        "import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'\nnew StdioClientTransport({ command: 'node', args: ['server.js'], env: process.env })\n",
    },
    told: 'server-environment-excessive',
    mended: {
      ...plain,
      'src/client.js':
        "import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'\nnew StdioClientTransport({ command: 'node', args: ['server.js'], env: { PATH: process.env.PATH } })\n",
    },
  },
  {
    asks: 'a server that is started by whatever version is the newest',
    files: { ...plain, '.mcp.json': '{"mcpServers": {"mail": {"command": "npx", "args": ["-y", "mail-mcp"]}}}\n' },
    told: 'server-unpinned',
    mended: {
      ...plain,
      '.mcp.json': '{"mcpServers": {"mail": {"command": "npx", "args": ["-y", "mail-mcp@1.0.0"]}}}\n',
    },
  },
]

describe('an audit', () => {
  let server: TestRegistry

  beforeAll(async () => {
    const one = { versions: { '1.0.0': { tarball } } }
    server = await startRegistry({ packages: { 'left-pad': one, 'mail-mcp': one } })
  })
  afterAll(() => server.close())

  const auditOf = async (files: Files, registry = server): Promise<Report> => {
    const { report } = await audit({
      head: aSnapshot(files),
      openPackages: false,
      openRegistry: (base) =>
        openNpmRegistry({ operator: anOperator({ registry: registry.url }), ...base, concurrency: 4 }),
      advisories: registryAdvisories(registry.url),
      store: openMemoryStore(),
      code: inProcessAnalyser,
      now: new Date('2026-11-20T12:00:00Z'),
      concurrency: 4,
    })
    return report
  }
  const rulesIn = ({ findings }: Report): readonly string[] => findings.map(({ rule }) => rule)

  for (const { asks, files, told, mended } of lines) {
    it(`tells of ${asks} by ${told}, takes points for it, and gives them back where it is mended`, async () => {
      const report = await auditOf(files)
      const after = await auditOf(mended)

      expect(rulesIn(report)).toContain(told)
      expect(report.grade?.deductions.map(({ rule }) => rule)).toContain(told)
      expect(rulesIn(after)).not.toContain(told)
    })
  }

  it('deducts for each severe advisory about what is installed, and for none where there is none', async () => {
    const advisory = (id: number, severity: string) => ({
      id,
      url: `https://advisories.example/${id}`,
      title: 'a vulnerability',
      severity,
      vulnerable_versions: '<1.0.1',
    })
    const listed = await startRegistry({
      packages: { 'left-pad': { versions: { '1.0.0': { tarball } } } },
      advisories: { 'left-pad': [advisory(1, 'high'), advisory(2, 'critical'), advisory(3, 'low')] },
    })
    try {
      const { grade } = await auditOf(plain, listed)
      expect(grade?.deductions.filter(({ rule }) => rule.startsWith('advisory-'))).toMatchObject([
        { rule: 'advisory-known', points: 30, findings: 1 },
      ])
      expect(rulesIn(await auditOf(plain))).not.toContain('advisory-known')
    } finally {
      await listed.close()
    }
  })

  it('says in one line which files the policy leaves out', async () => {
    const ignoring = policy("paths: { ignore: ['fixtures/**'] }")
    const fixtures = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [`fixtures/${name}/package.json`, '{"dependencies": {"left-pad": "1.0.0"}}']),
    )
    const { notes, findings } = await auditOf({
      ...plain,
      ...ignoring,
      ...fixtures,
      'fixtures/Dockerfile': 'FROM node:22\nRUN npm install\n',
    })

    expect(notes).toEqual([
      'the policy leaves out 5 files: fixtures/a/package.json, fixtures/b/package.json, fixtures/c/package.json and 2 more',
    ])
    expect(findings.filter(({ location }) => location?.file.startsWith('fixtures/'))).toEqual([])
  })

  it('is the same twice, timings aside', async () => {
    const [first, second] = [await auditOf(plain), await auditOf(plain)]
    expect({ ...second, timings: {} }).toEqual({ ...first, timings: {} })
  })

  it('asks for no tarball', async () => {
    const before = server.requests.length
    await auditOf(plain)
    expect(server.requests.slice(before).filter(({ path }) => path.endsWith('.tgz'))).toEqual([])
  })

  it('blames no state for what only a change can do', async () => {
    const standing = {
      ...plain,
      '.mcp.json': '{"mcpServers": {"mail": {"command": "npx", "args": ["-y", "mail-mcp@1.0.0"]}}}\n',
    }
    expect(rulesIn(await auditOf(standing))).not.toContain('server-config-changed')
  })

  it('holds what is locked against what the registry states, without the bytes', async () => {
    const other = { 'left-pad': { version: '1.0.0', integrity: sriOf('sha512', Buffer.from('other bytes')) } }
    const { findings, verdict } = await auditOf({ ...plain, 'package-lock.json': aPackageLock({ packages: other }) })
    expect([verdict, findings[0]?.rule]).toEqual(['flagged', 'integrity-mismatch'])
  })
})
