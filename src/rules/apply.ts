import type { CollectedFacts, FactName, Facts } from '../facts/facts.js'
import { type Gap, known } from '../gap.js'
import type { DependencyChange } from '../lockfile/dependency-change.js'
import type { Finding } from './finding.js'
import { fingerprintOf } from './fingerprint.js'
import type { Observation, Rule, SubjectKind, Subjects } from './rule.js'

/** Anything that rules look at. */
export type Subject = Subjects[SubjectKind]

/** A rule that was not called, that lacked a fact it wanted, or that broke, and why. */
export interface Skipped {
  readonly rule: string
  /** `name@version`; absent for what is not about a package. */
  readonly package?: string
  readonly gap: Gap
}

export interface Applied {
  readonly findings: readonly Finding[]
  readonly skipped: readonly Skipped[]
}

const isDependencyChange = (subject: Subject): subject is DependencyChange =>
  subject.kind !== 'project' && subject.kind !== 'repository'

const rulesFor = (rules: readonly Rule[], kind: SubjectKind): readonly Rule[] =>
  rules.filter(({ on }) => on.includes(kind))

/** The rules that judge an added package's own state and that do not look at `kind` anyway. */
const rulesForAddedOnly = (rules: readonly Rule[], kind: SubjectKind): readonly Rule[] =>
  rules.filter(({ on }) => on.includes('added') && !on.includes(kind))

/** Facts that the engine has only when all changes of a review have been read, and what it makes them of. */
const madeOfAll: ReadonlyMap<FactName, readonly FactName[]> = new Map([
  ['servers', ['package']],
  ['together', ['times', 'release']],
  ['unproven', ['provenance']],
])

/** Whether a rule can only be called when all changes of a review have been read. */
export const looksAtAll = ({ needs }: Rule): boolean => needs.some((fact) => madeOfAll.has(fact))

const named = ({ needs, wants = [] }: Rule): readonly FactName[] => [...needs, ...wants]

const factsOf = (rule: Rule): readonly FactName[] => named(rule).flatMap((fact) => madeOfAll.get(fact) ?? fact)

/**
 * What is collected of one change and read only when all have been: kept until then for each, so that such rules should name nothing that is
 * large.
 */
export const keptFacts = (rules: readonly Rule[]): ReadonlySet<FactName> =>
  new Set(
    rules
      .filter(looksAtAll)
      .flatMap(named)
      .filter((fact) => !madeOfAll.has(fact)),
  )

/**
 * The facts that `rules` need about `subject`. Where a rule compares with the previous package, these include what the
 * rules for added packages need, because that is how the change is judged should the previous package be unknown.
 */
export function neededFacts(rules: readonly Rule[], subject: Subject): ReadonlySet<FactName> {
  const needs = new Set(
    rulesFor(rules, subject.kind)
      .flatMap(factsOf)
      .filter((fact) => fact !== 'observed'),
  )
  if (!needs.has('previousPackage')) return needs
  return new Set([...needs, ...rulesForAddedOnly(rules, subject.kind).flatMap(factsOf)])
}

/**
 * Calls each rule that looks at `subject` with the facts it needs; last those that judge what the others found. What a rule could not judge is
 * in `skipped`.
 */
export function applyRules(rules: readonly Rule[], subject: Subject, collected: CollectedFacts): Applied {
  const isLast = ({ needs }: Rule): boolean => needs.includes('observed')
  const first = applyEach(
    rules.filter((rule) => !isLast(rule)),
    subject,
    collected,
  )
  const observed = known(first.findings.map(({ rule, severity }) => ({ rule, severity })))
  const last = applyEach(rules.filter(isLast), subject, { observed, ...collected })
  return { findings: [...first.findings, ...last.findings], skipped: [...first.skipped, ...last.skipped] }
}

function applyEach(rules: readonly Rule[], subject: Subject, collected: CollectedFacts): Applied {
  const calls = rulesFor(rules, subject.kind).map((rule) => applyRule(rule, subject, collected, subject))
  const asAdded = judgedAsAdded(rules, subject, collected)
  return {
    findings: [...calls, ...asAdded].flatMap(({ findings }) => findings),
    skipped: [...calls, ...asAdded].flatMap(({ skipped }) => skipped),
  }
}

