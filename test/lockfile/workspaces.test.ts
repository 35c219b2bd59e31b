import { describe, expect, it } from '@jest/globals'
import {
  maxWorkspaceCandidates,
  maxWorkspaceManifests,
  maxWorkspacePatternCharacters,
  maxWorkspacePatterns,
} from '../../src/limits.js'
import { findWorkspaces } from '../../src/lockfile/workspaces.js'

const folders = ['', 'a', 'packages/a', 'packages/b', 'packages/b/c', 'other/packages/a']
const find = (patterns: readonly string[], folder = ''): readonly string[] =>
  findWorkspaces(folder, patterns, folders).folders

describe('findWorkspaces', () => {
  it.each([
    [['packages/*'], ['packages/a', 'packages/b']],
    [['./packages/*/'], ['packages/a', 'packages/b']],
    [['packages/**'], ['packages/a', 'packages/b', 'packages/b/c']],
    [['a/**'], ['a']],
    [
      ['**', '!**/b/**'],
      ['a', 'packages/a', 'other/packages/a'],
    ],
    [['packages/{a,b}', '!./packages/b'], ['packages/a']],
    [['!packages/b'], []],
    [[], []],
  ])('finds by %j the folders %j', (patterns, found) => {
    expect(find(patterns)).toEqual(found)
  })

  it('looks only below the folder that names them', () => {
    expect(find(['packages/*'], 'other')).toEqual(['other/packages/a'])
    expect(find(['../*'], 'other')).toEqual([])
  })

  it.each([
    ['a pattern that is long', ['a', 'x'.repeat(maxWorkspacePatternCharacters + 1)]],
    ['braces that multiply', ['a', '{a,b}'.repeat(9)]],
    ['a class', ['a', '[ab]']],
    ['many patterns', Array.from({ length: maxWorkspacePatterns + 1 }, () => 'a')],
  ])('leaves out %s, and says so', (_, patterns) => {
    expect(findWorkspaces('', patterns, folders)).toEqual({
      folders: ['a'],
      cut: 'patterns of workspaces that could not be read',
    })
  })

  it('stops at as many workspaces as a review reads, and says so', () => {
    const many = Array.from({ length: maxWorkspaceManifests + 1 }, (_, index) => `packages/${index}`)
    const { folders: found, cut } = findWorkspaces('', ['packages/*'], many)
    expect([found.length, cut]).toEqual([maxWorkspaceManifests, `more than ${maxWorkspaceManifests} workspaces`])
    const others = Array.from({ length: maxWorkspaceCandidates + 1 }, () => 'x/y')
    expect(findWorkspaces('', ['packages/*'], others)).toEqual({
      folders: [],
      cut: `more than ${maxWorkspaceCandidates} manifests`,
    })
  })
})
