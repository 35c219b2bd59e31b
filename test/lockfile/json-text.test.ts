import { describe, expect, it } from '@jest/globals'
import { countKeysInText, countKeysInValue, lineCounter, scanJson } from '../../src/lockfile/json-text.js'
import fc from '../seeded-properties.js'

const keysOf = (text: string): { key: string; path: string[]; offset: number; duplicate: boolean }[] => {
  const keys: { key: string; path: string[]; offset: number; duplicate: boolean }[] = []
  scanJson(text, (key, path, offset, duplicate) => keys.push({ key, path: [...path], offset, duplicate }))
  return keys
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

describe('scanJson', () => {
  it('names each key with the objects around it and where it stands', () => {
    expect(keysOf('{"a": {"b": [1, {"c": null}]}, "d": "\\"e\\": 1"}')).toEqual([
      { key: 'a', path: [], offset: 1, duplicate: false },
      { key: 'b', path: ['a'], offset: 7, duplicate: false },
      { key: 'c', path: ['a', 'b', ''], offset: 17, duplicate: false },
      { key: 'd', path: [], offset: 31, duplicate: false },
    ])
  })

  it('marks the second of two equal keys, however it is spelt', () => {
    expect(keysOf('{"a": 1, "\\u0061": 2}').map(({ duplicate }) => duplicate)).toEqual([false, true])
  })

  it('says where a text stops being JSON', () => {
    expect(scanJson('{"a": 1,\n<<<<<<< HEAD', () => {})).toBe(9)
    expect(scanJson('{"a": 1', () => {})).toBe(7)
    expect(scanJson('', () => {})).toBe(0)
  })

  it('walks a hundred thousand levels', () => {
    expect(scanJson(`${'['.repeat(100_000)}${']'.repeat(100_000)}`, () => {})).toBe(null)
  })

  it('accepts exactly what JSON.parse accepts', () => {
    const pieces = fc.array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"', 'a', '\\', ' ', '\n', '0', '-', 'null'))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          pieces.map((list) => list.join('')),
        ),
        (text) => {
          expect(scanJson(text, () => {}) === null).toBe(isJson(text))
        },
      ),
      { numRuns: 2000 },
    )
  })
})

describe('countKeysInText', () => {
  it('equals the keys of the parsed value where none is doubled', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        expect(countKeysInText(text)).toBe(countKeysInValue(JSON.parse(text)))
      }),
    )
  })

  it('exceeds them where one is doubled', () => {
    const text = '{"a": {"b": 1}, "a": "x\\\\", "c": "\\":"}'
    expect([countKeysInText(text), countKeysInValue(JSON.parse(text))]).toEqual([4, 2])
  })
})

describe('lineCounter', () => {
  it('counts from 1 and takes a carriage return as part of its line', () => {
    const lineAt = lineCounter('a\r\nb\n\nc')
    expect([0, 2, 3, 5, 6, 99].map(lineAt)).toEqual([1, 1, 2, 3, 4, 4])
  })
})
