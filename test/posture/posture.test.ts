import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { findInCase, type Spoken } from './find-in-cases.js'
import { holdAgainst, readJudged, withTable } from './judged-findings.js'
import { readPostureCases } from './read-cases.js'

const judged = readJudged()

describe('the judged findings', () => {
  it('are those of the README’s table', () => {
    const readme = readFileSync('test/posture/README.md', 'utf8')
    expect(withTable(readme, judged)).toBe(readme)
  })

  it('are false in three of a hundred at most', () => {
    expect(judged.filter(({ verdict }) => !verdict).length / judged.length).toBeLessThanOrEqual(0.03)
  })
})

const cases = readPostureCases()
if ('missing' in cases) console.log(`skipped: ${cases.missing}`)
const onCases = 'missing' in cases ? describe.skip : describe

onCases('the posture rules over real files', () => {
  it('say what somebody has judged, and nothing else', async () => {
    const spoken: Spoken[] = []
    for (const one of 'missing' in cases ? [] : cases) spoken.push(...(await findInCase(one)))
    const { unjudged, gone } = holdAgainst(judged, spoken)
    expect({ unjudged: unjudged.map(({ path, rule, line }) => ({ path, rule, line })), gone }).toEqual({
      unjudged: [],
      gone: [],
    })
  })
})
