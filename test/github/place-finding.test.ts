import { describe, expect, it } from '@jest/globals'
import { type DiffedFile, placeFinding } from '../../src/github/place-finding.js'
import { hunksOf } from '../builders/hunks.js'
import { aReportedChange, aReportedFinding } from '../builders/report.js'

const context = (from: number) => [0, 1, 2].map((step) => ` line ${from + step}`)
const lockfile: DiffedFile = {
  hunks: hunksOf('@@ -9,7 +9,7 @@', ...context(9), '-line 12', '+changed', ...context(13)),
}
const manifestLines = ['{', '  "dependencies": {', '    "web": "^1.1.0"', '  }', '}']
const manifest: DiffedFile = {
  hunks: hunksOf(
    '@@ -1,5 +1,5 @@',
    ' {',
    '   "dependencies": {',
    '-    "web": "^1.0.0"',
    '+    "web": "^1.1.0"',
    '   }',
    ' }',
  ),
  lines: manifestLines,
}
const onLine = (line: number, file = 'package-lock.json') => aReportedFinding({ location: { file, line } })
const changes = [aReportedChange({ paths: [['web', 'left']] })]

describe('placeFinding', () => {
  it.each([12, 9, 15])('takes its own line when that is in the diff: %s', (line) => {
    const diff = new Map([['package-lock.json', lockfile]])
    expect(placeFinding(onLine(line), changes, diff)).toEqual({ file: 'package-lock.json', line })
  })

  it('takes another line of the same finding when only that one is in the diff', () => {
    const finding = { ...onLine(30), locations: [{ file: 'package-lock.json', line: 12 }] }
    expect(placeFinding(finding, changes, new Map([['package-lock.json', lockfile]]))).toEqual({
      file: 'package-lock.json',
      line: 12,
    })
  })

  it('takes the manifest line of the direct dependency that needs the package', () => {
    const diff = new Map([
      ['package-lock.json', lockfile],
      ['package.json', manifest],
    ])
    expect(placeFinding(onLine(30), changes, diff)).toEqual({ file: 'package.json', line: 3 })
  })

  it('takes the manifest beside the lockfile, not that of another folder', () => {
    const diff = new Map([
      ['a/package-lock.json', lockfile],
      ['package.json', manifest],
      ['a/package.json', manifest],
    ])
    const inFolder = changes.map((change) => ({ ...change, lockfile: 'a/package-lock.json' }))
    expect(placeFinding(onLine(30, 'a/package-lock.json'), inFolder, diff)).toEqual({ file: 'a/package.json', line: 3 })
  })

  it('does not take a name that only begins like the package for it', () => {
    const other = { ...manifest, lines: ['{', '  "webpack": "1",', '  "x": "web"', '}'] }
    const diff = new Map([
      ['package-lock.json', lockfile],
      ['package.json', other],
    ])
    expect(placeFinding(onLine(30), changes, diff)).toEqual({ file: 'package-lock.json' })
  })

  it('takes the file as a whole when none of its lines is in the diff', () => {
    expect(placeFinding(onLine(30), changes, new Map([['package-lock.json', lockfile]]))).toEqual({
      file: 'package-lock.json',
    })
  })

  it('has no place in a pull request that does not touch the file', () => {
    expect(placeFinding(onLine(12), changes, new Map())).toBeUndefined()
    expect(placeFinding({ ...onLine(12), location: { file: 'x' } }, [], new Map())).toBeUndefined()
  })
})
