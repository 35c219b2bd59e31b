import { describe, expect, it } from '@jest/globals'
import type { Snapshot } from '../../../src/change/snapshot.js'
import { unknown } from '../../../src/gap.js'
import { maxMcpConfigurationBytes, maxServerCodeFiles, maxServerStarts } from '../../../src/limits.js'
import { locate } from '../../../src/lockfile/locate.js'
import { unreadCode } from '../../../src/package/code/bare-code.js'
import type { CodeAnalyser } from '../../../src/package/code/code-analyser.js'
import type { Registry } from '../../../src/registry/registry.js'
import { diffMcp } from '../../../src/repository/mcp/diff-mcp.js'
import { inProcessAnalyser } from '../../builders/code-analyser.js'
import { aRegistry } from '../../builders/fake-registry.js'
import { aSnapshot } from '../../builders/memory-snapshot.js'

type Files = Readonly<Record<string, string>>

interface Options {
  readonly registry?: Registry
  readonly code?: CodeAnalyser
  readonly ignores?: (path: string) => boolean
}

/** A registry in which every package has the versions 1.0.0 and 1.0.1, the latest. */
const diff = (base: Files | Snapshot, head: Files | Snapshot, options: Options = {}) =>
  diffMcp(asSnapshot(base), asSnapshot(head), {
    registry: aRegistry(),
    code: inProcessAnalyser,
    ignores: () => false,
    ...options,
  })

const isSnapshot = (state: Files | Snapshot): state is Snapshot => typeof state.read === 'function'
const asSnapshot = (state: Files | Snapshot): Snapshot => (isSnapshot(state) ? state : aSnapshot(state))

const npx = (...args: readonly string[]) => ({ command: 'npx', args: ['-y', ...args] })
const config = (servers: unknown): string => `${JSON.stringify({ mcpServers: servers }, null, 2)}\n`
const file = (servers: unknown): Files => ({ '.mcp.json': config(servers) })

const changesIn = async (...args: Parameters<typeof diff>) =>
  (await diff(...args)).changes.map(({ kind, name, before, after }) =>
    [kind, name, before?.version, after?.version].filter((part) => part !== undefined).join(' '),
  )
const serversIn = async (...args: Parameters<typeof diff>) =>
  (await diff(...args)).change.servers.map(
    ({ before, after }) => `${before ? 'changed' : 'added'} ${after.name ?? after.file}`,
  )

