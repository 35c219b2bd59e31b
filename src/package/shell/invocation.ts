/** One program as a shell would start it, with what reaches it. The same for every shell. */
export interface Invocation {
  /** Program first. What only a running shell knows is `…`; a variable that nothing sets is `$NAME`, the home folder `~`. */
  readonly words: readonly string[]
  /** Counted from 1. */
  readonly line: number
  readonly excerpt: string
  readonly background: boolean
  /** Nothing that it says is seen. */
  readonly silenced: boolean
  /** The file that its output goes to. */
  readonly output?: string
  /** Text that it is given to read. */
  readonly input?: string
  /** Commands whose output becomes part of its words or its input. Filled while the text is read. */
  readonly substitutions: Invocation[]
  /** What is piped into it. */
  readonly upstream?: PipelineStage
  /** The folder's own way of saying that a failure does not matter follows it. */
  readonly failureIgnored: boolean
  /** What stands before it for it alone: `CI=true npm ci`. */
  readonly assigned?: readonly (readonly [name: string, value: string])[]
  /** The subshell that it stands in, where what `cd` does ends; absent in the text's own. */
  readonly scope?: ShellScope
}

export interface ShellScope {
  readonly around?: ShellScope
}

/** All programs between two pipes, and what was before them. */
export interface PipelineStage {
  readonly invocations: Invocation[]
  readonly before?: PipelineStage
}

/** Variables that everybody's shell sets; what they stand for is what matters. */
export const homeVariables: ReadonlySet<string> = new Set(['home', 'userprofile', 'env:userprofile', 'env:home'])

/** The programs that feed one, the nearest first, within bounds. */
export function fedBy({ upstream, substitutions }: Invocation): readonly Invocation[] {
  const found: Invocation[] = []
  for (let stage = upstream; stage !== undefined && found.length < maxFeeders; stage = stage.before) {
    found.push(...stage.invocations.slice(0, maxFeeders))
  }
  return [...found, ...allWithin(substitutions)]
}

/** Pipelines that people write have five stages; who writes hundreds wants to be slow to read. */
const maxFeeders = 50

/** Substitutions within substitutions, and what is piped into these. */
export function allWithin(invocations: readonly Invocation[]): readonly Invocation[] {
  const found: Invocation[] = []
  const waiting = [...invocations].reverse()
  for (let next = waiting.pop(); next !== undefined && found.length < maxFeeders; next = waiting.pop()) {
    found.push(next)
    waiting.push(...next.substitutions.slice(0, maxFeeders).reverse())
  }
  return found
}
