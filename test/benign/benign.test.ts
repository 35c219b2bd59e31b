import { describe, expect, it } from '@jest/globals'
import { reviewStage } from '../replays/review-stage.js'
import { setStage } from '../replays/stage.js'
import type { BenignCase } from './benign-case.js'
import { burstCases } from './bursts.js'
import { mirrorCases } from './mirrors.js'
import { nameCases } from './names.js'
import { provenanceCases } from './provenance.js'
import { publisherCases } from './publishers.js'
import { timeCases } from './times.js'

const cases = [...provenanceCases, ...publisherCases, ...burstCases, ...timeCases, ...nameCases, ...mirrorCases]

describe('honest changes', () => {
  it('are at least twenty, each of a thread that anybody can read', () => {
    expect(cases.length).toBeGreaterThanOrEqual(20)
    expect(cases.filter(({ source }) => !/^[\w.-]+\/[\w.-]+#\d+$/.test(source))).toEqual([])
  })

  for (const one of cases) {
    it(`hold up nobody (reconstructed from ${one.source}): ${one.story}`, async () => {
      expect(await judged(one)).toEqual({
        said: [...(one.said ?? [])].sort(),
        gaps: [...(one.gaps ?? [])].sort(),
        verdict: one.said === undefined ? 'clear' : 'flagged',
      })
    })
  }
})

async function judged(one: BenignCase) {
  const stage = await setStage({ ...one, description: one.story, expected: { verdict: 'clear', findings: [] } })
  const { findings, gaps, verdict } = await reviewStage(stage, one)
  return {
    said: findings.map(({ rule, severity, package: about }) => [rule, severity, about?.name]).sort(),
    gaps: [...new Set(gaps.map(({ code }) => code))].sort(),
    verdict,
  }
}
