import npa from 'npm-package-arg'
import semver from 'semver'
import type { StartedPackage } from './mcp-server.js'

type Specified = Pick<StartedPackage, 'source' | 'name' | 'range' | 'exact' | 'variable'>

const fullCommit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i

/** Something that is filled in when the server starts. */
export const hasVariable = (text: string): boolean => /\$\{|\$[A-Za-z_]|\{\{|%\w{1,100}%|<[^>]{1,100}>/.test(text)

/** What a runner of npm packages fetches for a word; undefined for a folder or file of the machine. */
export function npmSpecifier(word: string): Specified | undefined {
  const at = word.indexOf('@', 1)
  const [name, range] = at === -1 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)]
  if (hasVariable(word)) return { source: 'npm', name, range, exact: false, variable: true }
  const parsed = parse(word)
  // Runners do not agree on what an address is: what npm cannot read another one may fetch.
  if (parsed === 'unreadable') {
    return /[:/]/.test(word)
      ? { source: 'npm-address', name: word, range: '', exact: false, variable: false }
      : undefined
  }
  switch (parsed.type) {
    case 'version':
      return { source: 'npm', name: parsed.name ?? name, range, exact: true, variable: false }
    case 'range':
    case 'tag':
      return { source: 'npm', name: parsed.name ?? name, range, exact: false, variable: false }
    case 'alias':
      return npmSpecifier(word.slice(word.indexOf('npm:') + 'npm:'.length))
    case 'git': {
      const commit = parsed.gitCommittish ?? ''
      return { source: 'npm-git', name: word, range: commit, exact: fullCommit.test(commit), variable: false }
    }
    case 'remote':
      return { source: 'npm-address', name: word, range: '', exact: false, variable: false }
    default:
      return undefined
  }
}

/** npm-package-arg throws for what npm cannot read (names against its rules, malformed addresses), whatever it stumbles over. */
function parse(word: string): npa.Result | 'unreadable' {
  if (word.length > maxSpecifierCharacters) return 'unreadable'
  try {
    return npa(word)
  } catch {
    // EINVALIDPACKAGENAME, ERR_INVALID_URL, a URIError: all that it throws is about the text.
    return 'unreadable'
  }
}

/** Longer than any address that somebody typed; what is longer is not taken apart. */
const maxSpecifierCharacters = 2_000

/** As a registry would have to hold it; the highest that a range allows is taken as npm takes it. */
export function pickVersion(
  { versions, distTags }: { readonly versions: readonly string[]; readonly distTags: Readonly<Record<string, string>> },
  wanted: string,
): string | undefined {
  const exact = wanted.replace(/^[=v]+/, '')
  if (versions.includes(exact)) return exact
  const tagged = (tag: string): string | undefined => (Object.hasOwn(distTags, tag) ? distTags[tag] : undefined)
  const latest = tagged('latest')
  if (wanted === '' || wanted === '*') return latest ?? semver.maxSatisfying([...versions], '*') ?? undefined
  const tag = tagged(wanted)
  if (tag !== undefined) return tag
  if (latest !== undefined && semver.satisfies(latest, wanted)) return latest
  return semver.maxSatisfying([...versions], wanted) ?? undefined
}
