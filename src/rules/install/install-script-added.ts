import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { hooksThatRan, hooksThatRun, scriptsInWords } from '../shared/install-hooks.js'

export const installScriptAdded = defineRule({
  id: 'install-script-added',
  title: 'install script added',
  severity: 'high',
  confidence: 'high',
  fix: 'Read the script and the files it runs before anyone installs this; install with scripts off until the maintainers say why it is needed.',
  on: ['upgraded', 'downgraded'],
  needs: ['package', 'previousPackage'],

  inspect(change, { package: now, previousPackage: previous }) {
    const { before, after } = change
    if (before === undefined || after === undefined) return []
    // Only a new hook counts. An edited body is `install-script-changed`: native packages edit theirs on most releases.
    const known = new Set(hooksThatRan(previous, before).map(({ hook }) => hook))
    const added = hooksThatRun(now, after).filter(({ hook }) => !known.has(hook))
    if (added.length === 0) return []
    return [
      {
        message: `runs ${scriptsInWords(added, 'new')} on install`,
        evidence: added.map(({ hook, command }) => ({ label: hook, value: foreign(command), file: 'package.json' })),
        anchors: [entryField(change, 'version')],
      },
    ]
  },
})
