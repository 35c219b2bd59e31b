import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Policy } from '../policy/policy.js'
import { severities } from '../rules/rule.js'

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
