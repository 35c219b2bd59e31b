import { foreign } from '../../../src/foreign.js'
import { lockfileOutOfSync } from '../../../src/rules/lockfile/lockfile-out-of-sync.js'
import { aProject } from '../../builders/project-change.js'
import { testRule } from '../../rule-tester.js'

const outside = { manifest: 'package.json', name: 'left-pad', range: '^2.0.0', kind: 'prod', locked: '1.0.0' } as const
const absent = { manifest: 'packages/a/package.json', name: 'right-pad', range: '^1.0.0', kind: 'dev' } as const

const ofOutside = {
  message: 'asks for a range that the locked version is not in',
  evidence: [
    { label: 'dependency', value: foreign('left-pad') },
    { label: 'manifest asks for', value: foreign('^2.0.0') },
    { label: 'lockfile holds', value: foreign('1.0.0') },
    { label: 'lockfile', value: foreign('package-lock.json') },
  ],
  anchors: [{ kind: 'dependency', manifest: 'package.json', name: 'left-pad' }],
} as const
const ofAbsent = {
  message: 'asks for a dependency that the lockfile does not hold',
  evidence: [
    { label: 'dependency', value: foreign('right-pad') },
    { label: 'manifest asks for', value: foreign('^1.0.0') },
    { label: 'lockfile', value: foreign('package-lock.json') },
  ],
  anchors: [{ kind: 'dependency', manifest: 'packages/a/package.json', name: 'right-pad' }],
} as const

testRule(lockfileOutOfSync, {
  clear: [
    { name: 'every range is met', subject: aProject() },
    {
      name: 'the lockfile is missing altogether, which is lockfile-missing',
      subject: aProject({ lockfileMissing: true }),
    },
  ],
  flagged: [
    { name: 'a locked version outside the range', subject: aProject({ unmet: [outside] }), observations: [ofOutside] },
    {
      name: 'two at once, each on its own line',
      subject: aProject({ unmet: [outside, absent] }),
      observations: [ofOutside, ofAbsent],
    },
  ],
})