// Without the version before, nothing shows what is new: all that the new version is counts as new, as if it were added.
function judgedAsAdded(rules: readonly Rule[], subject: Subject, collected: CollectedFacts): readonly Applied[] {
  const previous = collected.previousPackage
  if (!isDependencyChange(subject) || previous === undefined || previous === 'not-applicable' || previous.known)
    return []
  if (!neededFacts(rules, subject).has('previousPackage')) return []
  const { before: _, ...rest } = subject
  const added: DependencyChange = { ...rest, kind: 'added' }
  const facts: CollectedFacts = { ...collected, previousPackage: 'not-applicable' }
  return rulesForAddedOnly(rules, subject.kind).map((rule) => applyRule(rule, added, facts, subject))
}

type Readied =
  | { readonly state: 'ready'; readonly facts: Partial<Facts>; readonly gaps: readonly Gap[] }
  | { readonly state: 'not-applicable' }
  | { readonly state: 'unknown'; readonly gaps: readonly Gap[] }

function readyFacts(rule: Rule, subject: Subject, collected: CollectedFacts): Readied {
  const facts: [FactName, Facts[FactName]][] = []
  const gaps: Gap[] = []
  for (const name of rule.needs) {
    const fact = collected[name]
    if (fact === 'not-applicable') return { state: 'not-applicable' }
    if (fact === undefined) gaps.push(internalError(subject, name, `${rule.id} needs a fact that was not collected`))
    else if (fact.known) facts.push([name, fact.value])
    else gaps.push(fact.gap)
  }
  if (gaps.length > 0) return { state: 'unknown', gaps }
  const wanted = (rule.wants ?? []).map((name) => [name, collected[name]] as const)
  for (const [name, fact] of wanted) {
    if (fact === undefined || fact === 'not-applicable') continue
    if (fact.known) facts.push([name, fact.value])
    else gaps.push(fact.gap)
  }
  return { state: 'ready', facts: Object.fromEntries(facts), gaps }
}

function applyRule(rule: Rule, subject: Subject, collected: CollectedFacts, shown: Subject): Applied {
  const ready = readyFacts(rule, subject, collected)
  if (ready.state === 'not-applicable') return { findings: [], skipped: [] }
  const skip = (gap: Gap): Skipped => ({ rule: rule.id, ...packageOf(subject), gap })
  if (ready.state === 'unknown') return { findings: [], skipped: ready.gaps.map(skip) }
  try {
    const observations = rule.inspect(subject, ready.facts)
    return {
      findings: observations.map((observation) => toFinding(rule, shown, observation)),
      skipped: ready.gaps.map(skip),
    }
  } catch (error) {
    const detail = `rule ${rule.id} failed: ${error instanceof Error ? error.message : String(error)}`
    return { findings: [], skipped: [skip(internalError(subject, 'rule', detail))] }
  }
}

function toFinding(rule: Rule, subject: Subject, observation: Observation): Finding {
  return {
    fingerprint: fingerprintOf(rule.id, subject, observation),
    rule: rule.id,
    title: rule.title,
    severity: observation.severity ?? rule.severity,
    confidence: observation.confidence ?? rule.confidence,
    ...(observation.package && { package: observation.package }),
    ...(isDependencyChange(subject) && { package: versionsOf(subject) }),
    message: observation.message,
    fix: observation.fix ?? rule.fix,
    evidence: observation.evidence,
    anchors: observation.anchors,
  }
}

const versionsOf = ({ name, before, after }: DependencyChange): NonNullable<Finding['package']> => ({
  name,
  ...(before && { before: before.version }),
  ...(after && { after: after.version }),
})

const packageOf = (subject: Subject): { readonly package?: string } =>
  isDependencyChange(subject) ? { package: `${subject.name}@${(subject.after ?? subject.before)?.version ?? ''}` } : {}

const internalError = (subject: Subject, fact: string, detail: string): Gap => ({
  code: 'internal-error',
  ...packageOf(subject),
  fact,
  detail,
})
