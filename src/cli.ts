#!/usr/bin/env node
import { runCommandLine } from './cli/run-command-line.js'
import { CodePool } from './package/code/pool.js'

// Node ends with 1 for what nobody caught, which would read as "flagged".
process.on('uncaughtException', (error) => {
  process.stderr.write(`lockwarden: a bug of ours: ${error.stack}\n`)
  process.exit(2)
})

// The door itself; nothing is decided here.
const code = new CodePool()
process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => new Date(),
  code,
})
await code.close()
