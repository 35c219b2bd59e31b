import { describe, expect, it } from '@jest/globals'
import { maxParseBytes, maxTokeniseBytes } from '../../../../src/limits.js'
import { readCode } from '../../../../src/package/code/read/read-code.js'
import { readTokens } from '../../../../src/package/code/read/tokens.js'
import { walk } from '../../../../src/package/code/read/walk.js'

const read = (code: string, path = 'a.js') => readCode(Buffer.from(code), path)

/** The scope of each call of `go`. */
function callsIn(code: string, path?: string): readonly string[] {
  const { tree, dialect } = read(code, path)
  const scopes: string[] = []
  if (tree === undefined) return [dialect]
  const visitor: Parameters<typeof walk>[1] = {
    enter(node, { scope }) {
      if (node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === 'go') {
        scopes.push(scope)
      }
      return undefined
    },
  }
  walk(tree, visitor, { anyKeys: dialect === 'typescript' || dialect === 'flow' })
  return [dialect, ...scopes]
}

describe('reading code', () => {
  it.each([
    ['a hashbang', '#!/usr/bin/env node\ngo()', 'a.js', 'script'],
    ['a byte order mark', '\ufeffgo()', 'a.js', 'script'],
    ['await at the top', 'await go()', 'a.js', 'module'],
    ['return at the top', 'return go()', 'a.js', 'script'],
    ['with and octal numbers', 'with (a) { go() } 010', 'a.js', 'script'],
    ['import attributes', 'import a from "./a.json" with { type: "json" }; go()', 'a.js', 'module'],
    ['import.meta', 'import.meta.url; go()', 'a.js', 'module'],
    ['dynamic import in a script', 'import("x"); go()', 'a.cjs', 'script'],
    ['decorators', '@dec class A { static x = go() }', 'a.js', 'script'],
    ['the word import in a comment', '/*\nimport x\n*/ go()', 'a.js', 'script'],
    ['JSX', 'const x = <a b={go()}>text</a>', 'a.js', 'jsx'],
    ['types', 'const a: A = go() as unknown as A', 'a.ts', 'typescript'],
    ['a cast of the old kind', 'const a = <any>go()', 'a.ts', 'typescript'],
    ['a field with accessors of its own', 'class A { accessor b: any = go() }', 'a.ts', 'typescript'],
    ['types and JSX', 'const a: A = <b c={go()} />', 'a.tsx', 'typescript'],
    ['types of Flow', 'import type { A } from "a"; const a: ?A = go()', 'a.js', 'flow'],
    ['a regular expression that no engine knows', 'go(/(?<a>x)(?<a>y)(?~)/)', 'a.js', 'script'],
  ])('takes %s', (_, code, path, dialect) => {
    expect(callsIn(code, path)).toEqual([dialect, 'top'])
  })

  it('sees what only the module has, where a script would have a comment', () => {
    expect(callsIn('x <!-- y, go()\n')).toEqual(['module', 'top'])
  })

  it('sees what only the script has, where a module would have a regular expression', () => {
    expect(callsIn('await / go() / g')).toEqual(['script', 'top'])
  })

  it('sees decorators of parameters', () => {
    expect(callsIn('class A { constructor(@Inject(go()) private a: string) {} }', 'a.ts')).toEqual([
      'typescript',
      'function',
    ])
  })

  it('tells of what is no code where the mistake is, and reads its tokens', () => {
    const { dialect, tree, unanalysable, source } = read('a b; go("x")')

    expect({ dialect, tree, unanalysable }).toEqual({
      dialect: 'tokens',
      tree: undefined,
      unanalysable: { reason: 'syntax', detail: expect.stringContaining('Unexpected token') },
    })
    expect([...readTokens(source.text)].map(({ kind, value }) => `${kind} ${value}`)).toEqual([
      'name a',
      'name b',
      'other ;',
      'name go',
      'other (',
      'string x',
      'other )',
    ])
  })

  it('takes what has no tokens as bytes', () => {
    expect(read('var a = "\n')).toMatchObject({ dialect: 'bytes', unanalysable: { reason: 'syntax' } })
  })

  it('takes what is nested deeper than the stack as tokens', () => {
    expect(read('('.repeat(100_000))).toMatchObject({ dialect: 'tokens', unanalysable: { reason: 'too-deep' } })
  })

  it('takes what is too large to parse as tokens, and what is too large for that as bytes', () => {
    expect(read(`/${'*'.repeat(maxParseBytes)}/`)).toMatchObject({
      dialect: 'tokens',
      unanalysable: { reason: 'too-large' },
    })
    expect(read(`/${'*'.repeat(maxTokeniseBytes)}/`)).toMatchObject({
      dialect: 'bytes',
      unanalysable: { reason: 'too-large' },
    })
  })

  it('gives the comments', () => {
    const code = '#!node\n// a\n/* b */ x'
    const { comments } = read(code)

    expect(comments.map(({ start, end }) => code.slice(start, end))).toEqual(['#!node', '// a', '/* b */'])
  })
})
