import PQueue from 'p-queue'
import { type Collection, collectFacts, type FactSources, repositoryTarballPath } from './facts/collect-facts.js'
import { contentGaps, serverGaps } from './facts/content-gaps.js'
import type { CollectedFacts, FactName, ServerInRepository } from './facts/facts.js'
import { type Gap, known, matters } from './gap.js'
import type { DependencyChange } from './lockfile/dependency-change.js'
import { isCodePath } from './package/code/code-files.js'
import type { PackageFacts } from './package/package-facts.js'
import { applyRules, looksAtAll, neededFacts } from './rules/apply.js'
import type { Finding } from './rules/finding.js'
import type { Rule } from './rules/rule.js'

export interface InspectOptions extends FactSources {
  readonly rules: readonly Rule[]
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
}

/** Facts, then rules, for each change; a bug in one costs that one. Rejects only when the signal aborts. */
export async function inspectChanges(
  changes: readonly DependencyChange[],
  options: InspectOptions,
): Promise<readonly Inspected[]> {
  const queue = new PQueue({ concurrency: options.concurrency })
  const alone = { ...options, rules: options.rules.filter((rule) => !looksAtAll(rule)) }
  let done = 0
  return queue.addAll(
    changes.map((change) => async () => {
      const inspected = await inspectChange(change, alone)
      done += 1
      options.progress?.(done, changes.length)
      return inspected
    }),
  )
}

/** The rules that look at all servers of the repository, called for each that the change brings; `standing` are those that it leaves as they are. */
export function holdAgainstEachOther(
  changes: readonly DependencyChange[],
  inspected: readonly Inspected[],
  rules: readonly Rule[],
  standing: readonly ServerInRepository[],
): readonly Inspected[] {
  const servers = known([...inspected.flatMap(({ server }) => server ?? []), ...standing])
  const last = rules.filter(looksAtAll)
  return inspected.map((one, index) => {
    const change = changes[index]
    if (one.server === undefined || change === undefined) return one
    const { findings, skipped } = applyRules(last, change, { servers })
    return {
      ...one,
      findings: [...one.findings, ...findings],
      gaps: [...one.gaps, ...skipped.map(({ gap }) => gap)],
    }
  })
}

async function inspectChange(change: DependencyChange, options: InspectOptions): Promise<Inspected> {
  options.signal?.throwIfAborted()
  const expected = isExpected(change)
  try {
    const collection = await collectFacts(change, factsToCollect(options.rules, change), options)
    const { findings, skipped } = applyRules(options.rules, change, collection.facts)
    const gaps = [...collection.gaps, ...skipped.map(({ gap }) => gap), ...hiddenContent(change, collection)]
    const server = serverOf(change, collection.facts)
    return {
      findings,
      gaps,
      expected,
      analysed: expected && isAnalysed(collection),
      files: filesOf(collection.facts),
      ...(server && { server }),
    }
  } catch (error) {
    options.signal?.throwIfAborted()
    return { findings: [], gaps: [bugIn(change, error)], expected, analysed: false, files: noFiles }
  }
}

/** The content is always asked for: what nobody read is not analysed, whichever rules a policy turns off. */
const factsToCollect = (rules: readonly Rule[], change: DependencyChange): ReadonlySet<FactName> =>
  new Set([...neededFacts(rules, change), 'package'])

/** Its content has to be learnt. */
export function isExpected({ lockfile, after, bundled }: DependencyChange): boolean {
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
): PackageFacts | undefined => {
  const content = facts[fact]
  return content !== undefined && content !== 'not-applicable' && content.known ? content.value : undefined
}

function serverOf({ name, after }: DependencyChange, facts: CollectedFacts): ServerInRepository | undefined {
  const mcp = packageFactsOf(facts)?.mcp
  if (mcp === undefined) return undefined
  const before = packageFactsOf(facts, 'previousPackage')?.mcp
  return { name, version: after?.version ?? '', mcp, ...(before && { before }) }
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
