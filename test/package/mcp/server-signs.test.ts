import { describe, expect, it } from '@jest/globals'
import { serverSigns } from '../../../src/package/mcp/server-signs.js'
import { parseManifest } from '../../../src/registry/manifest.js'
import { type Files, unpackedOf } from './server-of.js'

const signs = (document: object, files: Files = {}) => serverSigns(unpackedOf(files), parseManifest(document))

const sdk = { dependencies: { '@modelcontextprotocol/sdk': '1.0.0' } }

describe('whether a package is an MCP server', () => {
  it.each<[string, object, Files, readonly string[]]>([
    [
      'by the SDK and what it uses of it',
      { name: 'a', ...sdk },
      { 'index.js': "import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'" },
      ['depends on @modelcontextprotocol/sdk and uses the part of it that servers use'],
    ],
    [
      'by a framework',
      { name: 'a', dependencies: { fastmcp: '^3' }, keywords: ['mcp'] },
      {},
      ['depends on fastmcp, which servers are built with', 'its keywords say so'],
    ],
    [
      'by a bundle that answers',
      { name: 'a', bin: { 'a-mcp': 'a.js' } },
      { 'a.js': 'switch(m){case"tools/list":return s}' },
      ['its code answers requests for a list of tools', 'its command a-mcp says so'],
    ],
    [
      'by its name and command, with the SDK',
      { name: 'x-mcp-server', bin: 'a.js', ...sdk },
      { 'a.js': "import { run } from 'x-mcp-core'; run()" },
      ['its name says so', 'its command x-mcp-server says so'],
    ],
    [
      'by what registries and desktops read',
      { name: 'a' },
      { 'server.json': '{"packages":[]}', 'manifest.json': '{"mcpb_version":"0.1","server":{}}' },
      ['its server.json describes a server', 'its manifest.json describes a desktop extension'],
    ],
  ])('is told %s', (_how, document, files, why) => {
    expect(signs(document, files)).toEqual(why)
  })

  it.each<[string, object, Files]>([
    [
      'a client',
      { name: 'mcp-adapters', ...sdk },
      { 'index.js': "import { Client } from '@modelcontextprotocol/sdk/client/index.js'" },
    ],
    ['a package of that name alone', { name: 'mcp', keywords: ['mcp'], bin: { mcp: 'a.js' } }, { 'a.js': '1' }],
    ['one whose tests have a server', { name: 'a' }, { 'test/a.js': "new McpServer({}); 'tools/list'" }],
    ['a web page with a manifest', { name: 'a' }, { 'manifest.json': '{"manifest_version":3,"name":"x"}' }],
    [
      'the SDK itself',
      { name: '@modelcontextprotocol/sdk' },
      { 'server.js': 'class StdioServerTransport {}; case "tools/list":' },
    ],
    [
      'a client without the SDK',
      { name: 'chat', bin: 'a.js', keywords: ['mcp'] },
      { 'a.js': 'send({ method: "tools/list" }); send({ method: "tools/call" })' },
    ],
    ['a server of another kind', { name: 'a' }, { 'server.json': '{"port":1}' }],
  ])('is not said of %s', (_what, document, files) => {
    expect(signs(document, files)).toEqual([])
  })
})
