import type { Location } from '../lockfile/anchor.js'
import type { ReportedChange, ReportedFinding } from './report.js'

/** The parts of a finding in the words that every output uses. All of it may hold foreign text: escape it. */
export interface FindingText {
  /** `axios 1.14.0 → 1.14.1`; absent where the finding is about the repository. */
  readonly versions?: string
  /** A sentence: `axios 1.14.1 runs a new postinstall script on install`. */
  readonly sentence: string
  /** `package-lock.json:120`, the first one being the place of the finding. */
  readonly places: readonly string[]
  /** Ways from the repository to the package: `web > axios`. Empty where it is about the repository. */
  readonly paths: readonly string[]
  readonly evidence: readonly { readonly label: string; readonly value: string; readonly place?: string }[]
}

/** Ways by `name@version`, over all lockfiles, shortest first. */
export type PathIndex = ReadonlyMap<string, readonly string[]>

export function indexPaths(changes: readonly ReportedChange[]): PathIndex {
  const paths = new Map<string, Set<string>>()
  for (const { name, after, manager, paths: ways } of changes) {
    if (!after) continue
    const key = `${name}@${after.version}`
    const known = paths.get(key) ?? new Set<string>()
    const alone = manager === 'mcp' ? 'started as an MCP server' : 'a direct dependency'
    for (const way of ways) known.add(way.length > 1 ? way.join(' > ') : alone)
    paths.set(key, known)
  }
  return new Map([...paths].map(([key, ways]) => [key, [...ways].sort((a, b) => a.length - b.length)]))
}

export function describeFinding(finding: ReportedFinding, index: PathIndex): FindingText {
  const { location, locations = [], evidence, message } = finding
  const subject = finding.package
  const named = subject ? nameWithVersion(subject) : (location?.file ?? 'the repository')
  return {
    ...(subject && { versions: nameVersions(subject) }),
    sentence: `${named} ${message}`,
    places: (location ? [location, ...locations] : locations).map(namePlace),
    paths: (subject && index.get(nameWithVersion(subject, '@'))) ?? [],
    evidence: evidence.map(({ label, value, file, line, column }) => ({
      label,
      value,
      // A file that is itself the evidence is named once.
      ...(file !== undefined &&
        (file !== value || line !== undefined) && { place: nameEvidencePlace(file, line, column) }),
    })),
  }
}

type Subject = NonNullable<ReportedFinding['package']>

const nameWithVersion = ({ name, after }: Subject, separator = ' '): string =>
  after === undefined || after === '' ? name : `${name}${separator}${after}`

export function nameVersions({ name, before, after }: Subject): string {
  const versions = new Set([before, after].filter((version) => version !== undefined && version !== ''))
  return [name, [...versions].join(' → ')].filter((part) => part !== '').join(' ')
}

export const namePlace = ({ file, line }: Location): string => (line === undefined ? file : `${file}:${line}`)

const nameEvidencePlace = (file: string, line?: number, column?: number): string =>
  [file, line, line === undefined ? undefined : column].filter((part) => part !== undefined).join(':')
