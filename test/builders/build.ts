import type { Build, ProvenanceState } from '../../src/registry/provenance/provenance.js'

/** A run of the workflow that releases left-pad, from its main branch. */
export const aBuild = (overrides: Partial<Build> = {}): Build => ({
  service: 'github',
  repository: 'github.com/left/pad',
  repositoryId: '1001',
  ownerId: '2001',
  workflow: '.github/workflows/release.yml',
  ref: 'refs/heads/main',
  commit: 'a'.repeat(40),
  trigger: 'push',
  runner: 'github-hosted',
  ...overrides,
})

export const verifiedBuild = (overrides: Partial<Build> = {}): ProvenanceState => ({
  state: 'verified',
  build: aBuild(overrides),
})
