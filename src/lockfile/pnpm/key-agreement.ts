import { gitOfArchive, parseGitAddress } from '../source.js'
import type { DependencyPath } from './dependency-path.js'
import type { Resolution } from './resolution.js'

/**
 * Whether the key, which is what people read, names the bytes that the resolution makes pnpm fetch. Where a registry's
 * tarball lies is not judged here: rules do that by the address.
 */
export function agrees({ version, address }: DependencyPath, { source, resolved = '' }: Resolution): boolean {
  if (version !== undefined) return source === 'registry' || source === 'url'
  if (address === undefined || source === 'registry') return false
  switch (source) {
    case 'link':
      return withoutDot(address.replace(/^file:/, '')) === withoutDot(resolved)
    case 'git':
      return gitTexts(resolved).some((text) => gitTexts(address).includes(text)) || isUrl(address, resolved)
    default:
      return isUrl(address, resolved)
  }
}

const withoutDot = (path: string): string => path.replace(/^\.\//, '').replace(/\/$/, '')

/** Formats 5 and 6 write an address as `@host/path`. */
const isUrl = (address: string, resolved: string): boolean =>
  address === resolved || (address.startsWith('@') && address.slice(1) === resolved.replace(/^.*?:\/\/(?:git@)?/, ''))

/** A git source as `host/owner/name/commit`, which is also how formats 5 and 6 write its key. */
function gitTexts(address: string): readonly string[] {
  const { repository, commit } = parseGitAddress(gitOfArchive(address) ?? address)
  const place = `${repository}/${commit.replace(/&path:.*$/s, '')}`.toLowerCase()
  return commit === '' ? [address.toLowerCase()] : [place]
}
