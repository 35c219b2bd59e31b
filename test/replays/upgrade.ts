import type { ExpectedEvidence, ExpectedFinding, Replay, ReplayOfChange, ReplayPackage } from './replay.js'

/** A finding about the incident's package, which is shown on the line of its version in the lockfile. */
export type PackageFinding = readonly [rule: string, severity: ExpectedFinding['severity'], evidence?: ExpectedEvidence]

interface Incident extends Pick<Replay, 'description' | 'date' | 'reviewedAt'> {
  readonly name: string
  readonly findings: readonly PackageFinding[]
}

interface Upgrade extends Incident {
  readonly from: readonly [version: string, published: ReplayPackage]
  readonly to: readonly [version: string, published: ReplayPackage]
  /** What else the registry has of the package, which the project never takes. */
  readonly beside?: Readonly<Record<string, ReplayPackage>>
}

interface Addition extends Incident {
  readonly added: readonly [version: string, published: ReplayPackage]
  /** Other packages that the registry has, which the project never takes. */
  readonly beside?: Replay['packages']
}

/** The incident that most are: a project that has a package takes its next version, and nothing else. */
export function replayUpgrade({ name, from, to, beside, findings, ...story }: Upgrade): ReplayOfChange {
  const manifestAt = (version: string) => ({ dependencies: { [name]: `^${version}` } })
  return {
    ...story,
    packages: { [name]: { [from[0]]: from[1], [to[0]]: to[1], ...beside } },
    base: { manifest: manifestAt(from[0]), locked: { [name]: from[0] } },
    head: { manifest: manifestAt(to[0]), locked: { [name]: to[0] } },
    expected: { verdict: 'flagged', findings: findings.map((finding) => onVersion(name, to[0], finding)) },
  }
}

/** A project takes a package that it never had. */
export function replayAddition({ name, added, beside, findings, ...story }: Addition): Replay {
  return {
    ...story,
    packages: { ...beside, [name]: { [added[0]]: added[1] } },
    base: { manifest: {}, locked: {} },
    head: { manifest: { dependencies: { [name]: added[0] } }, locked: { [name]: added[0] } },
    expected: {
      verdict: 'flagged',
      findings: [...findings, ...unproven(added[1])].map((finding) => onVersion(name, added[0], finding)),
    },
  }
}

/** What is said of every new direct dependency that no build service vouches for. */
const unproven = ({ provenance, attestations }: ReplayPackage): readonly PackageFinding[] =>
  provenance === undefined && attestations === undefined ? [['provenance-absent', 'low']] : []

export function onVersion(name: string, version: string, [rule, severity, evidence]: PackageFinding): ExpectedFinding {
  return {
    rule,
    severity,
    package: name,
    file: 'package-lock.json',
    line: `"version": "${version}",`,
    ...(evidence && { evidence }),
  }
}