describe('the MCP servers of a change', () => {
  it('are those that it adds or starts in another way', async () => {
    const base = file({ a: npx('a@1.0.0'), b: npx('b@1.0.0'), c: npx('c@1.0.0') })
    const head = file({ c: npx('c@1.0.0'), b: npx('b@1.0.1'), d: npx('d@1.0.0') })
    expect(await serversIn(base, head)).toEqual(['changed b', 'added d'])
  })

  it('are none where an entry moved within its file, to another file or to another client', async () => {
    const base = { '.mcp.json': config({ a: npx('a'), b: npx('b') }) }
    const head = {
      '.mcp.json': `// moved\n${config({ b: npx('b') })}`,
      '.vscode/mcp.json': JSON.stringify({ servers: { a: npx('a') } }),
    }
    expect(await diff(base, head)).toEqual({
      change: { servers: [], approvals: [] },
      changes: [],
      graphs: new Map(),
      gaps: [],
      notes: [],
    })
  })

  it('are none where nothing changed, and nothing is read then', async () => {
    const read = (): never => {
      throw new Error('read')
    }
    const state = { ...aSnapshot(file({ a: npx('a') })), read }
    expect((await diff(state, state)).change).toEqual({ servers: [], approvals: [] })
  })

  it('are started in another way where the folder or the file of variables is another', async () => {
    const base = file({ a: { ...npx('a@1.0.0'), cwd: 'x' }, b: { ...npx('b@1.0.0'), envFile: 'x.env' } })
    const head = file({ a: { ...npx('a@1.0.0'), cwd: 'y' }, b: { ...npx('b@1.0.0'), envFile: '.env' } })
    expect(await serversIn(base, head)).toEqual(['changed a', 'changed b'])
  })

  it('have the approvals that base had nowhere', async () => {
    const base = { '.roo/mcp.json': config({ a: { ...npx('a@1.0.0'), alwaysAllow: ['read'] } }) }
    const head = { '.mcp.json': config({ a: { ...npx('a@1.0.0'), alwaysAllow: ['read', 'send'] } }) }
    expect((await diff(base, head)).change.approvals.map(({ value }) => value)).toEqual(['send'])
  })

  it('are not those below node_modules, nor those that the policy ignores, which is a note', async () => {
    const head = { 'node_modules/a/.mcp.json': config({ a: npx('a') }), 'fixtures/.mcp.json': config({ b: npx('b') }) }
    const { change, notes } = await diff({}, head, { ignores: (path) => path.startsWith('fixtures/') })
    expect({ servers: change.servers, notes }).toEqual({
      servers: [],
      notes: ['fixtures/.mcp.json changed; the policy ignores it'],
    })
  })

  it('are read of a link where its target stands, and a link to anything else is a gap', async () => {
    const linked = (target: string): Snapshot => ({
      ...aSnapshot({}),
      list: async () => ({ entries: [{ path: '.cursor/mcp.json', kind: 'symlink', id: target }], gaps: [] }),
      read: async () => ({ kind: 'symlink', target }),
    })
    expect((await diff({}, linked('../.mcp.json'))).gaps).toEqual([])
    expect((await diff({}, linked('../servers'))).gaps).toEqual([
      {
        code: 'repository-unreadable',
        file: '.cursor/mcp.json',
        fact: 'repository',
        detail: 'the configuration is a symbolic link, which is not followed',
      },
    ])
  })

  it.each([
    ['is broken', '{ "mcpServers": ', 'repository-unreadable'],
    ['is too large', ' '.repeat(maxMcpConfigurationBytes + 1), 'limit-reached'],
  ])('are a gap that matters where the file %s, and in base one that does not', async (_, text, code) => {
    const broken = { '.mcp.json': text }
    const whole = file({ a: npx('a@1.0.0') })
    expect((await diff({}, broken)).gaps.map((gap) => [gap.code, gap.file])).toEqual([[code, '.mcp.json']])
    const { gaps, change } = await diff(broken, whole)
    expect({ gaps: gaps.map((gap) => gap.code), servers: change.servers.length }).toEqual({
      gaps: ['previous-unavailable'],
      servers: 1,
    })
  })
})

