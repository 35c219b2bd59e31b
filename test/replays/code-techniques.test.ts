import { describe, expect, it } from '@jest/globals'
import type { CollectedFacts } from '../../src/facts/facts.js'
import { known } from '../../src/gap.js'
import { applyRules } from '../../src/rules/apply.js'
import type { Finding } from '../../src/rules/finding.js'
import { rules } from '../../src/rules/index.js'
import { anAnalysedPackage } from '../builders/analysed-package.js'
import { aDependencyChange } from '../builders/dependency-change.js'
import { type CodeTechnique, codeTechniques } from './code-techniques.js'
import { compiledQueue, durations } from './plain-modules.js'

const manifest = { main: 'index.js' }
const files = { 'index.js': durations, 'lib/queue.js': compiledQueue }
const before = await anAnalysedPackage(files, manifest)

describe('the techniques of attacks', () => {
  it('are found at all', () => {
    expect(codeTechniques.length).toBeGreaterThan(0)
  })

  for (const technique of codeTechniques) {
    it(`are told at high or above: ${technique.told} of ${technique.name}`, async () => {
      const loud = (await findingsOf(technique)).filter(
        ({ severity }) => severity === 'high' || severity === 'critical',
      )
      expect(loud.map(({ rule }) => rule)).toContain(technique.told)
    })
  }

  it('are the only thing that is told: the same package without them is clear', async () => {
    expect(await findingsOf({ name: 'nothing', told: '' })).toEqual([])
  })
})

async function findingsOf({ code = '', files: further, manifest: over }: CodeTechnique): Promise<readonly Finding[]> {
  // Another line changes as well, as in any release: what is put in is not the only difference.
  const entry = durations.replace('const pattern', `;${code}\nconst pattern`).replace('total += Number', 'total += +')
  const now = await anAnalysedPackage({ ...files, 'index.js': entry, ...further }, { ...manifest, ...over })
  return applyRules(rules, aDependencyChange(), { ...nothingElse, package: known(now), previousPackage: known(before) })
    .findings
}

const nothingElse: CollectedFacts = {
  expectations: 'not-applicable',
  publication: 'not-applicable',
  packument: 'not-applicable',
  times: 'not-applicable',
  manifest: 'not-applicable',
  integrity: 'not-applicable',
  package: 'not-applicable',
  previousPackage: 'not-applicable',
  tools: known({ build: false, release: false }),
  pins: 'not-applicable',
}
