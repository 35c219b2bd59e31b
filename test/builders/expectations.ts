import type { RegistryExpectations } from '../../src/registry/registry-facts.js'
import { registryAddress } from './lockfile.js'

export const publicHost: string = new URL(registryAddress()).host

/** An operator and a policy that name nothing: only the public registry. */
export const theExpectations = (overrides: Partial<RegistryExpectations> = {}): RegistryExpectations => ({
  defaultHosts: [publicHost, 'registry.yarnpkg.com'],
  scopeHosts: {},
  allowedHosts: [],
  ...overrides,
})
