import { describe, expect, it } from '@jest/globals'
import { abilitiesOf, told } from './abilities-of.js'

describe('hostile files', () => {
  it.each([
    [
      'names that stand for one another in a circle',
      'var a = b, b = c, c = a; a.exec(b); const d = { ...d, e: d.e }; d.e()',
    ],
    ['a property that is set to itself', 'const o = {}; o.a = o.a; o.a.b(); this.x = this.x; this.x()'],
    ['a function that calls itself', "function f(x) { return f(x + 'a') } require(f('a')); const g = () => g(); g()()"],
    [
      'a loop that never ends',
      "function f() { for (;;) {} } function g() { let s = 'a'; while (true) s += s; } require(f()); require(g())",
    ],
    ['a list that holds itself', "function f() { const a = []; a.push(a); return a + '' } require(f())"],
    [
      'names of the prototype',
      "const o = { __proto__: x, constructor: 1 }; o.toString(); o['__proto__']['exec'](); ({}).hasOwnProperty('x')",
    ],
  ])('end: %s', (_what, text) => {
    expect(abilitiesOf(`${text}\nrequire('child_process').exec('id')`).exhausted).toBe(false)
    expect(told(`${text}\nrequire('child_process').exec('id')`)).toContain('shell: child_process.exec = id')
  })

  it('reads a sum of 100,000 parts', () => {
    const sum = Array.from({ length: 100_000 }, () => "'a'").join('+')
    expect(abilitiesOf(`x(${sum})`).folded.map(({ text }) => text.length)).toEqual([100_000])
  })

  it('says so when names stand for names beyond measure', () => {
    const chain = Array.from({ length: 5_000 }, (_, at) => `const n${at + 1} = n${at};`).join('')
    expect(abilitiesOf(`const n0 = eval; ${chain} n5000('x')`).exhausted).toBe(true)
    expect(told(`const n0 = eval; ${chain} n5000('a'); n20('x')`)).toContain('eval: eval = x')
  })

  it('is not led astray by what was looked at too deep', () => {
    const text = `const cp = require('child_process'); cp.exec('id')${".on('a', b)".repeat(200)}; cp.exec('ls')`
    expect(told(text)).toEqual(['shell: child_process.exec = id', 'shell: child_process.exec = ls'])
    expect(abilitiesOf(text).exhausted).toBe(false)
  })

  it('looks once at objects that are spread into themselves', () => {
    const text =
      'var m = { ...a, ...m, ...(m.x ? {} : { y: m.z }), ...(m.y ? { x: m.x } : {}), ...(m.z ? {} : { z: m.x }) }; eval(m.x)'
    expect(told(text)).toEqual(['eval: eval'])
    expect(abilitiesOf(text).exhausted).toBe(false)
  })

  it('does not fold texts beyond measure', () => {
    const doubled = Array.from({ length: 60 }, (_, at) => `const n${at + 1} = n${at} + n${at};`).join('')
    expect(told(`const n0 = 'aaaaaaaaaaaaaaaa'; ${doubled} eval(n60); require('child_process').exec('id')`)).toContain(
      'shell: child_process.exec = id',
    )
    expect(told("eval('a'.repeat(1e9)); eval('a'.padEnd(1e9))")).toEqual(['eval: eval', 'eval: eval'])
  })

  it('tells one ability at most 20 times in the same words, and every other in full', () => {
    const text = `${"fetch('https://a.example');\n".repeat(1_000)}fetch('https://b.example'); function f() { eval('x') }`
    const { sightings, exhausted } = abilitiesOf(text)
    expect(sightings.length).toBe(22)
    expect(sightings.slice(-2).map(({ constant }) => constant)).toEqual(['https://b.example', 'x'])
    expect(exhausted).toBe(false)
  })

  it('says so when an ability has more different places than are told', () => {
    const text = Array.from({ length: 2_001 }, (_, at) => `fetch('https://a.example/${at}');`).join('\n')
    expect(abilitiesOf(text).exhausted).toBe(true)
  })

  it('does not run the expressions of a file that take longer than their text', () => {
    const text = `const s = '${'a'.repeat(50_000)}!'; eval(s.replace(/(a+)+$/, '')); eval(s.split(/(a|aa)+$/)[0])`
    const started = process.cpuUsage().user
    expect(told(text)).toEqual(['eval: eval', 'eval: eval'])
    expect(process.cpuUsage(undefined).user - started).toBeLessThan(5_000_000)
  })
})
