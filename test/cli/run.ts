import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { runCommandLine } from '../../src/cli/run-command-line.js'
import type { CodeAnalyser } from '../../src/package/code/code-analyser.js'
import { inProcessAnalyser } from '../builders/code-analyser.js'

export interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the command line in this process, without a terminal, with a home of its own. */
export async function run(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  analyser: CodeAnalyser = inProcessAnalyser,
): Promise<Ran> {
  const written = { out: '', err: '' }
  const code = await runCommandLine(args, {
    env: { HOME: cwd, ...env },
    cwd,
    stdout: { write: (text) => (written.out += text) },
    stderr: { write: (text) => (written.err += text) },
    now: () => new Date('2026-11-20T12:00:00Z'),
    code: analyser,
  })
  return { code, ...written }
}

/** A folder with these files, gone when `use` is done. */
export async function inFolder<T>(
  files: Readonly<Record<string, string | Buffer>>,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'lockwarden-cli-'))
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), content)
    }
    return await use(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
