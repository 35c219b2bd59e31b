import { posix } from 'node:path'
import npa from 'npm-package-arg'
import { satisfies } from 'semver'
import type { DependencyGraph, LockfileEntry } from './dependency-graph.js'
import { gitOfArchive, parseGitAddress } from './source.js'

/** Specifiers of other managers, which npm cannot install: whether they are met is theirs to say. */
const foreignProtocol = /^(?:workspace|catalog|link|portal|patch|exec|jsr):/

/**
 * Whether an entry is what a specifier asks for, by npm's own rules. What cannot be judged without a registry (a tag) or
 * without the source (a branch) counts as met.
 */
export function meetsRequirement(
  graph: DependencyGraph,
  folder: string,
  name: string,
  specifier: string,
  entry: LockfileEntry,
): boolean {
  if (foreignProtocol.test(specifier)) return true
  // Berry takes a range after `npm:` too, where npm wants a name.
  const stated = specifier.replace(/^npm:(?=[\^~<>=*\d])/, '')
  let wanted: npa.Result
  try {
    wanted = npa.resolve(name, stated, `/${folder}`)
  } catch {
    // Thrown for a specifier that npm does not know (EINVALIDTAGNAME, EUNSUPPORTEDPROTOCOL): it meets nothing for npm, and
    // for others it may be a protocol that a plugin brings.
    return graph.manager !== 'npm' && /^[a-z][a-z0-9+.-]*:/i.test(specifier)
  }
  const asked = wanted.type === 'alias' ? (wanted as npa.AliasResult).subSpec : wanted
  return meets(graph, asked, entry, asked.name ?? name)
}

function meets(graph: DependencyGraph, wanted: npa.Result, entry: LockfileEntry, name: string): boolean {
  switch (wanted.type) {
    case 'range':
    case 'version':
      return isNamed(entry, name) && meetsRange(wanted.fetchSpec ?? '*', versionOf(graph, entry))
    case 'tag':
      return isNamed(entry, name)
    case 'git':
      return meetsGit(wanted, entry)
    case 'remote':
      return entry.resolved === undefined || withoutHash(entry.resolved) === withoutHash(wanted.fetchSpec ?? '')
    case 'file':
    case 'directory':
      return entry.source !== 'registry' && meetsPath(graph, wanted, entry)
    default:
      return false
  }
}

/** A link is named by its folder: what matters is where it leads. */
const isNamed = (entry: LockfileEntry, name: string): boolean => entry.source === 'link' || entry.name === name

const meetsRange = (range: string, version: string | undefined): boolean =>
  version === undefined || range === '*' || satisfies(version, range, { loose: true })

function versionOf(graph: DependencyGraph, entry: LockfileEntry): string | undefined {
  return entry.source === 'link' ? graph.entries.get(linkTarget(entry))?.version : entry.version
}

const linkTarget = ({ resolved }: LockfileEntry): string => posix.normalize((resolved ?? '').replace(/^file:/, ''))

const withoutHash = (address: string): string => address.replace(/#.*$/s, '')

function meetsGit(wanted: npa.Result, entry: LockfileEntry): boolean {
  const archived = gitOfArchive(entry.resolved ?? '')
  if (entry.source !== 'git' && archived === null) return false
  const locked = parseGitAddress(archived ?? entry.resolved ?? '')
  const hosted = (wanted as npa.HostedGitResult).hosted as npa.HostedGit | undefined
  const repository =
    hosted === undefined
      ? parseGitAddress(wanted.fetchSpec ?? '').repository
      : [hosted.domain, hosted.user, hosted.project].filter(Boolean).join('/').toLowerCase()
  if (locked.repository !== repository) return false
  const commit = wanted.gitCommittish ?? ''
  if (/^[0-9a-f]{7,64}$/.test(commit) && locked.full) return locked.commit.startsWith(commit)
  return wanted.gitRange === undefined || wanted.gitRange === null || meetsRange(wanted.gitRange, entry.version)
}

function meetsPath(graph: DependencyGraph, wanted: npa.Result, entry: LockfileEntry): boolean {
  const from = posix.join('/', posix.dirname(graph.file))
  return posix.join(from, linkTarget(entry)) === posix.normalize(wanted.fetchSpec ?? '')
}
