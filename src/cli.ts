#!/usr/bin/env node
import { runCommandLine } from './cli/run-command-line.js'

// The door itself; nothing is decided here.
process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => new Date(),
})
