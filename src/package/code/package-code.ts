import type { FileCode, FlowSink, FlowSource, Sighting } from './file-code.js'

/**
 * What leads to a file: an install script or `binding.gyp`; an entry point (`main`, `exports` and their kin); only a command of the package; or
 * nothing that the package itself names. The first that applies.
 */
export type Reach = 'install' | 'load' | 'bin' | 'unreached'

/** When code runs: on `npm install`; when somebody loads the package; when somebody calls it. */
export type When = 'install' | 'load' | 'call'

export interface AnalysedFile {
  readonly path: string
  readonly reach: Reach
  readonly code: FileCode
}

/** A module from outside of the package that its files ask for: `child_process`, `@scope/name`, without `node:` and without what is behind the name. */
export interface ModuleUse {
  readonly name: string
  readonly reach: Reach
}

/** What `Flow` says, within one file or from file to file. */
export interface PackageFlow {
  readonly when: When
  readonly source: FlowSource & { readonly file: string }
  readonly sink: FlowSink & { readonly file: string }
}

/** What the code of a package says. JSON in, JSON out. */
export interface PackageCode {
  /** Those that something leads to, and all others that have something to say. Sorted by path. */
  readonly files: readonly AnalysedFile[]
  /** Sorted by name; each with the first reach that applies to a file that asks for it. */
  readonly modules: readonly ModuleUse[]
  /** Those within each file, and those that the import graph joins. Sorted by file and place of the sink. */
  readonly flows: readonly PackageFlow[]
  /** Files that were read as code, those without anything to say included. */
  readonly analysed: number
  /** Files of code that could not be parsed: they are in `files` and say why. */
  readonly unanalysed: number
}

/** In an install script's files functions count as run: they are there for nothing else. A command's own top level runs when somebody calls it. */
export function whenOf({ reach }: Pick<AnalysedFile, 'reach'>, { scope }: Pick<Sighting, 'scope'>): When {
  if (reach === 'install') return 'install'
  return reach === 'load' && scope === 'top' ? 'load' : 'call'
}

export function saysNothing({ unanalysable, sightings, literals, flows, hidden, obfuscation }: FileCode): boolean {
  const lists = [sightings, literals, flows, hidden]
  return unanalysable === undefined && obfuscation.score === 0 && lists.every((list) => list.length === 0)
}
