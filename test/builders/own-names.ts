import type { OwnNames } from '../../src/facts/facts.js'
import { ownNames } from '../../src/policy/own-names.js'

/** As a policy with these scopes and patterns has them. */
export const theOwnNames = (scopes: readonly string[] = [], patterns: readonly string[] = []): OwnNames =>
  ownNames({ internal: { scopes, patterns }, registries: { scopes: {}, allowedHosts: [] } }, new Map(), () => false)
