import { describe, expect, it } from '@jest/globals'
import { maxAdvisoryRangeCharacters } from '../../../src/limits.js'
import { fixesOf, fixFor, isInSpan, parseSpans } from '../../../src/registry/advisories/affected-versions.js'

const versions = ['0.9.0', '1.0.0-rc.1', '1.0.0', '1.2.3', '1.2.4-0', '1.2.4', '2.0.0', '2.0.5', '2.1.1', '3.0.0']

const meant = (range: string): readonly string[] => {
  const spans = parseSpans(range) ?? []
  return versions.filter((version) => spans.some((span) => isInSpan(span, version)))
}

describe('the versions that an advisory means', () => {
  it('are read as npm and GitHub write them, prereleases included', () => {
    expect({
      below: meant('<1.2.4'),
      between: meant('>= 2.0.0, < 2.1.1'),
      one: meant('= 2.0.5'),
      upTo: meant('<=1.0.0'),
      after: meant('>2.0.5'),
      either: meant('<1.0.0 || >=2.0.0 <2.1.1'),
      all: meant('>= 0'),
      any: meant('*'),
      nothing: meant('<0.0.0-0'),
    }).toEqual({
      below: ['0.9.0', '1.0.0-rc.1', '1.0.0', '1.2.3', '1.2.4-0'],
      between: ['2.0.0', '2.0.5'],
      one: ['2.0.5'],
      upTo: ['0.9.0', '1.0.0-rc.1', '1.0.0'],
      after: ['2.1.1', '3.0.0'],
      either: ['0.9.0', '1.0.0-rc.1', '2.0.0', '2.0.5'],
      all: versions,
      any: versions,
      nothing: [],
    })
  })

  it('are unknown where the text is no range, or longer than anyone would write', () => {
    expect([parseSpans('all of them'), parseSpans(' '.repeat(maxAdvisoryRangeCharacters + 1))]).toEqual([
      undefined,
      undefined,
    ])
  })
})

describe('the fixed version', () => {
  it('is the lowest one above that ends a range and lies in no other', () => {
    const spans = parseSpans('<1.2.4 || >=2.0.0 <2.1.1 || >=2.1.0 <2.1.2') ?? []
    const fixes = fixesOf(spans)
    expect(fixes).toEqual(['1.2.4', '2.1.2'])
    expect(['1.0.0', '2.0.5', '3.0.0'].map((version) => fixFor(version, fixes))).toEqual(['1.2.4', '2.1.2', undefined])
  })

  it('is not one that the record lists, and none where a range names its last version only', () => {
    expect(fixesOf(parseSpans('<1.2.4') ?? [], new Set(['1.2.4']))).toEqual([])
    expect(fixesOf(parseSpans('<=1.2.3') ?? [])).toEqual([])
  })
})
