import type { Verdict } from '../../src/report/report.js'
import type { Severity } from '../../src/rules/rule.js'
import type { WrittenFormat } from '../builders/lockfile-writers.js'
import type { RunOverrides, StatementOverrides } from '../builders/sigstore.js'
import type { BulkAdvisory } from '../emulator/bulk-advisories.js'
import type { Lack, PublishedVersion } from '../emulator/registry.js'

/** One version of a package, as its attacker or its maintainer published it. */
export interface ReplayPackage
  extends Pick<
    PublishedVersion,
    'publisher' | 'trustedPublisher' | 'approver' | 'maintainers' | 'deprecated' | 'attestations' | 'signatures'
  > {
  /** Path → content. A package.json with name and version is made where none is given. */
  readonly files?: Readonly<Record<string, string | Buffer>>
  /** Laid over name and version in the tarball's package.json. */
  readonly manifest?: Readonly<Record<string, unknown>>
  /** Laid over what the registry says of this version, where that is not what the tarball holds. */
  readonly registryManifest?: Readonly<Record<string, unknown>>
  /** ISO time of publication. */
  readonly published?: string
  /** The run that built it, for which the stage's own Sigstore vouches; `statement` is what it says otherwise than a good one. */
  readonly provenance?: RunOverrides & { readonly statement?: StatementOverrides }
}

/** One state of the repository under attack. */
export interface RepositoryState {
  /** Laid over name and version in package.json; `null` for no manifest. */
  readonly manifest?: Readonly<Record<string, unknown>> | null
  /** How `locked` is written: package-lock.json of version 3 unless it says otherwise. Others lock each name once, at the top. */
  readonly format?: WrittenFormat
  /**
   * By name (`a`) or key (`node_modules/a/node_modules/b`), a version or the fields of an
   * entry. `resolved` and `integrity` are those of the package published under that name unless the entry says otherwise;
   * a field set to `undefined` is left out, and `integrity: 'sha1'` stands for that hash of the published bytes. `null` for
   * no lockfile.
   */
  readonly locked: Readonly<Record<string, string | Readonly<Record<string, unknown>>>> | null
  /** What the attack does to the lockfile's finished text. */
  readonly tamper?: (lockfile: string) => string
  /** Any other file, by path. */
  readonly files?: Readonly<Record<string, string>>
}

export interface ExpectedFinding {
  readonly rule: string
  readonly severity: Severity
  /** Absent for what is not about a package. */
  readonly package?: string
  readonly file: string
  /**
   * The text, blanks around it aside, of the line of head's `file` that carries the finding, or a pattern for it where it
   * holds a hash of built bytes; absent for a whole file.
   */
  readonly line?: string | RegExp
  /** Where inside the package the finding points first; not compared where this is absent. */
  readonly evidence?: ExpectedEvidence
}

/** The first evidence of a finding that names a file of the package. */
export interface ExpectedEvidence {
  /** Relative to the package's root. */
  readonly file: string
  /**
   * The text, blanks around it aside, of that file's line in the version under review, or a pattern for it where it is long; absent
   * where the whole file is meant.
   */
  readonly line?: string | RegExp
}

/** An inert reconstruction of an attack: what was in the registry, what the pull request did, what must be said. */
export interface Replay {
  /** What happened, to whom, in one or two sentences of our own. */
  readonly description: string
  /** When, as far as it is known: `2024-12` or `2024-12-03`. Absent for a technique that no single incident owns. */
  readonly date?: string
  /** Name → version → what was published. */
  readonly packages: Readonly<Record<string, Readonly<Record<string, ReplayPackage>>>>
  /** Name → ISO time at which it was first published; by default that of its first version here. */
  readonly created?: Readonly<Record<string, string>>
  /** What the registry does not have, where it is a mirror. */
  readonly lacks?: readonly Lack[]
  /** Names that the registry serves with other bytes than it did when base was locked: name → version → files. */
  readonly lockedAs?: Readonly<Record<string, Readonly<Record<string, ReplayPackage>>>>
  /** Absent where no change is judged, but how a repository stands: the replay is then an audit of `head`. */
  readonly base?: RepositoryState
  readonly head: RepositoryState
  /** What the registry tells `npm audit`, by name. Ids are ours, and addresses end in `.example`. */
  readonly advisories?: Readonly<Record<string, readonly BulkAdvisory[]>>
  /** ISO time of the review, for what depends on it: how fresh a release is. By default 2026-11-20, long after most. */
  readonly reviewedAt?: string
  readonly expected: { readonly verdict: Verdict; readonly findings: readonly ExpectedFinding[] }
}

/** One that judges a change. */
export type ReplayOfChange = Replay & { readonly base: RepositoryState }
