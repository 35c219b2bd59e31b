import { foreign } from '../../../src/foreign.js'
import { versionOutOfOrder } from '../../../src/rules/version/version-out-of-order.js'
import { anAdvisory } from '../../builders/advisory.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { testRule } from '../../rule-tester.js'

const timesOf = (times: Readonly<Record<string, string>>) => ({
  times: new Map(Object.entries(times).map(([version, day]) => [version, new Date(`${day}T12:00:00Z`)])),
})
const upgrade = (version: string) => aDependencyChange({ before: { version: '9.1.0' }, after: { version } })

const observation = (published: string, before: string, higher: string) => ({
  message: 'revives an old line of versions after a long silence, when a higher one was out already',
  evidence: [
    { label: 'published', value: foreign(published) },
    { label: 'before it in its line', value: foreign(before) },
    { label: 'higher version', value: foreign(higher) },
  ],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
})

const fixOf = (one: ReturnType<typeof observation>) => ({
  ...one,
  message: `${one.message}, and an advisory names it as a fix`,
  severity: 'low' as const,
})

const revived = { '9.1.0': '2019-01-01', '9.1.5': '2021-06-01', '12.0.0': '2024-08-01', '9.1.6': '2026-05-14' }

testRule(versionOutOfOrder, {
  clear: [
    {
      name: 'the newest line after a long silence',
      subject: upgrade('12.0.1'),
      facts: timesOf({ ...revived, '12.0.1': '2026-05-14' }),
    },
    {
      name: 'an old line with regular releases',
      subject: upgrade('9.1.6'),
      facts: timesOf({ ...revived, '9.1.5': '2025-09-01' }),
    },
    {
      name: 'a line that came back after as long a silence before',
      subject: upgrade('9.1.6'),
      facts: timesOf({ '9.1.0': '2015-01-01', '9.1.5': '2021-06-01', '12.0.0': '2024-08-01', '9.1.6': '2026-05-14' }),
    },
    {
      name: 'a line in which nothing came before',
      subject: upgrade('9.0.0'),
      facts: timesOf({ '8.0.0': '2018-01-01', '12.0.0': '2024-08-01', '9.0.0': '2026-05-14' }),
    },
    {
      name: 'a higher version that is a prerelease or came later',
      subject: upgrade('9.1.6'),
      facts: timesOf({
        '9.1.5': '2021-06-01',
        '10.0.0-rc.1': '2024-08-01',
        '9.1.6': '2026-05-14',
        '10.0.0': '2026-05-15',
      }),
    },
    { name: 'a version without a date', subject: upgrade('9.1.7'), facts: timesOf(revived) },
    { name: 'a removed package', subject: aDependencyChange({ after: null }), facts: timesOf(revived) },
  ],
  flagged: [
    {
      name: 'a patch of a line that rested for years',
      subject: upgrade('9.1.6'),
      facts: timesOf(revived),
      observations: [observation('9.1.6 on 2026-05-14', '9.1.5 on 2021-06-01', '12.0.0 on 2024-08-01')],
    },
    {
      name: 'the second version of a revival',
      subject: upgrade('9.2.3'),
      facts: timesOf({ ...revived, '9.2.3': '2026-05-20' }),
      observations: [observation('9.2.3 on 2026-05-20', '9.1.5 on 2021-06-01', '12.0.0 on 2024-08-01')],
    },
    {
      name: 'a patch that an advisory names as the fix of what base has, low',
      subject: upgrade('9.1.6'),
      facts: { ...timesOf(revived), advisories: { before: [anAdvisory({ fixes: ['9.1.6'] })], after: [] } },
      observations: [fixOf(observation('9.1.6 on 2026-05-14', '9.1.5 on 2021-06-01', '12.0.0 on 2024-08-01'))],
    },
    {
      name: 'a minor line below 1.0.0, newly taken',
      subject: aDependencyChange({ before: null, after: { version: '0.2.9' } }),
      facts: timesOf({ '0.2.8': '2020-01-01', '0.5.0': '2021-01-01', '0.2.9': '2026-01-01' }),
      observations: [observation('0.2.9 on 2026-01-01', '0.2.8 on 2020-01-01', '0.5.0 on 2021-01-01')],
    },
  ],
})
