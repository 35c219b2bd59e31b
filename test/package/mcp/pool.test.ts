import { afterEach, describe, expect, it } from '@jest/globals'
import { CodePool, type CodePoolOptions } from '../../../src/package/code/pool.js'
import type { ServerInput } from '../../../src/package/mcp/server-files.js'

/** Node 20 runs no TypeScript in a child: `npm test` builds first. */
const worker = new URL('../../../dist/package/code/worker.js', import.meta.url)

const pools: CodePool[] = []
afterEach(async () => {
  await Promise.all(pools.splice(0).map((pool) => pool.close()))
})

function open(options: CodePoolOptions = {}): CodePool {
  const pool = new CodePool({ worker, processes: 1, ...options })
  pools.push(pool)
  return pool
}

const inputOf = (code: string): ServerInput => ({
  document: {},
  paths: ['index.js'],
  entries: ['index.js'],
  others: [],
  texts: [['index.js', code]],
})

const server = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
new McpServer({ name: 'a' }).tool('a', () => 1)`

describe('a server that is read in a process of its own', () => {
  it('is read among files of code', async () => {
    const lane = open().lane()
    const file = { path: 'a.js', bytes: Buffer.from('eval(a)'), sha256: '' }
    const [before, read, after] = await Promise.all([
      lane.analyse(file),
      lane.readServer(inputOf(server)),
      lane.analyse(file),
    ])

    expect(read).toMatchObject({ tools: [{ name: 'a' }] })
    expect(before.sightings).toHaveLength(1)
    expect(after).toEqual(before)
  })

  it('says why it cannot be read, and harms nobody', async () => {
    const lane = open({ fileMillis: 300 }).lane()
    const endless = `${'let t = "x".repeat(40000);'}${'t.split("").map((a) => t.split("").map((b) => a + b));'.repeat(200)}`
    const [read, other] = await Promise.all([lane.readServer(inputOf(endless)), lane.readServer(inputOf(server))])

    expect(read).toMatchObject({ reason: 'time-out' })
    expect(other).toMatchObject({ tools: [{ name: 'a' }] })
  })

  it('may nest its code deeper than any stack', async () => {
    const deep = `${server}\nconst x = ${'['.repeat(300_000)}${']'.repeat(300_000)}`

    expect(await open().lane().readServer(inputOf(deep))).toMatchObject({
      unresolved: [{ what: 'file' }, { what: 'tool' }],
    })
  })
})
