import type { Change } from '../change/change.js'
import type { FileRead, Snapshot } from '../change/snapshot.js'
import type { Gap } from '../gap.js'
import type { PolicyError } from '../repository/repository-change.js'
import { type KnownRule, type ParsedPolicy, parsePolicy } from './parse-policy.js'
import type { Policy } from './policy.js'
import { resolvePolicy } from './resolve-policy.js'
import type { PolicyDocument } from './schema.js'

/** In a repository, and in the organisation's `.github` repository likewise. */
export const policyFile = '.github/lockwarden.yml'

/** What a review is judged by, and what could not be learnt about that. */
export interface PolicyRead {
  /** Of what could be read: a file that is invalid or unreadable is left out. */
  readonly policy: Policy
  /** Why the repository's file at base, or the operator's `--policy`, is not used. The command line exits 3 on these. */
  readonly errors: readonly PolicyError[]
  /** Why the organisation's file is not used. */
  readonly organisationErrors: readonly PolicyError[]
  /** The mistakes in head's file where the change touched it or base's was valid: the finding policy-invalid. */
  readonly headErrors: readonly PolicyError[]
  /** One `policy-invalid` for each file that is invalid, and what could not be read. */
  readonly gaps: readonly Gap[]
  readonly notes: readonly string[]
}

export interface PolicySources {
  readonly change: Change
  readonly rules: readonly KnownRule[]
  /** The operator's `--policy FILE`, which stands for the repository's. */
  readonly operator?: { readonly file: string; readonly text: string | Buffer }
  readonly signal?: AbortSignal
}

type Found =
  | { readonly state: 'absent' }
  | { readonly state: 'valid'; readonly document: PolicyDocument }
  | { readonly state: 'invalid'; readonly errors: readonly PolicyError[] }
  | { readonly state: 'unreadable'; readonly gap: Gap }

/**
 * Reads the policy from the tip of the base branch over the organisation's, and validates head's. No file means defaults;
 * one that cannot be read is a gap that matters. Where base's is invalid and the change mends it, there is a note and no
 * gap: otherwise the repair could never be merged.
 */
export async function readPolicy({ change, rules, operator, signal }: PolicySources): Promise<PolicyRead> {
  const organisation = await find(change.organisationPolicy, rules, signal)
  const own = operator
    ? found(parsePolicy(operator.text, operator.file, rules))
    : await find(change.policy, rules, signal)
  const head = await find(change.head, rules, signal)
  const touched = await isTouched(change, signal)
  const mended = operator === undefined && own.state === 'invalid' && head.state === 'valid' && touched

  const { policy, notes } = resolvePolicy(documentOf(own), documentOf(organisation), rules)
  return {
    policy,
    errors: mended ? [] : errorsOf(own),
    organisationErrors: errorsOf(organisation),
    headErrors: touched || own.state !== 'invalid' ? errorsOf(head) : [],
    gaps: [...(mended ? [] : gapsOf(own, 'the policy')), ...gapsOf(organisation, "the organisation's policy")],
    notes: mended ? [...notes, mendedNote] : notes,
  }
}

const mendedNote =
  "policy: the base branch's file is invalid and this change mends it; the review was made without the repository's policy"

async function find(
  snapshot: Snapshot | undefined,
  rules: readonly KnownRule[],
  signal: AbortSignal | undefined,
): Promise<Found> {
  if (snapshot === undefined) return { state: 'absent' }
  const read = await snapshot.read(policyFile, signal)
  switch (read.kind) {
    case 'absent':
      return { state: 'absent' }
    case 'unreadable':
      return { state: 'unreadable', gap: { ...read.gap, file: policyFile, fact: 'policy' } }
    case 'symlink': {
      const error = { file: policyFile, line: 1, path: '', seen: `a symbolic link to ${read.target}`, wanted: 'a file' }
      return { state: 'invalid', errors: [error] }
    }
    case 'file':
      return found(parsePolicy(read.bytes, policyFile, rules))
  }
}

const found = (parsed: ParsedPolicy): Found =>
  parsed.valid ? { state: 'valid', document: parsed.document } : { state: 'invalid', errors: parsed.errors }

const documentOf = (one: Found): PolicyDocument | undefined => (one.state === 'valid' ? one.document : undefined)

const errorsOf = (one: Found): readonly PolicyError[] => (one.state === 'invalid' ? one.errors : [])

function gapsOf(one: Found, whose: string): readonly Gap[] {
  if (one.state === 'unreadable') return [{ ...one.gap, detail: `${whose}: ${one.gap.detail}` }]
  if (one.state !== 'invalid') return []
  const [first, ...others] = one.errors
  if (first === undefined) return []
  const more = others.length > 0 ? `, and ${others.length} more` : ''
  const at = `line ${first.line}${first.path === '' ? '' : `, ${first.path}`}`
  const detail = `${whose} is invalid: ${at}: saw ${first.seen}, wanted ${first.wanted}${more}`
  return [{ code: 'policy-invalid', file: first.file, fact: 'policy', detail }]
}

async function isTouched({ base, head }: Change, signal: AbortSignal | undefined): Promise<boolean> {
  return !isSame(await base.read(policyFile, signal), await head.read(policyFile, signal))
}

function isSame(one: FileRead, other: FileRead): boolean {
  if (one.kind === 'file' && other.kind === 'file') return one.bytes.equals(other.bytes)
  if (one.kind === 'symlink' && other.kind === 'symlink') return one.target === other.target
  return one.kind === other.kind && one.kind === 'absent'
}
