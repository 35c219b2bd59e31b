import { compiledQueue } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

const manifest = { main: 'index.js' }

export const replay = replayUpgrade({
  description:
    'A registry hands out, for a version that it was made to serve in place of the right one, the right one’s statement about its build: ' +
    'signed and logged as it should be, and about other bytes.',
  name: 'small-queue',
  from: ['2.4.0', { manifest, files: { 'index.js': compiledQueue }, provenance: {} }],
  to: [
    '2.4.1',
    { manifest, files: { 'index.js': compiledQueue }, provenance: { statement: { sha512: '5'.repeat(128) } } },
  ],
  findings: [['provenance-invalid', 'critical']],
})
