import { describe, expect, it } from '@jest/globals'
import { CodeCollector } from '../../../src/package/code/code-collector.js'
import { readMcp } from '../../../src/package/mcp/read-mcp.js'
import { parseManifest } from '../../../src/registry/manifest.js'
import { inProcessAnalyser } from '../../builders/code-analyser.js'
import { type Files, unpackedOf } from './server-of.js'

const document = { name: 'a', version: '1.0.0', main: 'index.js', dependencies: { '@modelcontextprotocol/sdk': '1' } }
const code = `import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
const server = new McpServer({ name: 'a', version: '1' })
server.tool('read_file', 'Reads', () => 1)
server.tool('write', 'Writes', () => 1)`

const read = (files: Files, lane = inProcessAnalyser.lane()) =>
  readMcp({
    unpacked: unpackedOf({ ...files, 'package.json': JSON.stringify(document) }),
    manifest: parseManifest(document),
    document,
    collector: new CodeCollector(lane),
  })

describe('what a package would tell a model', () => {
  it('is nothing where it is no server', async () => {
    expect(await read({ 'index.js': '1' })).toBeUndefined()
  })

  it('names the tools that the README mentions, as words of their own', async () => {
    const readme = '# a\n\n- `read_file(path)`: reads. Rewrites nothing.'
    expect((await read({ 'index.js': code, 'README.md': readme }))?.readmeTools).toEqual(['read_file'])
    expect((await read({ 'index.js': code }))?.readmeTools).toBeUndefined()
  })

  it('has the tools that a desktop extension lists and the code does not show', async () => {
    const manifest = JSON.stringify({
      server: {},
      tools: [{ name: 'write' }, { name: 'zip', description: 'Zips' }, { name: 1 }, null],
    })
    const mcp = await read({ 'index.js': code, 'manifest.json': manifest })
    const at = { file: 'manifest.json', line: 1, column: 1 }

    expect(mcp?.tools.map(({ name }) => name)).toEqual(['read_file', 'write', 'zip'])
    expect(mcp?.tools[2]).toEqual({
      name: 'zip',
      description: 'Zips',
      descriptionAt: at,
      parameters: [],
      at,
      handlers: [],
    })
  })

  it('is unresolved where whoever reads it dies of it', async () => {
    const lane = {
      ...inProcessAnalyser.lane(),
      readServer: async () => ({ reason: 'time-out' as const, detail: 'too slow' }),
    }
    const mcp = await read({ 'index.js': code }, lane)

    expect(mcp).toMatchObject({
      tools: [],
      unresolved: [{ what: 'file', reason: 'its code could not be read: too slow' }],
    })
    expect(mcp?.why).not.toEqual([])
    expect(mcp?.unread).toEqual({ reason: 'time-out', detail: 'too slow' })
  })

  it('tells files that are too large to be kept', async () => {
    const unpacked = unpackedOf({
      'index.js': code,
      'package.json': JSON.stringify(document),
      'lib.js': "'tools/list'; import '@modelcontextprotocol/sdk/server/mcp.js'",
    })
    const texts = new Map([...unpacked.texts].filter(([path]) => path !== 'index.js'))
    const mcp = await readMcp({
      unpacked: { ...unpacked, texts },
      manifest: parseManifest(document),
      document,
      collector: new CodeCollector(inProcessAnalyser.lane()),
    })

    expect(mcp?.unresolved.filter(({ what }) => what === 'file')).toEqual([
      { what: 'file', reason: 'larger than what is read of one server', at: { file: 'index.js', line: 1, column: 1 } },
    ])
  })
})
