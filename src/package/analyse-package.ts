import type { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { parseManifest } from '../registry/manifest.js'
import type { Manifest } from '../registry/registry-facts.js'
import { readBindingGyp } from './binding-gyp.js'
import type { CodeAnalyser } from './code/code-analyser.js'
import { CodeCollector } from './code/code-collector.js'
import { readPackageCode } from './code/read-package-code.js'
import { readInstallScripts } from './install-scripts.js'
import { readMcp } from './mcp/read-mcp.js'
import { namedDependencies } from './named-dependencies.js'
import { analyserVersion, type LimitHit, type PackageFacts } from './package-facts.js'
import { defaultPackageLimits } from './package-limits.js'
import { spawnedCommandLimits } from './spawned-commands.js'
import { type UnpackOptions, unpack } from './unpack.js'
import type { UnpackedPackage } from './unpacked-package.js'

export interface AnalyseOptions extends Omit<UnpackOptions, 'signal' | 'code'> {
  /** Reads its code; without one the facts say nothing of it. */
  readonly code?: CodeAnalyser
}

/**
 * All that a tarball says about itself, without running any of it. A limit that is hit is told in `limits`; rejects with
 * TarballInvalid where npm would refuse the tarball, with the stream's own error, and when `signal` aborts.
 */
export async function analysePackage(
  stream: Readable,
  signal?: AbortSignal,
  { code, ...options }: AnalyseOptions = {},
): Promise<PackageFacts> {
  const collector = code === undefined ? undefined : new CodeCollector(code.lane())
  const unpacked = await unpack(stream, {
    ...options,
    ...(signal && { signal }),
    ...(collector && { code: collector }),
  })
  const limits = { ...defaultPackageLimits, ...options.limits }
  const { manifest, document, limits: manifestLimits } = readManifest(unpacked)
  // Following scripts is synchronous: other packages' downloads go on in between.
  await setImmediate()
  const { installScripts, limits: scriptLimits } = readInstallScripts(manifest, unpacked, limits)
  const { bindingGyp, limits: gypLimits } = readBindingGyp(unpacked)
  const sources = { unpacked, manifest, document, installScripts, bindingGyp }
  const read = collector && (await readPackageCode({ ...sources, collector }))
  const mcp = collector && (await readMcp({ unpacked, manifest, document, collector }))
  const loaded = read && new Set(read.modules.map(({ name }) => name))
  return {
    analyserVersion,
    integrity: unpacked.integrity,
    packedBytes: unpacked.packedBytes,
    unpackedBytes: unpacked.unpackedBytes,
    manifest,
    installScripts,
    files: [...unpacked.files.values()],
    unsafe: unpacked.unsafe,
    limits: [
      ...unpacked.limits,
      ...manifestLimits,
      ...scriptLimits,
      ...gypLimits,
      ...(read ? spawnedCommandLimits(read) : []),
    ],
    ...(bindingGyp === undefined ? {} : { bindingGyp }),
    ...(read && { code: read }),
    ...(mcp && { mcp }),
    ...(loaded && { namedDependencies: namedDependencies(manifest, document, unpacked, loaded) }),
  }
}

interface ReadManifest {
  readonly manifest: Manifest
  /** The JSON as it stands. */
  readonly document: unknown
  readonly limits: readonly LimitHit[]
}

/** Without a readable package.json the manifest is empty and `malformed` says `package.json`. */
function readManifest(unpacked: UnpackedPackage): ReadManifest {
  const text = unpacked.texts.get('package.json')?.toString()
  if (text === undefined) {
    const isThere = unpacked.files.has('package.json')
    const detail = 'package.json is larger than any that is read, or no text'
    const limits = isThere ? [{ limit: 'maxKeptFileBytes', detail }] : []
    return { manifest: parseManifest(undefined), document: undefined, limits }
  }
  const document = parseJson(text)
  return { manifest: parseManifest(document), document, limits: [] }
}

/** As npm reads it: a byte order mark is dropped, and of a key that comes twice the last one counts. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    // What is no JSON is no manifest: `parseManifest` names it malformed.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
