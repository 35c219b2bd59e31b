import { durations } from '../plain-modules.js'
import { replayUpgrade } from '../upgrade.js'

const spawned =
  "process.exitCode = spawnSync('git', process.argv.slice(2), { env: { PATH: rest.join(':') }, stdio: 'inherit' }).status"

/** Hands everything on to the real one, as those that listen in do. */
const shim = `#!/usr/bin/env node
const { spawnSync } = require('child_process')
const rest = (process.env.PATH || '').split(':').filter((folder) => !folder.endsWith('node_modules/.bin'))
${spawned}
`

const manifest = { main: 'index.js', bin: { 'time-left': 'cli.js' } }
const files = {
  'index.js': durations,
  'cli.js': "#!/usr/bin/env node\nconsole.log(require('./index.js').format(Number(process.argv[2])))\n",
}

export const replay = replayUpgrade({
  description:
    'A package brings a command of the name of one that scripts call all day. npm puts the commands of packages before those of the ' +
    'system, so each script of the project runs this one instead.',
  name: 'time-left',
  from: ['1.3.0', { manifest, files }],
  to: [
    '1.3.1',
    {
      manifest: { ...manifest, bin: { ...manifest.bin, git: 'lib/shim.js' } },
      files: { ...files, 'lib/shim.js': shim },
    },
  ],
  findings: [
    ['bin-added', 'high', { file: 'lib/shim.js' }],
    ['capability-added', 'medium', { file: 'lib/shim.js', line: spawned }],
  ],
})
