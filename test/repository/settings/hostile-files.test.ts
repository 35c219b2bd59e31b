import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { settingsReaders } from '../../../src/repository/settings/readers.js'

const paths = [
  '.npmrc',
  '.yarnrc',
  '.yarnrc.yml',
  'pnpm-workspace.yaml',
  'bunfig.toml',
  'package.json',
  'pip.conf',
  'requirements.txt',
  'pyproject.toml',
  'uv.lock',
  'poetry.lock',
  'go.mod',
  'go.sum',
  'bom.json',
  '.claude/settings.json',
  '.vscode/tasks.json',
  'devcontainer.json',
  'lefthook.yml',
  '.pre-commit-config.yaml',
  '.husky/pre-commit',
]

const pieces = [
  '\n',
  ' ',
  '  ',
  '- ',
  ': ',
  '=',
  '[',
  ']',
  '[[a]]',
  '{',
  '}',
  '"',
  "'",
  '#',
  '\\\n',
  '&a ',
  '*a',
  '<<',
  '|',
  '(',
  ')',
  '--hash',
  '-r ',
  'a',
  'hooks',
  '__proto__',
  'require',
  'name',
  'package',
  'run',
  '\0',
  '\ufeff',
  '\r\n',
  'https://x.example',
  '==1',
]

describe('files that configure', () => {
  it('are read without an exception, whatever they hold', () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5 })), { maxLength: 60 })
    let reads = 0
    fc.assert(
      fc.property(fc.constantFrom(...paths), text, (path, parts) => {
        for (const reader of settingsReaders.filter((one) => one.matches(path))) {
          const { broken } = reader.read(path, parts.join(''), () => false)
          reads += 1
          expect(broken === undefined || (Number.isInteger(broken) && broken > 0)).toBe(true)
        }
      }),
      { numRuns: 3_000 },
    )
    expect(reads).toBeGreaterThan(1_000)
  })

  // Quadratic time at this length would take the minutes that no test is given.
  it.each(paths)('are read to their end or their mistake when one piece fills them: %s', (path) => {
    for (const piece of [
      'a ',
      '\\\n',
      '[',
      '"',
      '#',
      'a=b\n',
      '- ',
      '(',
      ' '.repeat(100),
      '- a\n',
      '-r',
      'a,',
      '&a ',
    ]) {
      const text = piece.repeat(Math.ceil(30_000 / piece.length))
      for (const reader of settingsReaders.filter((one) => one.matches(path))) {
        const { broken } = reader.read(path, text, () => false)
        expect(broken === undefined || broken <= text.split('\n').length).toBe(true)
      }
    }
  })
})
