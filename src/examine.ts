import { Readable } from 'node:stream'
import type { Change } from './change/change.js'
import type { FactSources } from './facts/fact-sources.js'
import type { OwnNames } from './facts/facts.js'
import { startAdvisories } from './facts/identity/advisories.js'
import type { AdvisoriesFor } from './facts/identity/collect-with-advisories.js'
import { type StandingServers, standingServers } from './facts/standing-servers.js'
import { type Gap, known } from './gap.js'
import { coverageOf, holdAgainstEachOther, type Inspected, inspectChanges, tooManyChanges } from './inspect-changes.js'
import { maxAuditedCodeFiles, maxRequestedPostureFiles, maxReviewedChanges } from './limits.js'
import type { DependencyChange } from './lockfile/dependency-change.js'
import { diffProjects, type ProjectsDiff } from './lockfile/projects.js'
import { lazyNames } from './names/known-names.js'
import type { Names } from './names/names.js'
import { analysePackage } from './package/analyse-package.js'
import type { CodeAnalyser } from './package/code/code-analyser.js'
import { memoAnalyser } from './package/code/memo-analyser.js'
import { ignoredPaths } from './policy/ignored-paths.js'
import { serverAllowances, serviceOwners } from './policy/mcp-policy.js'
import { ownNames } from './policy/own-names.js'
import type { Policy } from './policy/policy.js'
import { type PolicyRead, readPolicy } from './policy/read-policy.js'
import { toolAllowances } from './policy/tool-allowances.js'
import type { AdvisoryServices } from './registry/advisories/advisory-services.js'
import { silentSource } from './registry/advisories/bounded-lookup.js'
import type { RegistryPolicy } from './registry/expectations.js'
import { lazyTrustRoot, type TrustRoot } from './registry/provenance/trust-root.js'
import type { Registry } from './registry/registry.js'
import { countByKind } from './report/count-kinds.js'
import type { Coverage } from './report/report.js'
import { installedByLockfile } from './repository/installed.js'
import { diffMcp } from './repository/mcp/diff-mcp.js'
import { withServers } from './repository/mcp/with-servers.js'
import { readPosture } from './repository/posture/read-posture.js'
import type { RepositoryChange } from './repository/repository-change.js'
import { standingSboms } from './repository/sbom/standing-sboms.js'
import { readVersionApprovals } from './repository/settings/build-approvals.js'
import { readScopes } from './repository/settings/scope-registries.js'
import { applyRules } from './rules/apply.js'
import { configureRules } from './rules/configure.js'
import type { Finding } from './rules/finding.js'
import { rules } from './rules/index.js'
import type { Rule } from './rules/rule.js'
import { mcpLibraries } from './rules/shared/mcp-server.js'
import type { PackageStore } from './store/package-store.js'

/** What base says about registries; the operator's part is the caller's own. */
export interface BaseRegistries {
  readonly policy: RegistryPolicy
  /** Scope → address, from base's `.npmrc`, `.yarnrc.yml` and the like: expected, and fetched only where operator or policy allow the host. */
  readonly npmrcScopes: ReadonlyMap<string, string>
}

/** How much of a whole state is read. */
export interface AuditDepth {
  /** Read the tarballs of the whole tree as well, as a review does with what changed. */
  readonly openPackages: boolean
  /** Each file is a request of an hourly limit: few are read, and code is not searched. */
  readonly readsAreRequests?: boolean
}

export interface ExamineOptions {
  readonly change: Change
  /** Not what a change brings, but a whole state: base is empty and stands for nothing. */
  readonly audit?: AuditDepth
  readonly openRegistry: (base: BaseRegistries) => Registry
  readonly store: PackageStore
  /** Where advisories are asked for; absent: nowhere. */
  readonly advisories?: AdvisoryServices
  /** Reads the code of packages; the caller's to close. */
  readonly code: CodeAnalyser
  readonly now: Date
  /** Packages under way at a time. */
  readonly concurrency: number
  /** Changed packages that are looked at, where other than `limits.ts` has it. */
  readonly maxChanges?: number
  /** The well-known names, where the caller keeps them from one review to the next. */
  readonly names?: () => Promise<Names>
  /** Whom statements about builds are verified against, where other than what we ship. */
  readonly trustRoot?: TrustRoot
  /** The operator's flags, which win over the policy. */
  readonly overrides?: Partial<Pick<Policy, 'failOn'>>
  /** The operator's `--policy FILE`, which stands for the repository's. */
  readonly operatorPolicy?: { readonly file: string; readonly text: string | Buffer }
  readonly signal?: AbortSignal
  readonly progress?: (done: number, total: number) => void
}

