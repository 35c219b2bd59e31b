import type { Random } from '../random.js'

/** What changes the meaning of code around it, and what parsers and folders of constants stumble over. */
const pieces = [
  '`',
  '${',
  '/*',
  '*/',
  '//',
  '<!--',
  '-->',
  "'",
  '"',
  '\\',
  '\\u{1F600}',
  '\\u00',
  '\n',
  '\u2028',
  '\u0000',
  '\ufeff',
  '\u200b',
  '\u202e',
  '#!',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ';',
  ',',
  '...',
  '=>',
  '?.',
  '??=',
  '/x/v',
  '/(?<a>',
  '@',
  '#a',
  '<a>',
  '</a>',
  'async ',
  'await ',
  'yield ',
  'function ',
  'class a extends ',
  'import ',
  'import(',
  'export default ',
  'require(',
  'eval(',
  'new ',
  'return ',
  'with(a)',
  'for(;;)',
  'delete ',
  'a:',
  ' as ',
  ': any',
  '0x',
  '1n',
  '1e999',
  '__proto__',
  'constructor',
  'arguments',
  'this',
  'process.env',
  'globalThis',
  'Reflect.apply',
  ".split('').reverse().join('')",
  ".replace(/a/g, '$&$&')",
  '.repeat(1e9)',
  '.concat',
  '.toString()',
] as const

type Mutation = (text: string, random: Random) => string

const mutations: readonly Mutation[] = [
  insertPiece,
  insertPiece,
  insertPiece,
  repeatPart,
  moveLine,
  swapNames,
  cut,
  flip,
  nest,
]

/** The text with one to four things done to it, the same for the same random numbers. */
export function mutateCode(text: string, random: Random): string {
  let mutated = text
  for (let left = 1 + random.below(4); left > 0; left -= 1) mutated = random.pick(mutations)(mutated, random)
  return mutated
}

function insertPiece(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  return text.slice(0, at) + random.pick(pieces) + text.slice(at + random.below(3))
}

function repeatPart(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  return text.slice(0, at) + text.slice(at, at + 1 + random.below(40)).repeat(random.below(200)) + text.slice(at)
}

function moveLine(text: string, random: Random): string {
  const lines = text.split('\n')
  const [line = ''] = lines.splice(random.below(lines.length), 1)
  lines.splice(random.below(lines.length + 1), 0, line)
  return lines.join('\n')
}

/** One name becomes another that the text has: definitions that go in circles. */
function swapNames(text: string, random: Random): string {
  const names = text.slice(0, 20_000).match(/\b[A-Za-z_$][\w$]{0,30}\b/g) ?? []
  return names.length === 0 ? text : text.replaceAll(random.pick(names), () => random.pick(names))
}

function cut(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  return text.slice(0, at) + text.slice(at + 1 + random.below(200))
}

function flip(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  return (
    text.slice(0, at) + String.fromCharCode(random.below(random.below(4) === 0 ? 0x10000 : 128)) + text.slice(at + 1)
  )
}

/** Once in a while so deep that the parser has no stack left. */
function nest(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  const depth = random.below(random.below(20) === 0 ? 60_000 : 200)
  return (
    text.slice(0, at) +
    random.pick(['(', '[', '{', '!', 'a=>', '`${', 'f(', '-', 'if(a)']).repeat(depth) +
    text.slice(at)
  )
}
