import { comparePackages } from '../compare-packages.js'
import type { FactSources } from '../facts/fact-sources.js'
import { isIncomplete, type LoadedPackage, loadPackage, SpecifierError } from '../load-package.js'
import { analysePackage } from '../package/analyse-package.js'
import { serverAllowances, serviceOwners } from '../policy/mcp-policy.js'
import { parsePolicy } from '../policy/parse-policy.js'
import { defaultPolicy, type Policy } from '../policy/policy.js'
import { resolvePolicy } from '../policy/resolve-policy.js'
import { toolAllowances } from '../policy/tool-allowances.js'
import { openNpmRegistry } from '../registry/npm-registry.js'
import { jsonText, plain } from '../report/escape.js'
import { buildInspection, unreadInspection } from '../report/inspection.js'
import { buildPackageDiff } from '../report/package-diff.js'
import { toPackageDiffTerminal } from '../report/package-diff-terminal.js'
import { toInspectionTerminal } from '../report/package-terminal.js'
import { rules } from '../rules/index.js'
import type { CommonOptions } from './options.js'
import { print, renderReport, terminalOptions } from './print-report.js'
import { type Surroundings, UsageError } from './surroundings.js'
import { openWorkbench, type Workbench } from './workbench.js'

/** One package's facts. Resolves with 0, or with 2 where something that matters stayed unknown. */
export async function runInspect(
  specifier: string,
  options: CommonOptions,
  around: Surroundings,
  signal?: AbortSignal,
): Promise<number> {
  if (options.format !== 'terminal' && options.format !== 'json') {
    throw new UsageError(`inspect prints terminal or json, not ${options.format}`)
  }
  const workbench = await openWorkbench(options, around)
  const policy = policyOf(workbench)
  const loaded = await load(specifier, around.cwd, sourcesOf(workbench, policy, signal))
  const { content } = loaded
  if (content === undefined) {
    for (const { code, detail } of loaded.gaps) around.stderr.write(`lockwarden: ${code}: ${plain(detail)}\n`)
    if (options.format === 'json') await print(`${jsonText(unreadInspection(loaded, loaded.gaps))}\n`, options, around)
    return 2
  }
  const inspection = buildInspection(loaded, content, loaded.gaps)
  const text =
    options.format === 'json'
      ? `${jsonText(inspection)}\n`
      : toInspectionTerminal(inspection, terminalOptions(options, around))
  await print(text, options, around)
  return isIncomplete(loaded) ? 2 : 0
}

/** Two packages against each other. Resolves with the exit code of a review that would exchange them. */
export async function runDiff(
  specifiers: readonly [string, string],
  options: CommonOptions,
  around: Surroundings,
  version: string,
  signal?: AbortSignal,
): Promise<number> {
  const workbench = await openWorkbench(options, around)
  const policy = policyOf(workbench)
  const sources = sourcesOf(workbench, policy, signal)
  const [before, after] = await Promise.all([
    load(specifiers[0], around.cwd, sources),
    load(specifiers[1], around.cwd, sources),
  ])
  const { report, exitCode } = comparePackages(before, after, policy)
  const diff = buildPackageDiff(before, after, report)
  const rendered =
    options.format === 'json' ? `${jsonText(diff)}\n` : renderReport(report, policy, options, around, version)
  const parts =
    options.format === 'terminal' ? `\n${toPackageDiffTerminal(diff, terminalOptions(options, around))}` : ''
  await print(`${rendered}${parts}`, options, around)
  return exitCode
}

async function load(specifier: string, cwd: string, sources: FactSources): Promise<LoadedPackage> {
  try {
    return await loadPackage(specifier, cwd, sources)
  } catch (error) {
    if (error instanceof SpecifierError) throw new UsageError(error.message)
    throw error
  }
}

const sourcesOf = (
  { operator, store, kept, concurrency, code }: Workbench,
  policy: Policy,
  signal: AbortSignal | undefined,
): FactSources => ({
  registry: openNpmRegistry({ operator, policy: policy.registries, kept, concurrency }),
  store,
  analyse: (stream, aborted) => analysePackage(stream, aborted, { code }),
  toolsFor: toolAllowances(policy),
  serverFor: serverAllowances(policy),
  services: serviceOwners(policy),
  ...(signal && { signal }),
})

/** No repository is reviewed, so the operator's file is the only one there is. */
function policyOf({ operatorPolicy, overrides }: Workbench): Policy {
  if (operatorPolicy === undefined) return { ...defaultPolicy, ...overrides }
  const parsed = parsePolicy(operatorPolicy.text, operatorPolicy.file, rules)
  if (!parsed.valid) {
    const [first] = parsed.errors
    throw new UsageError(`${first?.file}:${first?.line}: ${first?.path}: saw ${first?.seen}, wanted ${first?.wanted}`)
  }
  return { ...resolvePolicy(parsed.document, undefined, rules).policy, ...overrides }
}
