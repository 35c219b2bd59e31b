import { foreign } from '../../../src/foreign.js'
import { packageYoung } from '../../../src/rules/identity/package-young.js'
import { aDependencyChange } from '../../builders/dependency-change.js'
import { aManifest } from '../../builders/manifest.js'
import { aDatedPackument, aRelease } from '../../builders/packument.js'
import { timesOf } from '../../builders/publish-times.js'
import { testRule } from '../../rule-tester.js'

const added = aDependencyChange({ before: null })
const reviewedAt = new Date('2026-11-20T12:00:00Z')
const factsOf = (days: Readonly<Record<string, string>>, releases = Object.keys(days).map((one) => aRelease(one))) => ({
  times: timesOf(days),
  packument: aDatedPackument(days, { releases: new Map(releases.map((one) => [one.version, one])) }),
  reviewedAt,
})
const nobody = { version: '1.0.1', maintainers: [], attestations: [], signatures: [] }

const observation = (message: string, first: string, versions: string, claim?: string) => ({
  message,
  evidence: [
    { label: 'first version', value: foreign(first) },
    { label: 'versions so far', value: foreign(versions) },
    ...(claim === undefined ? [] : [{ label: 'what it claims to be', value: foreign(claim) }]),
  ],
  anchors: [{ kind: 'entry', lockfile: 'package-lock.json', key: 'node_modules/left-pad', field: 'version' }] as const,
})
const young = 'is less than 30 days old as a package'
const nobodys = 'has hardly any versions, and nobody is named as having published this one'

testRule(packageYoung, {
  clear: [
    { name: 'a package of a month', subject: added, facts: factsOf({ '1.0.0': '2026-10-21', '1.0.1': '2026-11-19' }) },
    {
      name: 'an old package of one version with its publisher',
      subject: added,
      facts: factsOf({ '1.0.1': '2015-02-01' }),
    },
    {
      name: 'an old package of one version that a build service published',
      subject: added,
      facts: factsOf({ '1.0.0': '2025-01-01', '1.0.1': '2025-02-01' }, [
        aRelease('1.0.0'),
        { ...nobody, trustedPublisher: 'github' },
      ]),
    },
    {
      name: 'an old package in a registry that names nobody',
      subject: added,
      facts: factsOf({ '1.0.1': '2025-02-01' }, [nobody]),
    },
    {
      name: 'an old package with three versions, this one by nobody',
      subject: added,
      facts: factsOf({ '0.9.0': '2025-01-01', '1.0.0': '2025-01-02', '1.0.1': '2025-02-01' }, [
        aRelease('0.9.0'),
        nobody,
      ]),
    },
    {
      name: "a young package of the organisation's own",
      subject: added,
      facts: { ...factsOf({ '1.0.1': '2026-11-19' }), internal: true },
    },
    { name: 'a young package that base had', subject: aDependencyChange(), facts: factsOf({ '1.0.1': '2026-11-18' }) },
  ],
  flagged: [
    {
      name: 'a package of two days, with what it claims to be',
      subject: added,
      facts: {
        ...factsOf({ '1.0.0': '2026-11-18', '1.0.1': '2026-11-19' }),
        manifest: aManifest({ description: 'Pads strings' }),
        internal: false,
      },
      observations: [observation(young, '1.0.0 at 2026-11-18 12:00 UTC', '2', 'Pads strings')],
    },
    {
      name: 'a package of 29 days with many versions, listed in another order',
      subject: added,
      facts: factsOf({ '1.0.1': '2026-11-19', '1.0.0': '2026-10-22', '0.9.0': '2026-11-01', '0.8.0': '2026-11-02' }),
      observations: [observation(young, '1.0.0 at 2026-10-22 12:00 UTC', '4')],
    },
    {
      name: 'an old package of two versions, this one by nobody, prereleases aside',
      subject: added,
      facts: factsOf({ '1.0.0-rc.1': '2024-12-01', '1.0.0': '2025-01-01', '1.0.1': '2025-02-01' }, [
        aRelease('1.0.0'),
        nobody,
      ]),
      observations: [observation(nobodys, '1.0.0-rc.1 at 2024-12-01 12:00 UTC', '3')],
    },
  ],
})
