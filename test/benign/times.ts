import { type BenignCase, changing, dated } from './benign-case.js'

/** When honest releases came out, and with which numbers. */
export const timeCases: readonly BenignCase[] = [
  {
    story: 'A fix for a known hole was brought to an old line that many still had, three years after its last release.',
    source: 'sindresorhus/dot-prop#63',
    packages: {
      'dot-prop': dated({
        '4.1.1': '2017-02-20',
        '4.2.0': '2017-07-25',
        '5.1.1': '2019-10-08',
        '5.2.0': '2019-11-05',
        '4.2.1': '2020-09-01',
      }),
    },
    advisories: {
      'dot-prop': [
        {
          id: 1,
          url: 'https://advisories.example/1',
          title: 'Writes to prototypes',
          severity: 'high',
          vulnerable_versions: '<4.2.1 || >=5.0.0 <5.1.1',
        },
      ],
    },
    ...changing({ 'dot-prop': ['4.2.0', '4.2.1'] }),
    reviewedAt: '2020-09-10T12:00:00Z',
    said: [['version-out-of-order', 'low', 'dot-prop']],
  },
  {
    story: 'A fix that an advisory names is taken an hour after it came out.',
    source: 'nasa/openmct#8242',
    packages: {
      lodash: dated({
        '4.17.20': '2020-08-13',
        '4.17.21': '2021-02-20',
        '4.17.22': '2025-12-08',
        '4.17.23': '2026-01-21T18:00',
      }),
    },
    advisories: {
      lodash: [
        {
          id: 1,
          url: 'https://advisories.example/1',
          title: 'Removes methods of prototypes',
          severity: 'moderate',
          vulnerable_versions: '>=4.0.0 <4.17.23',
        },
      ],
    },
    ...changing({ lodash: ['4.17.21', '4.17.23'] }),
    reviewedAt: '2026-01-21T19:00:00Z',
  },
  {
    story: 'A package that had needed nothing for four years was released again because somebody asked.',
    source: 'jmike/famous-last-words#24',
    packages: { 'famous-last-words': dated({ '0.1.0': '2018-03-01', '0.1.1': '2018-05-01', '0.2.0': '2022-09-07' }) },
    ...changing({ 'famous-last-words': ['0.1.1', '0.2.0'] }),
    reviewedAt: '2022-09-20T12:00:00Z',
    said: [['release-after-silence', 'medium', 'famous-last-words']],
  },
  {
    story:
      'A parser at rest was handed over in public to who had sent most of its changes, and came out again half a year later.',
    source: 'fstirlitz/luaparse#63',
    packages: {
      luaparse: {
        ...dated({ '0.2.0': '2015-09-01', '0.2.1': '2016-06-01' }),
        ...dated({ '0.3.0': '2020-02-20' }, { publisher: { name: 'felix.s' }, maintainers: ['maintainer', 'felix.s'] }),
      },
    },
    ...changing({ luaparse: ['0.2.1', '0.3.0'] }),
    reviewedAt: '2020-03-01T12:00:00Z',
    said: [
      ['publisher-changed', 'medium', 'luaparse'],
      ['release-after-silence', 'medium', 'luaparse'],
    ],
  },
  {
    story: 'A library takes the year for its major version, and says so.',
    source: 'cc-archive/vocabulary-legacy#508',
    packages: {
      '@creativecommons/vocabulary': dated({ '1.0.0': '2020-04-01', '1.1.0': '2020-06-01', '2020.7.1': '2020-07-15' }),
    },
    ...changing({ '@creativecommons/vocabulary': ['1.1.0', '2020.7.1'] }),
    reviewedAt: '2020-08-01T12:00:00Z',
  },
  {
    story: 'An ordinary release is proposed in the hour in which it came out.',
    source: 'vfarcic/dot-agent-deck#813',
    packages: { widget: dated({ '1.3.0': '2026-02-01', '1.4.0': '2026-04-01', '1.5.0': '2026-06-10T09:00' }) },
    ...changing({ widget: ['1.4.0', '1.5.0'] }),
    reviewedAt: '2026-06-10T10:00:00Z',
    said: [['release-fresh', 'medium', 'widget']],
  },
  {
    story: 'A product’s first packages for another framework are days old, in a scope that is known for years.',
    source: 'youversion/platform-sdk-react#31',
    packages: { '@youversion/platform-react-ui': dated({ '0.4.0': '2025-11-10', '0.4.1': '2025-11-14' }) },
    ...changing({ '@youversion/platform-react-ui': ['0.4.1'] }),
    reviewedAt: '2025-11-20T12:00:00Z',
    said: [
      ['package-young', 'medium', '@youversion/platform-react-ui'],
      ['provenance-absent', 'low', '@youversion/platform-react-ui'],
    ],
  },
]
