import type { Gap } from '../../gap.js'
import type { Invocation } from '../../package/shell/invocation.js'
import type { PlacedObject } from '../settings/placed-value.js'
import type { LockedProject } from './locked-projects.js'

/** A place in a file of the repository. */
export interface Place {
  readonly file: string
  /** From 1. */
  readonly line: number
}

/** Who would run a command. */
export type CommandHost =
  | { readonly kind: 'workflow'; readonly job: string; readonly step: number }
  | { readonly kind: 'action'; readonly step: number }
  | { readonly kind: 'dockerfile'; readonly stage: number }
  | { readonly kind: 'manifest-script'; readonly script: string }
  | { readonly kind: 'makefile'; readonly target: string }
  | { readonly kind: 'shell-script' }

/** One program that a file of the repository would start, as a shell's grammar has it. */
export interface RepositoryCommand extends Place {
  readonly host: CommandHost
  readonly invocation: Invocation
  /** Folder relative to the repository's root in which it runs; absent where only a running shell knows. */
  readonly folder?: string
  /** What the file itself sets for it: prefixed assignments, `export`, `env:` of step, job and workflow, `ENV` and `ARG`. */
  readonly environment: ReadonlyMap<string, string>
}

/** `actions/checkout@v4`, `docker://node:22`, `./.github/actions/x`, or an image, as written. */
export interface Reference extends Place {
  readonly text: string
  /** The comment behind it on its line, which is where people note the tag of a sha. */
  readonly comment?: string
}

export interface WorkflowVariable extends Place {
  readonly name: string
  /** As written, expressions left as text. */
  readonly value: string
}

export interface WorkflowStep extends Place {
  /** From 0. */
  readonly index: number
  readonly name?: string
  readonly condition?: string
  readonly uses?: Reference
  /** Inputs of `uses`, as text. */
  readonly inputs: ReadonlyMap<string, string>
  /** `run:` as text; `line` is that of its first line. */
  readonly run?: { readonly text: string; readonly line: number; readonly shell?: string }
  readonly environment: readonly WorkflowVariable[]
}

export interface WorkflowJob extends Place {
  readonly id: string
  readonly condition?: string
  readonly steps: readonly WorkflowStep[]
  readonly environment: readonly WorkflowVariable[]
  /** The environment that it deploys to, which may ask a person before the job starts. */
  readonly deploysTo?: string
  /** A workflow that stands for the whole job. */
  readonly uses?: Reference
  /** Of the job's container and services. */
  readonly images: readonly Reference[]
}

/** A workflow, or a composite action as a workflow with one job named `''` and no triggers. */
export interface Workflow {
  readonly file: string
  readonly triggers: readonly { readonly name: string; readonly line: number }[]
  readonly environment: readonly WorkflowVariable[]
  readonly jobs: readonly WorkflowJob[]
}

export interface Dockerfile {
  readonly file: string
  /** `FROM` and `COPY --from` that name an image and no stage. */
  readonly images: readonly Reference[]
}

/** A file of settings of a package manager, under the names that its own documentation has. */
export interface InstallSettings {
  readonly file: string
  readonly format: 'npmrc' | 'yarnrc' | 'yarnrc-yml' | 'pnpm-workspace' | 'bunfig' | 'manifest' | 'pip-conf'
  /** Of `manifest`, only the keys that package managers read as settings. */
  readonly values: PlacedObject
}

/** What a package.json asks for, whatever the section. */
export interface NpmManifest {
  readonly file: string
  readonly requirements: readonly (Place & { readonly name: string; readonly range: string })[]
}

export interface PythonRequirement extends Place {
  readonly name: string
  /** `==1.2.3`, an address, or empty. */
  readonly specifier: string
  readonly hashes: number
}

/** A requirements file, or the dependencies of a pyproject.toml. */
export interface PythonManifest {
  readonly file: string
  readonly format: 'requirements' | 'pyproject'
  readonly requirements: readonly PythonRequirement[]
  /** Options of the file such as `--extra-index-url`, with their values; of a pyproject the indexes of its tool. */
  readonly options: readonly (Place & { readonly name: string; readonly value: string })[]
  /** Paths of the files that it includes by `-r` and `-c`, relative to the repository's root. */
  readonly includes: readonly string[]
}

/** A poetry.lock, uv.lock or pdm.lock: every package is there with its hashes, or is not. */
export interface PythonLock {
  readonly file: string
  readonly withHashes: number
  /** Names of packages from an index that have none. */
  readonly withoutHashes: readonly (Place & { readonly name: string })[]
}

export interface GoModule {
  /** The go.mod. */
  readonly file: string
  readonly requirements: readonly (Place & { readonly module: string; readonly version: string })[]
  /** A go.sum lies beside it. */
  readonly checksums: boolean
  /** Modules that it takes from folders of the repository, which need none. */
  readonly replaced: readonly string[]
}

export interface Sbom {
  readonly file: string
  readonly format: 'cyclonedx' | 'spdx'
  /** npm packages only, as `name@version`. */
  readonly components: ReadonlySet<string>
}

/** A file of an agent, an editor or git that runs something by itself. */
export interface AutomaticCommand extends Place {
  /** When: `SessionStart`, `folderOpen`, `postCreateCommand`, `pre-commit`. */
  readonly event: string
  readonly tool: 'claude' | 'cursor' | 'gemini' | 'vscode' | 'devcontainer' | 'git' | 'other'
  readonly command: string
}

/** What the repository's own files would run, and how they would install. */
export interface PostureState {
  readonly commands: readonly RepositoryCommand[]
  readonly workflows: readonly Workflow[]
  readonly dockerfiles: readonly Dockerfile[]
  readonly settings: readonly InstallSettings[]
  readonly manifests: readonly NpmManifest[]
  readonly python: readonly PythonManifest[]
  readonly pythonLocks: readonly PythonLock[]
  readonly go: readonly GoModule[]
  readonly sboms: readonly Sbom[]
  readonly automatic: readonly AutomaticCommand[]
}

/**
 * Two states of the repository's own files. Of a pull request both hold the files that it touches and those that explain them (settings
 * at the root, manifests); an audit has no `before`, and `after` is all there is.
 */
export interface PostureChange {
  readonly before?: PostureState
  readonly after: PostureState
  /** Files of head that differ from base's; all of them in an audit. */
  readonly changed: ReadonlySet<string>
  /** Lockfiles of head that commands of changed files depend on. */
  readonly locked?: readonly LockedProject[]
  /** The repository's account in lower case, by its host or by base's manifest. */
  readonly owner?: string
  readonly gaps: readonly Gap[]
}
