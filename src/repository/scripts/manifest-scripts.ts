import { posix } from 'node:path'
import { folderOf } from '../../lockfile/project-files.js'
import { ShellBudget } from '../../package/shell/shell-budget.js'
import { PlacedText } from '../commands/placed-text.js'
import { type CommandText, readCommands } from '../commands/read-commands.js'
import type { PostureReader } from '../posture/posture-reader.js'
import { parseSettings } from '../settings/parse-settings.js'
import { memberOf, membersOf } from '../settings/placed-value.js'

/** The `scripts` of a package.json. A manifest that is broken is told by who reads it as such. */
export const manifestScriptsReader: PostureReader = {
  matches: (path) => posix.basename(path) === 'package.json',
  read: (file, text, _, budget = new ShellBudget()) => {
    const { value } = parseSettings(file, text)
    const texts = membersOf(memberOf(value, 'scripts')?.value).flatMap(([script, member]): CommandText[] => {
      if (member.value.kind !== 'text') return []
      return [
        {
          file,
          host: { kind: 'manifest-script', script },
          placed: PlacedText.line(member.value.text, member.line),
          dialect: 'posix',
          folder: folderOf(file),
          environment: new Map(),
        },
      ]
    })
    return readCommands(texts, budget)
  },
}
