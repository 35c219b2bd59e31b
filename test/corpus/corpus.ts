import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import PQueue from 'p-queue'
import { CodePool } from '../../src/package/code/pool.js'
import { areLasting } from '../../src/package/lasting-facts.js'
import { openNpmRegistry } from '../../src/registry/npm-registry.js'
import { readOperator } from '../../src/registry/operator.js'
import { type Severity, severities } from '../../src/rules/rule.js'
import { openDiskStore } from '../../src/store/disk-store.js'
import { additions } from './additions.js'
import { trimFacts } from './case-facts.js'
import { type CorpusCase, labelOf } from './corpus-case.js'
import { toDetails, toSummary, toTable } from './corpus-table.js'
import { idleArguments, type Judged, judgeCase, unargued } from './judge-case.js'
import { readCase, withTarballCache } from './read-case.js'
import { fileOf, writeStored } from './stored-facts.js'
import { upgrades } from './upgrades.js'

// `npm run corpus`: what the rules say of real packages that do no harm. `-- NAME…` some of them, `-- --update` stores their facts.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    update: { type: 'boolean', default: false },
    /** Where tarballs are kept: npm's own cache, unless another is named. */
    cache: { type: 'string', default: process.env.npm_config_cache ?? join(homedir(), '.npm') },
    details: { type: 'string', default: 'high' },
    concurrency: { type: 'string', default: '4' },
  },
})
const facts = 'test/corpus/facts'
const least = severities.find((severity) => severity === values.details) ?? ('high' satisfies Severity)
const all: readonly CorpusCase[] = [...upgrades, ...additions]
const wanted = all.filter(
  (one) => positionals.length === 0 || positionals.some((name) => name === one.name || name === labelOf(one)),
)
if (wanted.length === 0) throw new Error(`no case is named ${positionals.join(' or ')}`)

// Reviews allow a file less; stored facts must not depend on how busy a machine was.
const code = new CodePool({ fileMillis: 60_000 })
const registry = withTarballCache(
  openNpmRegistry({
    operator: await readOperator(),
    policy: { scopes: {}, allowedHosts: [] },
    concurrency: Number(values.concurrency),
  }),
  join(values.cache, '_cacache'),
)
const kept = mkdtempSync(join(tmpdir(), 'lockwarden-corpus-'))
if (values.update) prepareFolder()
const started = performance.now()
const queue = new PQueue({ concurrency: Number(values.concurrency) })
const outcomes = await queue.addAll(wanted.map((one) => () => judge(one)))
await code.close()
rmSync(kept, { recursive: true })

const judged = outcomes.filter((outcome) => 'findings' in outcome)
const broken = outcomes.filter((outcome) => 'error' in outcome)
for (const one of judged) for (const line of toDetails(one, least)) console.log(line)
console.log('')
for (const line of [...toTable(judged), '', ...toSummary(judged)]) console.log(line)
for (const { error } of broken) console.log(`not judged: ${error}`)
const wrong = judged.flatMap((one) => [
  ...unargued(one).map(({ rule, severity }) => `${labelOf(one.case)}: ${severity} ${rule}, and nobody argued for it`),
  ...idleArguments(one).map((rule) => `${labelOf(one.case)}: ${rule} is argued for and silent`),
])
for (const line of wrong) console.log(line)
console.log(`${judged.length} cases in ${Math.round((performance.now() - started) / 1000)} s`)
process.exitCode = wrong.length + broken.length > 0 ? 1 : 0

async function judge(one: CorpusCase): Promise<Judged | { readonly error: string }> {
  try {
    const read = await readCase(one, { registry, code, store: openDiskStore(kept) })
    const said = judgeCase(one, read)
    if (!values.update) return said
    const lasting = [read.package, read.previousPackage].every((one) => one === undefined || areLasting(one))
    if (!lasting) throw new Error(`${labelOf(one)}: was not read to its end, so another time may give other facts`)
    const trimmed = trimFacts(read)
    const [whole, stored] = [said, judgeCase(one, trimmed)].map(saidBy)
    if (whole !== stored)
      throw new Error(`${labelOf(one)}: trimmed facts say other than whole ones: ${whole} ${stored}`)
    writeStored(facts, one, trimmed)
    return said
  } catch (error) {
    return { error: error instanceof Error ? `${labelOf(one)}: ${error.message}` : String(error) }
  }
}

/** What a judgement comes to, without the words around its places, which are not stored. */
function saidBy({ findings, gaps }: Judged): string {
  const places = findings.map(({ rule, severity, message, evidence }) => ({
    rule,
    severity,
    message,
    places: evidence.map(({ label, file, line, column }) => [label, file, line, column]),
  }))
  return JSON.stringify({ places, gaps })
}

/** Files of cases that are no more go. */
function prepareFolder(): void {
  mkdirSync(facts, { recursive: true })
  const kept = new Set(all.map(fileOf))
  for (const file of readdirSync(facts)) if (!kept.has(file)) rmSync(join(facts, file))
}
