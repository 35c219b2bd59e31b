import { homedir } from 'node:os'
import { join } from 'node:path'
import npa from 'npm-package-arg'
import PQueue from 'p-queue'
import { analysePackage } from '../../src/package/analyse-package.js'
import { CodePool } from '../../src/package/code/pool.js'
import type { McpFacts } from '../../src/package/mcp/mcp-facts.js'
import { openNpmRegistry } from '../../src/registry/npm-registry.js'
import { readOperator } from '../../src/registry/operator.js'
import { withTarballCache } from '../corpus/read-case.js'
import { type Comparison, compareTools, precision, recall, sum } from './compare-tools.js'
import { servers } from './servers.js'
import { reportTexts } from './texts.js'
import { readTruths } from './truth.js'

// `npm run mcp`: what is read of real MCP servers, held against what people found in their sources. `-- NAME…` some of them, `-- texts` without a line for each.
const names = process.argv.slice(2).filter((word) => word !== 'texts')
const wanted = servers.filter((one) => names.length === 0 || names.some((name) => one.includes(name)))
const truths = new Map(readTruths('test/mcp/truth').map((truth) => [`${truth.name}@${truth.version}`, truth]))
const code = new CodePool({ fileMillis: 60_000 })
const registry = withTarballCache(
  openNpmRegistry({
    operator: await readOperator(),
    policy: { scopes: {}, allowedHosts: [] },
    concurrency: 3,
  }),
  join(process.env.npm_config_cache ?? join(homedir(), '.npm'), '_cacache'),
)
const queue = new PQueue({ concurrency: 2 })
const outcomes = await queue.addAll(wanted.map((server) => () => measure(server)))
await code.close()

const compared = outcomes.flatMap(({ comparison }) => (comparison === undefined ? [] : [comparison]))
const tools = sum(compared.map((one) => one.tools))
const parameters = sum(compared.map((one) => one.parameters))
const broken = outcomes.filter(({ error }) => error !== undefined)
if (!process.argv.includes('texts')) for (const { lines } of outcomes) for (const line of lines) console.log(line)
console.log(`\n${wanted.length} servers read, ${compared.length} of them held against the truth`)
for (const [what, one] of [['names of tools', tools] as const, ['parameters', parameters] as const]) {
  console.log(`${what}: ${one.found} right, recall ${percent(recall(one))}, precision ${percent(precision(one))}`)
}
const isRight = [tools, parameters].every((one) => recall(one) >= 0.95 && precision(one) >= 0.99)
const judged = new Map(outcomes.flatMap(({ server, mcp }) => (mcp === undefined ? [] : [[server, mcp] as const])))
const texts = reportTexts(judged)
console.log('\ntexts that give a model orders')
for (const line of texts.lines) console.log(line)
process.exitCode = isRight && texts.isRight && broken.length === 0 && compared.length > 0 ? 0 : 1

interface Outcome {
  readonly server: string
  readonly mcp?: McpFacts
  readonly lines: readonly string[]
  readonly comparison?: Comparison
  readonly error?: string
}

async function measure(server: string): Promise<Outcome> {
  try {
    const mcp = await read(server)
    if (mcp === undefined) return failed(server, 'is not taken for a server')
    const truth = truths.get(server)
    const comparison = truth && compareTools(mcp, truth)
    return { server, mcp, lines: linesOf(server, mcp, comparison), ...(comparison && { comparison }) }
  } catch (error) {
    return failed(server, error instanceof Error ? error.message : String(error))
  }
}

function failed(server: string, error: string): Outcome {
  return { server, lines: [`${server}: ${error}`], error }
}

async function read(server: string): Promise<McpFacts | undefined> {
  const { name, fetchSpec } = npa(server)
  const reference = { name: name ?? '', version: fetchSpec ?? '' }
  const manifest = await registry.manifest(reference)
  if (!manifest.known) throw new Error(manifest.gap.detail)
  const analysed = await registry.tarball(reference, manifest.value.integrity, (stream) =>
    analysePackage(stream, undefined, { code }),
  )
  if (analysed.kind !== 'verified') throw new Error(`its tarball: ${analysed.kind}`)
  return analysed.value.mcp
}

function linesOf(
  server: string,
  { tools, prompts, resources, unresolved }: McpFacts,
  comparison?: Comparison,
): readonly string[] {
  const counts = [
    `${tools.length} tools`,
    `${prompts.length} prompts`,
    `${resources.length} resources`,
    `${unresolved.length} unresolved`,
  ]
  const wrong = [comparison?.tools, comparison?.parameters].flatMap((one) => [
    ...(one?.missing ?? []).map((name) => `  missing  ${name}`),
    ...(one?.invented ?? []).map((name) => `  invented ${name}`),
  ])
  return [`${server}: ${counts.join(', ')}${comparison === undefined ? '' : ', held against the truth'}`, ...wrong]
}

function percent(part: number): string {
  return `${(100 * part).toFixed(1)} %`
}
