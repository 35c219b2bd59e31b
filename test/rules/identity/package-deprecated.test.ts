import { foreign } from '../../../src/foreign.js'
import { packageDeprecated } from '../../../src/rules/identity/package-deprecated.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aManifest } from '../../builders/manifest.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const saying = (deprecated: string) => ({ manifest: aManifest({ version: '1.0.1', deprecated }) })

const observation = (words: string) => ({
  message: 'was deprecated by its maintainers',
  evidence: [{ label: 'their words', value: foreign(words) }],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
})
const warning = (words: string) => ({
  ...observation(words),
  message: 'was deprecated by its maintainers in words that warn of an attack',
  severity: 'high' as const,
  fix: 'Do not install this version: take one that its maintainers call good, and treat machines that ran this one as compromised until they say otherwise.',
})
const flagged = (name: string, words: string, make: typeof observation | typeof warning) => ({
  name,
  subject: upgrade,
  facts: saying(words),
  observations: [make(words)],
})

testRule(packageDeprecated, {
  clear: [
    {
      name: 'a version that is not deprecated',
      subject: upgrade,
      facts: { manifest: aManifest({ version: '1.0.1' }) },
    },
    { name: 'one whose deprecation was taken back', subject: upgrade, facts: saying(' ') },
    { name: 'a package that leaves', subject: aDependencyChange({ after: null }), facts: saying('gone') },
  ],
  flagged: [
    flagged('a package that has a successor', 'use right-pad instead', observation),
    flagged('one that nobody maintains, at the risk of its users', 'unmaintained, use at your own risk', observation),
    flagged('asterisks and brisk words, which are none of those', 'a brisk move to * is best', observation),
    flagged('a stolen key', 'published with a compromised key', warning),
    flagged('one word', 'risk', warning),
    flagged('a warning in Chinese', '恶意版本', warning),
    flagged('a warning in capitals', 'MALICIOUS CODE, use 1.0.0', warning),
  ],
})
