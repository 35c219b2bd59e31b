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

  it('would hold somebody up where it was not the same people that published the old name and the new one', async () => {
    const [renamed] = nameCases.filter(({ packages }) => 'fastify-cors' in packages)
    if (renamed === undefined) throw new Error('no such case')
    const stranger = { publisher: { name: 'a-stranger' }, maintainers: ['a-stranger'] }
    const packages = {
      ...renamed.packages,
      'fastify-cors': { '6.1.0': { published: '2022-05-13T12:00:00Z', ...stranger } },
    }
    const { said } = await judged({ ...renamed, packages })
    expect(said).toContainEqual(['name-resembles-popular', 'high', 'fastify-cors'])
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
