import { describe, expect, it } from '@jest/globals'
import { maxPnpmWorkspaceCharacters } from '../../src/limits.js'
import { parsePnpmWorkspace } from '../../src/lockfile/pnpm-workspace.js'

const workspace = (packages: readonly string[], overrides: readonly (readonly [string, string])[] = []) => ({
  packages,
  overrides,
})

describe('parsePnpmWorkspace', () => {
  it.each([
    ['packages:\n  - packages/*\n  - "apps/**"\n  - \'!**/test/**\'\n', ['packages/*', 'apps/**', '!**/test/**']],
    ['packages:\n- a\n- b # the other one\n', ['a', 'b']],
    ["\ufeffpackages: ['a', b] # both\r\n", ['a', 'b']],
    ['---\n# ours\nother:\n  - x\n  deep:\n    packages:\n      - y\npackages:\n\n  - z\n', ['z']],
    ["packages:\n  - 'it''s'\n", ["it's"]],
    ['catalog:\n  a: 1\n', []],
    ['', []],
  ])('reads the packages of %j', (text, packages) => {
    expect(parsePnpmWorkspace(text)).toEqual(workspace(packages))
  })

  it.each([
    [
      'overrides:\n  a: 1.0.0\n  "b@<2": ^2.0.0\n',
      [
        ['a', '1.0.0'],
        ['b@<2', '^2.0.0'],
      ],
    ],
    ["overrides:\n  'x>@s/c': 'npm:d@1'\n", [['x>@s/c', 'npm:d@1']]],
    [
      'overrides: { a: $a, b: "-" }\n',
      [
        ['a', '$a'],
        ['b', '-'],
      ],
    ],
  ] as const)('reads the overrides of %j', (text, overrides) => {
    expect(parsePnpmWorkspace(text)).toEqual(workspace([], overrides))
  })

  it.each([
    'packages: &all\n  - a\n',
    'packages:\n  - *all\n',
    'packages:\n  - [a, b]\n',
    'packages:\n  - |\n    a\n',
    'packages: a\n',
    'packages: {a: b}\n',
    'overrides:\n  - a\n',
    'overrides:\n  a:\n    b: 1\n',
    'overrides: [a]\n',
    '{packages: [a]}\n',
    'packages:\n  a\n',
    `packages:\n${'  - a\n'.repeat(maxPnpmWorkspaceCharacters / 6)}`,
  ])('does not guess at other YAML, such as %.40j', (text) => {
    expect(parsePnpmWorkspace(text)).toBeNull()
  })
})
