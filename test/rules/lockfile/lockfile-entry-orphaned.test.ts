import { foreign } from '../../../src/foreign.js'
import { lockfileEntryOrphaned } from '../../../src/rules/lockfile/lockfile-entry-orphaned.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const observation = (key = 'node_modules/left-pad') => ({
  message: 'is locked although nothing in the lockfile and no manifest asks for it',
  evidence: [{ label: 'entry', value: foreign(key) }],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key, field: 'version' }] as const,
})

testRule(lockfileEntryOrphaned, {
  clear: [
    { name: 'a direct dependency', subject: aDependencyChange({ before: null }) },
    {
      name: 'a transitive one',
      subject: aDependencyChange({ before: null, direct: false, paths: [['a', 'left-pad']] }),
    },
    {
      name: 'one without a path in a lockfile that does not say who asks for what, or that base had so',
      subject: aDependencyChange({ before: null, direct: false, paths: [] }),
    },
    { name: 'a removed one', subject: aDependencyChange({ after: null, paths: [], orphaned: true }) },
  ],
  flagged: [
    {
      name: 'an added entry that nothing leads to',
      subject: aDependencyChange({ before: null, direct: false, paths: [], orphaned: true }),
      observations: [observation()],
    },
    {
      name: 'an upgrade after which nothing leads to it',
      subject: aDependencyChange({
        direct: false,
        paths: [],
        orphaned: true,
        after: { key: 'node_modules/a/node_modules/left-pad' },
      }),
      observations: [observation('node_modules/a/node_modules/left-pad')],
    },
  ],
})
