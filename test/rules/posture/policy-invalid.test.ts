import { foreign } from '../../../src/foreign.js'
import { policyInvalid } from '../../../src/rules/posture/policy-invalid.js'
import { aProject } from '../../builders/project-change.js'
import { testRule } from '../../rule-tester.js'

const errors = [
  {
    file: '.github/lockwarden.yml',
    line: 3,
    path: 'rules.install-script-addedd',
    seen: 'high',
    wanted: 'the id of a rule, such as install-script-added',
  },
  {
    file: '.github/lockwarden.yml',
    line: 7,
    path: 'failOn',
    seen: 'hihg',
    wanted: 'critical, high, medium, low or never',
  },
]

testRule(policyInvalid, {
  clear: [
    { name: 'a policy without mistakes', subject: { kind: 'repository', policyErrors: [] } },
    { name: 'a project', subject: aProject() },
  ],
  flagged: [
    {
      name: 'each mistake on its own line',
      subject: { kind: 'repository', policyErrors: errors },
      observations: errors.map(({ file, line, path, seen, wanted }) => ({
        message: 'holds a setting that Lockwarden does not understand',
        evidence: [
          { label: 'setting', value: foreign(path) },
          { label: 'seen', value: foreign(seen) },
          { label: 'wanted', value: foreign(wanted) },
        ],
        anchors: [{ kind: 'line', file, line }],
      })),
    },
  ],
})
