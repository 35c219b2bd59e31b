import { foreign } from '../../foreign.js'
import type { Locked } from '../../lockfile/dependency-change.js'
import { gitOfArchive, parseGitAddress } from '../../lockfile/source.js'
import type { RegistryExpectations } from '../../registry/registry-facts.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { isLocalTarball } from '../shared/integrity.js'
import { isExpectedHost, readAddress } from '../shared/resolved-address.js'

export const exoticSourceAdded = defineRule({
  id: 'exotic-source-added',
  title: 'source outside the registry',
  severity: 'high',
  confidence: 'high',
  fix: 'Ask why the registry is bypassed: prefer a published version; if this source is meant, accept it with its reason.',
  on: ['added', 'upgraded', 'downgraded', 'resourced'],
  needs: ['expectations'],

  inspect(change, { expectations }) {
    const { before, after } = change
    if (after === undefined || !isExotic(change.name, after, expectations)) return []
    if (before !== undefined && placeOf(before) === placeOf(after)) return []
    return [
      {
        message: messages[after.source === 'git' || after.source === 'file' ? after.source : 'url'],
        evidence: [{ label: 'source', value: foreign(after.resolved ?? after.version) }],
        anchors: [entryField(change, 'resolved')],
      },
    ]
  },
})

const messages = {
  git: 'is taken from a git repository, past the registry and its hashes',
  url: 'is taken from an address of its own, past the registry',
  file: 'is taken from a tarball in the repository, past the registry',
} as const

function isExotic(name: string, locked: Locked, expectations: RegistryExpectations): boolean {
  if (locked.source === 'git' || isLocalTarball(locked)) return true
  if (locked.source !== 'url') return false
  const address = readAddress(locked.resolved ?? locked.version)
  // A host that operator or policy named for this package is a registry, however it lays out its files.
  return address === null || !isExpectedHost(address, name, expectations)
}

/**
 * The place without what a new version of the same source changes: a git commit, and the version in a URL or file name.
 * Anything else, above all another owner on the same forge, is another source.
 */
function placeOf({ source, resolved, version }: Locked): string {
  const text = resolved ?? version
  const [withoutCommit = ''] = text.split('#')
  // pnpm and Yarn 1 lock a commit of a forge as its archive.
  if (source === 'git') return `git ${parseGitAddress(gitOfArchive(text) ?? text).repository}`
  const archive = /^https:\/\/codeload\.github\.com\/([^/]+\/[^/]+)\/(?:legacy\.)?tar\.gz\//.exec(withoutCommit)
  if (archive) return `url codeload.github.com/${archive[1]}`
  const neutral = version === '' || version === text ? withoutCommit : withoutCommit.replaceAll(version, '*')
  return `${source} ${neutral}`
}
