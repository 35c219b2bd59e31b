import { describe, expect, it } from '@jest/globals'
import { publishTimes } from '../../src/facts/publish-times.js'
import { known, unknown } from '../../src/gap.js'
import type { Packument } from '../../src/registry/registry-facts.js'
import { aDatedPackument, aPackument, aRelease } from '../builders/packument.js'

const days = { '1.0.0': '2024-01-01T00:00:00.000Z', '1.0.1': '2024-02-01T00:00:00.000Z' }
const gapOf = (packument: Packument, code: string, detail: string): void => {
  expect(publishTimes(packument, 'left-pad@1.0.1')).toEqual(
    unknown({ code: code as 'time-untrusted', package: 'left-pad@1.0.1', fact: 'times', detail }),
  )
}

describe('publishTimes', () => {
  it('gives the date of each version as the registry of origin states it', () => {
    const times = new Map(Object.entries(days).map(([version, day]) => [version, new Date(day)]))
    expect(publishTimes(aDatedPackument(days), 'left-pad@1.0.1')).toEqual(known(times))
  })

  it('says that there are none where the registry states none', () => {
    gapOf(aPackument(['1.0.0', '1.0.1']), 'time-unavailable', 'the registry states no dates')
  })

  it('does not trust dates without that of the package’s creation, or that contradict the versions', () => {
    const mirror = 'its dates are those of a mirror'
    gapOf(aPackument(['1.0.0', '1.0.1'], { time: days }), 'time-untrusted', mirror)
    const turned = { '1.0.0': '2024-03-01T00:00:00.000Z', '1.0.1': '2024-02-01T00:00:00.000Z' }
    gapOf(aDatedPackument(turned), 'time-untrusted', mirror)
    const turnedLines = { '1.0.0': '2024-03-01T00:00:00.000Z', '1.1.0': '2024-02-01T00:00:00.000Z' }
    gapOf(aDatedPackument(turnedLines), 'time-untrusted', mirror)
  })

  it('lets nothing be clear where a registry that keeps records has the versions backwards, as whoever publishes can arrange it', () => {
    const signed = aRelease('1.0.1', { signatures: [{ keyId: 'SHA256:one', signature: 'MEUC' }] })
    const turned = { '1.0.0': '2024-03-01T00:00:00.000Z', '1.0.1': '2024-02-01T00:00:00.000Z' }
    const packument = aDatedPackument(turned, { releases: new Map([['1.0.1', signed]]) })

    expect(publishTimes(packument, 'left-pad@1.0.1')).toEqual(
      unknown({
        code: 'time-untrusted',
        package: 'left-pad@1.0.1',
        fact: 'times',
        detail: 'its versions mostly came out backwards, so that nothing can be told from their dates',
        required: true,
      }),
    )
  })

  it('takes lines that are maintained side by side as they come', () => {
    const months = ['1.0.0', '1.1.0', '2.0.0', '1.1.1', '2.1.0', '1.1.2', '1.2.0', '2.1.1', '1.2.1', '3.0.0', '2.1.2']
    const dates = months.map((version, month) => [version, new Date(Date.UTC(2024, month, 1)).toISOString()])

    expect(publishTimes(aDatedPackument(Object.fromEntries(dates)), 'left-pad@1.2.1').known).toBe(true)
  })
})
