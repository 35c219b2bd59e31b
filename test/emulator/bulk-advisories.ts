import semver from 'semver'

/** One advisory as npm's registry words it for `npm audit`. */
export interface BulkAdvisory {
  readonly id: number
  readonly url: string
  readonly title: string
  readonly severity: string
  readonly vulnerable_versions: string
  readonly cwe?: readonly string[]
}

export const bulkPath = '/-/npm/v1/security/advisories/bulk'

/** As the public registry: of each name that is asked about all advisories that one of the versions is in. */
export function answerBulk(
  body: string,
  advisories: ReadonlyMap<string, readonly BulkAdvisory[]>,
): Readonly<Record<string, readonly BulkAdvisory[]>> {
  const asked = Object.entries(JSON.parse(body) as Record<string, readonly string[]>)
  return Object.fromEntries(
    asked
      .map(([name, versions]) => {
        const about = advisories.get(name) ?? []
        return [name, about.filter((one) => versions.some((version) => isMeant(one, version)))] as const
      })
      .filter(([, about]) => about.length > 0),
  )
}

const isMeant = ({ vulnerable_versions: range }: BulkAdvisory, version: string): boolean =>
  semver.satisfies(version, range, { includePrerelease: true })
