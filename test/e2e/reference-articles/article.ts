import type { Tree } from '../../../src/report/tree.js'
import type { Replay, RepositoryState } from '../../replays/replay.js'

/** A line of an article's checklist, the rule that answers it, and where: the file, and the text of the line where it is about one. */
export type ChecklistLine = readonly [asks: string, rule: string, file: string, line?: string | RegExp]

/** One state of the repository in which faults of the checklist are, and all that is said of it. */
export interface FaultyState {
  readonly description: string
  readonly state: RepositoryState
  /** By an audit of the state. */
  readonly audited?: readonly ChecklistLine[]
  /** What the audit counts in the tree. */
  readonly tree?: Partial<Tree>
  /** By a review of the change from `followed` to it. */
  readonly reviewed?: readonly ChecklistLine[]
}

/** What one of the reference articles asks of a repository, as repositories. `https://npm.corp.example/` stands for a private registry on loopback. */
export interface Article extends Pick<Replay, 'packages' | 'advisories'> {
  readonly title: string
  /** Names that only the private registry has. */
  readonly privateNames?: readonly string[]
  /** A repository that does what the article advises, where it is right. */
  readonly followed: RepositoryState
  readonly faulty: readonly FaultyState[]
}

/** A workflow for GitHub with these commands. */
export const workflow = (...commands: readonly string[]): string =>
  [
    'on: push',
    'jobs:',
    '  ci:',
    '    runs-on: ubuntu-latest',
    '    steps:',
    ...commands.map((command) => `      - run: ${command}`),
    '',
  ].join('\n')

/** Where the workflow of every article stands. */
export const ci = '.github/workflows/ci.yml'

/** As all the articles would have it: what is locked, no scripts, a gate for advisories, a bill of materials. */
export const carefulCi = (...more: readonly string[]): string =>
  workflow('npm ci --ignore-scripts', 'npm audit --audit-level=high', 'npm audit signatures', 'npm sbom', ...more)

/** A release that the registry's own record ties to a build. */
export const built = { trustedPublisher: 'github', provenance: {} } as const
