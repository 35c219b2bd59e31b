import PQueue from 'p-queue'
import { repositoryTarballPath } from './facts/collect-outside-registry.js'
import { contentGaps, serverGaps } from './facts/content-gaps.js'
import type { Collection, FactSources } from './facts/fact-sources.js'
import type { CollectedFacts, FactName, ServerInRepository } from './facts/facts.js'
import { type BroughtRelease, broughtRelease, togetherOf } from './facts/identity/brought-release.js'
import { type AdvisoriesFor, collectWithAdvisories } from './facts/identity/collect-with-advisories.js'
import { type TreeEntry, treeEntryOf } from './facts/tree-entry.js'
import { type Gap, known, matters, type Outcome } from './gap.js'
import type { DependencyChange } from './lockfile/dependency-change.js'
import { isCodePath } from './package/code/code-files.js'
import type { PackageFacts } from './package/package-facts.js'
import type { Coverage } from './report/report.js'
import { applyRules, keptFacts, looksAtAll, neededFacts } from './rules/apply.js'
import type { Finding } from './rules/finding.js'
import type { Rule } from './rules/rule.js'

export interface InspectOptions extends FactSources {
  readonly rules: readonly Rule[]
  /** Absent: nobody asks for advisories. */
  readonly advisoriesFor?: AdvisoriesFor
  /** Packages under way at a time. */
  readonly concurrency: number
  readonly progress?: (done: number, total: number) => void
}

/** What was found out about one change. Its facts are not kept: a review of a thousand packages must fit into memory. */
export interface Inspected {
  readonly findings: readonly Finding[]
  readonly gaps: readonly Gap[]
  /** Its content had to be learnt: it is not removed, not part of another tarball, not the repository's own. */
  readonly expected: boolean
  readonly analysed: boolean
  /** Files of code in its tarball: those that were parsed, and those that were not. */
  readonly files: { readonly analysed: number; readonly skipped: number }
  /** What it tells a model, where it is an MCP server: rules hold the servers of a repository against each other. */
  readonly server?: ServerInRepository
  /** Its release in time, where a rule holds the releases of a change against each other. */
  readonly release?: Outcome<BroughtRelease>
  /** It is a new direct dependency without provenance: `name@version`. */
  readonly unproven?: string
  /** What an audit counts of it; absent where nothing was learnt. */
  readonly tree?: TreeEntry
  /** What else such rules read. */
  readonly kept: CollectedFacts
}

/** Facts, then rules, for each change; a bug in one costs that one. Rejects only when the signal aborts. */
export async function inspectChanges(
  changes: readonly DependencyChange[],
  options: InspectOptions,
): Promise<readonly Inspected[]> {
  const queue = new PQueue({ concurrency: options.concurrency })
  let done = 0
  return queue.addAll(
    changes.map((change) => async () => {
      const inspected = await inspectChange(change, options)
      done += 1
      options.progress?.(done, changes.length)
      return inspected
    }),
  )
}

/**
 * The rules that look at all that the change brings, called for each when all have been read; `standing` are the servers that it leaves as they
 * are.
 */
export function holdAgainstEachOther(
  changes: readonly DependencyChange[],
  inspected: readonly Inspected[],
  rules: readonly Rule[],
  standing: readonly ServerInRepository[],
): readonly Inspected[] {
  const last = rules.filter(looksAtAll)
  const servers = known([...inspected.flatMap(({ server }) => server ?? []), ...standing])
  const together = togetherOf(distinctReleases(inspected))
  const unproven = known([...new Set(inspected.flatMap((one) => one.unproven ?? []))].sort())
  return inspected.map((one, index) => {
    const change = changes[index]
    if (change === undefined || (one.server ?? one.release ?? one.unproven) === undefined) return one
    const { findings, skipped } = applyRules(last, change, {
      ...one.kept,
      servers: one.server === undefined ? 'not-applicable' : servers,
      together:
        one.release === undefined
          ? 'not-applicable'
          : one.release.known
            ? known(together(one.release.value))
            : one.release,
      unproven: one.unproven === undefined ? 'not-applicable' : unproven,
    })
    return {
      ...one,
      findings: [...one.findings, ...findings],
      gaps: [...one.gaps, ...skipped.map(({ gap }) => gap)],
    }
  })
}

/** Each once, however many lockfiles bring it. */
function distinctReleases(inspected: readonly Inspected[]): Iterable<BroughtRelease> {
  const releases = new Map<string, BroughtRelease>()
  for (const { release } of inspected) {
    if (release?.known) releases.set(`${release.value.name}@${release.value.version}`, release.value)
  }
  return releases.values()
}

