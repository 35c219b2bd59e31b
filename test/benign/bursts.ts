import { attested, type BenignCase, changing, dated, trusted } from './benign-case.js'

const aws = ['@aws-sdk/client-s3', '@aws-sdk/lib-storage', '@aws-sdk/s3-request-presigner']
const eslint = ['eslint-plugin', 'parser', 'scope-manager', 'types', 'utils'].map(
  (name) => `@typescript-eslint/${name}`,
)
const effection = ['core', 'events', 'fetch', 'stream'].map((name) => `@effection/${name}`)
const grafana = ['@grafana/data', '@grafana/runtime', '@grafana/ui']

const each = <T>(names: readonly string[], of: (name: string, index: number) => T): Record<string, T> =>
  Object.fromEntries(names.map((name, index) => [name, of(name, index)]))

/** Releases of a repository come out one after the other, within minutes of the hour. */
const onDays = (days: Readonly<Record<string, string>>, index: number): Record<string, string> =>
  Object.fromEntries(
    Object.entries(days).map(([version, day]) => [version, `${day.includes('T') ? day : `${day}T18`}:0${index}`]),
  )

/** Honest releases that came out together, or soon after each other. */
export const burstCases: readonly BenignCase[] = [
  {
    story: 'A cloud’s clients come out together nearly every working day, whether they have changed or not.',
    source: 'parse-community/parse-server-s3-adapter#541',
    packages: each(aws, (_, index) =>
      dated(
        onDays(
          { '3.1027.0': '2026-04-09', '3.1028.0': '2026-04-10', '3.1029.0': '2026-04-13', '3.1030.0': '2026-04-14' },
          index,
        ),
      ),
    ),
    ...changing(each(aws, (_, index) => [index === 2 ? '3.1029.0' : '3.1028.0', '3.1030.0'] as const)),
    reviewedAt: '2026-04-20T12:00:00Z',
    said: [['release-burst', 'low', '@aws-sdk/client-s3']],
  },
  {
    story: 'A compiler releases those of its packages that have changed, with one number for all of them.',
    source: 'interledger/web-monetization-projects#3881',
    packages: {
      '@babel/core': dated(
        onDays(
          {
            '7.21.4': '2023-03-31',
            '7.21.5': '2023-04-28',
            '7.21.8': '2023-05-02',
            '7.22.1': '2023-05-26',
            '7.22.5': '2023-06-08',
          },
          0,
        ),
      ),
      '@babel/plugin-proposal-decorators': dated(
        onDays({ '7.21.0': '2023-02-20', '7.22.3': '2023-05-27', '7.22.5': '2023-06-08' }, 1),
      ),
      '@babel/preset-env': dated(
        onDays({ '7.21.4': '2023-03-31', '7.21.5': '2023-04-28', '7.22.4': '2023-05-29', '7.22.5': '2023-06-08' }, 2),
      ),
      '@babel/preset-react': dated(
        onDays({ '7.18.6': '2022-06-27', '7.22.3': '2023-05-27', '7.22.5': '2023-06-08' }, 3),
      ),
      '@babel/preset-typescript': dated(
        onDays({ '7.21.4': '2023-03-31', '7.21.5': '2023-04-28', '7.22.5': '2023-06-08' }, 4),
      ),
    },
    ...changing({
      '@babel/core': ['7.22.1', '7.22.5'],
      '@babel/plugin-proposal-decorators': ['7.22.3', '7.22.5'],
      '@babel/preset-env': ['7.22.4', '7.22.5'],
      '@babel/preset-react': ['7.22.3', '7.22.5'],
      '@babel/preset-typescript': ['7.21.5', '7.22.5'],
    }),
    reviewedAt: '2023-06-16T12:00:00Z',
    said: [['release-burst', 'low', '@babel/core']],
  },
  {
    story: 'A linter’s packages come out together every Monday, from one workflow.',
    source: 'NicoKNL/tasks-map#585',
    packages: each(eslint, (_, index) =>
      dated(
        onDays({ '8.65.0': '2026-07-27', '8.66.0': '2026-08-03', '8.67.0': '2026-08-10' }, index),
        trusted({ repository: 'typescript-eslint/typescript-eslint' }),
      ),
    ),
    ...changing(each(eslint, () => ['8.66.0', '8.67.0'] as const)),
    reviewedAt: '2026-08-14T12:00:00Z',
    said: [['release-burst', 'low', '@typescript-eslint/eslint-plugin']],
  },
  {
    story: 'The registry lost some packages of a release on its way in, and all were released again within the hour.',
    source: 'thefrontside/effection#577',
    packages: each(effection, (_, index) =>
      dated(
        onDays(
          { '1.0.0': '2021-05-10', '1.1.0': '2021-07-20', '2.0.0': '2021-10-12', '2.0.1': '2021-10-12T19' },
          index,
        ),
      ),
    ),
    ...changing(each(effection, () => ['1.1.0', '2.0.1'] as const)),
    reviewedAt: '2021-10-20T12:00:00Z',
    said: [['release-burst', 'low', '@effection/core']],
  },
  {
    story: 'A flurry of releases on the day on which publishing failed now and then.',
    source: 'vijithassar/bisonica#228',
    packages: {
      bisonica: dated({
        '0.1.9': '2023-03-01',
        '0.1.10': '2023-03-16T14:00',
        '0.1.11': '2023-03-16T14:40',
        '0.1.12': '2023-03-16T15:30',
      }),
    },
    ...changing({ bisonica: ['0.1.9', '0.1.12'] }),
    reviewedAt: '2023-03-25T12:00:00Z',
  },
  {
    story: 'Each push to the main branch is published as a prerelease, minutes after the one before.',
    source: 'software-mansion/argent#423',
    packages: {
      '@swmansion/argent': {
        ...dated({ '0.12.0': '2026-06-01', '0.13.0': '2026-06-20' }),
        ...dated({
          '0.13.1-next.0': '2026-06-26T10:00',
          '0.13.1-next.1': '2026-06-26T10:04',
          '0.13.1-next.2': '2026-06-26T10:07',
          '0.13.1-next.3': '2026-06-26T10:11',
        }),
      },
    },
    ...changing({ '@swmansion/argent': ['0.13.1-next.0', '0.13.1-next.3'] }),
    reviewedAt: '2026-07-10T12:00:00Z',
  },
  {
    story: 'Three maintained lines of a product’s libraries are released on the same days, with the same fixes.',
    source: 'grafana/grafana#111983',
    packages: each(grafana, (_, index) =>
      dated(
        Object.assign(
          {},
          ...[
            { '11.5.8': '2025-08-26', '11.6.5': '2025-08-26', '12.0.4': '2025-08-26' },
            { '11.5.9': '2025-09-23', '11.6.6': '2025-09-23', '12.0.5': '2025-09-23' },
            { '11.5.10': '2025-10-21', '11.6.7': '2025-10-21', '12.0.6': '2025-10-21' },
          ].map((days) => onDays(days, index)),
        ),
        attested({ repository: 'grafana/grafana' }),
      ),
    ),
    ...changing(each(grafana, () => ['11.6.6', '11.6.7'] as const)),
    reviewedAt: '2025-10-28T12:00:00Z',
    said: grafana.map((name) => ['release-burst', 'low', name]),
  },
]
