import { isCodePath } from '../code/code-files.js'
import { ModuleResolver } from '../code/module-resolver.js'
import type { FileFacts } from '../package-facts.js'
import { PackageFiles } from '../package-files.js'

/** What is sent to whoever reads a server: JSON. */
export interface ServerInput {
  /** The parsed package.json as it stands. */
  readonly document: unknown
  /** All files of the package. */
  readonly paths: readonly string[]
  /** Files that something starts, the likeliest first. */
  readonly entries: readonly string[]
  /** Files that nothing leads to, read where the others leave something open. */
  readonly others: readonly string[]
  readonly texts: readonly (readonly [path: string, text: string])[]
}

/** The package as its own modules see it. */
export class ServerFiles {
  /** Files that were asked for and whose text is not there: too large, or too much together. */
  readonly left = new Set<string>()
  readonly #texts: ReadonlyMap<string, string>
  readonly #paths: readonly string[]
  readonly #resolver: ModuleResolver

  constructor({ document, paths, texts }: Pick<ServerInput, 'document' | 'paths' | 'texts'>) {
    this.#texts = new Map(texts)
    this.#paths = paths
    const files = new Map(paths.map((path) => [path, { path } as FileFacts]))
    const kept = new Map(
      [...this.#texts]
        .filter(([path]) => path.endsWith('package.json'))
        .map(([path, text]) => [path, Buffer.from(text)]),
    )
    const unpacked = { integrity: '', packedBytes: 0, unpackedBytes: 0, files, texts: kept, unsafe: [], limits: [] }
    this.#resolver = new ModuleResolver(new PackageFiles(unpacked), paths, document)
  }

  text(path: string): string | undefined {
    return this.#texts.get(path)
  }

  /** Those whose text is there; the others are told in `left`. */
  resolve(specifier: string, folder: string): readonly string[] {
    const found = this.#resolver.resolve(specifier, folder)
    for (const path of found) if (!this.#texts.has(path) && isCodePath(path)) this.left.add(path)
    return found.filter((path) => this.#texts.has(path))
  }

  /** Names of files and folders right in a folder, which ends in a slash. */
  within(folder: string): readonly string[] {
    const names = this.#paths
      .filter((path) => path.startsWith(folder))
      .map((path) => path.slice(folder.length).split('/')[0] ?? '')
    return [...new Set(names)].filter((name) => name !== '')
  }
}
