import { foreign } from '../../../src/foreign.js'
import type { ProvenanceState } from '../../../src/registry/provenance/provenance.js'
import { repositoryMismatch } from '../../../src/rules/identity/repository-mismatch.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aPackumentOf, aRelease } from '../../builders/packument.js'
import { testRule } from '../../rule-tester.js'

const upgrade = aDependencyChange()
const from = (before: string | undefined, now: string | undefined) => ({
  packument: aPackumentOf([
    aRelease('1.0.0', before === undefined ? {} : { repository: before }),
    aRelease('1.0.1', now === undefined ? {} : { repository: now }),
  ]),
})

const observation = (now: string, before: string) => ({
  message: 'names a repository of another owner than the version before did',
  evidence: [
    { label: 'repository', value: foreign(now) },
    { label: 'before', value: foreign(before) },
  ],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
})

const builtIn = (repository: string): ProvenanceState => ({
  state: 'verified',
  build: { service: 'github', repository, workflow: '.github/workflows/release.yml', ref: 'refs/tags/v1.0.1' },
})

const ours = 'git+https://github.com/acme/pad.git'

testRule(repositoryMismatch, {
  clear: [
    { name: 'the same repository in another spelling', subject: upgrade, facts: from(ours, 'github:Acme/pad') },
    {
      name: 'another repository of the same owner',
      subject: upgrade,
      facts: from(ours, 'https://github.com/acme/pads'),
    },
    { name: 'no repository before', subject: upgrade, facts: from(undefined, ours) },
    { name: 'no repository now', subject: upgrade, facts: from(ours, undefined) },
    { name: 'something that is no address', subject: upgrade, facts: from(ours, 'ask me') },
    {
      name: 'what was built where it says',
      subject: upgrade,
      facts: { ...from(ours, ours), provenance: builtIn('github.com/acme/monorepo') },
    },
    {
      name: 'a statement that proves nothing',
      subject: upgrade,
      facts: { ...from(ours, ours), provenance: { state: 'unverifiable', detail: 'another key' } },
    },
    {
      name: 'what was built somewhere while it names no repository',
      subject: upgrade,
      facts: { ...from(ours, undefined), provenance: builtIn('github.com/bob/pad') },
    },
    {
      name: 'a new package, whose earlier versions were never here',
      subject: aDependencyChange({ before: null }),
      facts: from('github:acme/pad', 'github:bob/pad'),
    },
  ],
  flagged: [
    {
      name: 'another owner',
      subject: upgrade,
      facts: from(ours, 'git+https://github.com/bob/pad.git'),
      observations: [observation('git+https://github.com/bob/pad.git', ours)],
    },
    {
      name: 'the same owner in another place, who may be somebody else',
      subject: upgrade,
      facts: from(ours, 'https://gitlab.com/acme/pad'),
      observations: [observation('https://gitlab.com/acme/pad', ours)],
    },
    {
      name: 'what was built elsewhere, newly taken',
      subject: aDependencyChange({ before: null }),
      facts: { ...from(undefined, ours), provenance: builtIn('github.com/bob/pad') },
      observations: [
        {
          ...observation(ours, ''),
          message: 'was built in a repository of another owner than the one that it names',
          evidence: [
            { label: 'repository', value: foreign(ours) },
            { label: 'built in', value: foreign('github.com/bob/pad') },
          ],
        },
      ],
    },
    {
      name: 'both at once',
      subject: upgrade,
      facts: { ...from('github:ann/pad', ours), provenance: builtIn('github.com/bob/pad') },
      observations: [
        {
          ...observation(ours, ''),
          message:
            'was built in a repository of another owner than the one that it names, and names a repository of another owner than the version before did',
          evidence: [
            { label: 'repository', value: foreign(ours) },
            { label: 'built in', value: foreign('github.com/bob/pad') },
            { label: 'before', value: foreign('github:ann/pad') },
          ],
        },
      ],
    },
  ],
})
