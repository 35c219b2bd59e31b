import type { Manifest, RegistryManifest } from '../../src/registry/registry-facts.js'

/** A manifest with nothing in it that could trip a rule. */
export function aManifest(overrides?: Partial<Manifest>): Manifest
export function aManifest(overrides: Partial<RegistryManifest>): RegistryManifest
export function aManifest(overrides: Partial<RegistryManifest> = {}): RegistryManifest {
  return {
    name: 'left-pad',
    version: '1.0.0',
    scripts: {},
    dependencies: {},
    bin: {},
    main: 'index.js',
    os: [],
    cpu: [],
    keywords: [],
    malformed: [],
    ...overrides,
  }
}
