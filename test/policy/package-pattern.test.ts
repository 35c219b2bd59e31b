import { describe, expect, it } from '@jest/globals'
import { matchesPackage } from '../../src/policy/package-pattern.js'

describe('matchesPackage', () => {
  it.each([
    ['esbuild', 'esbuild'],
    ['*', 'esbuild'],
    ['*', '@acme/tool'],
    ['@acme/*', '@acme/tool'],
    ['@acme/tool-*', '@acme/tool-x'],
    ['@*/tool', '@acme/tool'],
    ['acme-*', 'acme-'],
    ['a*b*c', 'a-b-b-c'],
    ['*b', 'ab'],
  ])('lets %s mean %s', (pattern, name) => {
    expect(matchesPackage(pattern, name)).toBe(true)
  })

  it.each([
    ['esbuild', 'esbuild-wasm'],
    ['@acme/*', '@acme-evil/tool'],
    ['@acme/*', '@acme'],
    ['@acme*', '@acme/tool'],
    ['*-tool', '@acme/a-tool'],
    ['acme-*', 'my-acme-x'],
    ['ab*ba', 'aba'],
    ['a*b*c', 'ac'],
    ['a.c', 'abc'],
    ['A', 'a'],
  ])('does not let %s mean %s', (pattern, name) => {
    expect(matchesPackage(pattern, name)).toBe(false)
  })
})
