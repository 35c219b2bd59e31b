import { compiledQueue } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

const notice = `console.log('Use a peer dependency? See the documentation.')
`

const appeal = `${notice}
if (!process.env.STYLED_COMPONENTS_SILENT) {
  console.log('\\u001b[1m\\u001b[34mAn appeal stood here.\\u001b[39m\\u001b[22m')
}
`

const manifest = { main: 'dist/index.js', scripts: { postinstall: 'node ./postinstall.js || exit 0' } }

export const replay: Replay = replayUpgrade({
  description: 'styled-components had long printed a notice after installation; one release put an appeal into it.',
  date: '2022-03',
  name: 'styled-components',
  from: ['5.3.3', { manifest, files: { 'dist/index.js': compiledQueue, 'postinstall.js': notice } }],
  to: ['5.3.5', { manifest, files: { 'dist/index.js': compiledQueue, 'postinstall.js': appeal } }],
  findings: [['install-script-changed', 'medium', { file: 'postinstall.js' }]],
})
