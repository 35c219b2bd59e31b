import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'

export const packageDeprecated = defineRule({
  id: 'package-deprecated',
  title: 'deprecated version',
  severity: 'low',
  confidence: 'high',
  fix: 'Read what the maintainers say of this version, and take the one that they name instead.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['manifest'],

  inspect(change, { manifest: { deprecated } }) {
    if (deprecated === undefined || deprecated.trim() === '') return []
    const warns = warnsOfAttack(deprecated)
    return [
      {
        message: warns
          ? 'was deprecated by its maintainers in words that warn of an attack'
          : 'was deprecated by its maintainers',
        evidence: [{ label: 'their words', value: foreign(deprecated) }],
        anchors: [entryField(change, 'version')],
        ...(warns && {
          severity: 'high' as const,
          fix: 'Do not install this version: take one that its maintainers call good, and treat machines that ran this one as compromised until they say otherwise.',
        }),
      },
    ]
  },
})

/** Words of maintainers who found that somebody else had published, in the languages in which they were seen. */
const attackWords =
  /\b(?:compromised|malicious|malware|hijack(?:ed|ing)?|backdoor(?:ed)?|trojan|infected|risk|stolen|unauthori[sz]ed)\b|恶意|风险|投毒|病毒|盗/i

/** As licences and unfinished programs put it. */
const ownRisk = /\bat (?:your|you're|one's|ones) own risks?\b/gi

const warnsOfAttack = (words: string): boolean => attackWords.test(words.replace(ownRisk, ''))
