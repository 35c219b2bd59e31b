import { foreign } from '../../foreign.js'
import { defineRule } from '../rule.js'
import { entryField } from '../shared/entry-field.js'
import { isRegistryHost, readAddress } from '../shared/resolved-address.js'

export const resolvedUrlMismatch = defineRule({
  id: 'resolved-url-mismatch',
  title: 'address of another package',
  severity: 'critical',
  confidence: 'high',
  fix: 'Do not install this: remove the entry, lock the package anew from the registry, and ask the author how the address came about.',
  on: ['added', 'upgraded', 'downgraded', 'replaced', 'resourced'],
  needs: ['expectations'],

  inspect(change, { expectations }) {
    const { after, name } = change
    if (after?.resolved === undefined || (after.source !== 'registry' && after.source !== 'url')) return []
    const address = readAddress(after.resolved)
    // registry-host-unexpected and exotic-source-added speak about an address that cannot be read.
    if (address === null) return []
    // Elsewhere a URL may look as it likes; exotic-source-added shows it.
    if (after.source === 'url' && !isRegistryHost(address, name, expectations)) return []
    const named = compareAddress(address, name, after.version)
    if (named === 'same' || (named === 'unknown-layout' && !isRegistryHost(address, name, expectations))) return []
    return [
      {
        message:
          named === 'unknown-layout'
            ? 'has an address on the registry that is not one of a published package'
            : 'has an address that names another package or another version',
        evidence: [
          { label: 'resolved', value: foreign(after.resolved) },
          { label: 'entry', value: foreign(`${name}@${after.version}`) },
        ],
        anchors: [entryField(change, 'resolved')],
      },
    ]
  },
})

/**
 * The layouts that registries use, each as what marks it and how the path then ends:
 * `/name/-/name-1.0.0.tgz` (npm, Verdaccio, Nexus, and with the scope repeated Artifactory and GitLab),
 * `/download/@scope/name/1.0.0/hash` (GitHub Packages), `/name/download/name-1.0.0.tgz` (cnpm).
 */
function compareAddress(address: URL, name: string, version: string): 'same' | 'other' | 'unknown-layout' {
  const path = decode(address.pathname)
  if (path === null) return 'other'
  const file = name.slice(name.indexOf('/') + 1)
  const tarballs = [name, file].flatMap((base) => versionsOf(version).map((text) => `${base}-${text}.tgz`))
  if (path.includes('/-/'))
    return endsWithName(
      path,
      tarballs.map((tarball) => `${name}/-/${tarball}`),
    )
  const github = /\/download\/(@[^/]+\/[^/]+\/[^/]+)\/[0-9a-f]+$/.exec(path)
  if (github) return github[1] === `${name}/${version}` ? 'same' : 'other'
  if (path.includes('/download/'))
    return endsWithName(
      path,
      tarballs.map((tarball) => `${name}/download/${tarball}`),
    )
  return 'unknown-layout'
}

// Registries leave build metadata out of the version.
const versionsOf = (version: string): readonly string[] => [version, version.split('+')[0] ?? version]

function endsWithName(path: string, endings: readonly string[]): 'same' | 'other' {
  // `/@other/left-pad/-/…` ends like the unscoped package's address and is another package.
  const isWhole = (ending: string) =>
    path.endsWith(`/${ending}`) && (ending.startsWith('@') || !/\/@[^/]*$/.test(path.slice(0, -ending.length - 1)))
  return endings.some(isWhole) ? 'same' : 'other'
}

/** The path as its server reads it: `@scope%2fname` is one name. Null where an escape is broken. */
function decode(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}
