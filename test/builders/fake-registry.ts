import { Readable } from 'node:stream'
import { type Gap, known, type Outcome, unknown } from '../../src/gap.js'
import type { Registry } from '../../src/registry/registry.js'
import type { Publication, RegistryManifest } from '../../src/registry/registry-facts.js'
import { aManifest } from './manifest.js'
import { aPackument } from './packument.js'

/** Answers of a registry in memory; what is not overridden is an ordinary published package. */
export interface FakeRegistryOptions {
  readonly publication?: Outcome<Publication>
  readonly manifest?: (version: string) => Outcome<RegistryManifest>
  /** Bytes by `name@version`; a missing one is unavailable. */
  readonly tarballs?: Readonly<Record<string, string>>
  readonly mismatch?: { readonly served: string; readonly gap: Gap }
}

export interface FakeRegistry extends Registry {
  /** `name@version` of each tarball asked for, in order, with the integrity that it was to be verified against. */
  readonly asked: readonly (readonly [string, string | undefined])[]
}

export function aRegistry(options: FakeRegistryOptions = {}): FakeRegistry {
  const asked: (readonly [string, string | undefined])[] = []
  const packument = aPackument(['1.0.0', '1.0.1'], { distTags: { latest: '1.0.1' } })
  return {
    asked,
    expectations: { defaultHosts: ['registry.example'], scopeHosts: {}, allowedHosts: [] },
    publication: async () => options.publication ?? known({ state: 'published' }),
    packument: async (name) => known({ ...packument, name }),
    versions: async (name) => known({ ...packument, name }),
    manifest: async ({ name, version }) =>
      options.manifest?.(version) ?? known(aManifest({ name, version }) satisfies RegistryManifest),
    attestations: async () => known([]),
    keptBuild: async () => undefined,
    keepBuild: async () => {},
    signingKeys: async () => known([]),
    namesake: async () => known({ state: 'absent' }),
    async tarball({ name, version }, integrity, consume) {
      const label = `${name}@${version}`
      asked.push([label, integrity])
      if (options.mismatch !== undefined) return { kind: 'mismatch', ...options.mismatch }
      const bytes = options.tarballs?.[label]
      if (bytes === undefined) return { kind: 'unavailable', gap: tarballGap(label) }
      return { kind: 'verified', value: await consume(Readable.from([Buffer.from(bytes)])) }
    },
  }
}

export const tarballGap = (label: string): Gap => ({
  code: 'tarball-unavailable',
  package: label,
  fact: 'package',
  detail: '503 from registry.example',
})

export const offline = (code: Gap['code'], label: string): Outcome<never> =>
  unknown({ code, package: label, fact: 'packument', detail: 'offline' })
