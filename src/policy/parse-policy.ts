import { isUtf8 } from 'node:buffer'
import type { z } from 'zod'
import { maxPolicyBytes, maxPolicyErrors } from '../limits.js'
import type { PolicyError } from '../repository/repository-change.js'
import type { Rule } from '../rules/rule.js'
import { nearest } from './nearest.js'
import { readYaml } from './policy-yaml.js'
import { type PolicyDocument, policySchema } from './schema.js'

/** What a policy needs to know of the rules: which ids there are, and how severe each is by itself. */
export type KnownRule = Pick<Rule, 'id' | 'severity'>

export type ParsedPolicy =
  | { readonly valid: true; readonly document: PolicyDocument }
  | { readonly valid: false; readonly errors: readonly PolicyError[] }

/** Text of a policy file → what it states. `file` is only for the errors. Never throws, whatever the text. */
export function parsePolicy(source: string | Buffer, file: string, rules: readonly KnownRule[]): ParsedPolicy {
  const refuse = (seen: string, wanted: string): ParsedPolicy => ({
    valid: false,
    errors: [{ file, line: 1, path: '', seen, wanted }],
  })
  const bytes = Buffer.byteLength(source)
  if (bytes > maxPolicyBytes) return refuse(`${bytes} bytes`, `at most ${maxPolicyBytes} bytes`)
  const text = decode(source)
  if (text === null) return refuse('bytes that are not UTF-8', 'UTF-8 text')

  const yaml = readYaml(text)
  if (yaml.mistakes.length > 0) return { valid: false, errors: limited(yaml.mistakes.map(toError(file))) }
  if (yaml.value === null) return refuse('nothing', 'a mapping with version: 1')

  const ids = new Set(rules.map(({ id }) => id))
  const parsed = policySchema((id) => ids.has(id)).safeParse(yaml.value, { error: wantedBySchema, reportInput: true })
  if (parsed.success) return { valid: true, document: parsed.data }
  const errors = parsed.error.issues.flatMap((issue) => errorsOf(issue, [...ids]))
  return {
    valid: false,
    errors: limited(errors.map(({ at, ...rest }) => toError(file)({ ...rest, line: yaml.lineOf(at) }))),
  }
}

function decode(source: string | Buffer): string | null {
  if (typeof source !== 'string' && !isUtf8(source)) return null
  return source.toString().replace(/^\uFEFF/, '')
}

interface Mistake {
  readonly line: number
  readonly path: readonly PropertyKey[]
  readonly seen: string
  readonly wanted: string
}

const toError =
  (file: string) =>
  ({ line, path, seen, wanted }: Mistake): PolicyError => ({
    file,
    line,
    path: toPathText(path),
    seen: shortened(seen),
    wanted,
  })

const toPathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part, index) => (typeof part === 'number' ? `[${part}]` : `${index > 0 ? '.' : ''}${String(part)}`))
    .join('')

/** By line, and one error a place: a text that is no URL need not also be told that it is no https URL. */
function limited(errors: readonly PolicyError[]): readonly PolicyError[] {
  const places = new Set<string>()
  const first = errors.filter(({ line, path }) => {
    const place = `${line} ${path}`
    return path === '' || (!places.has(place) && places.add(place))
  })
  return first.toSorted((one, other) => one.line - other.line).slice(0, maxPolicyErrors)
}

const shortened = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text)

const toSeen = (value: unknown): string => (value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value)))

type Issue = z.core.$ZodIssue

/** `at` is where the line is taken from, which for an unknown key is the key and not its mapping. */
type SchemaMistake = Omit<Mistake, 'line'> & { readonly at: readonly PropertyKey[] }

function errorsOf(issue: Issue, ruleIds: readonly string[]): readonly SchemaMistake[] {
  if (issue.code === 'unrecognized_keys') {
    const inRules = issue.path[0] === 'rules'
    return issue.keys.map((key) => {
      const path = [...issue.path, key]
      return {
        at: path,
        path,
        seen: key,
        wanted: inRules ? suggested('the id of a rule', key, ruleIds) : issue.message,
      }
    })
  }
  if (issue.code === 'invalid_key') {
    const wanted = issue.issues[0]?.message ?? issue.message
    return [{ at: issue.path, path: issue.path, seen: String(issue.path.at(-1)), wanted }]
  }
  const named = issue.path[0] === 'accept' && issue.path[2] === 'rule' && typeof issue.input === 'string'
  const wanted = named ? suggested(issue.message, issue.input, ruleIds) : issue.message
  return [{ at: issue.path, path: issue.path, seen: toSeen(issue.input), wanted }]
}

function suggested(wanted: string, seen: string, known: readonly string[]): string {
  const near = nearest(seen, known)
  return near === null ? wanted : `${wanted}; did you mean ${near}?`
}

const wantedTypes: Readonly<Record<string, string>> = {
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  string: 'text (in quotes, where it looks like a number)',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
}

/** The schema's own texts win over this one: it speaks for the kinds of mistake that the schema has no text for. */
function wantedBySchema(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return wantedTypes[issue.expected] ?? issue.expected
    case 'invalid_value':
      return issue.values.length === 1 ? String(issue.values[0]) : `one of ${issue.values.join(', ')}`
    case 'unrecognized_keys':
      return wantedKey(issue)
    case 'too_small':
      return `at least ${issue.minimum}`
    case 'too_big':
      return `at most ${issue.maximum}`
    default:
      return 'what the documentation of the policy file shows here'
  }
}

function wantedKey(issue: z.core.$ZodRawIssue): string {
  const definition = issue.inst?._zod.def as { readonly shape?: object } | undefined
  const known = Object.keys(definition?.shape ?? {})
  const keys = 'keys' in issue && Array.isArray(issue.keys) ? issue.keys : []
  return suggested(`one of ${known.join(', ')}`, String(keys[0] ?? ''), known)
}