describe('a package that a server starts', () => {
  it('is a dependency of the file, at the version that it names', async () => {
    const { changes, graphs } = await diff({}, file({ a: npx('@acme/mail@1.0.0') }))
    expect(changes).toEqual([
      {
        kind: 'added',
        lockfile: '.mcp.json',
        manager: 'mcp',
        name: '@acme/mail',
        after: { key: 'mcpServers a @acme/mail', version: '1.0.0', source: 'registry' },
        beforeStays: false,
        direct: true,
        dev: false,
        optional: false,
        bundled: false,
        paths: [['@acme/mail']],
      },
    ])
    const head = { graphs, manifests: new Map(), has: () => true }
    expect(
      locate({ kind: 'entry', lockfile: '.mcp.json', key: 'mcpServers a @acme/mail', field: 'version' }, head),
    ).toEqual({ file: '.mcp.json', line: 7 })
  })

  it.each([
    ['a name', 'mail', '1.0.1'],
    ['a tag', 'mail@latest', '1.0.1'],
    ['a range', 'mail@~1.0.0', '1.0.1'],
    ['a version with a sign before it', 'mail@=1.0.0', '1.0.0'],
  ])('is what %s would run today', async (_, word, version) => {
    const { changes, change } = await diff({}, file({ a: npx(word) }))
    expect({
      version: changes.map(({ after }) => after?.version),
      resolved: change.servers.flatMap(({ after }) => after.started.map(({ resolved }) => resolved)),
    }).toEqual({ version: [version], resolved: [version] })
  })

  it('is compared with the version that base started', async () => {
    expect(await changesIn(file({ a: npx('mail@1.0.0') }), file({ a: npx('mail@1.0.1') }))).toEqual([
      'upgraded mail 1.0.0 1.0.1',
    ])
    expect(await changesIn(file({ a: npx('mail') }), file({ a: npx('mail@1.0.0') }))).toEqual([
      'downgraded mail 1.0.1 1.0.0',
    ])
  })

  it('is no change where base would run the same', async () => {
    expect(await changesIn(file({ a: npx('mail') }), file({ a: npx('mail@1.0.1') }))).toEqual([])
  })

  it('is asked for as it is written where the registry does not answer or has no such version', async () => {
    const gap = { code: 'packument-unavailable', fact: 'packument', detail: 'offline' } as const
    const registry = { ...aRegistry(), versions: async () => unknown(gap) }
    expect(await changesIn({}, file({ a: npx('mail') }), { registry })).toEqual(['added mail latest'])
    expect(await changesIn({}, file({ a: npx('mail@^9') }))).toEqual(['added mail ^9'])
  })

  it('is the lockfile’s where a manifest at or above names it and the runner looks there', async () => {
    const head = {
      ...file({
        a: { command: 'npx', args: ['mail'] },
        b: npx('mail@latest'),
        c: { command: 'pnpm', args: ['dlx', 'mail'] },
      }),
      'package.json': '{ "devDependencies": { "mail": "^1.0.0" } }',
    }
    const { change } = await diff({}, head)
    expect(change.servers.map(({ after }) => after.started.map(({ inProject }) => inProject === true))).toEqual([
      [true],
      [false],
      [false],
    ])
  })

  it('comes from git or an address as it does in a lockfile', async () => {
    const { changes } = await diff({}, file({ a: npx('github:acme/mail'), b: npx('https://files.example/m.tgz') }))
    expect(changes.map(({ after }) => [after?.source, after?.resolved])).toEqual([
      ['git', 'github:acme/mail'],
      ['url', 'https://files.example/m.tgz'],
    ])
  })

  it('has the address of the registry that its command line or its variables name', async () => {
    const servers = {
      a: npx('--registry', 'https://other.example/npm/', '@acme/a@1.0.0'),
      b: { ...npx('b@1.0.0'), env: { NPM_CONFIG_REGISTRY: 'https://other.example' } },
      c: { command: 'npm', args: ['exec', 'c@1.0.0', '--registry=https://other.example'] },
      d: npx('d@1.0.0', '--registry', 'https://its-own.example'),
    }
    const { changes } = await diff({}, file(servers))
    expect(changes.map(({ after }) => after?.resolved)).toEqual([
      'https://other.example/npm/@acme/a/-/a-1.0.0.tgz',
      'https://other.example/b/-/b-1.0.0.tgz',
      'https://other.example/c/-/c-1.0.0.tgz',
      undefined,
    ])
  })

  it('is a gap where nobody opens its kind, once it is new', async () => {
    const servers = { a: { command: 'uvx', args: ['mail'] }, b: { command: 'docker', args: ['run', 'acme/mail:1'] } }
    const { changes, gaps } = await diff({}, file(servers))
    expect({ changes, gaps: gaps.map(({ code, package: name, detail }) => [code, name, detail]) }).toEqual({
      changes: [],
      gaps: [
        ['ecosystem-unsupported', 'mail', 'uvx starts a Python package, which is not opened'],
        ['ecosystem-unsupported', 'acme/mail@1', 'docker run starts a container image, which is not opened'],
      ],
    })
    const more = { ...servers, a: { ...servers.a, env: { MODE: 'x' } } }
    expect((await diff(file(servers), file(more))).gaps).toEqual([])
  })

  it('is a gap that matters where its version is filled in only when it starts', async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: as configurations write it.
    const { changes, gaps } = await diff({}, file({ a: npx('mail@${VERSION}') }))
    expect({ changes, gaps: gaps.map(({ code }) => code) }).toEqual({ changes: [], gaps: ['entry-unreadable'] })
  })
})

