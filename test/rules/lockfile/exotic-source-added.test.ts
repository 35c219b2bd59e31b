import { foreign } from '../../../src/foreign.js'
import { exoticSourceAdded } from '../../../src/rules/lockfile/exotic-source-added.js'
import {
  aDependencyChange,
  type DependencyChangeOverrides,
  type LockedOverrides,
} from '../../builders/dependency-change.js'
import { theExpectations } from '../../builders/expectations.js'
import { commitOf } from '../../builders/lockfile.js'
import { testRule } from '../../rule-tester.js'

const facts = { expectations: theExpectations({ allowedHosts: ['cdn.acme.example'] }) }
const commits = [commitOf('newer'), commitOf('older')]
const git = (address: string, commit = commits[0]): LockedOverrides => ({
  source: 'git',
  resolved: `${address}#${commit}`,
})
const url = (resolved: string): LockedOverrides => ({ source: 'url', resolved })
const file = (resolved: string): LockedOverrides => ({ source: 'file', resolved })

const message = {
  git: 'is taken from a git repository, past the registry and its hashes',
  url: 'is taken from an address of its own, past the registry',
  file: 'is taken from a tarball in the repository, past the registry',
}

const clear = (name: string, overrides: DependencyChangeOverrides) => ({
  name,
  subject: aDependencyChange(overrides),
  facts,
})
const flagged = (name: string, source: keyof typeof message, overrides: DependencyChangeOverrides) => {
  const subject = aDependencyChange(overrides)
  return {
    name,
    subject,
    facts,
    observations: [
      {
        message: message[source],
        evidence: [{ label: 'source', value: foreign(subject.after?.resolved ?? subject.after?.version ?? '') }],
        anchors: [
          {
            kind: 'entry',
            lockfile: 'package-lock.json',
            key: 'node_modules/left-pad',
            ...(subject.after?.resolved === undefined ? {} : { field: 'resolved' as const }),
          },
        ] as const,
      },
    ],
  }
}

testRule(exoticSourceAdded, {
  clear: [
    clear('a package of the registry', { before: null }),
    clear('a workspace', { before: null, after: { source: 'workspace' } }),
    clear('a link to a folder', { before: null, after: { source: 'link', resolved: 'packages/a' } }),
    clear('another commit of the repository, locked as its archive', {
      before: { source: 'git', resolved: `https://codeload.github.com/acme/left-pad/tar.gz/${commits[1]}` },
      after: { source: 'git', resolved: `https://codeload.github.com/acme/left-pad/tar.gz/${commits[0]}` },
    }),
    clear('a folder of the repository', { before: null, after: file('file:vendor/left-pad') }),
    clear('a newer commit of the repository that base had', {
      before: git('git+ssh://git@github.com/owner/left-pad.git', commits[1]),
      after: git('git+ssh://git@github.com/owner/left-pad.git'),
    }),
    clear('the same repository written another way', {
      kind: 'resourced',
      before: git('git+ssh://git@github.com/owner/left-pad.git'),
      after: git('github:Owner/left-pad'),
    }),
    clear('a newer version at the address that base had', {
      before: url('https://cdn.example/left-pad-1.0.0/left-pad-1.0.0.tgz'),
      after: url('https://cdn.example/left-pad-1.0.1/left-pad-1.0.1.tgz'),
    }),
    clear('another archive of the repository on GitHub that base had', {
      before: url(`https://codeload.github.com/owner/left-pad/tar.gz/${commits[1]}`),
      after: url(`https://codeload.github.com/owner/left-pad/tar.gz/${commits[0]}`),
    }),
    clear('a newer tarball in the repository in place of an older one', {
      before: file('file:vendor/left-pad-1.0.0.tgz'),
      after: file('file:vendor/left-pad-1.0.1.tgz'),
    }),
    clear('a URL on a host that the policy allows', {
      before: null,
      after: url('https://cdn.acme.example/blobs/left-pad'),
    }),
    clear('a git source that the change removes', { before: git('github:owner/left-pad'), after: null }),
    clear('a return from git to the registry', { kind: 'resourced', before: git('github:owner/left-pad') }),
  ],
  flagged: [
    flagged('a git repository', 'git', { before: null, after: git('git+https://github.com/owner/left-pad.git') }),
    flagged('an optional dependency from git', 'git', {
      before: null,
      after: git('github:owner/left-pad'),
      optional: true,
      direct: false,
    }),
    flagged('a git repository written in place of a version', 'git', {
      before: null,
      after: { source: 'git', version: `github:owner/left-pad#${commits[0]}`, resolved: undefined },
    }),
    flagged('the registry’s package replaced by git', 'git', {
      kind: 'resourced',
      after: git('github:owner/left-pad'),
    }),
    flagged('another owner’s fork of the repository that base had', 'git', {
      before: git('git+ssh://git@github.com/owner/left-pad.git'),
      after: git('git+ssh://git@github.com/other/left-pad.git'),
    }),
    flagged('the same path on another forge', 'git', {
      before: git('git+ssh://git@github.com/owner/left-pad.git'),
      after: git('git+ssh://git@gitlab.com/owner/left-pad.git'),
    }),
    flagged('a tarball by URL', 'url', { before: null, after: url('https://cdn.example/left-pad.tgz') }),
    flagged('another owner’s archive on GitHub', 'url', {
      before: url(`https://codeload.github.com/owner/left-pad/tar.gz/${commits[0]}`),
      after: url(`https://codeload.github.com/other/left-pad/tar.gz/${commits[0]}`),
    }),
    flagged('another path on the host that base had', 'url', {
      before: url('https://cdn.example/a/left-pad-1.0.0.tgz'),
      after: url('https://cdn.example/b/left-pad-1.0.1.tgz'),
    }),
    flagged('another URL written in place of a version', 'url', {
      kind: 'resourced',
      before: { source: 'url', version: 'https://cdn.example/a.tgz', resolved: undefined },
      after: { source: 'url', version: 'https://cdn.example/b.tgz', resolved: undefined },
    }),
    flagged('a URL that cannot be read', 'url', { before: null, after: url('data:application/gzip;base64,AAAA') }),
    flagged('a tarball in the repository', 'file', { before: null, after: file('file:vendor/left-pad-1.0.1.tgz') }),
    flagged('a package that a committed tarball takes the place of', 'file', {
      kind: 'resourced',
      after: file('file:left-pad.TGZ'),
    }),
  ],
})
