import { attested, type BenignCase, changing, dated } from './benign-case.js'

/** Registries that say less than the public one, or something else. */
export const mirrorCases: readonly BenignCase[] = [
  {
    story: 'A mirror for builds passes on all but the dates.',
    source: 'dotCMS/core#37562',
    packages: { widget: dated({ '1.1.0': '2024-09-01', '1.1.1': '2026-09-14' }, attested()) },
    lacks: ['time'],
    ...changing({ widget: ['1.1.0', '1.1.1'] }),
    reviewedAt: '2026-09-15T12:00:00Z',
    gaps: ['time-unavailable'],
  },
  {
    story: 'A private registry keeps what installers need and nothing more.',
    source: 'taskforcesh/nandu#46',
    packages: { '@taskforcesh/bullmq-pro': dated({ '7.39.0': '2025-10-01', '7.40.0': '2025-11-16' }) },
    lacks: ['time', 'publisher', 'attestations', 'signatures', 'keys', 'attestations-endpoint'],
    ...changing({ '@taskforcesh/bullmq-pro': ['7.39.0', '7.40.0'] }),
    reviewedAt: '2025-11-17T12:00:00Z',
    gaps: ['attestations-unavailable', 'keys-unavailable', 'publisher-unavailable', 'time-unavailable'],
  },
  {
    story: 'A mirror dates what is years old by the hour in which it first took it in.',
    source: 'getnora-io/nora#750',
    packages: {
      'is-number': dated({ '6.0.0': '2026-06-19T08:00', '5.0.0': '2026-06-19T08:10', '7.0.0': '2026-06-19T08:20' }),
    },
    lacks: ['created'],
    ...changing({ 'is-number': ['6.0.0', '7.0.0'] }),
    reviewedAt: '2026-06-19T09:00:00Z',
    gaps: ['time-untrusted'],
  },
]
