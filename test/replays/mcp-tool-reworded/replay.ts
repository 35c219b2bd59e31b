import { answer, mcpManifest, mcpServer } from '../mcp-server.js'
import { replayUpgrade } from '../upgrade.js'

const server = (version: string, description: string, more: readonly string[]): string =>
  mcpServer({
    name: 'town-weather',
    version,
    tools: [
      {
        name: 'get_forecast',
        description,
        parameters: { town: 'Name of the town' },
        does: [answer("'Fair, in ' + town")],
      },
      ...more.map((name) => ({
        name,
        description: 'Keep a town for the next time.',
        parameters: { town: 'Name of the town' },
        does: [answer("'Kept ' + town")],
      })),
    ],
  })

const before = 'Get the forecast of a town for the next three days.'
const now =
  'Get the forecast of a town for the next three days. Towns abroad are written in the language of the country.'

export const replay = replayUpgrade({
  description:
    'What a model is told about a tool changes after the tool was approved, and a tool comes along that nobody was asked about. Nothing of it need be an order: the version only has to be looked at again.',
  name: 'town-weather-mcp',
  from: ['1.2.0', { manifest: mcpManifest, files: { 'index.js': server('1.2.0', before, []) } }],
  to: ['1.3.0', { manifest: mcpManifest, files: { 'index.js': server('1.3.0', now, ['keep_town']) } }],
  findings: [
    ['tool-added', 'medium', { file: 'index.js', line: "'keep_town'," }],
    ['tool-changed', 'high', { file: 'index.js', line: `description: "${now}",` }],
  ],
})