/** All that was learnt of a change, before anything of it is accepted or judged. */
export interface Examined {
  readonly policy: Policy
  readonly read: PolicyRead
  /** With the changes that were looked at, which are the first ones where there are too many. */
  readonly projects: ProjectsDiff
  /** One for each of these changes. */
  readonly inspected: readonly Inspected[]
  readonly repository: RepositoryChange
  readonly findings: readonly Finding[]
  readonly gaps: readonly Gap[]
  readonly coverage: Coverage
  readonly timings: Readonly<Record<string, number>>
}

/** What reviews and audits share, a call a line. Rejects only when `signal` aborts or for a bug of ours. */
export async function examine(options: ExamineOptions): Promise<Examined> {
  const { change, audit, signal, overrides, maxChanges = maxReviewedChanges } = options
  const lap = startLaps()
  const read = await readPolicy({
    change,
    rules,
    ...(options.operatorPolicy && { operator: options.operatorPolicy }),
    ...(signal && { signal }),
  })
  const policy: Policy = { ...read.policy, ...overrides }
  lap('policy')
  const npmrcScopes = await readScopes(audit ? change.head : change.base, signal)
  const registry = options.openRegistry({ policy: policy.registries, npmrcScopes })
  const { defaultHosts } = registry.expectations
  const own = ownNames(policy, npmrcScopes, (address) => isHostOf(address, defaultHosts))
  const ignores = ignoredPaths(policy)
  const lockfiles = await diffProjects(change.base, change.head, {
    defaultHosts,
    ignores,
    ...(signal && { signal }),
  })
  lap('lockfiles')
  const servers = await diffMcp(change.base, change.head, {
    registry,
    code: options.code,
    ignores,
    ...(audit && { maxCodeFiles: audit.readsAreRequests ? 0 : maxAuditedCodeFiles }),
    ...(signal && { signal }),
  })
  const projects = withServers(lockfiles, servers)
  lap('servers')
  const posture = await readPosture(audit ? undefined : change.base, change.head, {
    ignores,
    ...(audit?.readsAreRequests && { maxFiles: maxRequestedPostureFiles }),
    ...(signal && { signal }),
  })
  lap('posture')
  const enabled = configureRules(rules, policy.rules)
  const changes = projects.changes.slice(0, maxChanges)
  const alone = await inspectChanges(changes, {
    ...factSources(options, policy, registry),
    ownNames: own,
    inBase: (name) => projects.baseEntries.get(name)?.some(({ source }) => source === 'registry') ?? false,
    approvals: await readVersionApprovals(change.head, new Set(changes.map(({ lockfile }) => lockfile)), signal),
    ...askForAdvisories(options, policy, own, registry, { ...projects, changes }, enabled),
    rules: enabled,
    concurrency: options.concurrency,
    ...(options.progress && { progress: options.progress }),
  })
  const standing = alone.some(({ server }) => server !== undefined)
    ? await standingServers(projects.head.graphs.values(), changes, mcpLibraries, options.store)
    : { servers: [], unseen: [] }
  const inspected = holdAgainstEachOther(changes, alone, enabled, standing.servers)
  const repository: RepositoryChange = {
    kind: 'repository',
    policyErrors: read.headErrors,
    mcp: servers.change,
    posture: posture.change,
    ...(audit && { installed: installedByLockfile(projects.changes, projects.head.graphs) }),
  }
  const ofRepository = [...projects.projects, repository].map((subject) =>
    applyRules(enabled, subject, {
      pins: known(policy.mcp.pin),
      ownNames: known(own),
      pythonPolicy: known(policy.python),
    }),
  )
  lap('packages')
  return {
    policy,
    read,
    projects: {
      ...projects,
      changes,
      notes: [
        ...new Set([...projects.notes, ...posture.notes]),
        ...unseenServers(standing),
        ...(audit ? [] : await staleSboms(options, lockfiles.changes)),
      ],
    },
    inspected,
    repository,
    findings: [...inspected.flatMap(({ findings }) => findings), ...ofRepository.flatMap(({ findings }) => findings)],
    gaps: [
      ...inspected.flatMap(({ gaps }) => gaps),
      ...ofRepository.flatMap(({ skipped }) => skipped.map(({ gap }) => gap)),
      ...posture.change.gaps,
      ...tooManyChanges(projects.changes.length, maxChanges),
    ],
    coverage: coverageOf(inspected, projects.changes.slice(maxChanges)),
    timings: lap('report'),
  }
}

