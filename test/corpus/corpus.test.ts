import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { analyserVersion } from '../../src/package/package-facts.js'
import { additions } from './additions.js'
import { type CorpusCase, isRoutine, labelOf } from './corpus-case.js'
import { idleArguments, isLoudOfCode, judgeCase, unargued } from './judge-case.js'
import { fileOf, readStored } from './stored-facts.js'
import { upgrades } from './upgrades.js'

// Facts of real packages, as `npm run corpus -- --update` stored them, under today's rules: no network, nothing is analysed.
const folder = join(import.meta.dirname, 'facts')
const cases: readonly CorpusCase[] = [...upgrades, ...additions]
const stored = new Set(readdirSync(folder))
const judged = cases
  .filter((one) => stored.has(fileOf(one)))
  .map((one) => {
    const facts = readStored(folder, one)
    return { ...judgeCase(one, facts), version: facts.package.analyserVersion }
  })

describe('the corpus of packages that do no harm', () => {
  it('is large enough to say something, and names each case once', () => {
    expect(upgrades.length).toBeGreaterThanOrEqual(70)
    expect(additions.length).toBeGreaterThanOrEqual(45)
    expect(new Set(cases.map(labelOf)).size).toBe(cases.length)
  })

  it('is stored, and nothing else is', () => {
    expect([...stored].sort()).toEqual(cases.map(fileOf).sort())
  })

  it('was stored by the analyser of today', () => {
    const stale = judged.filter(({ version }) => version !== analyserVersion).map(({ case: one }) => labelOf(one))
    expect({ stale, advice: 'npm run corpus -- --update' }).toEqual({ stale: [], advice: 'npm run corpus -- --update' })
  })

  it('gets no finding at or above high that nobody argued for', () => {
    const loud = judged.flatMap((one) =>
      unargued(one).map(({ rule, severity, message }) => `${labelOf(one.case)}: ${severity} ${rule}: ${message}`),
    )
    expect(loud).toEqual([])
  })

  it('argues for no finding that is not there, nor without a reason', () => {
    const reasons = cases.flatMap(({ argued = [] }) => argued.map(({ reason }) => reason.trim()))
    expect(judged.flatMap((one) => idleArguments(one).map((rule) => `${labelOf(one.case)}: ${rule}`))).toEqual([])
    expect(reasons.filter((reason) => reason.length < 20)).toEqual([])
  })

  it('has fewer than one in fifty upgrades within a major with a finding at or above high, but for changed MCP tools', () => {
    const routine = judged.filter((one) => isRoutine(one.case))
    const loud = routine.filter(isLoudOfCode).map((one) => labelOf(one.case))
    expect(routine.length).toBeGreaterThanOrEqual(70)
    expect({ loud, few: loud.length * 50 < routine.length }).toEqual({ loud, few: true })
  })

  it('is read to its end, wherever something runs', () => {
    expect(
      judged.flatMap((one) => one.gaps.map(({ code, detail }) => `${labelOf(one.case)}: ${code}: ${detail}`)),
    ).toEqual([])
  })

  it('has no finding at or above medium in most upgrades within a major', () => {
    const routine = judged.filter((one) => isRoutine(one.case))
    const spoken = routine.filter(({ findings }) => findings.some(({ severity }) => severity !== 'low'))
    expect(spoken.length * 2).toBeLessThan(routine.length)
  })
})
