import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { plain } from '../report/escape.js'
import type { Report, Threshold } from '../report/report.js'
import { wantsColour } from '../report/terminal-style.js'
import { toHtml } from '../report/to-html.js'
import { toJson } from '../report/to-json.js'
import { toMarkdown } from '../report/to-markdown.js'
import { toSarif } from '../report/to-sarif.js'
import { toTerminal } from '../report/to-terminal.js'
import type { PolicyError } from '../repository/repository-change.js'
import type { CommonOptions } from './options.js'
import { type Surroundings, UsageError } from './surroundings.js'
import { codeOf } from './workbench.js'

type PrintOptions = Pick<CommonOptions, 'format' | 'output' | 'color'>

export function renderReport(
  report: Report,
  threshold: Threshold,
  options: PrintOptions,
  around: Surroundings,
  version: string,
): string {
  switch (options.format) {
    case 'json':
      return toJson(report)
    case 'markdown':
      return toMarkdown(report, threshold)
    case 'sarif':
      return toSarif(report, version)
    case 'html':
      return toHtml(report, threshold)
    case 'terminal':
      return toTerminal(report, { ...threshold, ...terminalOptions(options, around) })
  }
}

export function terminalOptions(
  { output, color }: PrintOptions,
  { env, stdout }: Surroundings,
): { readonly colour: boolean; readonly width: number } {
  const isTerminal = output === undefined && stdout.isTTY === true
  return { colour: wantsColour(env, isTerminal, !color), width: stdout.columns ?? 100 }
}

/** To the file that the operator named, or to standard output. */
export async function print(text: string, { output }: PrintOptions, { cwd, stdout }: Surroundings): Promise<void> {
  if (output === undefined) {
    stdout.write(text)
    return
  }
  try {
    await writeFile(resolve(cwd, output), text)
  } catch (error) {
    throw new UsageError(`--output: ${output} cannot be written (${codeOf(error)})`)
  }
}

/** Mistakes in the policy, on which a command ends with 3. */
export function tellPolicyErrors(errors: readonly PolicyError[], { stderr }: Surroundings): void {
  for (const { file, line, path, seen, wanted } of errors) {
    stderr.write(`lockwarden: ${plain(`${file}:${line}: ${path}: saw ${seen}, wanted ${wanted}`)}\n`)
  }
}
