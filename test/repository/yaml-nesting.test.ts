import { describe, expect, it } from '@jest/globals'
import { YamlFile } from '../../src/repository/workflows/yaml-document.js'
import { lineNestedTooDeep } from '../../src/repository/yaml-nesting.js'

const nesting = { brackets: 3, levels: 2 }

describe('lineNestedTooDeep', () => {
  it.each([
    ['brackets over several lines', 'a: [[\n[{', 2],
    ['list items of one line', 'a:\n  - - - x', 2],
    ['explicit keys of one line', '? ? ? x', 1],
  ])('names the line that nests too deep by %s', (_what, text, line) => {
    expect(lineNestedTooDeep(text, nesting)).toBe(line)
  })

  it.each(['a: [[[]]]\nb: [[[]]]', 'a:\n  - - x', 'a: "- - - x"', ''])('takes %j', (text) => {
    expect(lineNestedTooDeep(text, nesting)).toBeUndefined()
  })

  it('keeps a workflow of brackets from the parser', () => {
    expect(new YamlFile(`on: push\njobs: ${'['.repeat(200_000)}`).broken).toBe(2)
  })
})
