import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { CodeAnalyser } from '../package/code/code-analyser.js'
import type { Policy } from '../policy/policy.js'
import type { KeptResponses } from '../registry/kept-responses.js'
import { type Operator, OperatorError, readOperator } from '../registry/operator.js'
import type { TrustRoot } from '../registry/provenance/trust-root.js'
import { severities } from '../rules/rule.js'
import { openDiskResponses } from '../store/disk-responses.js'
import { defaultCacheFolder, openDiskStore } from '../store/disk-store.js'
import type { PackageStore } from '../store/package-store.js'
import { advisoryServices, type OpenAdvisories } from './advisory-services.js'
import { readOperatorTrustRoot } from './operator-trust-root.js'
import { type Surroundings, UsageError } from './surroundings.js'

export const formats = ['terminal', 'json', 'markdown', 'sarif', 'html'] as const
export type Format = (typeof formats)[number]

/** The options that every command takes, as commander hands them over. */
export interface CommonOptions {
  readonly format: Format
  readonly output?: string
  readonly policy?: string
  readonly registry?: string
  readonly allowHost?: readonly string[]
  readonly offline?: boolean
  readonly cache?: string
  readonly failOn?: Policy['failOn']
  readonly now?: Date
  readonly concurrency: number
  readonly color: boolean
  readonly quiet?: boolean
}

/** Those of which a workbench is made. */
export type WorkbenchOptions = Pick<
  CommonOptions,
  'registry' | 'allowHost' | 'offline' | 'cache' | 'failOn' | 'now' | 'concurrency' | 'policy'
>

/** What the options and the operator's own settings come to. */
export interface Workbench {
  readonly operator: Operator
  readonly store: PackageStore
  readonly kept: KeptResponses
  readonly openAdvisories: OpenAdvisories
  readonly trustRoot?: TrustRoot
  readonly code: CodeAnalyser
  readonly now: Date
  readonly concurrency: number
  readonly overrides: Partial<Pick<Policy, 'failOn'>>
  readonly operatorPolicy?: { readonly file: string; readonly text: Buffer }
}

export function addCommonOptions(command: Command): Command {
  return addEngineOptions(command)
    .addOption(new Option('--format <format>', 'how to print').choices(formats).default('terminal'))
    .option('--output <file>', 'print there instead')
    .option('--policy <file>', "use this policy instead of the base branch's")
    .option('--no-color', 'no colours')
    .option('--quiet', 'no progress on stderr')
}

/** Those that a service has a use for too: it prints no report, and each repository has a policy of its own. */
export function addEngineOptions(command: Command): Command {
  return command
    .option('--registry <url>', 'default registry, private addresses included')
    .option('--allow-host <host>', 'a host that may be fetched from and may be private (repeatable)', collect)
    .option('--offline', 'ask no registry: what is not in the cache is a gap')
    .option('--cache <dir>', 'where facts of packages and what registries said are kept')
    .addOption(new Option('--fail-on <severity>', 'exit 1 from here on').choices([...severities.toReversed(), 'never']))
    .addOption(new Option('--now <time>', 'judge as of this ISO time').argParser(parseTime))
    .addOption(new Option('--concurrency <n>', 'packages under way at a time').argParser(parseCount).default(8))
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

function parseTime(text: string): Date {
  const time = new Date(text)
  if (!/^\d{4}-\d{2}-\d{2}/.test(text) || Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError('wanted an ISO time such as 2026-11-20T12:00:00Z')
  }
  return time
}

function parseCount(text: string): number {
  const count = Number(text)
  if (!Number.isInteger(count) || count < 1 || count > 64)
    throw new InvalidArgumentError('wanted a number from 1 to 64')
  return count
}

/** Throws UsageError where the operator's own settings cannot be used. */
export async function openWorkbench(
  options: WorkbenchOptions,
  { env, cwd, now, code }: Surroundings,
): Promise<Workbench> {
  const cache = options.cache === undefined ? defaultCacheFolder(env) : resolve(cwd, options.cache)
  const operator = await readOperatorSettings(options, env)
  const kept = openDiskResponses(join(cache, 'registry'))
  const trustRoot = await readOperatorTrustRoot({ env, cwd })
  return {
    operator,
    store: openDiskStore(cache),
    kept,
    openAdvisories: advisoryServices({ operator, kept, registryNamed: options.registry !== undefined }, env),
    ...(trustRoot && { trustRoot }),
    code,
    now: options.now ?? now(),
    concurrency: options.concurrency,
    overrides: options.failOn === undefined ? {} : { failOn: options.failOn },
    ...(options.policy === undefined ? {} : { operatorPolicy: await readOperatorPolicy(options.policy, cwd) }),
  }
}

async function readOperatorSettings(options: WorkbenchOptions, env: Surroundings['env']): Promise<Operator> {
  try {
    return await readOperator(
      {
        ...(options.registry !== undefined && { registry: options.registry }),
        ...(options.allowHost && { allowHosts: options.allowHost }),
        ...(options.offline && { offline: true }),
      },
      env,
    )
  } catch (error) {
    if (error instanceof OperatorError) throw new UsageError(error.message)
    throw error
  }
}

async function readOperatorPolicy(file: string, cwd: string): Promise<{ file: string; text: Buffer }> {
  try {
    return { file, text: await readFile(resolve(cwd, file)) }
  } catch (error) {
    throw new UsageError(`--policy: ${file} cannot be read (${codeOf(error)})`)
  }
}

export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error'
