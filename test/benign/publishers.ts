import { type BenignCase, changing, dated } from './benign-case.js'

const by = (name: string, maintainers: readonly string[] = [name]) => ({ publisher: { name }, maintainers })
const editors = ['editor-one', 'editor-two', 'editor-three']
const movedOn = 'This package moved to @rockett/routisan.'

/** Who published honest releases, and what they said of them. */
export const publisherCases: readonly BenignCase[] = [
  {
    story: 'The maintainers of a package are all listed, and one who never published it makes the next release.',
    source: 'speced/respec#587',
    packages: {
      respec: {
        ...dated({ '3.2.0': '2016-02-01', '3.2.1': '2016-02-20' }, by('editor-one', editors)),
        ...dated({ '3.2.2': '2016-03-06' }, by('editor-two', editors)),
      },
    },
    ...changing({ respec: ['3.2.1', '3.2.2'] }),
    reviewedAt: '2016-03-20T12:00:00Z',
  },
  {
    story: 'A maintainer was added on request and published the next release the same day.',
    source: 'workshopper/how-to-npm#82',
    packages: {
      'how-to-npm': {
        ...dated({ '1.2.0': '2016-02-01', '2.0.0': '2016-06-01' }, by('martinheidegger')),
        ...dated({ '2.1.0': '2017-01-06' }, by('watilde')),
      },
    },
    ...changing({ 'how-to-npm': ['2.0.0', '2.1.0'] }),
    reviewedAt: '2017-01-20T12:00:00Z',
    said: [['publisher-changed', 'medium', 'how-to-npm']],
  },
  {
    story: 'A release bot that had been given the rights long before publishes in place of the people.',
    source: 'karma-runner/karma-browserstack-launcher#135',
    packages: {
      'karma-browserstack-launcher': {
        ...dated({ '1.2.0': '2017-02-01', '1.3.0': '2017-08-01' }, by('maintainer', ['maintainer', 'karmarunnerbot'])),
        ...dated({ '1.4.0': '2018-02-12' }, by('karmarunnerbot', ['maintainer', 'karmarunnerbot'])),
      },
    },
    ...changing({ 'karma-browserstack-launcher': ['1.3.0', '1.4.0'] }),
    reviewedAt: '2018-03-01T12:00:00Z',
  },
  {
    story: 'A library went from its author to an organisation of its users, which is where its manifest points now.',
    source: 'markedjs/marked#1054',
    packages: {
      marked: {
        ...dated({ '0.3.9': '2017-12-23', '0.3.12': '2018-01-08' }, { manifest: { repository: 'github:chjj/marked' } }),
        ...dated({ '0.3.15': '2018-02-19' }, { manifest: { repository: 'github:markedjs/marked' } }),
      },
    },
    ...changing({ marked: ['0.3.12', '0.3.15'] }),
    reviewedAt: '2018-03-10T12:00:00Z',
    said: [['repository-mismatch', 'medium', 'marked']],
  },
  {
    story: 'Who asked for a fix of two old lines was given the rights to make it, and did so within the hour.',
    source: 'feross/simple-get#74',
    packages: {
      'simple-get': {
        ...dated({ '2.8.1': '2018-05-21', '3.0.3': '2018-08-01', '3.1.0': '2019-09-26', '4.0.0': '2020-04-05' }),
        ...dated({ '4.0.1': '2022-01-27' }),
        ...dated({ '3.1.1': '2022-02-02T10:00', '2.8.2': '2022-02-02T10:20' }, by('linusu')),
      },
    },
    advisories: {
      'simple-get': [
        {
          id: 1,
          url: 'https://advisories.example/1',
          title: 'Cookies go to other hosts after a redirect',
          severity: 'high',
          vulnerable_versions: '<2.8.2 || >=3.0.0 <3.1.1 || >=4.0.0 <4.0.1',
        },
      ],
    },
    ...changing({ 'simple-get': ['3.1.0', '3.1.1'] }),
    reviewedAt: '2022-02-03T12:00:00Z',
    said: [
      ['publisher-changed', 'medium', 'simple-get'],
      ['release-after-silence', 'low', 'simple-get'],
      ['release-burst', 'low', 'simple-get'],
      ['version-out-of-order', 'low', 'simple-get'],
    ],
  },
  {
    story: 'The last release of a package under its old name says where it lives now.',
    source: 'mikerockett/vue-routisan#50',
    packages: {
      'vue-routisan': {
        ...dated({ '2.2.0': '2019-10-01', '2.2.1': '2020-03-01' }),
        ...dated({ '2.2.2': '2021-01-08' }, { deprecated: movedOn }),
      },
    },
    ...changing({ 'vue-routisan': ['2.2.1', '2.2.2'] }),
    reviewedAt: '2021-02-01T12:00:00Z',
    said: [['package-deprecated', 'low', 'vue-routisan']],
  },
]
