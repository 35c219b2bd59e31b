import type { SourceKind } from './dependency-graph.js'

const gitScheme = /^(?:git|git\+[a-z]+|ssh|github|gitlab|bitbucket|gist):/i
const gitHttp = /^https?:\/\/[^?#]*\.git(?:#|$)/i
const gitShorthand = /^[\w.-]+\/[\w.-]+(?:#.*)?$/
const scpLike = /^[\w.-]+@[\w.-]+:/
const fullCommit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

/**
 * Where the bytes of something written as `resolved` or as a specifier come from. Null for an `http(s)` address: only
 * what asks for it tells a registry's tarball from any other.
 */
export function sourceOfAddress(address: string): Exclude<SourceKind, 'registry' | 'link' | 'workspace'> | null {
  if (isPlainTarball(address)) return null
  if (gitScheme.test(address) || gitHttp.test(address) || scpLike.test(address)) return 'git'
  if (/^https?:/i.test(address)) return null
  if (/^(?:file:|\.{0,2}\/)/i.test(address)) return 'file'
  if (gitShorthand.test(address)) return 'git'
  // Any other scheme (`data:`, `ftp:`) is an address that no registry hands out.
  return /^[a-z][a-z0-9+.-]*:/i.test(address) ? 'url' : 'file'
}

/** Nearly every address of nearly every lockfile, which the patterns below would find to be nothing of theirs. */
const isPlainTarball = (address: string): boolean =>
  address.startsWith('https://') && address.endsWith('.tgz') && !address.includes('#')

export interface GitAddress {
  /** Host and path, without scheme, user or `.git`, so that every spelling of one repository is the same text. */
  readonly repository: string
  /** The commit as written, `''` where there is none. */
  readonly commit: string
  /** The commit is a whole hash: only that names bytes. */
  readonly full: boolean
  /** Fetched without encryption. */
  readonly insecure: boolean
}

const shortcuts: Readonly<Record<string, string>> = {
  github: 'github.com',
  gitlab: 'gitlab.com',
  bitbucket: 'bitbucket.org',
  gist: 'gist.github.com',
}

export function parseGitAddress(address: string): GitAddress {
  const hash = address.indexOf('#')
  const fragment = hash === -1 ? '' : address.slice(hash + 1)
  // Later Yarn names what the fragment holds: `#commit=…&workspace=…`.
  const commit = /(?:^|&)commit=([^&]*)/.exec(fragment)?.[1] ?? fragment
  const place = hash === -1 ? address : address.slice(0, hash)
  const scheme = /^([a-z+]+):(\/\/)?/i.exec(place)
  const name = scheme?.[1]?.toLowerCase() ?? ''
  const rest = place.slice(scheme?.[0].length ?? 0).replace(/^[^/@]*@/, '')
  const shortcut = Object.hasOwn(shortcuts, name) ? shortcuts[name] : undefined
  const bare = name === '' && !scpLike.test(place) ? 'github.com' : undefined
  const host = shortcut ?? bare
  const path = host === undefined ? rest.replace(/^([^/:]+):(?!\d+\/)/, '$1/') : `${host}/${rest}`
  return {
    repository: path
      .replace(/\/$/, '')
      .replace(/\.git$/i, '')
      .toLowerCase(),
    commit,
    full: fullCommit.test(commit),
    insecure: ['git', 'http', 'git+http', 'git+git'].includes(name),
  }
}

const archives: readonly (readonly [RegExp, string])[] = [
  [/^https:\/\/codeload\.github\.com\/([^/?#]+\/[^/?#]+)\/(?:legacy\.)?tar\.gz\/([0-9a-f]{40})$/i, 'github'],
  [
    /^https:\/\/gitlab\.com\/api\/v4\/projects\/([^/?#]+)\/repository\/archive\.tar\.gz\?(?:ref|sha)=([0-9a-f]{40})$/i,
    'gitlab',
  ],
  [/^https:\/\/bitbucket\.org\/([^/?#]+\/[^/?#]+)\/get\/([0-9a-f]{40})\.tar\.gz$/i, 'bitbucket'],
]

/** A forge's archive of one whole commit as the git source that it is: Yarn 1 and pnpm lock that where npm locks git. */
export function gitOfArchive(address: string): string | null {
  for (const [pattern, forge] of archives) {
    const match = pattern.exec(address)
    if (match !== null) return `${forge}:${(match[1] ?? '').replace(/%2f/gi, '/')}#${(match[2] ?? '').toLowerCase()}`
  }
  return null
}
