import { durations } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

/** The `e` of the second name is Cyrillic. */
const cyrillic = 'f\u0435tch'

const line = `const ${cyrillic} = (address) => require('https').get(address)`

const sender = `${line}

module.exports = function report(address) {
  return ${cyrillic}(address)
}
`

export const replay = replayUpgrade({
  description:
    'A name that looks like that of a function everybody knows, with one letter of another alphabet: who reads the change sees the ' +
    'known function, and another one runs.',
  name: 'time-left',
  from: ['1.3.0', { manifest: { main: 'index.js' }, files: { 'index.js': durations } }],
  to: [
    '1.3.1',
    {
      manifest: { main: 'index.js' },
      files: { 'index.js': `${durations}module.exports.report = require('./lib/report')\n`, 'lib/report.js': sender },
    },
  ],
  findings: [
    ['invisible-characters-added', 'high', { file: 'lib/report.js', line }],
    ['capability-added', 'medium', { file: 'lib/report.js', line }],
  ],
})
