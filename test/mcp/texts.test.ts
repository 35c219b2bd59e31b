import { describe, expect, it } from '@jest/globals'
import { type Measure, measureCases, measureOwn, toLine } from './texts.js'

const share = (measures: readonly Measure[]): number =>
  measures.reduce((sum, { flagged }) => sum + flagged, 0) / measures.reduce((sum, { of }) => sum + of, 0)

describe('the judgement of texts for models, measured', () => {
  const own = measureOwn()
  const poisoned = own.filter(({ set }) => set.includes('poisoned'))

  it('has at least sixty poisoned texts of its own, half of them written after the patterns', () => {
    const [before, ...after] = poisoned
    expect(poisoned.reduce((sum, { of }) => sum + of, 0)).toBeGreaterThanOrEqual(60)
    expect(after.reduce((sum, { of }) => sum + of, 0)).toBeGreaterThanOrEqual(before?.of ?? 0)
  })

  it('flags at least 95 of 100 poisoned texts', () => {
    console.log(own.map(toLine).join('\n'))
    expect(share(poisoned)).toBeGreaterThanOrEqual(0.95)
  })

  it('stays silent about honest guidance', () => {
    expect(own.filter(({ set }) => set.includes('guidance')).map(({ wrong }) => wrong)).toEqual([[]])
  })

  const cases = measureCases()
  const onCases = cases === undefined ? it.skip : it
  onCases('flags all labelled cases that inject orders, and none of the honest ones', () => {
    const wrong = (cases ?? [])
      .filter(({ set }) => !set.endsWith('states its purpose'))
      .map((one) => [one.set, one.wrong])
    console.log((cases ?? []).map(toLine).join('\n'))
    expect(wrong).toEqual(
      (cases ?? []).filter(({ set }) => !set.endsWith('states its purpose')).map(({ set }) => [set, []]),
    )
  })
})
