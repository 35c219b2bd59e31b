import { Octokit } from '@octokit/rest'
import semver from 'semver'
import { z } from 'zod'
import { maxAdvisoryAddressCharacters, maxAdvisoryPages } from '../limits.js'
import { type Advisory, type AdvisorySource, referenceKey } from '../registry/advisories/advisory.js'
import { fixFor, isInSpan, parseSpans, type VersionSpan } from '../registry/advisories/affected-versions.js'
import type { Ask } from '../registry/advisories/ask.js'
import { boundedLookup } from '../registry/advisories/bounded-lookup.js'
import { mergeAdvisories } from '../registry/advisories/merge-advisories.js'
import { readSeverity } from '../registry/advisories/osv-record.js'
import type { PackageReference } from '../registry/registry.js'
import { badStatus, RequestFailure } from '../registry/request-failure.js'
import { fetchWithTimeout, type GitHub, silent, statusOf } from './octokit.js'
import { RateLimited } from './rate-limit.js'

/** Of Octokit what reading lists takes, whichever it is. */
export type Lister = Pick<GitHub, 'paginate' | 'request'>

/** https://docs.github.com/rest/security-advisories/global-advisories describes it; these are the fields that are used here. */
const globalAdvisory = z.object({
  ghsa_id: z.string(),
  cve_id: z.string().nullable(),
  html_url: z.string(),
  summary: z.string(),
  severity: z.string(),
  type: z.string(),
  withdrawn_at: z.string().nullable(),
  vulnerabilities: z
    .array(
      z.object({
        package: z.object({ ecosystem: z.string(), name: z.string().nullable() }).nullable(),
        vulnerable_version_range: z.string().nullable(),
        first_patched_version: z.string().nullable(),
      }),
    )
    .nullable(),
})

type GlobalAdvisory = z.infer<typeof globalAdvisory>

/** GitHub lists malware apart, and leaves it out unless it is asked for. */
const types = ['reviewed', 'malware'] as const

/** GitHub's database of advisories, malware included. `ask` is `askGitHub` of a client, with or without a memory. */
export function openGitHubAdvisories({ ask, apiUrl }: { readonly ask: Ask; readonly apiUrl: string }): AdvisorySource {
  const host = new URL(apiUrl).host
  return {
    lookup: (references, signal) =>
      boundedLookup(host, signal, async (found, either) => {
        for (const chunk of addressable(references)) {
          const lists = await Promise.all(
            types.map((type) => ask({ url: addressOf(apiUrl, type, chunk) }, toList, either)),
          )
          for (const reference of chunk) {
            const advisories = lists.flat().flatMap((one) => toAdvisory(one, reference) ?? [])
            found.set(referenceKey(reference), mergeAdvisories(advisories))
          }
        }
      }),
  }
}

/** The packages of a question stand in its address, which servers and proxies bound. */
function* addressable(references: readonly PackageReference[]): Generator<readonly PackageReference[]> {
  let chunk: PackageReference[] = []
  let characters = 0
  for (const reference of references) {
    const { length } = encodeURIComponent(`${referenceKey(reference)},`)
    if (chunk.length > 0 && characters + length > maxAdvisoryAddressCharacters) {
      yield chunk
      chunk = []
      characters = 0
    }
    chunk.push(reference)
    characters += length
  }
  if (chunk.length > 0) yield chunk
}

function addressOf(apiUrl: string, type: (typeof types)[number], references: readonly PackageReference[]): URL {
  const url = new URL(`${apiUrl.replace(/\/$/, '')}/advisories`)
  url.search = new URLSearchParams({
    ecosystem: 'npm',
    type,
    affects: references.map(referenceKey).join(','),
    per_page: '100',
  }).toString()
  return url
}

/** Answers a question for advisories with all pages of the list, as far as pages are read. */
export function askGitHub(github: Lister): Ask {
  return async ({ url }, parse, signal) => {
    try {
      const list: unknown[] = []
      let pages = 0
      const parameters = {
        ...Object.fromEntries(url.searchParams),
        per_page: 100,
        ...(signal && { request: { signal } }),
      }
      for await (const { data } of github.paginate.iterator('GET /advisories', parameters)) {
        pages += 1
        if (pages > maxAdvisoryPages) {
          throw new RequestFailure('limit', `maxAdvisoryPages: ${url.host} has more than ${maxAdvisoryPages} pages`)
        }
        list.push(...data)
      }
      const answer = parse(list)
      if (answer !== undefined) return answer
      throw new RequestFailure('content', `${url.host} answers with something that is no answer to the question`)
    } catch (error) {
      signal?.throwIfAborted()
      throw toFailure(error, url.host)
    }
  }
}

/** What Octokit rejects with. What is no failure of a call is a bug and stays one. */
function toFailure(error: unknown, host: string): unknown {
  if (error instanceof RequestFailure) return error
  // The check run has to wait for it, the review has not.
  if (error instanceof RateLimited) {
    return new RequestFailure('status', `HTTP 429 from ${host}: the rate limit is reached`, 429)
  }
  const status = statusOf(error)
  if (status === undefined) return error
  // Octokit calls it 500 when there was no answer at all.
  const answered = typeof error === 'object' && error !== null && 'response' in error && error.response !== undefined
  return answered ? badStatus(status, host) : new RequestFailure('network', `no complete answer from ${host}`)
}

function toList(answer: unknown): readonly GlobalAdvisory[] | undefined {
  const { data } = z.array(globalAdvisory).safeParse(answer)
  const ranges = data?.flatMap((one) => (one.vulnerabilities ?? []).map((about) => about.vulnerable_version_range))
  return ranges?.every((range) => range !== null && parseSpans(range) !== undefined) ? data : undefined
}

function toAdvisory(one: GlobalAdvisory, { name, version }: PackageReference): Advisory | undefined {
  if (one.withdrawn_at !== null) return undefined
  const about = (one.vulnerabilities ?? []).filter(({ package: of }) => of?.ecosystem === 'npm' && of.name === name)
  const spans = about.flatMap(({ vulnerable_version_range: range }) => parseSpans(range ?? '') ?? [])
  if (!spans.some((span) => isInSpan(span, version))) return undefined
  const malicious = one.type === 'malware'
  const fixes = patchedIn(about, spans)
  const fixed = fixFor(version, fixes)
  return {
    id: one.ghsa_id,
    aliases: one.cve_id === null ? [] : [one.cve_id],
    summary: one.summary,
    severity: malicious ? 'critical' : readSeverity(one.severity),
    malicious,
    ...(fixed !== undefined && { fixed }),
    fixes,
    link: one.html_url,
  }
}

function patchedIn(about: NonNullable<GlobalAdvisory['vulnerabilities']>, spans: readonly VersionSpan[]): string[] {
  const patched = about.flatMap(({ first_patched_version: first }) => semver.valid(first) ?? [])
  return [...new Set(patched)].filter((fix) => !spans.some((span) => isInSpan(span, fix))).sort(semver.compareBuild)
}

export interface ClientOptions {
  readonly apiUrl: string
  /** A person's or a workflow's. Without one GitHub answers sixty requests an hour. */
  readonly token?: string
}

/** A client for what everyone may read. */
export const openPublicGitHub = ({ apiUrl, token }: ClientOptions): Lister =>
  new Octokit({
    baseUrl: apiUrl.replace(/\/$/, ''),
    userAgent: 'lockwarden',
    request: { fetch: fetchWithTimeout() },
    log: silent,
    ...(token !== undefined && { auth: token }),
  })
