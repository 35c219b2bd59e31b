import { describe, expect, it } from '@jest/globals'
import { foreign } from '../../../src/foreign.js'
import type { Observation } from '../../../src/rules/rule.js'
import { mergeByFile } from '../../../src/rules/shared/merge-observations.js'

const seen = (file: string, line: number, message = 'is so'): Observation => ({
  message,
  evidence: [{ label: 'name', value: foreign(`${file}${line}`) }],
  anchors: [{ kind: 'line', file, line }],
})

describe('observations of one file', () => {
  it('become one where they say the same, and stay apart where they do not', () => {
    expect(mergeByFile([seen('a', 1), seen('b', 1), seen('a', 2), seen('a', 3, 'is otherwise')])).toEqual([
      {
        message: 'is so',
        evidence: [
          { label: 'name', value: foreign('a1') },
          { label: 'name', value: foreign('a2') },
        ],
        anchors: [
          { kind: 'line', file: 'a', line: 1 },
          { kind: 'line', file: 'a', line: 2 },
        ],
      },
      seen('b', 1),
      seen('a', 3, 'is otherwise'),
    ])
  })

  it('count as the gravest of them, which comes first', () => {
    const [merged] = mergeByFile([
      { ...seen('a', 1), severity: 'low' },
      { ...seen('a', 2), severity: 'high' },
      { ...seen('a', 3), severity: 'medium' },
    ])
    expect([merged?.severity, merged?.anchors[0]]).toEqual(['high', { kind: 'line', file: 'a', line: 2 }])
    const [ofRule] = mergeByFile([{ ...seen('a', 1), severity: 'medium' }, seen('a', 2)])
    expect([ofRule?.severity, ofRule?.anchors[0]]).toEqual([undefined, { kind: 'line', file: 'a', line: 2 }])
  })

  it('show the first ones, and how many more there are', () => {
    const [merged] = mergeByFile(Array.from({ length: 25 }, (_, index) => seen('a', index + 1)))
    expect([merged?.evidence.length, merged?.anchors.length]).toEqual([13, 12])
    expect(merged?.evidence.at(-1)).toEqual({ label: 'not shown', value: foreign('13 more') })
  })
})
