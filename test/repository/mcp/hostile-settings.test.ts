import { describe, expect, it } from '@jest/globals'
import { maxMcpConfigurationBytes } from '../../../src/limits.js'
import { readConfiguration } from '../../../src/repository/mcp/read-configuration.js'
import { readStart } from '../../../src/repository/mcp/started-packages.js'
import { withoutSecrets } from '../../../src/repository/mcp/without-secrets.js'
import { parseSettings } from '../../../src/repository/settings/parse-settings.js'
import fc from '../../seeded-properties.js'

const pieces = [
  'npx',
  '-y',
  '@a/b@1',
  'git+ssh://',
  '%zz',
  'docker run ',
  'uvx',
  '-e',
  '"',
  "'",
  '#',
  '@',
  'npm:',
  ':',
  '/',
  ' ',
  '${',
]
const word = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map((parts) => parts.join('')),
)
const server = fc.record(
  {
    command: fc.oneof(word, fc.jsonValue()),
    args: fc.oneof(fc.array(word), fc.jsonValue()),
    env: fc.jsonValue(),
    url: word,
  },
  { requiredKeys: [] },
)
const settings = fc.record(
  {
    mcpServers: fc.dictionary(word, server),
    servers: fc.jsonValue(),
    permissions: fc.jsonValue(),
    agent: fc.jsonValue(),
  },
  { requiredKeys: [] },
)
const tables = [
  '[mcp_servers.a]\n',
  'command="npx"\n',
  'args=["-y","x"]\n',
  '[[a]]\n',
  'a.b.c=1\n',
  'env={A="b"}\n',
  'x=',
  '"""',
  '\n',
  '[',
]

describe('settings that somebody wrote to harm their reader', () => {
  it('are a list of words whatever the words are', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        readStart(words.map((text) => ({ text, line: 1 })))
        expect(withoutSecrets(words)).toHaveLength(words.length)
      }),
      { numRuns: 2_000 },
    )
  })

  it('are JSON cut or mended anywhere', () => {
    fc.assert(
      fc.property(settings, fc.nat(), fc.string({ maxLength: 3 }), (value, place, inserted) => {
        const text = JSON.stringify(value)
        const at = place % (text.length + 1)
        for (const changed of [text.slice(0, at), text.slice(0, at) + inserted + text.slice(at)]) {
          const { value: parsed } = parseSettings('mcp.json', changed)
          expect(readConfiguration('mcp.json', parsed).servers.every(({ line }) => line > 0)).toBe(true)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('are TOML of any pieces', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...tables), fc.string({ maxLength: 4 })), { maxLength: 12 }),
        (parts) => {
          const { value } = parseSettings('config.toml', parts.join(''))
          expect(readConfiguration('config.toml', value).servers.every(({ line }) => line > 0)).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('are as large as they may be, and of the kinds that take a parser longest', () => {
    const texts = [
      [
        'mcp.json',
        JSON.stringify({ mcpServers: { a: { command: 'npx', args: [`git+ssh://${'a@'.repeat(100_000)}`] } } }),
      ],
      ['mcp.json', JSON.stringify({ mcpServers: { a: { command: 'npx', args: ['@a/'.repeat(80_000)] } } })],
      ['config.toml', `a = [${'1,'.repeat(100_000)}]`],
    ] as const
    for (const [path, text] of texts) {
      expect(text.length).toBeLessThan(maxMcpConfigurationBytes)
      readConfiguration(path, parseSettings(path, text).value)
    }
  })
})
