import type { Advisory } from '../../src/registry/advisories/advisory.js'

/** A vulnerability that 1.0.1 mends. */
export const anAdvisory = (overrides: Partial<Advisory> = {}): Advisory => ({
  id: 'GHSA-aaaa-bbbb-cccc',
  aliases: [],
  summary: 'a vulnerability',
  severity: 'high',
  malicious: false,
  fixed: '1.0.1',
  fixes: ['1.0.1'],
  link: 'https://advisories.example/GHSA-aaaa-bbbb-cccc',
  ...overrides,
})
