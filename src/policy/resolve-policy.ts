import semver from 'semver'
import { type Severity, severities } from '../rules/rule.js'
import type { KnownRule } from './parse-policy.js'
import { type Acceptance, defaultPolicy, type McpServerPolicy, type McpServicePolicy, type Policy } from './policy.js'
import type { PolicyDocument } from './schema.js'
import { both, either, floorOnly, intersection, larger, strictest, type Tighten, union } from './tighten.js'

export interface ResolvedPolicy {
  readonly policy: Policy
  /** What the repository's file asks for and does not get. */
  readonly notes: readonly string[]
}

type Level = Severity | 'off'

/** From loose to strict. */
const levels: readonly Level[] = ['off', ...severities]
const thresholds: readonly (Severity | 'never')[] = ['never', ...severities.toReversed()]
const stricterThreshold = strictest(thresholds)
const stricterFrom = strictest<Severity>(severities.toReversed())

/**
 * The repository's file over the organisation's over the defaults. A key that the organisation states is a floor: the
 * repository may be stricter there, and where it is looser the organisation's value holds and a note says so. A key that
 * the organisation leaves open is the repository's own. Stricter means, key by key, what stands beside it here, and
 *
 * - `rules`: a higher severity than the organisation's or, for a rule that it does not list, than the rule's own;
 * - `accept`: acceptances add up, because each is one person's dated decision; but where the organisation states `rules`
 *   (for findings) or `onIncomplete` (for gaps) one must name one package at one version: anything wider would be `off`.
 */
export function resolvePolicy(
  own: PolicyDocument | undefined,
  floor: PolicyDocument | undefined,
  rules: readonly KnownRule[],
): ResolvedPolicy {
  const notes: string[] = []
  const { resolve, optional } = resolver(own, floor, notes)
  const source = optional('advisories.source', ({ advisories }) => advisories?.source, eitherThanOff)
  const policy: Policy = {
    failOn: resolve('failOn', ({ failOn }) => failOn, stricterThreshold),
    onIncomplete: resolve('onIncomplete', (d) => d.onIncomplete, strictest(['action_required', 'failure'])),
    onFlaggedBelow: resolve('onFlaggedBelow', (d) => d.onFlaggedBelow, strictest(['success', 'neutral'])),
    paths: { ignore: resolve('paths.ignore', ({ paths }) => paths?.ignore, intersection) },
    comments: {
      from: resolve('comments.from', ({ comments }) => comments?.from, stricterFrom),
      limit: resolve('comments.limit', ({ comments }) => comments?.limit, larger),
    },
    bots: {
      logins: resolve('bots.logins', ({ bots }) => bots?.logins, intersection),
      commentsFrom: resolve('bots.commentsFrom', ({ bots }) => bots?.commentsFrom, stricterFrom),
    },
    commands: { authorMayAccept: resolve('commands.authorMayAccept', (d) => d.commands?.authorMayAccept, both) },
    registries: {
      scopes: resolve('registries.scopes', ({ registries }) => registries?.scopes, floorOnly),
      allowedHosts: resolve('registries.allowedHosts', ({ registries }) => registries?.allowedHosts, intersection),
    },
    internal: {
      scopes: resolve('internal.scopes', ({ internal }) => internal?.scopes, union),
      patterns: resolve('internal.patterns', ({ internal }) => internal?.patterns, union),
    },
    release: {
      freshDays: resolve('release.freshDays', ({ release }) => release?.freshDays, larger),
      provenanceHorizonDays: resolve('release.provenanceHorizonDays', (d) => d.release?.provenanceHorizonDays, larger),
    },
    python: {
      requireHashes: resolve('python.requireHashes', ({ python }) => python?.requireHashes, either),
      index: resolve('python.index', ({ python }) => python?.index, floorOnly),
    },
    tools: {
      build: resolve('tools.build', ({ tools }) => tools?.build, intersection),
      release: resolve('tools.release', ({ tools }) => tools?.release, intersection),
    },
    advisories: {
      ...(source === undefined ? {} : { source }),
      required: resolve('advisories.required', ({ advisories }) => advisories?.required, either),
    },
    mcp: {
      pin: resolve('mcp.pin', ({ mcp }) => mcp?.pin, union),
      servers: resolveServers(own?.mcp?.servers ?? {}, floor?.mcp?.servers ?? {}, notes),
      services: resolveServices(own?.mcp?.services ?? {}, floor?.mcp?.services ?? {}, notes),
    },
    rules: resolveRules(own?.rules ?? {}, floor?.rules, rules, notes),
    accept: [...acceptancesOf(floor, 'organisation policy'), ...ownAcceptances(own, floor, notes)],
  }
  return { policy, notes }
}

/** What a policy file, the defaults and a whole policy have in common: sections whose keys may be absent. */
type Stated = {
  readonly [K in Exclude<keyof Policy, 'rules' | 'accept' | 'mcp'>]?:
    | (Policy[K] extends object ? { readonly [F in keyof Policy[K]]?: Policy[K][F] | undefined } : Policy[K])
    | undefined
} & { readonly mcp?: { readonly pin?: readonly string[] | undefined } | undefined }

const eitherThanOff: Tighten<NonNullable<Policy['advisories']['source']>> = (own, floor) =>
  floor === 'off' ? own : floor

