import { attested, type BenignCase, changing, dated } from './benign-case.js'

const fastify = { maintainers: ['maintainer', 'second-maintainer'] }
const moved = 'Moved to @fastify/cors.'

/** Honest names that are near to others. */
export const nameCases: readonly BenignCase[] = [
  {
    story: 'A linter that everybody knows by now has a name like that of another.',
    source: 'lirantal/npq#431',
    packages: {
      oxlint: dated({ '1.60.0': '2026-04-01', '1.68.0': '2026-06-20' }, attested({ repository: 'oxc-project/oxc' })),
    },
    ...changing({ oxlint: ['1.68.0'] }),
    reviewedAt: '2026-07-03T12:00:00Z',
  },
  {
    story: 'A small package adds a letter to a short word.',
    source: 'lirantal/npq#309',
    packages: {
      ghtml: dated({ '1.0.0': '2024-03-01', '1.4.0': '2024-04-25' }, attested({ repository: 'gurgunday/ghtml' })),
    },
    ...changing({ ghtml: ['1.4.0'] }),
    reviewedAt: '2024-08-01T12:00:00Z',
  },
  {
    story: 'One of the functions that a library publishes as packages of their own, each a word away from others.',
    source: 'DataDog/guarddog#131',
    packages: {
      'lodash.pick': dated({ '4.2.1': '2016-03-01', '4.4.0': '2016-08-13' }),
      'lodash.pickby': dated({ '4.6.0': '2016-08-13' }),
    },
    ...changing({ 'lodash.pick': ['4.4.0'], 'lodash.pickby': ['4.6.0'] }),
    reviewedAt: '2023-01-25T12:00:00Z',
    said: [['provenance-absent', 'low', 'lodash.pick']],
  },
  {
    story: 'The old name of a plugin whose project took a scope, published by the same people.',
    source: 'nestjs/nest#9576',
    packages: {
      'fastify-cors': {
        ...dated({ '6.0.2': '2021-07-01', '6.0.3': '2022-02-01' }, fastify),
        ...dated({ '6.1.0': '2022-05-13' }, { ...fastify, deprecated: moved }),
      },
      '@fastify/cors': dated({ '7.0.0': '2022-05-13', '8.0.0': '2022-06-08' }, fastify),
    },
    ...changing({ 'fastify-cors': ['6.1.0'] }),
    reviewedAt: '2022-07-01T12:00:00Z',
    said: [
      ['package-deprecated', 'low', 'fastify-cors'],
      ['provenance-absent', 'low', 'fastify-cors'],
    ],
  },
  {
    story: 'Whoever owns a scoped package takes the same name without the scope, before somebody else does.',
    source: 'caura-ai/caura#1386',
    packages: {
      'caura-client': dated(
        { '1.0.0': '2026-09-08' },
        {
          manifest: { dependencies: { '@caura/client': '^1.0.1' } },
          files: { 'index.js': "module.exports = require('@caura/client')\n" },
        },
      ),
      '@caura/client': dated({ '1.0.0': '2026-05-01', '1.0.1': '2026-08-20' }),
    },
    base: { manifest: { dependencies: { '@caura/client': '^1.0.1' } }, locked: { '@caura/client': '1.0.1' } },
    head: {
      manifest: { dependencies: { '@caura/client': '^1.0.1', 'caura-client': '^1.0.0' } },
      locked: {
        '@caura/client': '1.0.1',
        'caura-client': { version: '1.0.0', dependencies: { '@caura/client': '^1.0.1' } },
      },
    },
    reviewedAt: '2026-09-20T12:00:00Z',
    said: [
      ['package-young', 'medium', 'caura-client'],
      ['provenance-absent', 'low', 'caura-client'],
    ],
  },
]
