import { describe, expect, it } from '@jest/globals'
import type { ReplayPackage } from './replays/replay.js'
import { reviewStage } from './replays/review-stage.js'
import { setStage } from './replays/stage.js'
import { replayUpgrade } from './replays/upgrade.js'

const reviewedAt = '2026-04-10T12:00:00Z'
const built: ReplayPackage = { trustedPublisher: 'github' }

/** A package that gets an install script, which does what many honest ones do; its releases are `how` they are. */
async function reviewed(how: { readonly from?: ReplayPackage; readonly to?: ReplayPackage }) {
  const replay = replayUpgrade({
    description: '',
    name: 'widget',
    from: ['1.0.0', { published: '2026-01-01T12:00:00Z', ...how.from }],
    to: [
      '1.0.1',
      { published: '2026-03-01T12:00:00Z', manifest: { scripts: { install: 'node-gyp rebuild' } }, ...how.to },
    ],
    findings: [],
  })
  const { findings } = await reviewStage(await setStage(replay), { reviewedAt })
  const combined = findings.find(({ rule }) => rule === 'combined-risk')
  return combined && { severity: combined.severity, parts: combined.evidence.map(({ value }) => value) }
}

describe('a new install script', () => {
  it('is not combined with anything in a release like those before', async () => {
    expect(await reviewed({})).toBeUndefined()
    expect(await reviewed({ from: built, to: built })).toBeUndefined()
  })

  it.each<[string, string, Parameters<typeof reviewed>[0]]>([
    ['is fresh', 'release-fresh', { to: { published: '2026-04-10T10:00:00Z' } }],
    ['lost its provenance', 'provenance-lost', { from: built }],
    ['is by somebody new', 'publisher-changed', { to: { publisher: { name: 'somebody-new' } } }],
  ])('is a critical combination in a release that %s', async (_, sign, how) => {
    expect(await reviewed(how)).toEqual({ severity: 'critical', parts: ['install-script-added', sign] })
  })

  it('names all of them where they come together, as in a takeover', async () => {
    const takenOver = { published: '2026-04-10T10:00:00Z', publisher: { name: 'somebody-new' } }
    expect(await reviewed({ from: built, to: takenOver })).toEqual({
      severity: 'critical',
      parts: ['install-script-added', 'provenance-lost', 'publisher-changed', 'release-fresh'],
    })
  })

  it('is not combined with a new e-mail address of the same publisher', async () => {
    const movedOn = { publisher: { name: 'maintainer', email: 'maintainer@elsewhere.example' } }
    expect(await reviewed({ to: movedOn })).toBeUndefined()
  })
})
