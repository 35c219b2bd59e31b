import { wholeText } from '../fold/value.js'
import { type AbilityTable, moduleAbility } from './ability-table.js'
import { type Call, type Found, knownText } from './found.js'

/** Code made of text. `Function` and timers have readers of their own, since they are mostly called with something else. */
export const evalAbilities: AbilityTable = {
  capability: 'eval',
  // What a fresh module is asked for under a hidden name is to compile a text: nothing else that it has needs hiding.
  keys: [
    ':eval',
    ':execScript',
    'module:_compile',
    'module:prototype._compile',
    'module:().[…]',
    ':process.binding().eval',
  ],
  modules: [
    'require-from-string',
    'eval',
    'node-eval',
    'safe-eval',
    'static-eval',
    'import-from-string',
    'require-like',
  ].map(moduleAbility),
  constant: ({ given: [code] }) => knownText(code),
}

export const vmAbilities: AbilityTable = {
  capability: 'vm',
  keys: [
    ...[
      'runInThisContext',
      'runInNewContext',
      'runInContext',
      'Script',
      'compileFunction',
      'SourceTextModule',
      'createScript',
      '[…]',
    ].map((name) => `vm:${name}`),
  ],
  modules: ['vm2', 'isolated-vm', 'quickjs-emscripten'].map(moduleAbility),
  constant: ({ given: [code] }) => knownText(code),
}

/** `Function` by its name and by way of `constructor`; not the common `Function('return this')`, which only asks for the global object. */
export function readFunctionMade({ key, given }: Call): readonly Found[] {
  if (key !== ':Function') return []
  const body = given.at(-1)
  if (given.length === 0 || /^\s*return\s+(?:\(?this\)?|globalThis)\s*;?\s*$/.test(wholeText(body) ?? '')) return []
  return [{ capability: 'eval', detail: 'Function', constant: knownText(body) }]
}

const timers: ReadonlySet<string> = new Set([':setTimeout', ':setInterval', ':setImmediate'])

/** A timer that is given code as text. */
export function readTimerCode({ key, given: [code] }: Call): readonly Found[] {
  if (!timers.has(key)) return []
  const text = code?.kind === 'constant' ? knownText(code) : undefined
  return text === undefined ? [] : [{ capability: 'eval', detail: `${key.slice(1)} with text`, constant: text }]
}
