import semver from 'semver'
import { z } from 'zod'
import { maxAdvisoryVersions } from '../../limits.js'
import type { PackageReference } from '../registry.js'
import type { Advisory, AdvisorySeverity } from './advisory.js'
import { fixesOf, fixFor, isInSpan, type VersionSpan } from './affected-versions.js'

/** Where anyone can read a record. */
const osvPage = 'https://osv.dev/vulnerability/'

/** Ids become parts of addresses. */
export const osvId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/)

const event = z.object({
  introduced: z.string().optional(),
  fixed: z.string().optional(),
  last_affected: z.string().optional(),
})

const affected = z.object({
  package: z.object({ ecosystem: z.string(), name: z.string() }).optional(),
  ranges: z
    .array(z.object({ type: z.string(), events: z.array(event).max(maxAdvisoryVersions) }))
    .max(maxAdvisoryVersions)
    .optional(),
  versions: z.array(z.string()).max(maxAdvisoryVersions).optional(),
})

/** Of the OSV schema (https://ossf.github.io/osv-schema/) what is used here. */
export const osvRecord = z.object({
  id: osvId,
  withdrawn: z.string().optional(),
  aliases: z.array(osvId).max(maxAdvisoryVersions).optional(),
  summary: z.string().optional(),
  affected: z.array(affected).max(maxAdvisoryVersions).optional(),
  // Each database has its own; these two are those of GitHub's.
  database_specific: z.object({ severity: z.unknown(), cwe_ids: z.unknown() }).partial().optional(),
})

export type OsvRecord = z.infer<typeof osvRecord>

/**
 * What a record says of one version. Undefined where it was withdrawn, or says nothing of it: the service matches by an index, and its
 * records are corrected.
 */
export function toAdvisory(record: OsvRecord, { name, version }: PackageReference): Advisory | undefined {
  // The date of a withdrawal; what is none withdraws nothing.
  if (record.withdrawn !== undefined && !Number.isNaN(Date.parse(record.withdrawn))) return undefined
  const about = (record.affected ?? []).filter(({ package: of }) => of?.ecosystem === 'npm' && of.name === name)
  const listed = new Set(about.flatMap(({ versions = [] }) => versions))
  const ranges = about.flatMap(({ ranges = [] }) => ranges).filter(({ type }) => type !== 'GIT')
  const spans = ranges.flatMap(({ events }) => toSpans(events))
  // What cannot be evaluated here is as the service has it.
  const evaluable = !ranges.some(({ events }) => events.some(isUnreadable))
  if (evaluable && !listed.has(version) && !spans.some((span) => isInSpan(span, version))) return undefined
  const malicious = isMalicious(record)
  const fixes = fixesOf(spans, listed)
  const fixed = fixFor(version, fixes)
  return {
    id: record.id,
    aliases: [...new Set(record.aliases ?? [])].sort(),
    summary: record.summary ?? '',
    severity: malicious ? 'critical' : severityOf(record),
    malicious,
    ...(fixed !== undefined && { fixed }),
    fixes,
    link: `${osvPage}${encodeURIComponent(record.id)}`,
  }
}

/** CWE-506 is embedded malicious code; records of the OpenSSF's collection of malware have ids of their own. */
export const malwareWeakness = 'CWE-506'

const isMalicious = ({ id, database_specific: own }: OsvRecord): boolean =>
  id.startsWith('MAL-') || (Array.isArray(own?.cwe_ids) && own.cwe_ids.includes(malwareWeakness))

const severities: ReadonlyMap<string, AdvisorySeverity> = new Map([
  ['low', 'low'],
  ['moderate', 'moderate'],
  ['medium', 'moderate'],
  ['high', 'high'],
  ['critical', 'critical'],
])

/** npm says moderate where GitHub's interface says medium. */
export const readSeverity = (text: unknown): AdvisorySeverity =>
  (typeof text === 'string' ? severities.get(text.toLowerCase()) : undefined) ?? 'unknown'

const severityOf = ({ database_specific: own }: OsvRecord): AdvisorySeverity => readSeverity(own?.severity)

type Events = NonNullable<NonNullable<OsvRecord['affected']>[number]['ranges']>[number]['events']

/** In this order where they are of one version: a single affected version is introduced and the last at once. */
const kinds = ['fixed', 'introduced', 'last_affected'] as const

interface Edge {
  readonly version: string
  readonly kind: (typeof kinds)[number]
}

/** In the order of versions each `introduced` opens a span and the next of the others closes it, as the schema's own algorithm has it. */
function toSpans(events: Events): VersionSpan[] {
  const edges = events
    .flatMap(toEdges)
    .sort((a, b) => semver.compareBuild(a.version, b.version) || kinds.indexOf(a.kind) - kinds.indexOf(b.kind))
  const spans: VersionSpan[] = []
  let from: VersionSpan['from']
  for (const { kind, version } of edges) {
    if (kind === 'introduced') from ??= { version, inclusive: true }
    else if (from) {
      spans.push({ from, to: { version, inclusive: kind === 'last_affected' } })
      from = undefined
    }
  }
  return from ? [...spans, { from }] : spans
}

const toEdges = (event: Events[number]): Edge[] =>
  kinds.flatMap((kind) => {
    const version = toVersion(event[kind])
    return version === null ? [] : [{ kind, version }]
  })

const isUnreadable = (event: Events[number]): boolean =>
  kinds.some((kind) => event[kind] !== undefined && toVersion(event[kind]) === null)

/** `0` is the schema's word for the very first version, prereleases included. */
const toVersion = (text: string | undefined): string | null =>
  text === '0' ? '0.0.0-0' : semver.valid(text, { loose: true })
