import { durations } from '../plain-modules.js'
import type { Replay } from '../replay.js'
import { replayUpgrade } from '../upgrade.js'

const appeal = `#!/usr/bin/env node

// Shows an appeal to those who stand in one country, by the clock of their machine.

'use strict'

try {
  if (['Asia/Anadyr', 'Asia/Omsk', 'Europe/Moscow', 'Europe/Samara'].indexOf(new Intl.DateTimeFormat().resolvedOptions().timeZone) === -1) {
    return
  }
  process.stdout.write('An appeal stood here.\\n')
} catch (error) {
  // nothing
}
`

export const replay: Replay = replayUpgrade({
  description:
    'The maintainer of es5-ext showed an appeal after installation, on machines whose clock was set to one country. It did no more: what ' +
    'is seen is that a package of small functions runs something on install.',
  date: '2022-03',
  name: 'es5-ext',
  from: ['0.10.53', { files: { 'index.js': durations } }],
  to: [
    '0.10.54',
    {
      manifest: { scripts: { postinstall: 'node -e "try{require(\'./_postinstall\')}catch(e){}"' } },
      files: { 'index.js': durations, '_postinstall.js': appeal },
    },
  ],
  findings: [['install-script-added', 'high', { file: 'package.json' }]],
})
