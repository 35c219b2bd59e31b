import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'

export const buildApprovalStale = defineRule({
  id: 'build-approval-stale',
  title: 'approval of a version that is gone',
  severity: 'low',
  confidence: 'high',
  fix: 'Have the setting name the new version, once you have looked at its install scripts, or take the entry out.',
  on: ['upgraded'],
  needs: ['approvals'],

  inspect({ name, before, after, beforeStays, lockfile }, { approvals }) {
    if (before === undefined || after === undefined || beforeStays) return []
    const stale = approvals.filter(
      (one) =>
        one.name === name &&
        folderOf(one.file) === folderOf(lockfile) &&
        one.versions.includes(before.version) &&
        !one.versions.includes(after.version),
    )
    const [first, ...others] = stale.map(({ file, line }) => ({ kind: 'line', file, line }) as const)
    if (first === undefined) return []
    return [
      {
        message:
          'moves on while a setting still names the version that it leaves: its scripts or its patch are passed over',
        evidence: stale.flatMap(({ setting, text }) => [
          { label: setting, value: foreign(text) },
          { label: `${setting}, to be`, value: foreign(text.replaceAll(before.version, after.version)) },
        ]),
        anchors: [first, ...others],
      },
    ]
  },
})

const folderOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), 0))
