/**
 * CommonJS modules as a bundler and a minifier leave them: one line, modules by number, Node's own behind a number each. `entry`: the
 * number of the module that is run.
 */
export function bundled(modules: Readonly<Record<number, string>>, entry: number): string {
  const numbers = new Map<string, number>()
  const written = Object.entries(modules).map(([number, code]) => {
    const body = code.replace(/require\('([\w/]+)'\)/g, (_, name: string) => {
      const known = numbers.get(name) ?? 900 + numbers.size
      numbers.set(name, known)
      return `n(${known})`
    })
    return `${number}:(e,t,n)=>{${onOneLine(body)}}`
  })
  const builtins = [...numbers].map(([name, number]) => `${number}:e=>{"use strict";e.exports=require("${name}")}`)
  return [
    `(()=>{var e={${[...written, ...builtins].join(',')}},t={};`,
    'function n(r){var o=t[r];if(void 0!==o)return o.exports;var i=t[r]={exports:{}};return e[r](i,i.exports,n),i.exports}',
    `n(${entry})})();`,
  ].join('')
}

const onOneLine = (code: string): string => code.replace(/\s*\n\s*/g, '')
