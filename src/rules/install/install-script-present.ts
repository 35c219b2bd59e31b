import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { hooksThatRun, scriptsInWords } from '../shared/install-hooks.js'

export const installScriptPresent = defineRule({
  id: 'install-script-present',
  title: 'new package with an install script',
  severity: 'medium',
  confidence: 'high',
  fix: 'Read what the script runs. If the package works without it, install with scripts off; if it is a build tool that you know, accept it.',
  on: ['added'],
  needs: ['package', 'tools'],

  inspect(change, { package: now, tools }) {
    if (change.after === undefined || tools.build) return []
    const present = hooksThatRun(now, change.after)
    if (present.length === 0) return []
    return [
      {
        message: `is new here and runs ${scriptsInWords(present)} on install`,
        evidence: present.map(({ hook, command }) => ({ label: hook, value: foreign(command), file: 'package.json' })),
        anchors: [entryField(change, 'version')],
      },
    ]
  },
})
