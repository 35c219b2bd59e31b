import { describe, expect, it } from '@jest/globals'
import { contentGaps } from '../../src/facts/content-gaps.js'
import { maxSightingConstantCharacters } from '../../src/limits.js'
import { anAnalysedPackage } from '../builders/analysed-package.js'

const spawning = (command: string): string => `require('child_process').execSync(${JSON.stringify(command)})\n`
const onInstall = (command: string) =>
  anAnalysedPackage({ 'setup.js': spawning(command) }, { scripts: { postinstall: 'node setup.js' } })

const deep = `${'eval '.repeat(40)}id`

describe('spawnedCommandLimits', () => {
  it('is silent about commands that are read to their end', async () => {
    expect((await onInstall('make all && ./configure --with-x')).limits).toEqual([])
  })

  it('names the place of a command that is nested deeper than shells are read, which is a gap', async () => {
    const facts = await onInstall(deep)

    expect(facts.limits).toEqual([
      { limit: 'maxShellWork', detail: 'setup.js:1: longer or deeper than a shell text that is read' },
    ])
    expect(contentGaps('a@1.0.0', facts)).toMatchObject([{ code: 'limit-reached', package: 'a@1.0.0' }])
  })

  it('names the place of a command of which only the beginning is kept', async () => {
    const { limits } = await onInstall(`echo ${'x'.repeat(maxSightingConstantCharacters)}; id`)

    expect(limits).toEqual([
      { limit: 'maxSightingConstantCharacters', detail: 'setup.js:1 starts a longer command than is kept' },
    ])
  })

  it('leaves out commands that only run when somebody calls for them', async () => {
    expect((await anAnalysedPackage({ 'index.js': spawning(deep) })).limits).toEqual([])
  })
})
