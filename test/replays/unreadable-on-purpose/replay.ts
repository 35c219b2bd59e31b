import { durations } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

const depth = 20_000
const tower = `const tower = ${'['.repeat(depth)}${']'.repeat(depth)}`

export const replay = replayUpgrade({
  description:
    'A file that Node reads and that makes readers of code give up: brackets within brackets, deeper than a parser goes, before what it ' +
    'is really there for.',
  name: 'time-left',
  from: ['1.3.0', { manifest: { main: 'index.js' }, files: { 'index.js': durations } }],
  to: [
    '1.3.1',
    {
      manifest: { main: 'index.js' },
      files: {
        'index.js': `require('./lib/tower')\n${durations}`,
        'lib/tower.js': `${tower}\nmodule.exports = 'inert'\n`,
      },
    },
  ],
  findings: [['file-unanalysable', 'high', { file: 'lib/tower.js' }]],
})
