import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { buildProgram } from '../../src/cli/run-command-line.js'
import { inProcessAnalyser } from '../builders/code-analyser.js'

const path = join(import.meta.dirname, '../../README.md')
const [start, end] = ['<!-- help:start -->', '<!-- help:end -->']

/** What the program says of itself and of its main command, whose options the others share. */
function helpTexts(): string {
  const quiet = { write: () => undefined }
  const around = { env: {}, cwd: '/', stdout: quiet, stderr: quiet, now: () => new Date(0), code: inProcessAnalyser }
  const program = buildProgram(around, { code: 0 })
  const texts = [program, ...program.commands.slice(0, 1)].map(
    (command) => `\`\`\`\n${command.helpInformation().trim()}\n\`\`\``,
  )
  return texts.join('\n\n')
}

describe('README.md', () => {
  it("says of the command line what the program's --help says", () => {
    const readme = readFileSync(path, 'utf8')
    const [before, after] = [readme.indexOf(start), readme.indexOf(end)]
    const wanted = `${readme.slice(0, before + start.length)}\n${helpTexts()}\n${readme.slice(after)}`
    if (process.env.UPDATE_DOCS === '1') writeFileSync(path, wanted)

    expect([before > 0, after > before]).toEqual([true, true])
    expect(readFileSync(path, 'utf8')).toBe(wanted)
  })
})
