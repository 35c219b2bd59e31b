import { foreign } from '../../../src/foreign.js'
import type { VersionApproval } from '../../../src/repository/settings/build-approvals.js'
import { buildApprovalStale } from '../../../src/rules/posture/build-approval-stale.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const approval = (overrides: Partial<VersionApproval> = {}): VersionApproval => ({
  file: 'pnpm-workspace.yaml',
  line: 3,
  setting: 'onlyBuiltDependencies',
  name: 'left-pad',
  versions: ['1.0.0'],
  text: 'left-pad@1.0.0',
  ...overrides,
})
const upgrade = aDependencyChange()
const facts = (...approvals: readonly VersionApproval[]) => ({ approvals })

testRule(buildApprovalStale, {
  clear: [
    { name: 'no approvals', subject: upgrade, facts: facts() },
    {
      name: 'an approval of both versions',
      subject: upgrade,
      facts: facts(approval({ versions: ['1.0.0', '1.0.1'] })),
    },
    { name: 'one of another version', subject: upgrade, facts: facts(approval({ versions: ['0.9.0'] })) },
    { name: 'one of another package', subject: upgrade, facts: facts(approval({ name: 'right-pad' })) },
    { name: 'one in another folder', subject: upgrade, facts: facts(approval({ file: 'web/package.json' })) },
    {
      name: 'a copy beside the version that stays',
      subject: aDependencyChange({ beforeStays: true }),
      facts: facts(approval()),
    },
    { name: 'a new package', subject: aDependencyChange({ before: null }), facts: facts(approval()) },
  ],
  flagged: [
    {
      name: 'entries that name the version before, with what they would have to be',
      subject: upgrade,
      facts: facts(
        approval({ versions: ['0.9.0', '1.0.0'], text: 'left-pad@0.9.0 || 1.0.0' }),
        approval({ file: 'package.json', line: 9, setting: 'allowScripts' }),
      ),
      observations: [
        {
          message:
            'moves on while a setting still names the version that it leaves: its scripts or its patch are passed over',
          evidence: [
            { label: 'onlyBuiltDependencies', value: foreign('left-pad@0.9.0 || 1.0.0') },
            { label: 'onlyBuiltDependencies, to be', value: foreign('left-pad@0.9.0 || 1.0.1') },
            { label: 'allowScripts', value: foreign('left-pad@1.0.0') },
            { label: 'allowScripts, to be', value: foreign('left-pad@1.0.1') },
          ],
          anchors: [
            { kind: 'line', file: 'pnpm-workspace.yaml', line: 3 },
            { kind: 'line', file: 'package.json', line: 9 },
          ],
        },
      ],
    },
  ],
})
