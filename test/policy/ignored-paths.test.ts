import { describe, expect, it } from '@jest/globals'
import { ignoredPaths } from '../../src/policy/ignored-paths.js'

describe('ignoredPaths', () => {
  it('matches globs against whole paths, folders that start with a dot included', () => {
    const ignores = ignoredPaths({ paths: { ignore: ['**/fixtures/**', 'docs/*.json', '!src/**', '#a'] } })

    const paths = [
      'fixtures/a/package-lock.json',
      'x/fixtures/.y/z',
      'docs/a.json',
      'docs/b/a.json',
      'package-lock.json',
      'src/a',
      '#a',
    ]
    expect(paths.filter(ignores)).toEqual(['fixtures/a/package-lock.json', 'x/fixtures/.y/z', 'docs/a.json', '#a'])
  })

  it('ignores nothing without globs', () => {
    expect(['', 'package-lock.json'].filter(ignoredPaths({ paths: { ignore: [] } }))).toEqual([])
  })
})
