import type { FactName, Facts } from '../facts/facts.js'
import type { Foreign } from '../foreign.js'
import type { Anchor } from '../lockfile/anchor.js'
import type { DependencyChange, DependencyChangeKind } from '../lockfile/dependency-change.js'
import type { ProjectChange } from '../lockfile/project-change.js'
import type { RepositoryChange } from '../repository/repository-change.js'

export const severities = ['low', 'medium', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

export type Confidence = 'low' | 'medium' | 'high'

/** What a rule saw: foreign text under a label of ours, with the place inside the package where there is one. */
export interface Evidence {
  readonly label: string
  readonly value: Foreign
  /** Relative to the package's root. */
  readonly file?: string
  readonly line?: number
  readonly column?: number
}

/** What a rule returns. A finding is always bad news; a rule that has none returns an empty list. */
export interface Observation {
  /** Only our own words: what came from a package goes into `evidence`. A clause that reads on after the package's name. */
  readonly message: string
  readonly evidence: readonly Evidence[]
  /** The first one is where the finding is shown. */
  readonly anchors: readonly [Anchor, ...Anchor[]]
  /** Where this observation's differs from the rule's. */
  readonly severity?: Severity
  readonly confidence?: Confidence
  /** What to do, where it differs from the rule's. */
  readonly fix?: string
  /** The package that it is about, where the subject is the repository: an MCP server that a file of it starts. */
  readonly package?: { readonly name: string; readonly before?: string; readonly after?: string }
}

/** What a rule can look at, by the word in its `on`. */
export interface Subjects extends Record<DependencyChangeKind, DependencyChange> {
  readonly project: ProjectChange
  readonly repository: RepositoryChange
}

export type SubjectKind = keyof Subjects

export interface RuleDefinition<K extends SubjectKind, N extends FactName, W extends FactName = never> {
  readonly id: string
  /** A lower-case noun phrase that names what is wrong. */
  readonly title: string
  readonly severity: Severity
  readonly confidence: Confidence
  /** One sentence that tells the maintainer what to do next. Our own words. */
  readonly fix: string
  readonly on: readonly K[]
  /** The facts that `inspect` reads; where one is a gap the rule is not called and the gap is recorded against it. */
  readonly needs: readonly N[]
  /** Facts that are handed over where there are any; where one is a gap, that is recorded and the rule still called. */
  readonly wants?: readonly W[]
  /** Pure and synchronous: no fetch, file, clock, random, log. Must not change what it is given. */
  inspect(subject: Subjects[K], facts: Pick<Facts, N> & Partial<Pick<Facts, W>>): readonly Observation[]
}

/** A rule with its type parameters forgotten, as the engine keeps it. */
export interface Rule extends Omit<RuleDefinition<SubjectKind, FactName, FactName>, 'inspect'> {
  inspect(subject: Subjects[SubjectKind], facts: Readonly<Partial<Facts>>): readonly Observation[]
}

/**
 * Checks the definition's types and forgets them. The engine honours `on` and `needs`, so `inspect` is only called with
 * the subjects and facts that the definition names.
 */
export function defineRule<
  const K extends SubjectKind,
  const N extends FactName = never,
  const W extends FactName = never,
>(definition: RuleDefinition<K, N, W>): Rule {
  return definition as unknown as Rule
}
