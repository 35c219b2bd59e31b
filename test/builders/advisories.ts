import type { Advisory } from '../../src/registry/advisories/advisory.js'
import type { AdvisoryServices } from '../../src/registry/advisories/advisory-services.js'
import { type AskOptions, openAsk } from '../../src/registry/advisories/ask.js'
import { openNpmAdvisories } from '../../src/registry/advisories/npm-source.js'

/** An ordinary vulnerability. Ids of GitHub's have no `a` in them, so that this is nobody's. */
export const anAdvisory = (overrides: Partial<Advisory> = {}): Advisory => ({
  id: 'GHSA-aaaa-aaaa-aaaa',
  aliases: [],
  summary: 'Takes quadratic time',
  severity: 'moderate',
  malicious: false,
  fixes: [],
  link: 'https://advisories.example/GHSA-aaaa-aaaa-aaaa',
  ...overrides,
})

/** Asks whatever stands on loopback, and does not wait for long. */
export const askLoopback = (overrides: Partial<AskOptions> = {}) =>
  openAsk({
    connection: {},
    mayBePrivate: () => true,
    ...overrides,
    limits: { connectMs: 1_000, idleMs: 1_000, retryDelayMs: 1, ...overrides.limits },
  })

/** The test registry's own, whichever service a policy names. Waits for it: a busy machine is no gap. */
export const registryAdvisories = (registry: string): AdvisoryServices => ({
  usual: 'registry',
  open: () =>
    openNpmAdvisories({ ask: askLoopback({ registry, limits: { connectMs: 10_000, idleMs: 10_000 } }), registry }),
})
