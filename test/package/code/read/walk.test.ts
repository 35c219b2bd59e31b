import { describe, expect, it } from '@jest/globals'
import { parseScript } from 'meriyah'
import { SourceText } from '../../../../src/package/code/read/source-text.js'
import { endOf, type SyntaxNode, startOf } from '../../../../src/package/code/read/syntax-node.js'
import { walk } from '../../../../src/package/code/read/walk.js'

const parse = (code: string): SyntaxNode => parseScript(code, { next: true, ranges: true, webcompat: true })

/** Each name that is mentioned, with its scope. */
function namesIn(code: string, atTop?: ReadonlySet<SyntaxNode>): readonly string[] {
  const names: string[] = []
  const enter = (node: SyntaxNode, { scope }: { scope: string }): undefined => {
    if (node.type === 'Identifier' && /^_/.test(node.name)) names.push(`${scope} ${node.name}`)
  }
  walk(parse(code), { enter }, atTop === undefined ? {} : { atTop })
  return names
}

describe('walking', () => {
  it.each([
    ['called on the spot', '(() => { _a })()'],
    ['called on the spot, in older words', '!function () { _a }()'],
    ['with a receiver', '(function () { _a }).call(this)'],
    ['bound and called', '(function () { _a }).bind(this)()'],
    ['asynchronous', '(async () => { _a })().catch(e => {})'],
    ['constructed', 'new function () { _a }'],
    ['called where it is chosen', '(x && (() => { _a }))()'],
    ['called where it is assigned', '(x = () => { _a })()'],
    ['called within another', '(() => { (() => { _a })() })()'],
    ['given to a promise', 'new Promise(() => { _a })'],
    ['given to what comes after a promise', 'x.then(() => { _a })'],
    ['given to a timer', 'setTimeout(() => { _a }, 1)'],
    ['given to a loop', '[1]["forEach"](() => { _a })'],
    ['in a static block', 'class A { static { _a } }'],
    ['a static field', 'class A { static b = _a }'],
    ['the name of a member', 'class A { [_a]() {} }'],
  ])('takes for run at the top what is %s', (_, code) => {
    expect(namesIn(code)).toEqual(['top _a'])
  })

  it.each([
    ['a function', 'function f() { _a }'],
    ['an arrow', 'x = () => _a'],
    ['a method', 'class A { m() { _a } }'],
    ['a field', 'class A { b = _a }'],
    ['a default of a parameter', 'function f(b = _a) {}'],
    ['a function given to what may call it later', 'app.get("/", () => { _a })'],
    ['a function called within one that is not', 'function f() { (() => { _a })() }'],
    ['a getter', 'x = { get b() { return _a } }'],
  ])('takes for run on call what is in %s', (_, code) => {
    expect(namesIn(code)).toEqual(['function _a'])
  })

  it('takes the functions that it is told of for run at the top', () => {
    const tree = parse('function f() { _a }')
    const atTop = new Set<SyntaxNode>()
    walk(tree, {
      enter(node) {
        if (node.type === 'FunctionDeclaration') atTop.add(node)
        return undefined
      },
    })
    const scopes: string[] = []
    const enter = (node: SyntaxNode, { scope }: { scope: string }): undefined => {
      if (node.type === 'Identifier' && node.name === '_a') scopes.push(scope)
    }
    walk(tree, { enter }, { atTop })

    expect(scopes).toEqual(['top'])
  })

  it('enters and leaves in the order of the text, with parents and keys', () => {
    const seen: string[] = []
    walk(parse('a(b); c'), {
      enter(node, { parent, key, depth }) {
        seen.push(`${depth} ${node.type} ${parent?.type ?? ''} ${key}`)
        return undefined
      },
      leave(node, { parent, depth }) {
        seen.push(`/${depth} ${node.type} ${parent?.type ?? ''}`)
      },
    })

    expect(seen).toEqual([
      '0 Program  ',
      '1 ExpressionStatement Program body',
      '2 CallExpression ExpressionStatement expression',
      '3 Identifier CallExpression callee',
      '/3 Identifier CallExpression',
      '3 Identifier CallExpression arguments',
      '/3 Identifier CallExpression',
      '/2 CallExpression ExpressionStatement',
      '/1 ExpressionStatement Program',
      '1 ExpressionStatement Program body',
      '2 Identifier ExpressionStatement expression',
      '/2 Identifier ExpressionStatement',
      '/1 ExpressionStatement Program',
      '/0 Program ',
    ])
  })

  it('leaves out what is to be skipped, and still leaves the node', () => {
    const seen: string[] = []
    walk(parse('a(b); c'), {
      enter: (node) => (node.type === 'CallExpression' ? 'skip' : undefined),
      leave: (node) => void seen.push(node.type),
    })

    expect(seen).toEqual(['CallExpression', 'ExpressionStatement', 'Identifier', 'ExpressionStatement', 'Program'])
  })

  it('meets every node that looking through all keys meets, labels and `new.target` aside', () => {
    const code = `
      'use strict'; label: for (const [a = 1, ...b] of c) { if (a) break label; else continue }
      class A extends (x, B) { #p = 1; static #q; get [k]() { return super.m?.(new.target) } static { this.#q } @d accessor z = 1 }
      async function* f({ a, b: [c] = d, ...e }, g = h) { yield* await i; for await (const j of k); }
      switch (l) { case 1: m\`n\${o}p\`; default: } try { throw q } catch { } finally { debugger }
      for (const r in s) ; for (let t = 0; t < 1; t++) ; while (u) ; do { } while (v)
      w = x ? y : (z ??= 1n, /re/u, typeof a, delete b.c, a\`\`, import('x', { with: {} }), { 'k': 1, [l]: 2, m, ...n })`
    const tree = parse(code)
    const nodesOf = (anyKeys: boolean): readonly string[] => {
      const nodes: string[] = []
      const enter = (node: SyntaxNode): undefined =>
        void nodes.push(`${node.type} ${startOf(node)}-${endOf(node)}`) as undefined
      walk(tree, { enter }, { anyKeys })
      return nodes.sort()
    }

    expect(nodesOf(false).length).toBeGreaterThan(100)
    expect(nodesOf(true).filter((node) => !nodesOf(false).includes(node))).toEqual(
      ['label', 'label', 'new', 'target'].map(() => expect.stringMatching(/^Identifier/)),
    )
  })

  it('does not recurse', () => {
    const tree = parse(`1${'+1'.repeat(200_000)}`)
    let deepest = 0
    walk(tree, {
      leave(_, { depth }) {
        deepest = Math.max(deepest, depth)
      },
    })

    expect(deepest).toBeGreaterThan(200_000)
  })
})