async function inspectChange(change: DependencyChange, options: InspectOptions): Promise<Inspected> {
  options.signal?.throwIfAborted()
  const expected = isExpected(change) && options.unopened !== true
  try {
    const needed = factsToCollect(options.rules, change)
    const collection = await collectWithAdvisories(change, needed, options, options.advisoriesFor)
    const alone = options.rules.filter((rule) => !looksAtAll(rule))
    const { findings, skipped } = applyRules(alone, change, collection.facts)
    const gaps = [...collection.gaps, ...skipped.map(({ gap }) => gap), ...hiddenContent(change, collection)]
    const server = serverOf(change, collection.facts)
    const release = asksFor(options.rules, 'together') ? releaseOf(change, collection.facts) : undefined
    const unproven = unprovenOf(change, collection.facts)
    const tree = treeEntryOf(change.after?.version ?? '', collection.facts)
    return {
      findings,
      gaps,
      expected,
      analysed: expected && isAnalysed(collection),
      files: filesOf(collection.facts),
      ...(server && { server }),
      ...(release && { release }),
      ...(unproven !== undefined && { unproven }),
      ...(tree && { tree }),
      kept: pick(collection.facts, keptFacts(options.rules)),
    }
  } catch (error) {
    options.signal?.throwIfAborted()
    return { findings: [], gaps: [bugIn(change, error)], expected, analysed: false, files: noFiles, kept: {} }
  }
}

const asksFor = (rules: readonly Rule[], fact: FactName): boolean => rules.some(({ needs }) => needs.includes(fact))

/** The content is always asked for: what nobody read is not analysed, whichever rules a policy turns off. */
const factsToCollect = (rules: readonly Rule[], change: DependencyChange): ReadonlySet<FactName> =>
  new Set([...neededFacts(rules, change), 'package'])

/** Its content has to be learnt. */
function isExpected({ lockfile, after, bundled }: DependencyChange): boolean {
  if (after === undefined || bundled) return false
  if (after.source === 'file') return repositoryTarballPath(lockfile, after) !== undefined
  return after.source !== 'link' && after.source !== 'workspace'
}

function isAnalysed({ facts, gaps }: Collection): boolean {
  const content = packageFactsOf(facts)
  return content !== undefined && contentGaps('', content).length === 0 && !gaps.some(matters)
}

const packageFactsOf = (
  facts: CollectedFacts,
  fact: 'package' | 'previousPackage' = 'package',
): PackageFacts | undefined => knownOf(facts[fact])

function serverOf({ name, after }: DependencyChange, facts: CollectedFacts): ServerInRepository | undefined {
  const mcp = packageFactsOf(facts)?.mcp
  if (mcp === undefined) return undefined
  const before = packageFactsOf(facts, 'previousPackage')?.mcp
  return { name, version: after?.version ?? '', mcp, ...(before && { before }) }
}

function releaseOf({ name, after }: DependencyChange, facts: CollectedFacts): Outcome<BroughtRelease> | undefined {
  const { times } = facts
  if (times === undefined || times === 'not-applicable' || after === undefined) return undefined
  if (!times.known) return times
  const release = broughtRelease(name, after.version, times.value, knownOf(facts.release))
  return release && known(release)
}

const knownOf = <T>(fact: Outcome<T> | 'not-applicable' | undefined): T | undefined =>
  fact !== undefined && fact !== 'not-applicable' && fact.known ? fact.value : undefined

const pick = (facts: CollectedFacts, names: ReadonlySet<FactName>): CollectedFacts =>
  Object.fromEntries([...names].map((name) => [name, facts[name]]).filter(([, fact]) => fact !== undefined))

function unprovenOf(
  { kind, name, after, direct }: DependencyChange,
  { provenance }: CollectedFacts,
): string | undefined {
  if (kind !== 'added' || !direct || provenance === undefined || provenance === 'not-applicable') return undefined
  return provenance.known && provenance.value.state === 'absent' ? `${name}@${after?.version ?? ''}` : undefined
}

const noFiles = { analysed: 0, skipped: 0 }

function filesOf(facts: CollectedFacts): Inspected['files'] {
  const content = packageFactsOf(facts)
  if (content === undefined) return noFiles
  const analysed = content.code?.analysed ?? 0
  return { analysed, skipped: Math.max(0, content.files.filter(({ path }) => isCodePath(path)).length - analysed) }
}

/** What hides the content is a gap even where no rule is on that would have asked for it. */
function hiddenContent({ name, after }: DependencyChange, { facts }: Collection): readonly Gap[] {
  const content = facts.package
  if (content === undefined || content === 'not-applicable') return []
  if (!content.known) return [content.gap]
  const subject = `${name}@${after?.version ?? ''}`
  return [...contentGaps(subject, content.value), ...serverGaps(subject, content.value)]
}

function bugIn({ name, after, before }: DependencyChange, error: unknown): Gap {
  return {
    code: 'internal-error',
    package: `${name}@${(after ?? before)?.version ?? ''}`,
    fact: 'package',
    detail: error instanceof Error ? error.message : String(error),
  }
}

/** What nobody looked at. */
export function tooManyChanges(count: number, most: number): Gap[] {
  if (count <= most) return []
  const detail = `${count} packages changed, and only the first ${most} were looked at`
  return [{ code: 'limit-reached', fact: 'package', detail }]
}

/** `rest` was not looked at. */
export function coverageOf(inspected: readonly Inspected[], rest: readonly DependencyChange[]): Coverage {
  const expected = inspected.filter((one) => one.expected).length + rest.filter(isExpected).length
  const analysed = inspected.filter((one) => one.analysed).length
  return {
    changed: inspected.length + rest.length,
    expected,
    analysed,
    unverified: expected - analysed,
    filesAnalysed: inspected.reduce((sum, { files }) => sum + files.analysed, 0),
    filesSkipped: inspected.reduce((sum, { files }) => sum + files.skipped, 0),
  }
}
