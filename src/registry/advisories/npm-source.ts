import { z } from 'zod'
import { maxAdvisoryQueries } from '../../limits.js'
import type { PackageReference } from '../registry.js'
import { type Advisory, type AdvisorySource, referenceKey } from './advisory.js'
import { fixesOf, fixFor, isInSpan, parseSpans } from './affected-versions.js'
import type { Ask } from './ask.js'
import { boundedLookup, chunksOf } from './bounded-lookup.js'
import { mergeAdvisories } from './merge-advisories.js'
import { malwareWeakness, readSeverity } from './osv-record.js'

/** What `npm audit` is answered: https://docs.npmjs.com/cli/commands/npm-audit describes the endpoint. */
const bulkAdvisory = z.object({
  id: z.union([z.number(), z.string()]),
  url: z.string(),
  title: z.string(),
  severity: z.string(),
  vulnerable_versions: z.string(),
  cwe: z.array(z.string()).optional(),
})

type BulkAdvisory = z.infer<typeof bulkAdvisory>

const bulk = z.record(z.string(), z.array(bulkAdvisory))

/** The audit endpoint of the default registry, with the operator's own credentials for it. */
export function openNpmAdvisories({ ask, registry }: { readonly ask: Ask; readonly registry: string }): AdvisorySource {
  const url = new URL('-/npm/v1/security/advisories/bulk', registry)
  return {
    lookup: (references, signal) =>
      boundedLookup(url.host, signal, async (found, either) => {
        for (const chunk of chunksOf(references, maxAdvisoryQueries)) {
          const answers = await ask({ url, body: versionsByName(chunk) }, toAnswers, either)
          for (const reference of chunk) {
            const advisories = (answers.get(reference.name) ?? []).flatMap((one) => toAdvisory(one, reference) ?? [])
            found.set(referenceKey(reference), mergeAdvisories(advisories))
          }
        }
      }),
  }
}

/** From entries, as `__proto__` is a name that a lockfile can hold. */
function versionsByName(references: readonly PackageReference[]): Readonly<Record<string, readonly string[]>> {
  const versions = new Map<string, string[]>()
  for (const { name, version } of references) versions.set(name, [...(versions.get(name) ?? []), version])
  return Object.fromEntries(versions)
}

function toAnswers(answer: unknown): ReadonlyMap<string, readonly BulkAdvisory[]> | undefined {
  const { data } = bulk.safeParse(answer)
  if (data === undefined) return undefined
  const readable = Object.values(data).every((list) => list.every((one) => parseSpans(one.vulnerable_versions)))
  return readable ? new Map(Object.entries(data)) : undefined
}

/** The endpoint tells all advisories of a name for some of its versions: which are meant stands in each. */
function toAdvisory(
  { id, url, title, severity, vulnerable_versions: range, cwe = [] }: BulkAdvisory,
  { version }: PackageReference,
): Advisory | undefined {
  const spans = parseSpans(range) ?? []
  if (!spans.some((span) => isInSpan(span, version))) return undefined
  const malicious = cwe.includes(malwareWeakness)
  const fixes = fixesOf(spans)
  const fixed = fixFor(version, fixes)
  return {
    // The number is the registry's own; the id that others know ends the address.
    id: /\/(GHSA(?:-[0-9a-z]{4}){3})$/.exec(url)?.[1] ?? String(id),
    aliases: [],
    summary: title,
    severity: malicious ? 'critical' : readSeverity(severity),
    malicious,
    ...(fixed !== undefined && { fixed }),
    fixes,
    link: url,
  }
}
