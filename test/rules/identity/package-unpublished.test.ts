import { foreign } from '../../../src/foreign.js'
import type { Publication } from '../../../src/registry/registry-facts.js'
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

const facts = (state: Publication['state'], ...observed: readonly string[]) => ({
  publication: { state },
  observed: observed.map((rule) => ({ rule, severity: 'high' })),
})

testRule(packageUnpublished, {
  clear: [
    { name: 'a published version', subject: upgrade, facts: facts('published') },
    { name: 'a new package that is published', subject: added, facts: facts('published') },
    {
      name: 'a downgrade to a published version',
      subject: aDependencyChange({ kind: 'downgraded' }),
      facts: facts('published'),
    },
    {
      name: 'an unknown name of which another rule says that anybody could take it',
      subject: added,
      facts: facts('name-absent', 'integrity-weak', 'internal-name-unscoped'),
    },
    { name: 'a package that is removed', subject: aDependencyChange({ after: null }) },
  ],
  flagged: [
    {
      name: 'a name that the registry does not know',
      subject: added,
      facts: facts('name-absent'),
      observations: [observation('has a name that the registry does not know')],
    },
    {
      name: 'an unknown name of which other rules say other things',
      subject: added,
      facts: facts('name-absent', 'integrity-weak'),
      observations: [observation('has a name that the registry does not know')],
    },
    {
      name: 'an unpublished package whatever else is told of its name',
      subject: added,
      facts: facts('unpublished', 'internal-name-unscoped'),
      observations: [observation('was unpublished from the registry')],
    },
    {
      name: 'a version that the registry does not have',
      subject: upgrade,
      facts: facts('version-absent'),
      observations: [observation('is locked to a version that the registry does not have')],
    },
    {
      name: 'a package that was unpublished',
      subject: upgrade,
      facts: facts('unpublished'),
      observations: [observation('was unpublished from the registry')],
    },
    {
      name: 'a security placeholder',
      subject: added,
      facts: facts('security-holding'),
      observations: [observation('was removed for security reasons, and a placeholder holds its name')],
    },
  ],
})
