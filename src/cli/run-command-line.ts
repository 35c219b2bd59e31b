import { readFileSync } from 'node:fs'
import { Command, CommanderError, Option } from 'commander'
import { plainLines } from '../report/escape.js'
import type { AuditCommandOptions } from './audit-command.js'
import { addCommonOptions, addEngineOptions, type CommonOptions } from './options.js'
import type { ReviewCommandOptions } from './review-command.js'
import type { ServeCommandOptions } from './serve-command.js'
import { type Surroundings, UsageError } from './surroundings.js'

/**
 * The command line. Resolves with the exit code: 0 clear, 1 flagged, 2 incomplete or a bug of ours, 3 bad usage or a bad
 * policy. Never rejects, so that nothing of ours ends as 0 or 1 by accident.
 */
export async function runCommandLine(args: readonly string[], around: Surroundings): Promise<number> {
  const exit = { code: 0 }
  const abort = new AbortController()
  const interrupt = (): void => abort.abort(new UsageError('interrupted'))
  process.once('SIGINT', interrupt)
  try {
    await buildProgram(around, exit, abort.signal).parseAsync([...args], { from: 'user' })
    return exit.code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 3
    if (error instanceof UsageError) {
      around.stderr.write(`lockwarden: ${plainLines(error.message).join('\n  ')}\n`)
      return 3
    }
    around.stderr.write(`lockwarden: a bug of ours: ${error instanceof Error ? error.stack : String(error)}\n`)
    return 2
  } finally {
    process.off('SIGINT', interrupt)
  }
}

/**
 * Each command loads what it needs when it runs: a review has no use for the service, and `--help` for none of them. Exported for the README,
 * whose text of `--help` is compared with the program's.
 */
export function buildProgram(around: Surroundings, exit: { code: number }, signal?: AbortSignal): Command {
  const version = readVersion()
  const program = new Command('lockwarden')
    .description('Reviews what changes to npm lockfiles would install, for supply-chain attacks.')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => around.stdout.write(text),
      writeErr: (text) => around.stderr.write(text),
      getOutHelpWidth: () => 100,
    })

  addCommonOptions(
    program
      .command('review')
      .description('two states of a repository: by default its merge base with the default branch, and HEAD')
      .option('--base <ref>', 'the state before: a branch, tag or commit of the clone')
      .option('--base-dir <dir>', 'the state before: a directory')
      .option('--head <ref>', 'the state after')
      .option('--head-dir <dir>', 'the state after: a directory')
      .option('--repo <dir>', 'the clone, instead of the current directory'),
  ).action(async (options: ReviewCommandOptions) => {
    const { runReview } = await import('./review-command.js')
    exit.code = await runReview(options, around, version, signal)
  })

  addCommonOptions(
    program
      .command('audit')
      .description('one state of a repository: its packages by lockfile and registry, its own files, a grade')
      .argument('[dir]', 'instead of the current directory', '.')
      .option('--packages', 'open every package of the tree too, as a review opens those that change')
      .addOption(new Option('--sbom <format>', 'print the components of its lockfiles instead').choices(['cyclonedx'])),
  ).action(async (folder: string, options: AuditCommandOptions) => {
    const { runAudit } = await import('./audit-command.js')
    exit.code = await runAudit(folder, options, around, version, signal)
  })

  addCommonOptions(program.command('inspect'))
    .description("one package's facts: name@version, a .tgz file or a folder")
    .argument('<package>')
    .action(async (specifier: string, options: CommonOptions) => {
      const { runInspect } = await import('./package-commands.js')
      exit.code = await runInspect(specifier, options, around, signal)
    })

  addCommonOptions(program.command('diff'))
    .description('two packages: what changed in files, scripts and dependencies, and what to make of it')
    .argument('<old>')
    .argument('<new>')
    .action(async (before: string, after: string, options: CommonOptions) => {
      const { runDiff } = await import('./package-commands.js')
      exit.code = await runDiff([before, after], options, around, version, signal)
    })
  addEngineOptions(program.command('serve'))
    .description('the GitHub App, as a service; see the README for its environment')
    .action(async (options: ServeCommandOptions) => {
      const { runServe } = await import('./serve-command.js')
      exit.code = await runServe(options, around)
    })
  return program
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) return String(manifest.version)
  throw new Error('package.json has no version')
}