function resolver(own: Stated = {}, floor: Stated = {}, notes: string[]) {
  const optional = <T>(key: string, read: (stated: Stated) => T | undefined, tighten: Tighten<T>): T | undefined => {
    const [mine, theirs] = [read(own), read(floor)]
    if (mine === undefined || theirs === undefined) return mine ?? theirs
    const held = tighten(mine, theirs)
    if (loses(mine, held)) notes.push(looserNote(key))
    return held
  }
  const resolve = <T>(key: string, read: (stated: Stated) => T | undefined, tighten: Tighten<T>): T => {
    const held = optional(key, read, tighten) ?? read(defaultPolicy)
    if (held === undefined) throw new Error(`the default policy has no ${key}`)
    return held
  }
  return { resolve, optional }
}

/** A list or a mapping that grew lost nothing. */
function loses(mine: unknown, held: unknown): boolean {
  if (Array.isArray(mine) && Array.isArray(held)) return mine.some((item) => !held.includes(item))
  if (typeof mine === 'object' && mine !== null && typeof held === 'object' && held !== null) {
    const kept = new Map(Object.entries(held))
    return Object.entries(mine).some(([name, value]) => kept.get(name) !== value)
  }
  return mine !== held
}

const looserNote = (key: string): string =>
  `policy: ${key} is looser in the repository's file than in the organisation's, which holds`

type Servers = NonNullable<NonNullable<PolicyDocument['mcp']>['servers']>
type Services = NonNullable<NonNullable<PolicyDocument['mcp']>['services']>

function resolveServers(own: Servers, floor: Servers, notes: string[]): Readonly<Record<string, McpServerPolicy>> {
  return eachName(own, floor, (name, mine, theirs): McpServerPolicy => {
    const allow = mergeLists(`mcp.servers.${name}.allow`, mine?.allow, theirs?.allow, intersection, notes)
    return {
      ...(allow === undefined ? {} : { allow }),
      blockedPatterns: union(mine?.blockedPatterns ?? [], theirs?.blockedPatterns ?? []),
    }
  })
}

function resolveServices(own: Services, floor: Services, notes: string[]): Readonly<Record<string, McpServicePolicy>> {
  return eachName(own, floor, (name, mine, theirs): McpServicePolicy => {
    const part = (key: 'scopes' | 'repositories') =>
      // Who publishes for a service that the organisation describes is the organisation's to say, also where it says nobody.
      mergeLists(`mcp.services.${name}.${key}`, mine?.[key], theirs && (theirs[key] ?? []), intersection, notes) ?? []
    return { scopes: part('scopes'), repositories: part('repositories') }
  })
}

function mergeLists(
  key: string,
  mine: readonly string[] | undefined,
  theirs: readonly string[] | undefined,
  tighten: Tighten<readonly string[]>,
  notes: string[],
): readonly string[] | undefined {
  if (mine === undefined || theirs === undefined) return mine ?? theirs
  const held = tighten(mine, theirs)
  if (loses(mine, held)) notes.push(looserNote(key))
  return held
}

function eachName<T, R>(
  own: Readonly<Record<string, T>>,
  floor: Readonly<Record<string, T>>,
  merge: (name: string, mine: T | undefined, theirs: T | undefined) => R,
): Readonly<Record<string, R>> {
  const [mine, theirs] = [new Map(Object.entries(own)), new Map(Object.entries(floor))]
  const names = new Set([...theirs.keys(), ...mine.keys()])
  return Object.fromEntries([...names].map((name) => [name, merge(name, mine.get(name), theirs.get(name))]))
}

function resolveRules(
  own: Readonly<Record<string, Level>>,
  floor: Readonly<Record<string, Level>> | undefined,
  rules: readonly KnownRule[],
  notes: string[],
): Policy['rules'] {
  if (floor === undefined) return { ...own }
  const held = new Map(Object.entries(floor))
  for (const { id, severity } of rules) {
    const mine = Object.hasOwn(own, id) ? own[id] : undefined
    if (mine === undefined) continue
    const theirs = held.get(id) ?? severity
    if (levels.indexOf(mine) > levels.indexOf(theirs)) held.set(id, mine)
    else if (mine !== theirs) notes.push(looserNote(`rules.${id}`))
  }
  return Object.fromEntries(held)
}

function ownAcceptances(own: PolicyDocument | undefined, floor: PolicyDocument | undefined, notes: string[]) {
  return acceptancesOf(own, 'policy').filter((acceptance, index) => {
    const key = 'rule' in acceptance.covers ? 'rules' : 'onIncomplete'
    if (floor?.[key] === undefined || isForOneVersion(acceptance)) return true
    notes.push(
      `policy: accept[${index}] counts for nothing: the organisation's policy states ${key}, ` +
        'so that the repository may only accept one package at one version',
    )
    return false
  })
}

const isForOneVersion = ({ package: name, version }: Acceptance): boolean =>
  !name.includes('*') && semver.valid(version) !== null

function acceptancesOf(document: PolicyDocument | undefined, by: Acceptance['by']): readonly Acceptance[] {
  return (document?.accept ?? []).map(({ package: name, version, rule, gap, reason, until, integrity }) => ({
    package: name,
    version,
    // The schema lets exactly one of the two be there.
    covers: gap === undefined ? { rule: rule ?? '' } : { gap },
    reason,
    until,
    ...(integrity === undefined ? {} : { integrity }),
    by,
  }))
}