const client = (command: string): string =>
  `import { StdioClientTransport } from 'sdk'\nexport const t = new StdioClientTransport(${command})\n`

describe('code that starts servers', () => {
  it('is read where it changed, and compared with what it was', async () => {
    const [old, now] = ["{ command: 'npx', args: ['mail@1.0.0'] }", "{ command: 'npx', args: ['mail@1.0.1'] }"]
    expect(await serversIn({ 'src/a.ts': client(old) }, { 'src/a.ts': client(now) })).toEqual(['changed src/a.ts'])
    expect(await serversIn({ 'src/a.ts': client(old) }, { 'src/a.ts': `// why\n${client(old)}` })).toEqual([])
    expect(await changesIn({}, { 'src/a.ts': client(now) })).toEqual(['added mail 1.0.1'])
  })

  it('starts nothing new where its file only moved', async () => {
    const text = client("{ command: 'npx', args: ['mail'], env: process.env }")
    expect(await serversIn({ 'src/a.ts': text }, { 'lib/b.ts': text })).toEqual([])
    expect(await serversIn({ 'src/a.ts': text }, { 'lib/b.ts': `${text}${text}` })).toEqual(['added lib/b.ts'])
  })

  it('is no server where it starts a program that is none', async () => {
    const programs = [
      "spawn('npx', ['eslint', 'src/mcp-client'])",
      "spawn('node', ['./mcp/server.js'])",
      "spawn('git', ['commit', '-m', 'start mcp/server.js'], { env: process.env })",
    ]
    for (const program of programs) {
      const code = `import { spawn } from 'node:child_process'\n${program}\n`
      expect(await serversIn({}, { 'src/a.ts': code })).toEqual([])
    }
  })

  it('is a server where it hands all that there is to the file of one', async () => {
    const code =
      "import { spawn } from 'node:child_process'\nspawn('node', ['./mcp/server.js'], { env: process.env })\n"
    expect(await serversIn({}, { 'src/a.ts': code })).toEqual(['added src/a.ts'])
  })

  it('is a gap that matters where it surely starts one and cannot be read', async () => {
    const code: CodeAnalyser = {
      lane: () => ({ ...inProcessAnalyser.lane(), analyse: async () => unreadCode('time-out', 'too slow') }),
    }
    const { gaps } = await diff({}, { 'src/a.ts': client('{}'), 'src/b.ts': 'const name = "mcp"' }, { code })
    expect(gaps).toEqual([
      {
        code: 'file-unanalysed',
        file: 'src/a.ts',
        fact: 'repository',
        detail: 'it starts an MCP server and could not be read: too slow',
      },
    ])
  })

  it('is read up to a number of servers, and that is told', async () => {
    const many = Array.from({ length: maxServerStarts }, () => client("{ command: 'node', args: ['a.js'] }")).join('')
    expect((await diff({}, { 'src/a.ts': many })).gaps.map(({ code, file: path }) => [code, path])).toEqual([
      ['limit-reached', 'src/a.ts'],
    ])
  })

  it('is searched up to a number of files, and that is told', async () => {
    const many = Object.fromEntries(
      Array.from({ length: maxServerCodeFiles + 1 }, (_, index) => [`src/${index}.js`, '1']),
    )
    expect((await diff({}, many)).gaps).toEqual([
      {
        code: 'limit-reached',
        fact: 'repository',
        detail: `${maxServerCodeFiles + 1} files of code changed, and only the first ${maxServerCodeFiles} were searched for MCP servers that they start`,
      },
    ])
  })
})
