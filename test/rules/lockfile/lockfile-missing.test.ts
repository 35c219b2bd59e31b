import { foreign } from '../../../src/foreign.js'
import type { ProjectChange } from '../../../src/lockfile/project-change.js'
import { lockfileMissing } from '../../../src/rules/lockfile/lockfile-missing.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aProject } from '../../builders/project-change.js'
import { testRule } from '../../rule-tester.js'

const without = (overrides: Partial<ProjectChange> = {}): ProjectChange => {
  const { lockfile: _, ...project } = aProject({ lockfileMissing: true, ...overrides })
  return project
}

testRule(lockfileMissing, {
  clear: [
    { name: 'a project with its lockfile', subject: aProject() },
    {
      name: 'a lockfile that another manager’s takes the place of',
      subject: aProject({ lockfileRemoved: 'yarn.lock' }),
    },
    { name: 'a removed package', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'a new manifest with dependencies and no lockfile',
      subject: without({ folder: 'tools', manifest: 'tools/package.json' }),
      observations: [
        {
          message: 'declares dependencies and no lockfile says which versions are installed',
          evidence: [],
          anchors: [{ kind: 'file', file: 'tools/package.json' }],
        },
      ],
    },
    {
      name: 'a lockfile that the change deletes',
      subject: without({ lockfileRemoved: 'package-lock.json' }),
      observations: [
        {
          message: 'no longer has the lockfile that said which versions are installed',
          evidence: [{ label: 'removed', value: foreign('package-lock.json') }],
          anchors: [{ kind: 'file', file: 'package.json' }],
        },
      ],
    },
  ],
})
