import { createHash } from 'node:crypto'
import {
  analyserVersion,
  type BindingGyp,
  type FileFacts,
  type InstallScript,
  type LifecycleHook,
  type PackageFacts,
} from '../../src/package/package-facts.js'
import { withoutFormatting } from '../../src/package/package-files.js'
import type { Manifest } from '../../src/registry/registry-facts.js'
import { aManifest } from './manifest.js'

export const sha256Of = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex')

/** One text file; its hash is that of its path unless `content` is given. */
export function aFile(path: string, overrides: Partial<FileFacts> & { readonly content?: string } = {}): FileFacts {
  const { content = path, ...rest } = overrides
  return {
    path,
    bytes: Buffer.byteLength(content),
    sha256: sha256Of(content),
    kind: 'text',
    executable: false,
    ...rest,
  }
}

/** `files`: path → content of what the command runs; a path without content is a file that the package does not hold. */
export function anInstallScript(
  hook: LifecycleHook,
  command: string,
  files: Readonly<Record<string, string | undefined>> = {},
): InstallScript {
  return {
    hook,
    command,
    files: Object.entries(files)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([path, content]) =>
        content === undefined
          ? { path }
          : { path, sha256: sha256Of(content), linesSha256: sha256Of(withoutFormatting(content)) },
      ),
  }
}

export function aBindingGyp(overrides: Partial<BindingGyp> = {}): BindingGyp {
  return {
    sha256: sha256Of('binding.gyp'),
    commands: [],
    sources: ['src/addon.cc'],
    hasNativeSources: true,
    parsed: true,
    ...overrides,
  }
}

export type PackageOverrides = Partial<Omit<PackageFacts, 'manifest'>> & { readonly manifest?: Partial<Manifest> }

/** The facts of a small package that does nothing but export a function. */
export function aPackage(overrides: PackageOverrides = {}): PackageFacts {
  const { manifest, ...rest } = overrides
  const files = rest.files ?? [aFile('index.js'), aFile('package.json')]
  return {
    analyserVersion,
    integrity: `sha512-${createHash('sha512').update(JSON.stringify(overrides)).digest('base64')}`,
    packedBytes: 512,
    unpackedBytes: files.reduce((total, file) => total + file.bytes, 0),
    manifest: aManifest(manifest),
    installScripts: [],
    files,
    unsafe: [],
    limits: [],
    ...rest,
  }
}
