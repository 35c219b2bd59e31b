import { foreign } from '../../../src/foreign.js'
import { releaseAfterSilence } from '../../../src/rules/identity/release-after-silence.js'
import type { Severity } from '../../../src/rules/rule.js'
import { anAdvisory } from '../../builders/advisory.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { timesOf } from '../../builders/publish-times.js'
import { testRule } from '../../rule-tester.js'

const upgrade = (version: string) => aDependencyChange({ before: { version: '2.0.2' }, after: { version } })
const dormant = { '2.0.1': '2018-10-01', '2.0.2': '2018-11-19', '2.0.3': '2021-11-04', '2.0.4': '2021-11-11' }
const atOnce = new Date('2021-11-12T12:00:00Z')

const observation = (published: string, last: string, why = '', severity?: Severity) => ({
  message: `comes after a year or more without any release of the package${why}`,
  evidence: [
    { label: 'published', value: foreign(published) },
    { label: 'last one before', value: foreign(last) },
  ],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
  ...(severity && { severity }),
})

testRule(releaseAfterSilence, {
  clear: [
    {
      name: 'a package that rested for 364 days',
      subject: upgrade('2.0.3'),
      facts: { times: timesOf({ '2.0.2': '2020-01-01', '2.0.3': '2020-12-30' }) },
    },
    {
      name: 'an old line while others went on, which is for version-out-of-order',
      subject: upgrade('2.0.3'),
      facts: { times: timesOf({ ...dormant, '3.0.0': '2021-03-01' }) },
    },
    {
      name: 'a release eight days after the one that ended the silence',
      subject: upgrade('2.0.5'),
      facts: { times: timesOf({ ...dormant, '2.0.5': '2021-11-12' }) },
    },
    { name: 'the first version of all', subject: upgrade('2.0.1'), facts: { times: timesOf(dormant) } },
    { name: 'a version without a date', subject: upgrade('9.9.9'), facts: { times: timesOf(dormant) } },
    { name: 'a package that leaves', subject: aDependencyChange({ after: null }), facts: { times: timesOf(dormant) } },
  ],
  flagged: [
    {
      name: 'the first version after three years',
      subject: upgrade('2.0.3'),
      facts: { times: timesOf(dormant), reviewedAt: atOnce },
      observations: [observation('2.0.3 on 2021-11-04', '2.0.2 on 2018-11-19')],
    },
    {
      name: 'one after a year to the day',
      subject: upgrade('2.0.3'),
      facts: { times: timesOf({ '2.0.2': '2020-01-01', '2.0.3': '2020-12-31' }) },
      observations: [observation('2.0.3 on 2020-12-31', '2.0.2 on 2020-01-01')],
    },
    {
      name: 'a further one within the week, newly taken',
      subject: aDependencyChange({ before: null, after: { version: '2.0.4' } }),
      facts: { times: timesOf(dormant), reviewedAt: atOnce },
      observations: [observation('2.0.4 on 2021-11-11', '2.0.2 on 2018-11-19')],
    },
    {
      name: 'one that rested for as long before, low',
      subject: upgrade('2.0.3'),
      facts: { times: timesOf({ ...dormant, '2.0.0': '2014-01-01' }), reviewedAt: atOnce },
      observations: [observation('2.0.3 on 2021-11-04', '2.0.2 on 2018-11-19', ', as it has done before', 'low')],
    },
    {
      name: 'one that an advisory names as the fix of what base has, low',
      subject: upgrade('2.0.3'),
      facts: {
        times: timesOf(dormant),
        reviewedAt: atOnce,
        advisories: { before: [anAdvisory({ fixes: ['2.0.3'] })], after: [] },
      },
      observations: [
        observation('2.0.3 on 2021-11-04', '2.0.2 on 2018-11-19', ', and an advisory names it as a fix', 'low'),
      ],
    },
    {
      name: 'one that was there after the version in base, however long ago',
      subject: upgrade('2.0.3'),
      facts: { times: timesOf(dormant), reviewedAt: new Date('2022-11-05T12:00:00Z') },
      observations: [observation('2.0.3 on 2021-11-04', '2.0.2 on 2018-11-19')],
    },
    {
      name: 'one that everybody has seen for more than a year, newly taken, low',
      subject: aDependencyChange({ before: null, after: { version: '2.0.3' } }),
      facts: { times: timesOf(dormant), reviewedAt: new Date('2022-11-05T12:00:00Z') },
      observations: [
        observation('2.0.3 on 2021-11-04', '2.0.2 on 2018-11-19', ', more than a year before this review', 'low'),
      ],
    },
  ],
})
