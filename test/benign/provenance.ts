import { attested, type BenignCase, changing, dated, trusted } from './benign-case.js'

const token = { publisher: { name: 'zachleat' }, maintainers: ['zachleat'] }
const expo = 'expo/expo'
const vite = (tag: string) => ({
  repository: 'vitejs/vite',
  workflow: '.github/workflows/publish.yml',
  ref: `refs/tags/${tag}`,
})

/** How honest releases were built and signed. */
export const provenanceCases: readonly BenignCase[] = [
  {
    story: 'A fix for a line that never had provenance came out days after a release of the next line, which has.',
    source: 'pnpm/pnpm#10202',
    packages: {
      semver: {
        ...dated({ '5.7.1': '2019-08-12', '6.2.0': '2019-07-01', '6.3.0': '2019-07-23' }),
        ...dated({ '7.5.3': '2023-06-22', '7.5.4': '2023-07-07' }, attested()),
        ...dated({ '5.7.2': '2023-07-10T21:30', '6.3.1': '2023-07-10T21:40' }),
      },
    },
    advisories: {
      semver: [
        {
          id: 1,
          url: 'https://advisories.example/1',
          title: 'Takes long to read some ranges',
          severity: 'high',
          vulnerable_versions: '<5.7.2 || >=6.0.0 <6.3.1 || >=7.0.0 <7.5.2',
        },
      ],
    },
    ...changing({ semver: ['6.3.0', '6.3.1'] }),
    reviewedAt: '2023-07-12T12:00:00Z',
    said: [
      ['release-burst', 'low', 'semver'],
      ['version-out-of-order', 'low', 'semver'],
    ],
  },
  {
    story:
      'Of a package whose newest line alone has provenance, somebody took the last release of an old one, long after it came out.',
    source: 'pnpm/pnpm#10622',
    packages: {
      'eslint-config-prettier': {
        ...dated({ '8.10.0': '2023-08-03', '9.1.0': '2023-12-02', '10.0.1': '2025-01-13' }),
        ...dated({ '10.1.5': '2025-05-09' }, attested()),
        ...dated({ '8.10.2': '2025-07-19T03:00', '9.1.2': '2025-07-19T03:10' }),
        ...dated({ '10.1.8': '2025-07-19T03:20' }, attested()),
      },
    },
    ...changing({ 'eslint-config-prettier': ['8.10.0', '8.10.2'] }),
    reviewedAt: '2026-05-22T12:00:00Z',
    said: [
      ['release-burst', 'medium', 'eslint-config-prettier'],
      ['version-out-of-order', 'medium', 'eslint-config-prettier'],
    ],
  },
  {
    story:
      'A release of a maintained line was published with a token after one that npm trusted without, both from their tags.',
    source: 'pnpm/pnpm#10622',
    packages: {
      vite: {
        ...dated({ '6.3.7': '2025-10-14' }, trusted(vite('v6.3.7'))),
        ...dated({ '6.4.0': '2025-10-15' }, trusted(vite('v6.4.0'))),
        ...dated({ '6.4.1': '2025-10-20' }, attested(vite('v6.4.1'))),
      },
    },
    ...changing({ vite: ['6.4.0', '6.4.1'] }),
    reviewedAt: '2025-11-01T12:00:00Z',
  },
  {
    story: 'One release was made by hand because the pipeline had failed; the next one has its provenance again.',
    source: 'tighten/ziggy#871',
    packages: {
      'ziggy-js': {
        ...dated({ '2.5.2': '2025-03-01', '2.5.3': '2025-06-01' }, attested()),
        ...dated({ '2.6.0': '2025-09-15' }),
        ...dated({ '2.6.1': '2026-02-16' }, attested()),
      },
    },
    ...changing({ 'ziggy-js': ['2.6.0', '2.6.1'] }),
    reviewedAt: '2026-02-20T12:00:00Z',
  },
  {
    story:
      'A project publishes by hand until it finds the time for its pipeline; whoever has one such release takes the next.',
    source: 'typescript-eslint/ts-api-utils#769',
    packages: {
      'ts-api-utils': {
        ...dated({ '2.0.1': '2025-02-01', '2.1.0': '2025-03-20' }, attested()),
        ...dated({ '2.1.1': '2025-12-20', '2.3.0': '2025-12-28' }),
      },
    },
    ...changing({ 'ts-api-utils': ['2.1.1', '2.3.0'] }),
    reviewedAt: '2026-01-01T12:00:00Z',
  },
  {
    story: 'The workflow that publishes got the name of what it does before npm was told to trust it.',
    source: 'expo/expo#48424',
    packages: {
      'expo-modules-core': {
        ...dated(
          { '4.0.0': '2026-07-20' },
          attested({ repository: expo, workflow: '.github/workflows/publish-canaries.yml' }),
        ),
        ...dated(
          { '4.0.1': '2026-08-10' },
          trusted({ repository: expo, workflow: '.github/workflows/publish-packages.yml' }),
        ),
      },
    },
    ...changing({ 'expo-modules-core': ['4.0.0', '4.0.1'] }),
    reviewedAt: '2026-08-20T12:00:00Z',
    said: [['provenance-changed', 'medium', 'expo-modules-core']],
  },
  {
    story: 'Fixes for a major line come from a branch of its own, since the main one has gone on.',
    source: 'open-telemetry/opentelemetry-js#7036',
    packages: {
      '@opentelemetry/core': {
        ...dated({ '2.6.0': '2026-07-01' }, trusted({ repository: 'open-telemetry/opentelemetry-js' })),
        ...dated({ '3.0.0': '2026-08-20' }, trusted({ repository: 'open-telemetry/opentelemetry-js' })),
        ...dated(
          { '2.6.1': '2026-09-01' },
          trusted({ repository: 'open-telemetry/opentelemetry-js', ref: 'refs/heads/v2.x' }),
        ),
      },
    },
    ...changing({ '@opentelemetry/core': ['2.6.0', '2.6.1'] }),
    reviewedAt: '2026-09-10T12:00:00Z',
    said: [['provenance-changed', 'medium', '@opentelemetry/core']],
  },
  {
    story: 'The releases of an old line go through a workflow that lies on the main branch and serves all lines.',
    source: 'mongodb/node-mongodb-native#4943',
    packages: {
      mongodb: {
        ...dated(
          { '6.21.0': '2026-03-10' },
          attested({
            repository: 'mongodb/node-mongodb-native',
            workflow: '.github/workflows/release-6.x.yml',
            ref: 'refs/heads/6.x',
          }),
        ),
        ...dated({ '7.1.0': '2026-04-10' }, attested({ repository: 'mongodb/node-mongodb-native' })),
        ...dated(
          { '6.21.1': '2026-06-01' },
          trusted({
            repository: 'mongodb/node-mongodb-native',
            workflow: '.github/workflows/npm-publish.yml',
            ref: 'refs/heads/main',
          }),
        ),
      },
    },
    ...changing({ mongodb: ['6.21.0', '6.21.1'] }),
    reviewedAt: '2026-06-20T12:00:00Z',
    said: [['provenance-changed', 'medium', 'mongodb']],
  },
  {
    story: 'A repository moved from its author to an organisation, and the packages name the new place.',
    source: 'evloghq/evlog#649',
    packages: {
      evlog: {
        ...dated(
          { '2.1.0': '2026-08-20' },
          {
            ...trusted({ repository: 'HugoRCD/evlog', repositoryId: '77', ownerId: '7' }),
            manifest: { repository: 'github:HugoRCD/evlog' },
          },
        ),
        ...dated(
          { '2.1.1': '2026-09-03' },
          {
            ...trusted({ repository: 'evloghq/evlog', repositoryId: '77', ownerId: '8' }),
            manifest: { repository: 'github:evloghq/evlog' },
          },
        ),
      },
    },
    ...changing({ evlog: ['2.1.0', '2.1.1'] }),
    reviewedAt: '2026-09-10T12:00:00Z',
    said: [
      ['provenance-changed', 'medium', 'evlog'],
      ['repository-mismatch', 'medium', 'evlog'],
    ],
  },
  {
    story:
      'A plugin that its author had published with his token comes from a workflow now, which npm calls by its own name.',
    source: '11ty/eleventy-plugin-vite#132',
    packages: {
      '@11ty/eleventy-plugin-vite': {
        ...dated({ '6.0.0': '2025-03-10', '7.0.0': '2025-09-08' }, token),
        ...dated(
          { '7.1.0': '2025-12-03' },
          { ...trusted({ repository: '11ty/eleventy-plugin-vite' }), maintainers: ['zachleat'] },
        ),
      },
    },
    ...changing({ '@11ty/eleventy-plugin-vite': ['7.0.0', '7.1.0'] }),
    reviewedAt: '2025-12-10T12:00:00Z',
  },
  {
    story:
      'A maintainer approves what the workflow has staged, and the statement about the build was given up for that.',
    source: 'dxfjs/writer#198',
    packages: {
      '@tarikjabiri/dxf': {
        ...dated({ '2.8.9': '2026-04-01', '2.9.0': '2026-06-01' }, trusted({ repository: 'dxfjs/writer' })),
        ...dated({ '2.9.1': '2026-09-15' }, { trustedPublisher: 'github', approver: { name: 'tarikjabiri' } }),
      },
    },
    ...changing({ '@tarikjabiri/dxf': ['2.9.0', '2.9.1'] }),
    reviewedAt: '2026-09-25T12:00:00Z',
  },
  {
    story: 'For a while the registry named an attestation and did not find it.',
    source: 'jsdom/whatwg-url#338',
    packages: {
      'whatwg-url': dated(
        { '17.1.0': '2026-08-20', '17.1.1': '2026-09-10' },
        trusted({ repository: 'jsdom/whatwg-url' }),
      ),
    },
    lacks: ['attestations-endpoint'],
    ...changing({ 'whatwg-url': ['17.1.0', '17.1.1'] }),
    reviewedAt: '2026-09-16T12:00:00Z',
    gaps: ['attestations-unavailable'],
  },
]
