import { foreign } from '../../../src/foreign.js'
import { packageUnpublished } from '../../../src/rules/identity/package-unpublished.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const added = aDependencyChange({ before: null })

const observation = (message: string) => ({
  message,
  evidence: [{ label: 'package', value: foreign('left-pad@1.0.1') }],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
})

testRule(packageUnpublished, {
  clear: [
    { name: 'a published version', subject: upgrade, facts: { publication: { state: 'published' } } },
    { name: 'a new package that is published', subject: added, facts: { publication: { state: 'published' } } },
    {
      name: 'a downgrade to a published version',
      subject: aDependencyChange({ kind: 'downgraded' }),
      facts: { publication: { state: 'published' } },
    },
    { name: 'a package that is removed', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'a name that the registry does not know',
      subject: added,
      facts: { publication: { state: 'name-absent' } },
      observations: [observation('has a name that the registry does not know')],
    },
    {
      name: 'a version that the registry does not have',
      subject: upgrade,
      facts: { publication: { state: 'version-absent' } },
      observations: [observation('is locked to a version that the registry does not have')],
    },
    {
      name: 'a package that was unpublished',
      subject: upgrade,
      facts: { publication: { state: 'unpublished' } },
      observations: [observation('was unpublished from the registry')],
    },
    {
      name: 'a security placeholder',
      subject: added,
      facts: { publication: { state: 'security-holding' } },
      observations: [observation('was removed for security reasons, and a placeholder holds its name')],
    },
  ],
})
