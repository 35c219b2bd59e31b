import { major, prerelease, valid } from 'semver'
import type { Build } from '../../registry/provenance/provenance.js'
import type { Severity } from '../rule.js'

export interface BuildDifference {
  /** What differs, as a noun. */
  readonly what: 'repository' | 'owner' | 'workflow' | 'builder' | 'ref' | 'trigger' | 'runner'
  readonly severity: Severity
  readonly before: string
  readonly now: string
}

export interface BuiltVersion {
  readonly version: string
  readonly build: Build
}

/** How two versions were built differently, as far as that says something; the worst first. */
export function buildDifferences(before: BuiltVersion, now: BuiltVersion): readonly BuildDifference[] {
  const differences = [
    compareRepositories(before.build, now.build),
    compareRefs(before, now),
    compareTriggers(before.build, now.build),
    compareRunners(before.build, now.build),
    compareBuilders(before.build, now.build),
    compareWorkflows(before.build, now.build),
  ].filter((one) => one !== undefined)
  return differences.toSorted((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity))
}

const order: readonly Severity[] = ['critical', 'high', 'medium', 'low']

/** The numbers of a repository and its owner outlive a new name; a repository that was handed over keeps only its own. */
function compareRepositories(before: Build, now: Build): BuildDifference | undefined {
  if (before.service === now.service && before.repositoryId !== undefined && before.repositoryId === now.repositoryId) {
    if (before.ownerId === now.ownerId) return undefined
    return { what: 'owner', severity: 'medium', before: before.repository, now: now.repository }
  }
  const numbersDiffer =
    before.repositoryId !== undefined && now.repositoryId !== undefined && before.repositoryId !== now.repositoryId
  if (before.repository === now.repository && !numbersDiffer) return undefined
  return { what: 'repository', severity: 'high', before: before.repository, now: now.repository }
}

const compareWorkflows = (before: Build, now: Build): BuildDifference | undefined =>
  before.workflow === now.workflow
    ? undefined
    : { what: 'workflow', severity: 'medium', before: before.workflow, now: now.workflow }

/** A build by somebody else's workflow is as good as that one; one by a workflow of the same owner is the project's own. */
function compareBuilders(before: Build, now: Build): BuildDifference | undefined {
  if (before.builder === now.builder) return undefined
  const isOwn = now.builder === undefined || now.builder.toLowerCase().startsWith(`${ownerOf(now.repository)}/`)
  const [was, is] = [before.builder ?? 'none', now.builder ?? 'none']
  return { what: 'builder', severity: isOwn ? 'medium' : 'high', before: was, now: is }
}

/** `github.com/owner` */
const ownerOf = (repository: string): string => repository.split('/').slice(0, 2).join('/')

/** Anybody's pull request or comment starts these, and some of them have the repository's secrets. */
const openTriggers: ReadonlySet<string> = new Set(['pull_request', 'pull_request_target', 'issue_comment', 'issues'])

function compareTriggers({ trigger: before }: Build, { trigger: now }: Build): BuildDifference | undefined {
  if (now === undefined || before === now || !openTriggers.has(now)) return undefined
  return { what: 'trigger', severity: 'high', before: before ?? 'unknown', now }
}

/** A machine of one's own can be made to build anything. Away from one is no bad news. */
function compareRunners({ runner: before }: Build, { runner: now }: Build): BuildDifference | undefined {
  if (before === undefined || now === undefined || before === now || now === 'github-hosted') return undefined
  return { what: 'runner', severity: 'high', before, now }
}

function compareRefs(before: BuiltVersion, now: BuiltVersion): BuildDifference | undefined {
  const [was, is] = [before.build.ref, now.build.ref]
  if (withoutNumbers(was, before.version) === withoutNumbers(is, now.version)) return undefined
  return { what: 'ref', severity: refSeverity(before, now), before: was, now: is }
}

/** `refs/tags/v1.0.1` and `refs/heads/release-1.0` name the same place from one version to the next. */
const withoutNumbers = (ref: string, version: string): string => ref.replace(version, '#').replace(/\d[\d.]*/g, '#')

const defaultBranches: ReadonlySet<string> = new Set(['refs/heads/main', 'refs/heads/master'])

/** `release/2.x`, `v2`: where fixes of a major version are made once the main branch has gone on. */
const lineBranch = /^refs\/heads\/(?:[a-z]+[/-])*v?(\d+)(?:[.-](?:\d+|x))*$/i

const isOfItsLine = (ref: string, version: string): boolean =>
  valid(version) !== null && lineBranch.exec(ref)?.[1] === `${major(version)}`

function refSeverity(before: BuiltVersion, now: BuiltVersion): Severity {
  const [was, is] = [before.build.ref, now.build.ref]
  const isTag = (ref: string): boolean => ref.startsWith('refs/tags/')
  const isBranch = (ref: string): boolean => ref.startsWith('refs/heads/')
  if (!isTag(is) && !isBranch(is)) return 'high'
  // In a repository of many packages, the tag of any one starts the release of all.
  if (isTag(was) && isTag(is)) return 'low'
  if (isTag(was) !== isTag(is)) return 'medium'
  // Whoever can write to the main branch has all that it releases anyway.
  if (defaultBranches.has(is) || isOfItsLine(is, now.version)) return 'medium'
  // Next majors and prereleases come from branches of their own, and end up on the main one.
  return isOtherLine(before.version, now.version) ? 'medium' : 'high'
}

function isOtherLine(before: string, now: string): boolean {
  if (valid(before) === null || valid(now) === null) return false
  return major(before) !== major(now) || (prerelease(before) === null) !== (prerelease(now) === null)
}
