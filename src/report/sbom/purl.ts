import type { Locked } from '../../lockfile/dependency-change.js'
import { gitOfArchive, parseGitAddress } from '../../lockfile/source.js'

/**
 * A package as the purl specification names it, type `npm`: the scope percent-encoded, the version where there is one, and where it does not
 * come from a registry, from where. Credentials in addresses are left out.
 */
export function purlOf(name: string, { version, source, resolved = '' }: Locked): string {
  const path = name.split('/').map(encodeURIComponent).join('/')
  const at = version === '' ? '' : `@${encodeURIComponent(version)}`
  return `pkg:npm/${path}${at}${qualifierOf(source, resolved)}`
}

function qualifierOf(source: Locked['source'], resolved: string): string {
  const git = source === 'git' ? resolved : source === 'url' ? gitOfArchive(resolved) : null
  if (git !== null) {
    const { repository, commit } = parseGitAddress(git)
    return `?vcs_url=${encodeURIComponent(`git+https://${repository}${commit === '' ? '' : `@${commit}`}`)}`
  }
  const address = source === 'url' && URL.canParse(resolved) ? new URL(resolved) : undefined
  if (address === undefined) return ''
  address.username = ''
  address.password = ''
  return `?download_url=${encodeURIComponent(address.href)}`
}
