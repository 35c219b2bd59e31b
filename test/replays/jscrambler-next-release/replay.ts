import { startPacked } from '../packed-program.js'
import { compiledQueue } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

const manifest = { main: 'dist/index.js', scripts: { preinstall: 'node dist/setup.js' } }
const release = (name: string) => ({
  manifest,
  files: { 'dist/index.js': compiledQueue, 'dist/setup.js': startPacked(`inert, of ${name} `.repeat(100)) },
})

export const replay = replayUpgrade({
  description:
    'Bad releases of jscrambler followed one another, each with a preinstall script. Who had the first saw no new hook in the next, ' +
    'only another body of the same one.',
  date: '2026-07-11',
  name: 'jscrambler',
  from: ['8.14.0', release('the first release')],
  to: ['8.16.0', release('the second release')],
  findings: [['install-script-changed', 'medium', { file: 'dist/setup.js' }]],
})
