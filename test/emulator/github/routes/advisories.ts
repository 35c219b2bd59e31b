import semver from 'semver'
import type { Answer, Call, Routes } from '../route.js'
import type { GlobalAdvisory } from '../state.js'

export const advisoryRoutes: Routes = {
  'GET /advisories': {
    needs: 'nobody',
    answer: (call) => {
      const { type = 'reviewed', affects } = call.query
      const asked = affects?.split(',').map(toReference)
      const found = call.world.advisories.filter(
        (one) => one.type === type && (asked?.some((reference) => isAbout(one, reference)) ?? true),
      )
      return pageFrom(call, found.map(advisoryResource))
    },
  },
}

/** This list has cursors in place of numbered pages. */
function pageFrom({ query }: Call, items: readonly unknown[]): Answer {
  const start = Number(query.after ?? 0)
  const end = start + Number(query.per_page ?? 30)
  const next = `<{url}${new URLSearchParams({ ...query, after: String(end) })}>; rel="next"`
  return { status: 200, body: items.slice(start, end), ...(end < items.length && { headers: { link: next } }) }
}

interface Reference {
  readonly name: string
  readonly version: string
}

const toReference = (text: string): Reference => {
  const at = text.indexOf('@', 1)
  return { name: text.slice(0, at), version: text.slice(at + 1) }
}

const isAbout = ({ affected }: GlobalAdvisory, { name, version }: Reference): boolean =>
  affected.some(
    (one) =>
      one.name === name && semver.satisfies(version, one.range.replaceAll(',', ' '), { includePrerelease: true }),
  )

function advisoryResource({ id, cve, type, severity, summary, withdrawn, affected }: GlobalAdvisory): unknown {
  const date = '2025-01-01T12:00:00Z'
  return {
    ghsa_id: id,
    cve_id: cve ?? null,
    url: `https://api.github.example/advisories/${id}`,
    html_url: `https://github.example/advisories/${id}`,
    repository_advisory_url: null,
    summary,
    description: null,
    type,
    severity,
    source_code_location: null,
    identifiers: [{ type: 'GHSA', value: id }],
    references: [],
    published_at: date,
    updated_at: date,
    github_reviewed_at: null,
    nvd_published_at: null,
    withdrawn_at: withdrawn ?? null,
    vulnerabilities: affected.map(({ name, range, patched }) => ({
      package: { ecosystem: 'npm', name },
      vulnerable_version_range: range,
      first_patched_version: patched ?? null,
      vulnerable_functions: null,
    })),
    cvss: null,
    cwes: [],
    credits: null,
  }
}
