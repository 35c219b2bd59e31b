import type { Random } from './random.js'

/** What an attacker or a broken merge puts into a lockfile, and what a format gives a meaning of its own. */
const pieces = [
  '__proto__',
  'constructor',
  '../../x',
  '"',
  "'",
  '\\',
  ':',
  ': ',
  ' #',
  '#',
  ',',
  '{',
  '}',
  '[',
  ']',
  '|',
  '>',
  '&a ',
  '*a',
  '!!str ',
  '<<: ',
  '? ',
  '- ',
  '---\n',
  '...\n',
  '%YAML 1.2\n',
  '\t',
  '\r',
  '\n',
  '\n\n',
  '  ',
  '\u200b',
  '\u2028',
  '\u0000',
  '\ufeff',
  '\\u0061',
  '<<<<<<< ours\n',
  '=======\n',
  '>>>>>>> theirs\n',
  '|||||||\n',
  '//',
  '/*',
  '*/',
  'null',
  'true',
  '1.0.0',
  '~',
  'npm:other@1.0.0',
  'github:o/r#abc',
  'a@1.0.0',
] as const

type Mutation = (text: string, random: Random) => string

const mutations: readonly Mutation[] = [
  insertPiece,
  insertPiece,
  insertPiece,
  (text, random) => onLines(text, random, (lines, at) => lines.splice(at, 1 + random.below(4))),
  (text, random) => onLines(text, random, (lines, at) => lines.splice(at, 0, lines[at] ?? '')),
  (text, random) =>
    onLines(text, random, (lines, at) => lines.splice(at, 0, ...lines.slice(at, at + 2 + random.below(10)))),
  (text, random) =>
    onLines(text, random, (lines, at) =>
      lines.splice(random.below(lines.length), 0, ...lines.splice(at, 1 + random.below(6))),
    ),
  (text, random) => onLines(text, random, (lines, at) => indent(lines, at, random)),
  (text, random) => onLines(text, random, (lines, at) => lines.splice(at, 1, lines[random.below(lines.length)] ?? '')),
  // Two lines become one, or one becomes two.
  (text, random) => onLines(text, random, (lines, at) => lines.splice(at, 2, lines.slice(at, at + 2).join(''))),
  cut,
  (text, random) => text.slice(0, random.below(text.length + 1)),
  flip,
  (text) => text.replaceAll('\n', '\r\n'),
]

/** The text with one to three things done to it, the same for the same random numbers. */
export function mutate(text: string, random: Random): string {
  let mutated = text
  for (let left = 1 + random.below(3); left > 0; left -= 1) mutated = random.pick(mutations)(mutated, random)
  return mutated
}

function insertPiece(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  return text.slice(0, at) + random.pick(pieces) + text.slice(at + random.below(3))
}

function cut(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  return text.slice(0, at) + text.slice(at + 1 + random.below(60))
}

function flip(text: string, random: Random): string {
  const at = random.below(text.length + 1)
  return text.slice(0, at) + String.fromCharCode(random.below(128)) + text.slice(at + 1)
}

function onLines(text: string, random: Random, change: (lines: string[], at: number) => void): string {
  const lines = text.split('\n')
  change(lines, random.below(lines.length))
  return lines.join('\n')
}

function indent(lines: string[], at: number, random: Random): void {
  const line = lines[at] ?? ''
  lines[at] = random.below(2) === 0 ? line.replace(/^ {1,2}/, '') : `${' '.repeat(1 + random.below(4))}${line}`
}