/** For all changes at once, and at once: the packages are read while the answer is on its way. */
function askForAdvisories(
  { advisories, signal }: ExamineOptions,
  policy: Policy,
  own: OwnNames,
  { expectations }: Registry,
  { changes, baseEntries }: ProjectsDiff,
  enabled: readonly Rule[],
): { readonly advisoriesFor?: AdvisoriesFor } {
  const wanted = enabled.some(({ needs, wants = [] }) => [...needs, ...wants].includes('advisories'))
  if (advisories === undefined || !wanted) return {}
  const { source = advisories.usual, required } = policy.advisories
  const advisoriesFor = startAdvisories(changes, {
    source: source === 'off' ? silentSource('turned off by the policy') : advisories.open(source),
    expectations,
    isInternal: own.includes,
    baseEntries,
    required,
    ...(signal && { signal }),
  })
  return { advisoriesFor }
}

/** What a bill of materials that the repository keeps does not say after the change. */
async function staleSboms(
  { change, signal }: ExamineOptions,
  changes: readonly DependencyChange[],
): Promise<readonly string[]> {
  if (changes.length === 0) return []
  const files = await standingSboms(change.base, change.head, signal)
  return files.map((file) => `${file} stays as it was, while components change: ${countByKind(changes)}`)
}

function unseenServers({ unseen }: StandingServers): string[] {
  if (unseen.length === 0) return []
  const named = unseen.slice(0, 5).join(', ')
  const rest = unseen.length > 5 ? ` and ${unseen.length - 5} more` : ''
  return [
    `the tools of ${named}${rest}, which this change leaves as they are, are not known here and not held against the changed servers'`,
  ]
}

function factSources(
  { change, store, signal, ...options }: ExamineOptions,
  policy: Policy,
  registry: Registry,
): FactSources {
  const code = memoAnalyser(options.code)
  return {
    registry,
    store,
    analyse: (stream, aborted) => analysePackage(stream, aborted, { code }),
    toolsFor: toolAllowances(policy),
    pins: policy.mcp.pin,
    serverFor: serverAllowances(policy),
    services: serviceOwners(policy),
    reviewedAt: options.now,
    releasePolicy: policy.release,
    trustRoot: lazyTrustRoot(options.trustRoot),
    names: options.names ?? lazyNames(),
    unopened: options.audit?.openPackages === false,
    repositoryTarball: async (path) => {
      const read = await change.head.read(path, signal)
      return read.kind === 'file' ? Readable.from([read.bytes]) : undefined
    },
    ...(signal && { signal }),
  }
}

const isHostOf = (address: string, hosts: readonly string[]): boolean =>
  URL.canParse(address) && hosts.includes(new URL(address).host)

/** Whole milliseconds by stage. */
function startLaps(): (stage: string) => Readonly<Record<string, number>> {
  const timings: Record<string, number> = {}
  const start = performance.now()
  let last = start
  return (stage) => {
    const now = performance.now()
    timings[stage] = Math.round(now - last)
    timings.total = Math.round(now - start)
    last = now
    return { ...timings }
  }
}
