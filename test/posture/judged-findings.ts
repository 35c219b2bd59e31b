import { readFileSync } from 'node:fs'
import type { Spoken } from './find-in-cases.js'

/** What somebody who looked at a finding says of it. */
export interface Judged {
  readonly path: string
  readonly rule: string
  /** The finding's first line as far as it is kept here. */
  readonly line: string
  readonly verdict: boolean
  readonly reason: string
}

export const readJudged = (): readonly Judged[] => JSON.parse(readFileSync('test/posture/judged.json', 'utf8'))

const keyOf = ({ path, rule, line }: Pick<Judged, 'path' | 'rule' | 'line'>): string =>
  JSON.stringify([path, rule, line])

export interface Held {
  /** Spoken of and not looked at yet. */
  readonly unjudged: readonly Spoken[]
  /** Looked at and not spoken of any more. */
  readonly gone: readonly Judged[]
}

export function holdAgainst(judged: readonly Judged[], spoken: readonly Spoken[]): Held {
  const known = new Set(judged.map(keyOf))
  const found = new Set(spoken.map(keyOf))
  return {
    unjudged: spoken.filter((one) => !known.has(keyOf(one))),
    gone: judged.filter((one) => !found.has(keyOf(one))),
  }
}

/** The table of the README. */
export function toTable(judged: readonly Judged[]): string {
  const rules = [...new Set(judged.map(({ rule }) => rule))].sort()
  const rows = rules.map((rule) =>
    rowOf(
      `\`${rule}\``,
      judged.filter((one) => one.rule === rule),
    ),
  )
  return ['| rule | true | false | false of all |', '|---|---:|---:|---:|', ...rows, rowOf('all', judged)].join('\n')
}

function rowOf(name: string, judged: readonly Judged[]): string {
  const wrong = judged.filter(({ verdict }) => !verdict).length
  return `| ${name} | ${judged.length - wrong} | ${wrong} | ${((100 * wrong) / judged.length).toFixed(1)} % |`
}

const begin = '<!-- judged -->'
const end = '<!-- /judged -->'

/** The README with the table as it is now. */
export function withTable(readme: string, judged: readonly Judged[]): string {
  const [start, stop] = [readme.indexOf(begin), readme.indexOf(end)]
  if (start < 0 || stop < start) throw new Error(`${begin} … ${end} is not in the README`)
  return `${readme.slice(0, start + begin.length)}\n${toTable(judged)}\n${readme.slice(stop)}`
}
