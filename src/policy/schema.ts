import { BlockList, isIP } from 'node:net'
import semver from 'semver'
import { z } from 'zod'
import { type GapCode, gapCodes } from '../gap.js'
import { severities } from '../rules/rule.js'
import { isDay } from './day.js'

const severity = z.enum(severities.toReversed())
const gapCode = z.enum(Object.keys(gapCodes) as [GapCode, ...GapCode[]])

const text = z.string().min(1, 'text that is not empty')
const glob = text.max(256, 'at most 256 characters')
const scopeName = z.string().regex(/^@[a-z0-9~-][a-z0-9._~-]*$/, 'a scope such as @acme, in lower case')
const packagePattern = z
  .string()
  .regex(
    /^(?:@[A-Za-z0-9*~-][A-Za-z0-9*._~-]*\/)?[A-Za-z0-9*~_-][A-Za-z0-9*._~-]*$/,
    'a package name, in which * stands for any characters but /',
  )
  .max(214, "at most 214 characters, as in npm's own names")
const packagePatterns = z.array(packagePattern)

const registryUrl = z
  .string()
  .regex(/^https?:\/\/[^\s/]/, 'a URL that starts with https://')
  .refine(
    isRegistryUrl,
    'an https URL without credentials, query or fragment; http only for localhost or a private IP address',
  )
const index = z
  .string()
  .regex(/^(?:none$|https?:\/\/[^\s/])/, 'none, or the https URL of an index')
  .refine((value) => value === 'none' || isRegistryUrl(value), 'none, or the https URL of an index')
const host = z
  .string()
  .regex(/^[A-Za-z0-9.[\]:-]+$/, 'a host name, with its port where it has one, and without scheme or path')
  .refine(isHost, 'a host name, with its port where it has one, and without scheme or path')

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-12-31')
  .refine(isDay, 'a date that the calendar has')
const integrity = z
  .string()
  .regex(/^sha(?:256|384|512)-[A-Za-z0-9+/]+={0,2}$/, 'one hash as lockfiles write it: sha512-…, sha384-… or sha256-…')

/** Whoever lists them must not accept them for every version: they say that nobody knows what the bytes are. */
const neverForEveryVersion: ReadonlySet<string> = new Set([
  'integrity-mismatch',
  'tarball-unsafe',
  'lockfile-unreadable',
])

/**
 * The shape of `.github/lockwarden.yml`. All is optional but `version`, so that inheritance can tell what a file states
 * from what it leaves open. `isRuleId` is a parameter because the list of rules grows.
 */
export function policySchema(isRuleId: (id: string) => boolean) {
  const ruleId = z.string().regex(/^[a-z][a-z0-9-]*$/, 'the id of a rule')

  const acceptance = z
    .strictObject({
      package: packagePattern,
      version: text.refine((range) => semver.validRange(range) !== null, 'an exact version, a semver range, or *'),
      rule: ruleId.refine(isRuleId, 'the id of a rule').optional(),
      gap: gapCode.optional(),
      reason: text.max(500, 'at most 500 characters'),
      until: day,
      integrity: integrity.optional(),
    })
    .check(({ value, issues }) => {
      if ((value.rule === undefined) === (value.gap === undefined)) {
        issues.push({ code: 'custom', path: [], message: 'either rule or gap', input: value })
      }
      const covered = value.rule ?? value.gap ?? ''
      if (neverForEveryVersion.has(covered) && coversEveryVersion(value.version)) {
        const message = `a version or a bounded range: ${covered} cannot be accepted for every version`
        issues.push({ code: 'custom', path: ['version'], message, input: value.version })
      }
    })
    .meta({ oneOf: [{ required: ['rule'] }, { required: ['gap'] }] })

  return z.strictObject({
    version: z.literal(1),
    failOn: z.enum([...severity.options, 'never']).optional(),
    onIncomplete: z.enum(['action_required', 'failure']).optional(),
    onFlaggedBelow: z.enum(['success', 'neutral']).optional(),
    paths: z.strictObject({ ignore: z.array(glob).optional() }).optional(),
    // GitHub lets a review with many more comments time out, and nobody reads them.
    comments: z.strictObject({ from: severity.optional(), limit: z.int().min(0).max(20).optional() }).optional(),
    bots: z.strictObject({ logins: z.array(text).optional(), commentsFrom: severity.optional() }).optional(),
    commands: z.strictObject({ authorMayAccept: z.boolean().optional() }).optional(),
    registries: z
      .strictObject({
        scopes: z.record(scopeName, registryUrl).optional(),
        allowedHosts: z.array(host).optional(),
      })
      .optional(),
    internal: z
      .strictObject({ scopes: z.array(scopeName).optional(), patterns: packagePatterns.optional() })
      .optional(),
    release: z
      .strictObject({
        freshDays: z.int().min(0).max(365).optional(),
        provenanceHorizonDays: z.int().min(0).max(36_500).optional(),
      })
      .optional(),
    python: z
      .strictObject({
        requireHashes: z.boolean().optional(),
        index: index.optional(),
      })
      .optional(),
    tools: z.strictObject({ build: packagePatterns.optional(), release: packagePatterns.optional() }).optional(),
    advisories: z
      .strictObject({
        source: z.enum(['osv', 'github', 'registry', 'off']).optional(),
        required: z.boolean().optional(),
      })
      .optional(),
    mcp: z
      .strictObject({
        pin: packagePatterns.optional(),
        servers: z
          .record(text, z.strictObject({ allow: z.array(text).optional(), blockedPatterns: z.array(text).optional() }))
          .optional(),
        services: z
          .record(
            text,
            z.strictObject({ scopes: z.array(scopeName).optional(), repositories: z.array(text).optional() }),
          )
          .optional(),
      })
      .optional(),
    rules: z
      .record(ruleId, z.enum([...severity.options, 'off']))
      .check(({ value, issues }) => {
        for (const id of Object.keys(value)) {
          if (!isRuleId(id)) issues.push({ code: 'unrecognized_keys', keys: [id], path: [], input: value })
        }
      })
      .optional(),
    accept: z.array(acceptance).optional(),
  })
}

/** What one policy file states, checked, without defaults. */
export type PolicyDocument = z.output<ReturnType<typeof policySchema>>

/** `>=0`, `x` and `* || 1` are `*` by other names. */
function coversEveryVersion(range: string): boolean {
  return semver.validRange(range) !== null && semver.subset('>=0.0.0', range)
}

// Unencrypted HTTP may only go where no stranger listens. A company that has more maps the scope in the operator's npmrc.
function isRegistryUrl(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isPrivateHost(url.hostname))
}

function isPrivateHost(hostname: string): boolean {
  if (hostname === 'localhost') return true
  const address = hostname.replace(/^\[|\]$/g, '')
  const family = isIP(address)
  return family !== 0 && privateAddresses().check(address, family === 6 ? 'ipv6' : 'ipv4')
}

/** RFC 1918, RFC 4193 and the loopback addresses. */
function privateAddresses(): BlockList {
  const list = new BlockList()
  list.addSubnet('10.0.0.0', 8, 'ipv4')
  list.addSubnet('127.0.0.0', 8, 'ipv4')
  list.addSubnet('172.16.0.0', 12, 'ipv4')
  list.addSubnet('192.168.0.0', 16, 'ipv4')
  list.addSubnet('fc00::', 7, 'ipv6')
  list.addAddress('::1', 'ipv6')
  return list
}

function isHost(value: string): boolean {
  return URL.canParse(`https://${value}`) && new URL(`https://${value}`).host === value.toLowerCase()
}
