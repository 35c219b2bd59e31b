import { constants, createReadStream, lstatSync, readFileSync } from 'node:fs'
import { lstat, stat } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import type { Readable } from 'node:stream'
import { finished, pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import packlist, { type PackEdge, type PackTree } from 'npm-packlist'
import { pack } from 'tar-stream'
import { isRecord } from '../registry/manifest.js'

/**
 * A package on the operator's own disk as a tarball: a file as it is, a folder as `npm pack` would pack it, without running
 * its scripts. Rejects with the file system's error where there is nothing to read; so does the stream.
 */
export async function readLocalPackage(path: string): Promise<Readable> {
  const found = await stat(path)
  return found.isDirectory() ? packFolder(resolve(path)) : createReadStream(path)
}

async function packFolder(folder: string): Promise<Readable> {
  const paths = await packlist(new LocalTrees(folder).at(folder))
  const archive = pack()
  const gzip = createGzip({ level: 1 })
  const writing = writeFiles(archive, folder, paths.sort())
  // Whoever reads gets the error from the stream. The archive has it too, where one of its own streams failed.
  writing.catch((error: Error) => gzip.destroy(error))
  archive.on('error', (error: Error) => gzip.destroy(error))
  finished(archive.pipe(gzip)).catch(() => archive.destroy())
  return gzip
}

async function writeFiles(archive: ReturnType<typeof pack>, folder: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    const file = join(folder, path)
    const { size, mode } = await lstat(file)
    const header = { name: `package/${path}`, size, mode: mode & 0o111 ? 0o755 : 0o644, mtime: new Date(0) }
    // No links: a folder under inspection must not make us read what lies outside of it.
    const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0)
    const content = createReadStream(file, { flags: flags as unknown as string })
    await pipeline(content, archive.entry(header))
  }
  archive.finalize()
}

/**
 * As much of npm's own tree as its packlist asks for: where bundled dependencies lie. One tree a folder, since packlist
 * knows by the object where it has been, and dependencies may go in circles.
 */
class LocalTrees {
  readonly #root: string
  readonly #trees = new Map<string, PackTree>()

  constructor(root: string) {
    this.#root = root
  }

  at(folder: string): PackTree {
    const tree = this.#trees.get(folder) ?? {
      path: folder,
      package: readManifest(join(folder, 'package.json')),
      isProjectRoot: folder === this.#root,
      edgesOut: { get: (name: string) => this.#edge(name, folder) },
    }
    this.#trees.set(folder, tree)
    return tree
  }

  #edge(name: string, from: string): PackEdge | undefined {
    if (name.split(/[\\/]/).includes('..')) return undefined
    const isInside = (folder: string): boolean => folder === this.#root || folder.startsWith(this.#root + sep)
    for (let folder = from; isInside(folder); folder = resolve(folder, '..')) {
      const path = join(folder, 'node_modules', name)
      if (!lstatSync(path, { throwIfNoEntry: false })?.isDirectory()) continue
      return { peer: false, dev: false, to: { path, target: this.at(path), isLink: false } }
    }
    return undefined
  }
}

/** Only fields of the types that packlist takes for granted; a manifest that is none packs every file. */
function readManifest(path: string): Record<string, unknown> {
  const value = parseJson(path)
  if (!isRecord(value)) return {}
  const texts = (field: unknown): string[] | undefined =>
    Array.isArray(field) ? field.filter((item) => typeof item === 'string') : undefined
  const maps = (field: unknown): Record<string, string> =>
    isRecord(field)
      ? Object.fromEntries(
          Object.entries(field).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
        )
      : {}
  return {
    files: texts(value.files),
    main: typeof value.main === 'string' ? value.main : undefined,
    browser: typeof value.browser === 'string' ? value.browser : undefined,
    bin: typeof value.bin === 'string' ? { bin: value.bin } : maps(value.bin),
    bundleDependencies: bundled(value.bundleDependencies ?? value.bundledDependencies, maps(value.dependencies)),
    dependencies: maps(value.dependencies),
    optionalDependencies: maps(value.optionalDependencies),
  }
}

/** npm takes a list, a map, or `true` for all of `dependencies`. */
function bundled(field: unknown, dependencies: Readonly<Record<string, string>>): readonly string[] {
  if (field === true) return Object.keys(dependencies)
  if (isRecord(field)) return Object.keys(field)
  return Array.isArray(field) ? field.filter((item) => typeof item === 'string') : []
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8').replace(/^\ufeff/, ''))
  } catch (error) {
    // No manifest, or none that is JSON: the folder is packed as it lies there, and its facts say what is wrong with it.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