describe('places', () => {
  it('are counted from 1, over all kinds of line ends', () => {
    const text = 'a\nb\r\nc\rd'
    const source = new SourceText(`\ufeff${text}`)

    expect(['a', 'b', 'c', 'd'].map((letter) => source.placeAt(text.indexOf(letter)))).toEqual([
      { line: 1, column: 1 },
      { line: 2, column: 1 },
      { line: 3, column: 1 },
      { line: 4, column: 1 },
    ])
  })

  it('come with the code around them, within one line', () => {
    const code = `first\n  const a = go('x') // later\nlast`
    const source = new SourceText(code)

    expect(source.excerptAt(code.indexOf('go'))).toBe("const a = go('x') // later")
    expect(new SourceText(`${'a'.repeat(1000)}go()${'b'.repeat(1000)}`).excerptAt(1000)).toBe(
      `${'a'.repeat(40)}go()${'b'.repeat(116)}`,
    )
  })

  it('are those of the nodes', () => {
    const tree = parse('a;\n go()')
    const places: unknown[] = []
    const source = new SourceText('a;\n go()')
    walk(tree, {
      enter(node) {
        if (node.type === 'CallExpression')
          places.push([source.placeAt(startOf(node)), source.text.slice(startOf(node), endOf(node))])
        return undefined
      },
    })

    expect(places).toEqual([[{ line: 2, column: 2 }, 'go()']])
  })
})
