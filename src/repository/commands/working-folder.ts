import { posix } from 'node:path'
import { maxRepositoryPathBytes } from '../../limits.js'
import type { Invocation, ShellScope } from '../../package/shell/invocation.js'
import { programName } from '../../package/shell/programs.js'

/** Relative to the repository's root, `''` for the root; undefined where only a running shell knows it. */
export type Folder = string | undefined

const workspace = /^\$\{?GITHUB_WORKSPACE\}?(?=\/|$)/

/** Where a path leads from a folder; undefined where it leads out of the repository or is not written down. */
export function enter(from: Folder, path: string): Folder {
  const rest = path.replace(workspace, '.')
  const start = workspace.test(path) ? '' : from
  if (start === undefined || rest === '-' || /[$…~%`*]|^\/|^[a-z]:[\\/]/i.test(rest)) return undefined
  const joined = posix.join(start, rest.replaceAll('\\', '/')).replace(/\/$/, '')
  if (joined === '..' || joined.startsWith('../') || joined.length > maxRepositoryPathBytes) return undefined
  return joined === '.' ? '' : joined
}

/** Follows `cd` from command to command, and forgets at the end of a subshell what was done there. */
export class WorkingFolder {
  readonly #start: Folder
  readonly #folders = new Map<ShellScope | undefined, Folder>()
  readonly #left: Folder[] = []

  constructor(start: Folder) {
    this.#start = start
  }

  of(scope: ShellScope | undefined): Folder {
    if (this.#folders.has(scope)) return this.#folders.get(scope)
    // No deeper than the parser, which bounds it.
    const folder = scope === undefined ? this.#start : this.of(scope.around)
    this.#folders.set(scope, folder)
    return folder
  }

  /** Takes note of a command that changes the folder for those after it. */
  follow({ words, scope }: Invocation): void {
    const program = programName(words[0] ?? '')
    const target = words.slice(1).find((word) => !/^(?:-[LPe]+|--|\/d)$/i.test(word))
    const here = this.of(scope)
    if (program === 'popd' || program === 'pop-location') this.#folders.set(scope, this.#left.pop())
    else if (changers.has(program)) {
      if (program.startsWith('push')) this.#left.push(here)
      this.#folders.set(scope, target === undefined ? undefined : enter(here, target))
    }
  }
}

const changers: ReadonlySet<string> = new Set(['cd', 'chdir', 'pushd', 'set-location', 'sl', 'push-location'])
