import { durations } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

const at = (owner: string) => ({
  manifest: { repository: { type: 'git', url: `git+https://code.example/${owner}/durations.git` } },
  files: { 'index.js': durations },
})

export const replay = replayUpgrade({
  description:
    'Whoever gets hold of a name points its manifest to a copy of the project that is his own, so that a reviewer who looks for the release ' +
    'finds it there, tag and all.',
  name: 'durations-of-old',
  from: ['1.4.0', at('first-hand')],
  to: ['1.4.1', { ...at('second-hand'), publisher: { name: 'second-hand' } }],
  findings: [
    ['publisher-changed', 'medium'],
    ['repository-mismatch', 'medium'],
  ],
})
