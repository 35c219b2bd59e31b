import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { McpFacts } from '../../src/package/mcp/mcp-facts.js'
import { judgeSubjects } from '../../src/rules/mcp/shared/judge-subjects.js'
import { judgeText } from '../../src/rules/mcp/shared/judge-text.js'

/** How many of a set of texts are taken for orders to a model. */
export interface Measure {
  readonly set: string
  readonly flagged: number
  readonly of: number
  /** Texts that came out otherwise than they should: what was missed, or what was flagged. */
  readonly wrong: readonly string[]
}

interface Text {
  readonly text: string
  /** Empty for the text of a parameter. */
  readonly tool: string
  readonly parameters: readonly string[]
}

/** Made up, in many wordings and languages; `set` says whether the patterns were written before it or after. */
interface PoisonedText extends Text {
  readonly id: string
  readonly set: string
  readonly language: string
}

/** What honest servers say that sounds like an order; `own` are names of the same server's other tools. */
interface Guidance extends Text {
  readonly own: readonly string[]
}

/** A line of `descriptions.jsonl` among the real cases. */
interface LabelledText {
  readonly id: string
  readonly tool: string
  readonly params?: readonly string[]
  readonly description: string
  readonly label: string
  readonly kind: string
}

/** How many were flagged when a set was new, written against the lists in another style; the lists have learnt from each since. */
const flaggedAtFirst: ReadonlyMap<string, number> = new Map([
  ['held-out', 23],
  ['held-out-2', 21],
  ['held-out-3', 22],
  ['held-out-4', 16],
  ['held-out-5', 12],
])

const nameOf = (set: string): string => {
  const atFirst = flaggedAtFirst.get(set)
  return `own poisoned texts, ${set}${atFirst === undefined ? '' : ` (${atFirst} when they were new)`}`
}

const readOwn = <T>(file: string): readonly T[] =>
  JSON.parse(readFileSync(join('test/mcp', file), 'utf8')) as readonly T[]

export function measureOwn(): readonly Measure[] {
  const poisoned = readOwn<PoisonedText>('poisoned.json')
  const sets = [...new Set(poisoned.map(({ set }) => set))]
  return [
    ...sets.map((set) =>
      measure(
        nameOf(set),
        true,
        poisoned.filter((one) => one.set === set).map((one) => [one.id, isFlagged(one)]),
      ),
    ),
    measure(
      'own honest guidance',
      false,
      readOwn<Guidance>('guidance.json').map((one) => [one.text, isFlagged(one, one.own)]),
    ),
  ]
}

/** By label; what merely states an evil purpose gives no orders and counts apart. Undefined where the cases are not there. */
export function measureCases(): readonly Measure[] | undefined {
  const path = resolve(process.env.LOCKWARDEN_CASES ?? '../shared/cases', 'mcp/descriptions.jsonl')
  if (!existsSync(path)) {
    console.log(`skipped: labelled descriptions are not there (${path}); set LOCKWARDEN_CASES`)
    return undefined
  }
  const rows = readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as LabelledText)
  const labels = [...new Set(rows.map(labelOf))].sort()
  return labels.map((label) =>
    measure(
      `cases, ${label}`,
      label === injects,
      rows
        .filter((row) => labelOf(row) === label)
        .map((row) => [row.id, isFlagged({ text: row.description, tool: row.tool, parameters: row.params ?? [] })]),
    ),
  )
}

const injects = 'malicious: injects orders'

function labelOf({ label, kind }: LabelledText): string {
  if (label !== 'malicious') return label
  return kind === 'overtly-malicious-purpose' ? 'malicious: states its purpose' : injects
}

/** Real servers, each tool, prompt, resource and manual with its parameters as one. */
export function measureServers(servers: ReadonlyMap<string, McpFacts>): Measure {
  const judged = [...servers].flatMap(([name, facts]) =>
    judgeSubjects(facts, undefined).map(({ subject, verdict, signals }): [string, boolean] => [
      `${name} ${subject.name}: ${signals.map(({ kind, excerpt }) => `${kind}: ${excerpt}`).join('; ')}`,
      verdict !== 'silent',
    ]),
  )
  return measure(`real servers (${servers.size})`, false, judged)
}

const isFlagged = ({ text, tool, parameters }: Text, own: readonly string[] = []): boolean => {
  const names = new Set([tool, ...parameters, ...own].map((name) => name.toLowerCase()))
  return judgeText(text, names, tool === '' ? 'parameter' : 'description').verdict !== 'silent'
}

function measure(set: string, wanted: boolean, judged: readonly (readonly [string, boolean])[]): Measure {
  return {
    set,
    flagged: judged.filter(([, flagged]) => flagged).length,
    of: judged.length,
    wrong: judged.filter(([, flagged]) => flagged !== wanted).map(([text]) => text),
  }
}

/** All measures as lines, and whether they are what was promised: 95 of 100 poisoned texts, one of 100 honest ones at most. */
export function reportTexts(servers: ReadonlyMap<string, McpFacts>): {
  readonly lines: readonly string[]
  readonly isRight: boolean
} {
  const real = measureServers(servers)
  const measures = [...measureOwn(), ...(measureCases() ?? []), real]
  const bad = (one: Measure): boolean => one.set.includes('poisoned') || one.set.endsWith(injects)
  const flagged = (some: readonly Measure[]): number =>
    some.reduce((sum, one) => sum + one.flagged, 0) /
    Math.max(
      1,
      some.reduce((sum, one) => sum + one.of, 0),
    )
  const [poisoned, honest] = [measures.filter(bad), [real]]
  return {
    lines: measures.flatMap((one) => [
      toLine(one),
      ...one.wrong.filter(() => !one.set.endsWith('its purpose')).map((text) => `  wrong: ${text}`),
    ]),
    isRight: flagged(poisoned) >= 0.95 && flagged(honest) <= 0.01,
  }
}

export const toLine = ({ set, flagged, of }: Measure): string =>
  `${set}: ${flagged} of ${of} flagged (${((100 * flagged) / Math.max(1, of)).toFixed(1)} %)`
